package import KBCatalog
package import KBSource

extension Message {
  /// The titles of records, one after the other.
  package static func titles(_ records: [Record]) -> Message.Text {
    records.isEmpty ? Message.Text() : "\(list: records.map { Message.Text(verbatim: $0.title) }, .none)"
  }
}

import KBDocument
import KBSource

/// The content of `[[id]]`, `[[id#heading]]` or `[[Title]]`: the name of a record, of a heading in it, or of both.
public struct WikiAddress: Sendable, Hashable {
  /// The name as written, without spaces around it. An empty one means the page itself.
  public let name: String
  /// The text after the number sign, as written.
  public let anchor: String?

  public init(_ written: String) {
    if let hash = written.utf8.firstIndex(of: UInt8(ascii: "#")) {
      name = String(written[..<hash]).trimmingBlanks()
      anchor = String(written[written.utf8.index(after: hash)...])
    } else {
      name = written.trimmingBlanks()
      anchor = nil
    }
  }

  /// The name as an id or alias.
  public var id: String { Reference(written: name).id }

  /// Returns what `names` finds for the name as an id or alias, else for the id that a record with this title has.
  public func first<Found>(_ names: (_ id: String) -> Found?) -> Found? { names(id) ?? names(slug(name)) }
}

import KBDocument

/// What stands in `[[id]]`, `[[id#heading]]` or `[[Title]]`: the name of a record, of a heading in it, or of both.
public struct WikiAddress: Sendable, Hashable {
  /// The name as it was written, without blanks around it. An empty one means the page that it stands on.
  public let name: String
  /// What stands behind the number sign, as it was written.
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

  /// The id or alias that the name is.
  public var id: String { Reference(written: name).id }

  /// What `names` says of the id or alias that the name is, else of the id that a record with this title has.
  public func first<Found>(_ names: (_ id: String) -> Found?) -> Found? { names(id) ?? names(slug(name)) }
}

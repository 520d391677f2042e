import KBCatalog
public import KBSchema

/// The order in which the keys of a record, or of a group in it, are written.
///
/// First what names the record, then what it is and who answers for it, then the fields of its kind in the schema's order,
/// and its links at the end.
public struct KeyOrder: Sendable {
  /// Keys, in any accepted spelling, and their places.
  private let ranks: [String: Int]

  /// The order of a kind's keys.
  public init(_ kind: Kind) {
    let first =
      ["id", "title"].compactMap { kind.field(named: $0) }
      + KeyOrder.first.compactMap { role in
        kind.fields.first { $0.role == role }
      }
    let last = KeyOrder.last.compactMap { role in kind.fields.first { $0.role == role } }
    let middle = kind.fields.filter { field in !(first + last).contains { $0 === field } }
    self.init(first + middle + last)
  }

  /// The order of declarations.
  public init(_ declarations: [FieldDeclaration]) {
    var ranks: [String: Int] = [:]
    for (rank, declaration) in declarations.enumerated() {
      for name in [declaration.name] + declaration.aliases + declaration.borrowed where ranks[name] == nil {
        ranks[name] = rank
      }
    }
    self.ranks = ranks
  }

  /// No order: what comes goes to the end.
  public static let none = KeyOrder([])

  private static let first: [Role] = [
    .summary, .category, .criticality, .status, .topicState, .owner, .deputy, .audience, .aliases, .finds, .tags,
    .reviewed, .reviewEvery, .language,
  ]
  private static let last: [Role] = [.links]

  /// The place of a key; keys that nobody declared come last.
  public func rank(_ key: String) -> Int { ranks[key] ?? ranks[FieldDeclaration.folded(key)] ?? .max }

  /// Where a new key goes among others: after the nearest one that comes before it, else before the nearest one that comes after it.
  func place(of key: String, among keys: [String]) -> Int {
    let own = rank(key)
    guard own < .max else { return keys.count }
    var before: (rank: Int, index: Int)?
    var after: (rank: Int, index: Int)?
    for (index, key) in keys.enumerated() {
      let rank = rank(key)
      if rank < own, rank >= before?.rank ?? -1 { before = (rank, index) }
      if rank > own, rank < after?.rank ?? .max { after = (rank, index) }
    }
    return before.map { $0.index + 1 } ?? after?.index ?? keys.count
  }
}

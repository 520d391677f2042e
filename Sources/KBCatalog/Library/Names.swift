import KBSource

/// The names of a library's records: ids, former ids and paths, each with the number of its record.
struct Names: Sendable {
  let byID: [String: Int]
  /// Former ids and nicknames that are written like an id, where no record has that id.
  let byAlias: [String: Int]
  let byPath: [RepoPath: Int]

  init(_ records: [Record], byID: [String: Int]) {
    self.byID = byID
    var aliases: [String: Int] = [:]
    for record in records {
      for alias in record.values(.aliases).compactMap(\.text)
      where RecordReader.isValid(id: alias) && byID[alias] == nil {
        if aliases[alias] == nil { aliases[alias] = record.index }
      }
    }
    byAlias = aliases
    byPath = Dictionary(records.map { ($0.path, $0.index) }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the number of the record with an id, or with a former one.
  func index(of id: String) -> Int? { byID[id] ?? byAlias[id] }

  /// Whether every id and alias names the record with the same number in both.
  func hasSameIDs(as other: Names) -> Bool { byID == other.byID && byAlias == other.byAlias }
}

import KBSchema
import KBSource

/// The names of a library's records: ids, former ids and paths, each with the number of its record.
struct Names: Sendable {
  let byID: [String: Int]
  /// Former ids and nicknames that are written like an id, where no record has that id.
  let byAlias: [String: Int]
  /// Other names under `aliases`, folded, such as "Das große ERP": wiki links may use them.
  let byOtherName: [String: Int]
  let byPath: [RepoPath: Int]
  /// The files by their names, folded, without `.md`.
  let files: [String: [Int]]
  /// For each record the path of its file, folded, without `.md`.
  let folded: [String]

  init(_ records: [Record], byID: [String: Int]) {
    self.byID = byID
    var aliases: [String: Int] = [:]
    var others: [String: Int] = [:]
    for record in records {
      for alias in record.values(.aliases).compactMap(\.text) {
        if !RecordReader.isValid(id: alias) {
          others[Names.folded(alias)] = others[Names.folded(alias)] ?? record.index
        } else if byID[alias] == nil {
          aliases[alias] = aliases[alias] ?? record.index
        }
      }
    }
    byAlias = aliases
    byOtherName = others
    byPath = Dictionary(records.map { ($0.path, $0.index) }, uniquingKeysWith: { first, _ in first })
    folded = records.map { record in
      let folder = record.path.folder
      return Names.folded((folder.isEmpty ? "" : "\(folder)/") + RecordReader.stem(of: record.path))
    }
    files = Dictionary(grouping: records.map(\.index)) { Names.folded(RecordReader.stem(of: records[$0].path)) }
  }

  /// Returns the number of the record with an id, or with a former one.
  func index(of id: String) -> Int? { byID[id] ?? byAlias[id] }

  /// Whether every id and alias names the record with the same number in both.
  func hasSameIDs(as other: Names) -> Bool {
    byID == other.byID && byAlias == other.byAlias && byOtherName == other.byOtherName
  }
}

public import KBCatalog
import KBSchema
public import KBSource

/// The ids under which records were first known: what is known elsewhere by an id, such as an event in somebody's calendar,
/// keeps it when the record is renamed.
///
/// `kb rename` lists the id of before under `aliases`, among names that people use. The history tells which of them were ids.
/// Without git nobody knows, and the first alias counts that has the form of an id and so leads to the record.
public struct FirstIDs: Sendable {
  /// The first id of each record that has another one today.
  private var firstIDs: [Int: String] = [:]

  public init(_ catalog: Catalog, _ history: History?) {
    var candidates: [Int: [String]] = [:]
    for (alias, record) in catalog.redirects { candidates[record.index, default: []].append(alias) }
    guard !candidates.isEmpty else { return }
    let known = history.flatMap { $0.commits.isEmpty ? nil : FirstIDs.commits(in: $0) }
    for (index, aliases) in candidates {
      let record = catalog.records[index]
      firstIDs[index] = FirstIDs.first(of: record, aliases, known)
    }
  }

  /// The id under which a record was first known.
  public subscript(record: Record) -> String { firstIDs[record.index] ?? record.id }

  /// The names that files ever had, as ids, with the numbers of the first commits that have them.
  private static func commits(in history: History) -> [String: Int] {
    var commits: [String: Int] = [:]
    for change in history.changes where FileRole(change.path) == .document {
      for path in [change.path, change.previousPath].compactMap(\.self) {
        // The newest commit has the number 0.
        let id = Record.derivedID(of: path)
        commits[id] = max(commits[id] ?? 0, change.commit)
      }
    }
    return commits
  }

  private static func first(of record: Record, _ aliases: [String], _ known: [String: Int]?) -> String? {
    // In the order in which the record lists them: `kb rename` adds at the end.
    let listed = record.values(.aliases).compactMap(\.text).filter(aliases.contains)
    // An id that is written in the file was no file's name.
    guard let known, record.hasDerivedID else { return listed.first }
    let former = listed.filter { known[$0] != nil }
    let all = known[record.id] == nil ? former : [record.id] + former
    return all.max { (known[$0] ?? 0) < (known[$1] ?? 0) }
  }
}

import KBDocument
import KBSchema
import KBSource

/// The ids of all records, and the findings about ids that two records claim.
struct Identities {
  private(set) var ids: [String]
  private(set) var byID: [String: Int] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private var lastNumber: [String: Int] = [:]

  init(_ drafts: [FileReading]) {
    ids = drafts.map { $0.draft.id }
    separateByPath(drafts)
    var firstPath: [String: Int] = [:]
    byID.reserveCapacity(drafts.count)
    firstPath.reserveCapacity(drafts.count)
    // Needed only when an id is taken twice.
    lazy var claimed = Set(ids)
    for (index, entry) in drafts.enumerated() {
      if let first = byID[ids[index]] {
        reportDuplicate(drafts, index, first)
        ids[index] = freeID(for: ids[index], among: claimed)
      }
      byID[ids[index]] = index
      let folded = entry.draft.document.path.string.lowercased()
      if let first = firstPath[folded] {
        reportClash(drafts, index, first)
      } else {
        firstPath[folded] = index
      }
    }
  }

  /// Adds the folders to the ids of pages and plain Markdown files whose names are not unique.
  private mutating func separateByPath(_ drafts: [FileReading]) {
    var users: [String: Int] = [:]
    users.reserveCapacity(ids.count)
    for id in ids { users[id, default: 0] += 1 }
    guard users.count < ids.count else { return }
    for index in ids.indices where drafts[index].draft.hasDerivedID {
      let draft = drafts[index].draft
      guard users[draft.id, default: 0] > 1, draft.kind.behaviour == .page || !draft.isDescribed else { continue }
      let id = RecordReader.pathID(of: draft.document.path)
      // The page at the top keeps the plain name.
      if id != ids[index], users[id] == nil { ids[index] = id }
    }
  }

  private mutating func freeID(for id: String, among claimed: Set<String>) -> String {
    var number = (lastNumber[id] ?? 1) + 1
    while claimed.contains("\(id)-\(number)") { number += 1 }
    lastNumber[id] = number
    return "\(id)-\(number)"
  }

  private mutating func reportDuplicate(_ drafts: [FileReading], _ index: Int, _ first: Int) {
    let other = drafts[first].draft.document.path
    diagnostics.append(
      Diagnostic(
        FormRules.duplicateID, at: drafts[index].draft.document.path, drafts[index].draft.idRange,
        Message(
          de: "die Kennung \(code: ids[index]) ist schon vergeben an \(other)",
          en: "the id \(code: ids[index]) is already taken by \(other)"
        ),
        remedy: Message(de: "eine der beiden Dateien umbenennen", en: "rename one of the two files"),
        notes: [Note(at: other, drafts[first].draft.idRange, Message(de: "zuerst hier", en: "first here"))]))
  }

  private mutating func reportClash(_ drafts: [FileReading], _ index: Int, _ first: Int) {
    diagnostics.append(Identities.clash(of: drafts[index].draft.document.path, with: drafts[first].draft.document.path))
  }

  /// Returns the findings about attachments whose names some disks take for one; each is published all the same.
  static func clashes(among paths: [RepoPath]) -> [Diagnostic] {
    // Swift's strings are equal in either Unicode form.
    var first: [String: RepoPath] = [:]
    return paths.compactMap { path in
      let folded = path.string.lowercased()
      guard let other = first[folded] else {
        first[folded] = path
        return nil
      }
      return clash(of: path, with: other)
    }
  }

  /// Returns the finding about a file whose name some disks take for that of another one.
  static func clash(of path: RepoPath, with other: RepoPath) -> Diagnostic {
    Diagnostic(
      FormRules.pathClash, at: path, .start,
      Message(
        de: "unter Windows und macOS ist das dieselbe Datei wie \(other)",
        en: "on Windows and macOS this is the same file as \(other)"),
      remedy: Message(de: "eine der beiden umbenennen", en: "rename one of them"))
  }
}

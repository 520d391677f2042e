import KBDocument
import KBSource

/// What one catalog was made of, for the next one: what depends on files that are the same need not be made again.
///
/// Nothing of it changes what the next catalog says.
public struct CatalogDrafts: Sendable {
  /// A file, read.
  final class Entry: Sendable {
    /// The file as it was; the document's own may have been converted to UTF-8.
    let file: SourceFile
    let draft: RecordReader.Draft
    /// What is wrong with the record by itself.
    let findings: [Diagnostic]

    init(_ file: SourceFile, _ draft: RecordReader.Draft) {
      self.file = file
      self.draft = draft
      // Its number and the end of its id are not known yet; neither is said.
      let record = Record(draft, index: 0, id: draft.id)
      findings = RecordCheck.all.flatMap { $0.findings(record) }
    }

    /// Whether references to it, by whatever name, lead to the same place and say the same.
    func looksLike(_ other: Entry) -> Bool {
      self === other
        || draft.document.path == other.draft.document.path && draft.id == other.draft.id
          && draft.title == other.draft.title && draft.kind.id == other.draft.kind.id
          && draft.document.body.headings.map(\.anchor) == other.draft.document.body.headings.map(\.anchor)
    }
  }

  private let isKept: Bool
  private var entries: [RepoPath: Entry] = [:]
  private var settings: (files: [SourceFile], read: CatalogSettings)?
  private var today: CalendarDate?
  /// The catalog that was made last, and the entries of its records.
  private var last: (catalog: Catalog, entries: [Entry])?

  /// Nothing yet. `isKept`: whether there will be a next catalog.
  public init(isKept: Bool = true) { self.isKept = isKept }

  /// Reads the documents of a snapshot, in the order of their paths.
  mutating func read(_ snapshot: Snapshot, today: CalendarDate) async throws -> (
    entries: [Entry], settings: CatalogSettings
  ) {
    let files = snapshot.files.filter { FileRole($0.path) == .document }.sorted { $0.path < $1.path }
    let settingFiles = snapshot.files.filter { [.configuration, .kind].contains(FileRole($0.path)) }
    let isSameReader = today == self.today && settings.map { isSame($0.files, settingFiles) } ?? false
    let settings = isSameReader ? self.settings?.read ?? CatalogSettings(snapshot) : CatalogSettings(snapshot)
    let reader = RecordReader(schema: settings.schema, configuration: settings.configuration, today: today)
    let read = try await files.concurrentMap { [entries] file in
      // Bytes that were never copied compare in no time.
      guard let known = entries[file.path], known.file.bytes == file.bytes else {
        return Entry(file, reader.read(Document(parsing: file)))
      }
      return isSameReader ? known : Entry(file, reader.read(known.draft.document))
    }
    if isKept {
      entries = Dictionary(zip(files, read).map { ($0.path, $1) }, uniquingKeysWith: { first, _ in first })
      self.settings = (settingFiles, settings)
      self.today = today
      if !isSameReader { last = nil }
    }
    return (read, settings)
  }

  /// Keeps a catalog for the next one.
  mutating func keep(_ catalog: Catalog, of entries: [Entry]) {
    if isKept { last = (catalog, entries) }
  }

  /// What the last catalog has in common with one of these entries.
  func common(_ entries: [Entry], attachments: [RepoPath: Snapshot.Attachment]) -> CatalogInCommon? {
    guard let last else { return nil }
    let arePathsAlike =
      entries.count == last.entries.count
      && zip(entries, last.entries).allSatisfy { $0.draft.document.path == $1.draft.document.path }
    // Where a reference leads depends on which files there are, not on what is in those that are no text.
    let others = last.catalog.attachments
    let isSameFiles =
      arePathsAlike && attachments.count == others.count
      && attachments.allSatisfy { path, file in others[path].map { $0.isInert == file.isInert } ?? false }
    return CatalogInCommon(
      catalog: last.catalog,
      isSame: zip(entries, last.entries).map { $0 === $1 },
      looksAlike: isSameFiles ? zip(entries, last.entries).map { $0.looksLike($1) } : [])
  }

  private func isSame(_ files: [SourceFile], _ others: [SourceFile]) -> Bool {
    files.count == others.count && zip(files, others).allSatisfy { $0.path == $1.path && $0.bytes == $1.bytes }
  }
}

/// What an earlier catalog has in common with the next one.
struct CatalogInCommon: Sendable {
  let catalog: Catalog
  /// For each number whether the entry is the very same.
  let isSame: [Bool]
  /// For each number whether the record looks the same to those who refer to it; empty when other files are there.
  let looksAlike: [Bool]

  /// The record with a number, when it would be made of the same.
  func record(_ index: Int, id: String) -> Record? {
    index < isSame.count && isSame[index] && catalog.records[index].id == id ? catalog.records[index] : nil
  }

  /// Where the references of each record led, for those that lead there again.
  ///
  /// `byID`, `byAlias`: the names of the next catalog's records; where they differ, any reference may lead elsewhere.
  func resolutions(byID: [String: Int], byAlias: [String: Int]) -> [ReferenceResolver.Resolution?] {
    guard !looksAlike.isEmpty, catalog.hasNames(byID, byAlias) else { return [] }
    let areAllAlike = looksAlike.allSatisfy(\.self)
    return isSame.indices.map { index in
      guard isSame[index] else { return nil }
      let resolution = catalog.resolution(index)
      // What a dead reference was probably meant to be depends on all names; a note tells a place in another file.
      if areAllAlike { return resolution.diagnostics.allSatisfy(\.notes.isEmpty) ? resolution : nil }
      return resolution.diagnostics.isEmpty && resolution.targets.allSatisfy { looksAlike[$0] } ? resolution : nil
    }
  }
}

extension ReferenceResolver.Resolution {
  /// The numbers of the records that the references lead to.
  fileprivate var targets: [Int] {
    relations.map(\.target) + links.compactMap { if case .record(let target, _) = $0 { target } else { nil } }
  }
}

import KBDocument
package import KBSource

/// The readings of earlier catalogs, so that unchanged files need not be read again.
///
/// They never change what the next catalog says.
public struct CatalogDrafts: Sendable {
  private let isKept: Bool
  private let edition: Edition
  private let neighbours: Neighbours?
  private var files: [RepoPath: FileReading] = [:]
  /// Those of files with values that are ordinary words here.
  private var told: [RepoPath: FileReading] = [:]
  private var settings: (files: [SourceFile], read: CatalogSettings)?
  private var today: CalendarDate?
  private var searched: [RepoPath: Snapshot.SearchedText] = [:]
  /// The last reading.
  private var last: Reading?

  /// Creates drafts without any reading. `isKept`: whether there will be a next catalog.
  /// `edition`: the part of the knowledge base that is told. `neighbours`: what a member of an overview knows of the others.
  public init(isKept: Bool = true, edition: Edition = Edition(), neighbours: Neighbours? = nil) {
    self.isKept = isKept
    self.edition = edition
    self.neighbours = neighbours
  }

  /// A part of a knowledge base for some readers, as a command names it.
  public struct Edition: Sendable {
    /// `nil`: what `kb.yml` says.
    public var audience: Audience?
    public var handOver: HandOver?

    public init(audience: Audience? = nil, handOver: HandOver? = nil) {
      self.audience = audience
      self.handOver = handOver
    }
  }

  /// Reads a snapshot, its documents in the order of their paths.
  package mutating func read(_ snapshot: Snapshot, today: CalendarDate) async throws -> Reading {
    let found = snapshot
    var (snapshot, doubts) = found.masked(acquitted: [], knowing: &searched)
    let documents = snapshot.files.filter { FileRole($0.path) == .document }.sorted { $0.path < $1.path }
    let settingFiles = snapshot.files.filter { [.configuration, .kind].contains(FileRole($0.path)) }
    let known = today == self.today ? self.settings.flatMap { isSame($0.files, settingFiles) ? $0.read : nil } : nil
    var settings = known ?? CatalogSettings(snapshot)
    if let audience = edition.audience { settings.configuration.audience = audience }
    settings.configuration.handOver = edition.handOver
    let reader = RecordReader(schema: settings.schema, configuration: settings.configuration, today: today)
    let strict = try await documents.concurrentMap { [files] file -> FileReading in
      // Bytes that were never copied compare in no time.
      guard let before = files[file.path], before.file.bytes == file.bytes else {
        return WorkNote.during(file.path.string) { FileReading(file, reader.read(Document(parsing: file))) }
      }
      return known != nil ? before : FileReading(file, reader.read(before.draft.document))
    }
    for file in strict { doubts.formUnion(file.draft.document.doubts) }
    let acquitted = try await OrdinaryWords.among(doubts, in: strict.map(\.draft.document.file.bytes))
    if !acquitted.isEmpty { snapshot = found.masked(acquitted: acquitted, knowing: &searched).snapshot }
    let read = acquitted.isEmpty ? strict : strict.map { $0.acquitting(acquitted, reader, told[$0.file.path]) }
    let reading = try await Reading(
      read, settings, snapshot, today: today, neighbours, reusing: known != nil ? last : nil)
    if isKept {
      files = Dictionary(zip(documents, strict).map { ($0.path, $1) }, uniquingKeysWith: { first, _ in first })
      told = Dictionary(
        zip(strict, read).filter { $0 !== $1 }.map { ($0.file.path, $1) }, uniquingKeysWith: { first, _ in first })
      self.settings = (settingFiles, settings)
      self.today = today
      last = reading
    }
    return reading
  }

  private func isSame(_ files: [SourceFile], _ others: [SourceFile]) -> Bool {
    files.count == others.count && zip(files, others).allSatisfy { $0.path == $1.path && $0.bytes == $1.bytes }
  }
}

import KBDocument
package import KBSource

/// A library together with the findings of reading it, and with what the next reading may use again.
package struct Reading: Sendable {
  package let library: Library
  /// The files of its records.
  let files: [FileReading]
  /// For each record, where its references lead.
  let resolutions: [ReferenceResolver.Resolution]
  /// The findings of reading, in no order.
  package let findings: [Diagnostic]

  init(
    _ files: [FileReading], _ settings: CatalogSettings, _ snapshot: Snapshot, today: CalendarDate,
    _ neighbours: Neighbours?, reusing last: Reading?
  ) async throws {
    let attachments = Dictionary(
      snapshot.attachments.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let known = last.map { KnownReading($0, files, attachments, snapshot.unread) }
    let identities = Identities(files)
    let records = files.enumerated().map { index, file in
      known?.record(index, id: identities.ids[index]) ?? Record(file.draft, index: index, id: identities.ids[index])
    }
    let resolver = ReferenceResolver(
      records: records, names: Names(records, byID: identities.byID), attachments: attachments,
      settings: settings, neighbours, unread: snapshot.unread)
    let knownResolutions = known?.resolutions(resolver.names) ?? []
    let resolutions = try await resolver.resolutions { knownResolutions.isEmpty ? nil : knownResolutions[$0] }
    library = Library(settings, records, resolutions, resolver: resolver, snapshot: snapshot, today: today)
    self.files = files
    self.resolutions = resolutions
    var findings = snapshot.diagnostics + settings.diagnostics
    findings += identities.diagnostics + Identities.clashes(among: snapshot.attachments.map(\.path))
    for file in files { findings += file.draft.document.diagnostics + file.draft.diagnostics + file.findings }
    for resolution in resolutions { findings += resolution.diagnostics }
    self.findings = findings
  }
}

/// The part of an earlier reading that the next one has in common with it.
private struct KnownReading: Sendable {
  private let reading: Reading
  /// For each number, whether the file is the very same.
  private let isSame: [Bool]
  /// For each number, whether the record looks the same to those who refer to it; empty when other files are there.
  private let looksAlike: [Bool]

  init(
    _ reading: Reading, _ files: [FileReading], _ attachments: [RepoPath: Snapshot.Attachment],
    _ unread: [RepoPath: Snapshot.Unread]
  ) {
    self.reading = reading
    let arePathsAlike =
      files.count == reading.files.count
      && zip(files, reading.files).allSatisfy { $0.draft.document.path == $1.draft.document.path }
    // The target of a reference depends on which other files exist, not on their contents.
    let others = reading.library.attachments
    let isSameFiles =
      arePathsAlike && attachments.count == others.count && unread == reading.library.unread
      && attachments.allSatisfy { path, file in
        others[path].map { $0.check == file.check && $0.holdsSecret == file.holdsSecret } ?? false
      }
    isSame = zip(files, reading.files).map { $0 === $1 }
    looksAlike = isSameFiles ? zip(files, reading.files).map { $0.looksLike($1) } : []
  }

  /// Returns the record with a number, if it would be made of the same.
  func record(_ index: Int, id: String) -> Record? {
    guard index < isSame.count, isSame[index], case let record = reading.library.records[index] else { return nil }
    return record.id == id ? record : nil
  }

  /// Returns the resolutions of the records whose references lead to the same places again.
  ///
  /// `names`: those of the next library; where they differ, any reference may lead elsewhere.
  func resolutions(_ names: Names) -> [ReferenceResolver.Resolution?] {
    guard !looksAlike.isEmpty, reading.library.names.hasSameIDs(as: names) else { return [] }
    let areAllAlike = looksAlike.allSatisfy(\.self)
    return isSame.indices.map { index in
      guard isSame[index] else { return nil }
      var resolution = reading.resolutions[index]
      // The guesses about dead references are part of the findings already.
      resolution.dead = []
      // It depends on all names; a note tells a place in another file.
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

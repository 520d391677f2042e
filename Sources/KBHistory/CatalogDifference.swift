public import KBCatalog
import KBDocument
public import KBSource

/// What one state of a knowledge base has that another has not: changes in sentences, and findings.
public struct CatalogDifference: Sendable {
  /// By group, and inside of one in the order of the titles.
  public let changes: [Change]
  /// Findings that were not there before.
  public let newFindings: [Diagnostic]
  /// Findings that are gone, as they were.
  public let resolvedFindings: [Diagnostic]
  /// Findings of before whose rule is switched off now, or whose file is no longer read: nobody looks any more, so nobody knows
  /// whether they are gone.
  public let silencedFindings: [Diagnostic]
  /// What stands above those.
  public static let silenced = Message(
    de: "Nicht mehr geprüft: Regel aus, oder Datei ausgelassen", en: "No longer checked: rule off, or file left out")
  /// How many findings are in both.
  public let openCount: Int
  /// The records that differ, by their files before and after.
  public let pairs: [Pair]

  /// A record that differs.
  public struct Pair: Sendable {
    public let before: Record?
    public let after: Record?
  }

  /// Compares two catalogs; both should be judged by the same day.
  ///
  /// Records are matched by id, then by an id that has become an alias, then by path, then by what the file says. Where the
  /// id went to another record, the one that has a new id is the old one.
  ///
  /// `disturbed`: records whose files can't be read now; the new catalog then has what those files said before.
  public init(from old: Catalog, to new: Catalog, disturbed: [Record] = [], in actual: Catalog? = nil) {
    var partner = [Int?](repeating: nil, count: new.records.count)
    var isTaken = [Bool](repeating: false, count: old.records.count)
    func match(_ find: (Record) -> Record?) {
      for record in new.records where partner[record.index] == nil {
        guard let before = find(record), !isTaken[before.index] else { continue }
        partner[record.index] = before.index
        isTaken[before.index] = true
      }
    }
    // A file in which nothing changed is the same record, also where another one claims its id.
    match { record in
      old.record(at: record.path).flatMap { $0.document.file.bytes == record.document.file.bytes ? $0 : nil }
    }
    match { old.record(id: $0.id) }
    for (before, after) in RenamedRecords.displaced(old, new) {
      partner[after.index] = before.index
      if let other = new.record(id: before.id) { partner[other.index] = nil }
    }
    match { record in
      record.values(.aliases).lazy.compactMap(\.text).compactMap { old.record(id: $0) }.first { !isTaken[$0.index] }
    }
    match { old.record(at: $0.path) }
    for (before, after) in RenamedRecords.pairs(
      old.records.filter { !isTaken[$0.index] }, new.records.filter { partner[$0.index] == nil })
    {
      partner[after.index] = before.index
      isTaken[before.index] = true
    }
    // Ids that meant another record before.
    let reused = Set(
      new.records.lazy.filter { partner[$0.index] == nil && old.record(Reference(written: $0.id)) != nil }.map(\.id))
    func namesReused(_ record: Record) -> Bool {
      !reused.isEmpty
        && new.relations(from: record).contains { !$0.isMention && reused.contains(new.records[$0.target].id) }
    }
    var pairs: [Pair] = []
    for record in new.records {
      let before = partner[record.index].map { old.records[$0] }
      // Most records are the same, byte for byte.
      if let before, before.path == record.path, before.id == record.id, before.kind.id == record.kind.id,
        before.document.file.bytes == record.document.file.bytes,
        !namesReused(record)
      {
        continue
      }
      pairs.append(Pair(before: before, after: record))
    }
    for record in old.records where !isTaken[record.index] { pairs.append(Pair(before: record, after: nil)) }
    pairs += disturbed.map { Pair(before: old.record(at: $0.path), after: $0) }
    // A record that has another id or path today is the same record.
    var today: [Int: Record] = [:]
    for record in new.records { if let before = partner[record.index] { today[before] = record } }
    let renamed = Dictionary(
      today.compactMap { index, after in
        old.records[index].id == after.id ? nil : (old.records[index].id, after.id)
      }, uniquingKeysWith: { first, _ in first })
    let names = RecordNames(from: old, to: new, renamed: renamed, reused: reused)
    self.pairs = pairs
    var changes = pairs.flatMap {
      RecordChanges(from: $0.before, in: old, to: $0.after, in: new, names)?.changes ?? []
    }
    let memberships = MembershipSentences(old: old, new: new, names: names)
    changes += pairs.flatMap { memberships.changes(from: $0.before, to: $0.after) }
    changes += CatalogDifference.orphans(old, new, today)
    changes += CatalogDifference.files(old, new)
    let order = Dictionary(uniqueKeysWithValues: Change.Group.allCases.enumerated().map { ($1, $0) })
    self.changes = changes.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.group != other.group { return order[one.group] ?? 0 < order[other.group] ?? 0 }
      if one.title != other.title { return one.title.lowercased() < other.title.lowercased() }
      return left.offset < right.offset
    }.map(\.element)

    let titles = today.compactMap { index, after in
      old.records[index].title == after.title ? nil : (old.records[index].title, after.title)
    }
    let called = renamed.merging(titles) { id, _ in id }
    func key(_ finding: Diagnostic, in catalog: Catalog) -> String {
      let record = catalog.record(at: finding.path)
      let place = record.map { catalog === old ? today[$0.index]?.id ?? $0.id : $0.id } ?? finding.path.string
      let message = finding.message.english
      // Messages put ids and titles into quotes: a finding that only calls a record by its new name is the old one.
      let words = catalog === old && !called.isEmpty ? CatalogDifference.renaming(message, called) : message
      return "\(finding.rule.code)\u{0}\(place)\u{0}\(words)"
    }
    // Most records have the findings that they had: those need no key.
    var openCount = 0
    var isSettled = (
      old: [Bool](repeating: false, count: old.records.count), new: [Bool](repeating: false, count: new.records.count)
    )
    for record in new.records {
      guard let before = partner[record.index] else { continue }
      let (findings, past) = (new.diagnostics(of: record), old.diagnostics(of: old.records[before]))
      guard findings.elementsEqual(past, by: { $0.rule.code == $1.rule.code && $0.message == $1.message }) else {
        continue
      }
      (isSettled.old[before], isSettled.new[record.index]) = (true, true)
      openCount += findings.count
    }
    let past = old.diagnostics(ofRecords: { !isSettled.old[$0.index] })
    var counts: [String: Int] = [:]
    for finding in past { counts[key(finding, in: old), default: 0] += 1 }
    var newFindings: [Diagnostic] = []
    for finding in new.diagnostics(ofRecords: { !isSettled.new[$0.index] }) {
      let key = key(finding, in: new)
      if let count = counts[key], count > 0 {
        counts[key] = count - 1
        openCount += 1
      } else {
        newFindings.append(finding)
      }
    }
    let paths = Set(disturbed.map(\.path))
    newFindings += (actual?.diagnostics ?? []).filter { $0.severity == .error && paths.contains($0.path) }
    self.newFindings = newFindings.inOrder()
    self.openCount = openCount
    let gone = past.filter { finding in
      let key = key(finding, in: old)
      guard let count = counts[key], count > 0 else { return false }
      counts[key] = count - 1
      return true
    }
    let ignored = IgnoreList(new.ignoreFile)
    (silencedFindings, resolvedFindings) = gone.separated {
      new.configuration.adjusted($0) == nil || ignored.excludes($0.path)
    }
  }

  /// A message with the names in its quotes replaced by those of today.
  private static func renaming(_ message: String, _ called: [String: String]) -> String {
    message.split(separator: "'", omittingEmptySubsequences: false).map { called[String($0)] ?? String($0) }
      .joined(separator: "'")
  }

  /// People and teams that have left, and what they still own.
  private static func orphans(_ old: Catalog, _ new: Catalog, _ today: [Int: Record]) -> [Change] {
    old.records.compactMap { before in
      guard before.lifecycle.isInUse, [.person, .team].contains(before.kind.behaviour) else { return nil }
      let after = today[before.index]
      guard after.map({ !$0.lifecycle.isInUse }) ?? true else { return nil }
      let owned =
        after.map { new.sources(.owner, to: $0).filter { $0.lifecycle.isInUse } }
        ?? new.records.filter { $0.lifecycle.isInUse && $0.value(.owner)?.reference?.id == before.id }
      guard !owned.isEmpty else { return nil }
      let names = owned.prefix(5).map(\.title).joined(separator: ", ")
      let more = owned.count > 5 ? owned.count - 5 : 0
      return Change(
        group: .responsibility, sign: .worse, id: before.id, kind: before.kind.id, title: before.title, field: "owner",
        before: nil, after: nil,
        text: .both { language in
          language == .german
            ? "\(before.spokenTitle.german) ist nicht mehr da und verantwortet noch: \(names)\(more > 0 ? " und \(more) weitere" : "")."
            : "\(before.spokenTitle.english) is gone and still owns: \(names)\(more > 0 ? " and \(more) more" : "")."
        }, holder: nil, oldPath: before.path, newPath: after?.path)
    }
  }

  /// Files that are no records: pictures, configuration, kinds, templates.
  private static func files(_ old: Catalog, _ new: Catalog) -> [Change] {
    func change(
      _ path: RepoPath, _ kind: String, _ isThere: (Bool, Bool), _ lines: (gone: [String], come: [String]) = ([], [])
    ) -> Change {
      Change(
        group: .other, sign: isThere.0 ? (isThere.1 ? .neutral : .removed) : .added, id: path.string, kind: kind,
        title: String(path.name), field: nil, before: lines.gone.isEmpty ? nil : lines.gone.joined(separator: "\n"),
        after: lines.come.isEmpty ? nil : lines.come.joined(separator: "\n"),
        text: .both { language in
          let what = CatalogDifference.words(lines, isNew: !isThere.0, language)
          return switch (language, isThere.0, isThere.1) {
          case (.german, false, _): "Die Datei \(path) ist neu\(what)."
          case (.german, true, true): "Die Datei \(path) wurde geändert\(what)."
          case (.german, true, false): "Die Datei \(path) wurde entfernt\(what)."
          case (.english, false, _): "The file \(path) is new\(what)."
          case (.english, true, true): "The file \(path) was changed\(what)."
          case (.english, true, false): "The file \(path) was removed\(what)."
          }
        }, holder: nil, oldPath: isThere.0 ? path : nil, newPath: isThere.1 ? path : nil)
    }
    func settings(_ before: SourceFile?, _ after: SourceFile?) -> Change? {
      guard let path = (after ?? before)?.path, before?.bytes != after?.bytes else { return nil }
      let isThere = (before != nil, after != nil)
      // What stands in a new kind or in a template is for its own review.
      guard isThere == (true, true) || path == IgnoreList.path, FileRole(path) != .template else {
        return change(path, "configuration", isThere)
      }
      return change(path, "configuration", isThere, CatalogDifference.lines(from: before, to: after))
    }
    let texts =
      Set(old.otherFiles.keys).union(new.otherFiles.keys).sorted().compactMap { path in
        settings(old.otherFiles[path], new.otherFiles[path])
      } + [settings(old.ignoreFile, new.ignoreFile)].compactMap(\.self)
    let attachments = Set(old.attachments.keys).union(new.attachments.keys).sorted().compactMap { path -> Change? in
      let (before, after) = (old.attachments[path], new.attachments[path])
      return Snapshot.Attachment.isSame(before, after) ? nil : change(path, "attachment", (before != nil, after != nil))
    }
    return texts + attachments
  }

  /// The lines that went and came, without blanks around them.
  private static func lines(from old: SourceFile?, to new: SourceFile?) -> (gone: [String], come: [String]) {
    func lines(_ file: SourceFile?) -> [String] {
      String(decoding: file?.bytes ?? [], as: UTF8.self).split(whereSeparator: \.isNewline).map {
        String($0).trimmingBlanks()
      }.filter { !$0.isEmpty }
    }
    let (before, after) = (lines(old), lines(new))
    var (gone, come): ([String], [String]) = ([], [])
    for run in SequenceComparison.runs(from: before, to: after) {
      switch run {
      case .same: break
      case .removed(let range): gone += before[range]
      case .added(let range): come += after[range]
      }
    }
    return (gone, come)
  }

  /// ": new is “…”, gone is “…”"; of many lines the first.
  private static func words(
    _ lines: (gone: [String], come: [String]), isNew: Bool, _ language: Language
  ) -> String {
    func part(_ lines: [String], _ german: String, _ english: String) -> String? {
      guard !lines.isEmpty else { return nil }
      let shown = lines.prefix(3).map { language == .german ? "„\($0)“" : "“\($0)”" }.joined(separator: ", ")
      let more =
        lines.count > 3 ? language == .german ? " und \(lines.count - 3) mehr" : " and \(lines.count - 3) more" : ""
      return isNew ? shown + more : "\(language == .german ? german : english) \(shown)\(more)"
    }
    let parts = [part(lines.come, "neu ist", "new is"), part(lines.gone, "weg ist", "gone is")].compactMap(\.self)
    return parts.isEmpty ? "" : ": " + parts.joined(separator: "; ")
  }

  /// The records whose files can't be read now, and could before.
  public static func disturbed(from old: Catalog, to new: Catalog) -> [Record] {
    new.records.filter { record in
      guard let before = old.record(at: record.path), before.document.file.bytes != record.document.file.bytes else {
        return false
      }
      return record.document.isDisturbed && !before.document.isDisturbed
    }
  }

  /// The highest severity among the new findings.
  public var worstNewFinding: Severity? { newFindings.map(\.severity).max() }
}

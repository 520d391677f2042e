public import KBCatalog
import KBDocument
import KBSchema
public import KBSource

/// The difference between two states of a knowledge base: changes in sentences, and findings.
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
  /// The heading of those.
  public static let silenced = Message(
    de: "Nicht mehr geprüft: Regel aus oder Datei ausgelassen", en: "No longer checked: rule off, or file left out")
  /// The number of findings that are in both.
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
  /// `disturbed`: records whose files can't be read now; the new catalog then has what those files said before.
  public init(from old: Catalog, to new: Catalog, disturbed: [Record] = [], in actual: Catalog? = nil) {
    let matching = RecordMatching(from: old, to: new)
    pairs = matching.differing + disturbed.map { Pair(before: old.record(at: $0.path), after: $0) }
    let names = NameMeanings(from: old, to: new, renamed: matching.renamed, reused: matching.reused)
    let memberships = MembershipSentences(old: old, new: new, names: names)
    changes = CatalogDifference.inOrder(
      pairs.flatMap { RecordChanges(from: $0.before, in: old, to: $0.after, in: new, names)?.changes ?? [] }
        + pairs.flatMap { memberships.changes(from: $0.before, to: $0.after) }
        + CatalogDifference.orphans(old, new, matching.today)
        + CatalogDifference.files(old, new))
    let findings = FindingDifference(from: old, to: new, matching)
    let paths = Set(disturbed.map(\.path))
    let unreadable = (actual?.diagnostics ?? []).filter { $0.severity == .error && paths.contains($0.path) }
    newFindings = (findings.new + unreadable).inOrder()
    resolvedFindings = findings.resolved
    silencedFindings = findings.silenced
    openCount = findings.openCount
  }

  /// By group, then by title; else as they came.
  private static func inOrder(_ changes: [Change]) -> [Change] {
    let order = Dictionary(uniqueKeysWithValues: Change.Group.allCases.enumerated().map { ($1, $0) })
    return changes.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.group != other.group { return order[one.group] ?? 0 < order[other.group] ?? 0 }
      if one.title != other.title { return one.title.lowercased() < other.title.lowercased() }
      return left.offset < right.offset
    }.map(\.element)
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
      let names: Message.Text = "\(list: owned.map { "\(title: $0)" }, most: 5)"
      return Change(
        group: .responsibility, sign: .worse, id: before.id, kind: before.kind.id, title: before.title, field: "owner",
        before: nil, after: nil,
        text: after == nil
          ? Message(
            de: "\(spoken: before) wurde entfernt, ist aber noch verantwortlich für: \(names).",
            en: "\(spoken: before) was removed, but still owns: \(names).")
          : Message(
            de: "\(spoken: before) ist nicht mehr aktiv, aber noch verantwortlich für: \(names).",
            en: "\(spoken: before) is no longer active, but still owns: \(names)."), holder: nil, oldPath: before.path,
        newPath: after?.path)
    }
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

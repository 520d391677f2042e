public import KBCatalog
import KBDocument
import KBSchema
public import KBSource

/// The changes between two states of a knowledge base, with all that a report says of them.
public struct Review: Sendable {
  public let difference: CatalogDifference
  public let before: Catalog
  public let after: Catalog
  /// The names of the two states; `nil` for the working tree.
  public let from: String
  public let to: String?
  /// The commits between them, the newest first.
  public let commits: [CommitInfo]
  /// What the commits between them did to a file, by its path today, the newest first; told in words where it takes that to
  /// know which of them brought a change.
  public let touched: [RepoPath: [RecordEdit]]

  public init(
    difference: CatalogDifference, before: Catalog, after: Catalog, from: String, to: String?, commits: [CommitInfo],
    touched: [RepoPath: [RecordEdit]]
  ) {
    self.difference = difference
    self.before = before
    self.after = after
    self.from = from
    self.to = to
    self.commits = commits
    self.touched = touched
  }

  public var language: Language { after.configuration.language }

  /// The changes, a group at a time, empty ones left out; records that only name others by new ids are one line, and so are those
  /// that only say the same in another way.
  public var groups: [(group: Change.Group, changes: [Change])] {
    let alike = [Change.references, Change.notation]
    let others = difference.changes.filter { change in !alike.contains { $0 == change.field } }
    let lines = alike.compactMap { field in Review.summary(difference.changes.filter { $0.field == field }) }
    return Change.Group.allCases.compactMap { group in
      let members = others.filter { $0.group == group } + (group == .other ? lines : [])
      return members.isEmpty ? nil : (group, members)
    }
  }

  /// The maximum number of records that are named in a line about several.
  private static let mostNamed = 20

  private static func summary(_ changes: [Change]) -> Change? {
    guard changes.count > 1, let field = changes.first?.field else { return changes.first }
    let text = field == Change.references ? adjusted(changes) : rewritten(changes)
    return Change(group: .other, sign: .neutral, field: field, text: text)
  }

  /// "Only written differently (3): A, B, C."
  private static func rewritten(_ changes: [Change]) -> Message {
    let names = changes.map { Message.Text([.record(id: $0.id, title: $0.title, .name)]) }
    return Message(
      de: "Nur die Schreibweise geändert (\(changes.count)): \(list: names, most: mostNamed).",
      en: "Only written differently (\(changes.count)): \(list: names, most: mostNamed).")
  }

  /// "References adjusted in 3 records: A, B, C."
  public static func adjusted(_ changes: [Change]) -> Message {
    let names = changes.map { Message.Text([.record(id: $0.id, title: $0.title, .name)]) }
    return Message("\(adjusted(changes.count)): \(list: names, most: mostNamed).")
  }

  /// "References adjusted in 3 records".
  public static func adjusted(_ count: Int) -> Message {
    Message(
      de: "Verweise angepasst in \(Noun.record.counted(count, .dative))",
      en: "References adjusted in \(Noun.record.counted(count))")
  }

  /// The places of findings, in words: the record, and where several would read alike also the line.
  public func places(of findings: [Diagnostic], in catalog: Catalog) -> [String] {
    func name(_ finding: Diagnostic) -> String {
      guard let record = catalog.record(at: finding.path) else { return finding.path.string }
      // What can't be read is known by the title that it had.
      let known = record.document.isDisturbed ? before.record(at: finding.path) : nil
      return (known ?? record).title
    }
    let alike = Dictionary(grouping: findings) { "\(name($0))\u{0}\($0.rule.code)\u{0}\($0.message.english)" }
    let unclear = Set(alike.values.filter { $0.count > 1 }.joined())
    return findings.map { finding in
      guard unclear.contains(finding), let file = catalog.file(finding.path) else { return name(finding) }
      let line = file.position(of: finding.range.lower).line
      return Message(de: "\(name(finding)), Zeile \(line)", en: "\(name(finding)), line \(line)")[language]
    }
  }

  /// The second state, in words.
  public var toName: String { to ?? (Message(de: "Arbeitsstand", en: "working tree")[language]) }

  /// "14 Commits, 4 Personen".
  public var scope: [String] {
    var parts = [Noun.record.counted(difference.pairs.count)]
    if !commits.isEmpty {
      let people = Set(commits.map(\.author)).count
      parts = [Noun.commit.counted(commits.count), Noun.person.counted(people)] + parts
    }
    return parts.map { $0[language].replacing(" ", with: "\u{A0}") }
  }
}

extension Change.Group {
  /// The heading in a report.
  public var heading: Message {
    switch self {
    case .access: Message(de: "Zugänge", en: "Accesses")
    case .record: Message(de: "Einträge", en: "Records")
    case .responsibility: Message(de: "Verantwortung", en: "Responsibility")
    case .recovery: Message(de: "Wiederherstellung und Schutz", en: "Recovery and protection")
    case .dependency: Message(de: "Abhängigkeiten", en: "Dependencies")
    case .contract: Message(de: "Verträge", en: "Contracts")
    case .runbook: Message(de: "Runbooks", en: "Runbooks")
    case .confirmed: Message(de: "Ohne Änderung bestätigt", en: "Confirmed without change")
    case .other: Message(de: "Alles andere", en: "Everything else")
    }
  }
}

extension Change.Sign {
  /// The character in the margin.
  public var glyph: String {
    switch self {
    case .added: "+"
    case .removed: "−"
    case .better: "↑"
    case .worse: "↓"
    case .neutral: "→"
    case .confirmed: "✓"
    }
  }
}

public import KBCatalog
public import KBSchema
public import KBSource

/// The log of a runbook at work, as the site writes it: Markdown with facts, steps, and a table of what was done when.
public struct IncidentLog: Sendable {
  /// A line of the table.
  public struct Entry: Sendable, Hashable {
    public let day: CalendarDate
    /// Hours and minutes, as written.
    public let time: String
    public let who: String
    public let what: String
  }

  /// What the log is about: the title after its colon.
  public let title: String
  /// The facts as written: fields of an incident, under any name that its kind accepts.
  public let facts: [(name: String, value: String)]
  public let entries: [Entry]
  /// The steps, each with its number, and when it was done.
  public let steps: [(text: String, isDone: Bool)]

  /// Reads a log; `nil` for a text that is none: without a title, or without a line that says when something was done.
  public init?(_ text: String) {
    var title: String?
    var facts: [(name: String, value: String)] = []
    var entries: [Entry] = []
    var steps: [(text: String, isDone: Bool)] = []
    var isHead = true
    for line in text.split(whereSeparator: \.isNewline).map({ $0.drop { $0 == " " || $0 == "\u{FEFF}" } }) {
      if line.hasPrefix("# "), title == nil {
        let words = line.dropFirst(2)
        title = (words.firstIndex(of: ":").map { words[words.index(after: $0)...] } ?? words).trimmed
      } else if line.hasPrefix("## ") {
        isHead = false
      } else if line.hasPrefix("- [x] ") {
        steps.append((line.dropFirst(6).trimmed, true))
      } else if line.hasPrefix("- [ ] ") {
        steps.append((line.dropFirst(6).trimmed, false))
      } else if isHead, line.hasPrefix("- "), let colon = line.firstIndex(of: ":") {
        facts.append((line[..<colon].dropFirst(2).trimmed, line[line.index(after: colon)...].trimmed))
      } else if let entry = IncidentLog.entry(line) {
        entries.append(entry)
      }
    }
    guard let title, !title.isEmpty, !entries.isEmpty else { return nil }
    (self.title, self.facts, self.entries, self.steps) = (title, facts, entries, steps)
  }

  /// A row of the table; `nil` for its head, and for what is no row.
  private static func entry(_ line: some StringProtocol) -> Entry? {
    guard line.hasPrefix("|") else { return nil }
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if isEscaped {
        cell += "\\|".contains(character) ? String(character) : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append(cell.trimmed)
        cell = ""
      } else {
        cell.append(character)
      }
    }
    guard cells.count == 3, !cells[2].isEmpty else { return nil }
    let parts = cells[0].split(separator: " ")
    guard parts.count == 2, let day = CalendarDate(iso: String(parts[0])), parts[1].count == 5,
      parts[1].allSatisfy({ $0.isNumber || $0 == ":" })
    else { return nil }
    return Entry(day: day, time: String(parts[1]), who: cells[1], what: cells[2])
  }

  /// Whether every step was done.
  public var isComplete: Bool { !steps.isEmpty && steps.allSatisfy(\.isDone) }

  /// The steps as the text of a record.
  public func text(_ language: Language) -> String {
    guard !steps.isEmpty else { return "" }
    let heading = Message(de: "## Schritte", en: "## Steps")[language]
    let lines = steps.map { "- [\($0.isDone ? "x" : " ")] \($0.text.escapedAsHeading)" }
    return "\(heading)\n\n\(lines.joined(separator: "\n"))\n"
  }

  /// The first day.
  public var began: CalendarDate { entries.map(\.day).min() ?? entries[0].day }

  /// The fact with a role in a kind; of a moment its day.
  public func fact(_ role: Role, of kind: Kind) -> String? {
    guard let field = kind.field(role) else { return nil }
    guard let value = facts.first(where: { kind.path(named: $0.name)?.last === field })?.value, !value.isEmpty else {
      return nil
    }
    guard case .date = field.type else { return value }
    return value.split(separator: " ").first.map(String.init)
  }

  /// The person who is named most often; `nil` where the words name nobody who is recorded.
  public func person(in catalog: Catalog) -> Record? {
    let people = entries.filter { !$0.who.isEmpty }.compactMap { entry in
      // Words that name nobody, or several, name no one person: that is no error.
      (try? ReferenceCompletion.id(of: entry.who, among: ["person"], in: catalog)).flatMap { catalog.record(id: $0) }
    }
    let counts = Dictionary(people.map { ($0.index, 1) }, uniquingKeysWith: +)
    return people.enumerated().max {
      (counts[$0.element.index] ?? 0, $1.offset) < (counts[$1.element.index] ?? 0, $0.offset)
    }?.element
  }

  /// The lines of the table as assignments to a list: who is a record where the words name exactly one.
  public func lines(in catalog: Catalog) -> [String] {
    let isOneDay = Set(entries.map(\.day)).count == 1
    return entries.map { entry in
      let at = isOneDay ? entry.time : "\(entry.day) \(entry.time)"
      // Words that name nobody, or several, stay as they were written: that is no error.
      let who =
        (try? ReferenceCompletion.id(of: entry.who, among: ["person", "team", "provider"], in: catalog)) ?? entry.who
      let parts = [("at", at), ("who", entry.who.isEmpty ? "" : who), ("what", entry.what)].filter { !$0.1.isEmpty }
      return "{\(parts.map { "\($0.0): \(YAMLScalar.written($0.1, in: .flow))" }.joined(separator: ", "))}"
    }
  }
}

import KBAnswers
import KBCatalog
import KBSource

/// Sections of things to do, as text and as Markdown that can be ticked.
struct Checklist {
  /// One thing to do, and what else there is to know of it.
  struct Item {
    var text: String
    var details: [String] = []
  }

  struct Section {
    let heading: Message
    var items: [Item]
    /// What the section is about, or what to do where it has no items.
    var note: Message?
    /// Whether the items are ticked off; others are only told.
    var isTicked = true
  }

  let title: Message
  var facts: [Message] = []
  var sections: [Section]
  let language: Language

  func write(to output: Console) {
    output.line(output.coloured(Console.harmless(title[language]), .bold))
    for fact in facts { output.line(Console.harmless(fact[language])) }
    for section in sections where !section.items.isEmpty || section.note != nil {
      output.line()
      output.line(output.coloured("\(section.heading[language]) (\(section.items.count))", .bold))
      if let note = section.note { output.line("  " + output.coloured(Console.harmless(note[language]), .faint)) }
      for item in section.items {
        output.line("  \(section.isTicked ? "☐ " : "")\(Console.harmless(item.text))")
        for detail in item.details { output.line("    " + output.coloured(Console.harmless(detail), .faint)) }
      }
    }
  }

  var markdown: String {
    let escaped = { (text: String) in ReviewReport.escaped(Console.harmless(text)) }
    var text = "# \(escaped(title[language]))\n"
    if !facts.isEmpty { text += "\n" + facts.map { escaped($0[language]) + "\n" }.joined(separator: "\n") }
    for section in sections where !section.items.isEmpty || section.note != nil {
      text += "\n## \(escaped(section.heading[language])) (\(section.items.count))\n\n"
      if let note = section.note { text += escaped(note[language]) + "\n\n" }
      for item in section.items {
        text += "- \(section.isTicked ? "[ ] " : "")\(escaped(item.text))\n"
        for detail in item.details { text += "  - \(escaped(detail))\n" }
      }
    }
    return text
  }
}

/// The formats of checklists.
enum ChecklistFormat: String, CaseIterable {
  case text, markdown, json
}

// MARK: Items

extension Checklist.Item {
  /// An access to grant: how, and by whom.
  init(granting need: NeededAccess, _ answers: Answers, _ language: Language) {
    self.init(text: Checklist.name(need.access, need.system, language))
    details.append(
      need.isByMembership
        ? Message(de: "kommt mit der Zugehörigkeit zu \(need.role.title)", en: "comes with belonging to \(need.role.title)")[
          language]
        : Message(de: "Standard für \(need.role.title)", en: "default for \(need.role.title)")[language])
    details += Checklist.ways(need.access, .grantWith, answers, language)
    let approvers = answers.records(.approver, of: need.access)
    if !approvers.isEmpty {
      details.append(
        Message(
          de: "genehmigt durch \(Checklist.titles(approvers))", en: "approved by \(Checklist.titles(approvers))")[language])
    }
  }

  /// An access to revoke: how, and by whom.
  init(revoking line: HeldAccess, _ answers: Answers, _ language: Language) {
    self.init(text: Checklist.name(line.access, line.system, language))
    if line.isOwn {
      if let until = line.holding.until?.date {
        details.append(Message(de: "endet von selbst am \(until)", en: "ends on its own on \(until)")[language])
      }
    } else {
      details.append(
        Message(de: "durch \(line.through(language))", en: "through \(line.through(language))")[language])
    }
    details += Checklist.ways(line.access, .revokeWith, answers, language)
    details.append(
      Message(
        de: "danach die Zeile in \(code: line.access.path) streichen oder \(code: "until") setzen; Beleg: \(code: "kb log \(line.access.id)")",
        en:
          "then delete the line in \(code: line.access.path) or set \(code: "until"); proof: \(code: "kb log \(line.access.id)")"
      )[language])
  }
}

extension Checklist {
  /// "ERP: ERP administration (Administration)".
  static func name(_ access: Record, _ system: Record?, _ language: Language) -> String {
    let type = access.choice(.category).map { " (\($0.label[language]))" } ?? ""
    return "\(system.map { "\($0.title): " } ?? "")\(access.title)\(type)"
  }

  static func titles(_ records: [Record]) -> String { records.map(\.title).joined(separator: ", ") }

  /// What to follow, and who does it.
  static func ways(_ access: Record, _ role: Role, _ answers: Answers, _ language: Language) -> [String] {
    let ways = answers.records(role, of: access)
    let people = answers.grantors(of: access)
    var lines: [String] = []
    if ways.isEmpty {
      lines.append(
        Message(de: "wie, ist nicht eingetragen", en: "how is not recorded")[language])
    } else {
      lines.append(Message(de: "nach \(titles(ways))", en: "following \(titles(ways))")[language])
    }
    if !people.isEmpty { lines.append(Message(de: "durch \(titles(people))", en: "by \(titles(people))")[language]) }
    return lines
  }

  /// A section that names records.
  static func records(_ heading: Message, _ records: [Record], note: Message? = nil, isTicked: Bool = true) -> Section {
    Section(
      heading: heading, items: records.map { Item(text: "\($0.title) (\($0.id))") }, note: note, isTicked: isTicked)
  }
}

extension JSON {
  /// A record by id, kind and title.
  static func record(_ record: Record) -> JSON {
    ["id": .string(record.id), "kind": .string(record.kind.id), "title": .string(record.title)]
  }

  static func ids(_ records: [Record]) -> JSON { .array(records.map { .string($0.id) }) }
}

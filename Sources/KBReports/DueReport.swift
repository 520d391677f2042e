package import KBAnswers
import KBCatalog
import KBSchema
package import KBSheet
package import KBSource
package import KBTerminal

/// Deadlines as text, JSON, a table, and letters to those who must act.
package struct DueReport {
  package let answers: Answers
  package let deadlines: [Deadline]
  /// The contracts that can be cancelled at any time.
  package var rolling: [RollingContract]

  package init(answers: Answers, deadlines: [Deadline], rolling: [RollingContract] = []) {
    self.answers = answers
    self.deadlines = deadlines
    self.rolling = rolling
  }

  private var language: Language { answers.language }
  private var format: Format { Format(language: language) }

  // MARK: For programs

  package var json: JSON { .array(deadlines.map(object)) }

  package func object(_ deadline: Deadline) -> JSON {
    [
      "date": .string(deadline.date.description), "type": .string(deadline.category.rawValue),
      "id": .string(deadline.record.id), "kind": .string(deadline.record.kind.id),
      "title": .string(deadline.record.title),
      "owner": deadline.owner.map { .string($0.id) } ?? .null,
      "text": .string(answers.text(of: deadline)[language]),
      "consequence": .string(answers.consequence(of: deadline)[language]), "overdue": .bool(deadline.isOverdue),
    ]
  }

  package var table: Table {
    Table(
      columns: ["date", "type", "id", "kind", "title", "owner", "text", "consequence", "action", "overdue"],
      rows: deadlines.map { deadline in
        [
          .date(deadline.date), .text(deadline.category.rawValue), .text(deadline.record.id),
          .text(deadline.record.kind.id), .text(deadline.record.title), .text(deadline.owner?.id ?? ""),
          .text(answers.text(of: deadline)[language]), .text(answers.consequence(of: deadline)[language]),
          .text(answers.action(of: deadline)?[language] ?? ""), .bool(deadline.isOverdue),
        ]
      })
  }

  // MARK: For people

  package func writeText(to output: Console) {
    if deadlines.isEmpty { output.line(Message(de: "Nichts ist fällig.", en: "Nothing is due.")[language]) }
    for deadline in deadlines {
      let lines = lines(deadline, namesOwner: true).map(Console.harmless)
      let colour: Console.Colour = deadline.isOverdue ? .red : .bold
      output.line(output.coloured(lines[0], colour))
      for line in lines.dropFirst() { output.line(line) }
    }
    guard !rolling.isEmpty else { return }
    output.line()
    let title = Message(de: "Jederzeit kündbar", en: "Can be cancelled at any time")
    output.line(output.coloured(title[language], .bold))
    for contract in rolling {
      output.line(Console.harmless("    \(contract.record.title): \(answers.text(of: contract)[language])"))
    }
  }

  /// The lines about a deadline: what, and below it what follows, how to act, and who.
  package func lines(_ deadline: Deadline, namesOwner: Bool) -> [String] {
    let head = "\(format.date(deadline.date)), \(distance(deadline)[language])  \(answers.text(of: deadline)[language])"
    var rest = answers.consequence(of: deadline)[language]
    if let action = answers.action(of: deadline)?[language] { rest += " · \(action)" }
    if namesOwner, let owner = deadline.owner { rest += " · \(owner.title)" }
    return [head, "    \(rest)"]
  }

  private func distance(_ deadline: Deadline) -> Message { answers.distance(to: deadline.date) }

  /// One letter for each who must act, those with names first.
  package var letters: [DueLetter] {
    let groups = Dictionary(grouping: deadlines) { $0.owner?.index ?? -1 }
    let owners = Answers.sorted(groups.keys.filter { $0 >= 0 }.map { answers.catalog.records[$0] })
    var letters = owners.map { owner in letter(to: owner, groups[owner.index] ?? []) }
    if let orphans = groups[-1] { letters.append(letter(to: nil, orphans)) }
    return letters
  }

  private func letter(to owner: Record?, _ deadlines: [Deadline]) -> DueLetter {
    let count = deadlines.count { $0.isOverdue }
    let heading = owner?.title ?? Message(de: "Ohne Verantwortliche", en: "Without an owner")[language]
    let subject =
      Message(de: "Fristen: \(deadlines.count)", en: "Deadlines: \(deadlines.count)")[language]
      + (count == 0 ? "" : Message(de: ", davon \(count) überfällig", en: ", \(count) overdue")[language])
    let body = deadlines.flatMap { lines($0, namesOwner: false).map(Console.harmless) + [""] }
    return DueLetter(
      name: owner?.id ?? "_", heading: Console.harmless("\(heading) (\(subject))"),
      title: Console.harmless("\(answers.catalog.configuration.title): \(subject)"),
      recipient: owner.map { Console.harmless($0.title) },
      address: owner.flatMap(answers.email), text: body.joined(separator: "\n"))
  }
}

extension Answers {
  /// Where mail for a record goes: its address; of a team without one, that of its lead.
  fileprivate func email(of record: Record) -> String? {
    if let own = record.value(.email)?.text { return own }
    return records(.lead, of: record).first?.value(.email)?.text
  }
}

/// What one person is told of their deadlines.
package struct DueLetter {
  /// For a file: the person's id.
  package let name: String
  package let heading: String
  let title: String
  package let recipient: String?
  let address: String?
  package let text: String

  /// Whether a mail program can send it.
  package var hasAddress: Bool { address.flatMap(Mail.address) != nil }

  /// The letter as a mail (RFC 5322), to be opened as a draft or sent.
  package func mail(from sender: String?, on day: CalendarDate) -> [UInt8] {
    var lines: [String] = []
    if let sender = sender.flatMap(Mail.address) { lines.append("From: \(sender)") }
    if let address = address.flatMap(Mail.address) {
      lines.append("To: \(recipient.map { "\(Mail.word($0)) " } ?? "")<\(address)>")
    }
    lines.append("Subject: \(Mail.word(title))")
    lines.append("Date: \(Mail.date(day))")
    // Mail programs open it as a draft.
    lines.append("X-Unsent: 1")
    lines += [
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
      "",
    ]
    return Array((lines.joined(separator: "\r\n") + "\r\n" + Mail.quotedPrintable(text)).utf8)
  }
}

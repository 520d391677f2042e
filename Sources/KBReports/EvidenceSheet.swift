package import KBAnswers
package import KBCatalog
package import KBHistory
import KBMarkup
import KBPages
import KBSchema
package import KBSheet
package import KBSource
package import KBTerminal

/// The answers to questionnaires, as text, CSV and JSON.
package struct EvidenceSheet {
  /// The proofs of a question that are listed on a terminal.
  private static let mostProofs = 8

  private let sheets: [(questionnaire: Questionnaire, answers: [Evidence])]
  private let language: Language
  private let day: CalendarDate
  private let commit: String?
  private let commits: LastCommits?
  /// The state that is compared with, and for each question of each questionnaire what is different.
  private let since: String?
  private let changes: [[EvidenceChange]]?

  package init(
    _ sheets: [(questionnaire: Questionnaire, answers: [Evidence])], language: Language, day: CalendarDate,
    commit: String?, commits: LastCommits?, since: String? = nil, changes: [[EvidenceChange]]? = nil
  ) {
    (self.sheets, self.language, self.day, self.commit) = (sheets, language, day, commit)
    (self.commits, self.since, self.changes) = (commits, since, changes)
  }

  /// For each question what is different, as a sentence; `nil` where nothing is compared or nothing is different.
  package var changeTexts: [[Message?]]? {
    guard let since else { return nil }
    return changes?.map { $0.map { EvidenceSheet.text(of: $0, since: since) } }
  }

  private static func text(of change: EvidenceChange, since: String) -> Message? {
    guard !change.isEmpty else { return nil }
    func list(_ gaps: [Evidence.Gap]) -> Message.Text {
      "\(list: gaps.map { "\($0.record.map { "\($0.title): " } ?? "")\($0.message)" }, .none, most: 8)"
    }
    var parts: [Message.Text] = []
    if !change.newGaps.isEmpty {
      let gaps = list(change.newGaps)
      parts.append("\(Message(de: "neu offen: \(gaps)", en: "newly open: \(gaps)"))")
    }
    if !change.closedGaps.isEmpty {
      let gaps = list(change.closedGaps)
      parts.append("\(Message(de: "nicht mehr offen: \(gaps)", en: "no longer open: \(gaps)"))")
    }
    if !change.changed.isEmpty {
      let names: Message.Text = "\(list: change.changed.map { Message.Text(verbatim: $0.title) }, .none, most: 8)"
      parts.append("\(Message(de: "Belege geändert: \(names)", en: "proofs changed: \(names)"))")
    }
    let all: Message.Text = "\(list: parts, .none)"
    return Message(de: "seit \(since): \(all)", en: "since \(since): \(all)")
  }

  /// A line for each questionnaire.
  package var overview: TextTable {
    let head = [
      Message(verbatim: "ID"), Message(de: "BELEGT", en: "PROVEN"), Message(de: "MIT AUSNAHMEN", en: "EXCEPTIONS"),
      Message(de: "OFFEN", en: "OPEN"), Message(de: "OHNE EINTRÄGE", en: "NO RECORDS"),
      Message(de: "FRAGEBOGEN", en: "QUESTIONNAIRE"),
    ]
    return TextTable(
      head: head.map { $0[language] },
      rows: sheets.map { sheet in
        let counts = Evidence.State.allCases.map { state in
          String(sheet.answers.count { $0.state == state })
        }
        return [sheet.questionnaire.id] + counts + [sheet.questionnaire.label[language]]
      })
  }

  package func write(to output: Console) {
    for (place, sheet) in sheets.enumerated() {
      output.line(output.coloured(Console.harmless(sheet.questionnaire.label[language]), .bold))
      let state = commit.map { Message(de: ", Commit \($0)", en: ", commit \($0)") } ?? Message("")
      output.line(Console.harmless(Message(de: "Stand \(day)\(state)", en: "As of \(day)\(state)")[language]))
      let lead = sheet.questionnaire.lead[language]
      if !lead.isEmpty { output.line(Console.harmless(lead)) }
      for (number, answer) in sheet.answers.enumerated() {
        output.line()
        output.line(Console.harmless("\(glyph(answer.state)) \(answer.question.id)  \(answer.question.ask[language])"))
        for proof in answer.proofs.prefix(Self.mostProofs) {
          output.line("    ✓ " + Console.harmless(Message(told(proof))[language]))
        }
        if answer.proofs.count > Self.mostProofs {
          let count = answer.proofs.count - Self.mostProofs
          let more = Message(de: "… und \(count) weitere (--format csv)", en: "… and \(count) more (--format csv)")
          output.line("      " + more[language])
        }
        if !answer.exceptions.isEmpty {
          output.line("    " + Message(de: "Ausnahmen mit Begründung:", en: "Exceptions with a reason:")[language])
        }
        for exception in answer.exceptions {
          output.line("    ○ " + Console.harmless(Message(told(exception))[language]))
        }
        for gap in answer.gaps {
          let place = gap.record.map { "\($0.title) (\($0.path.string)): " } ?? ""
          output.line("    ! " + Console.harmless(place + gap.message[language]))
        }
        if let change = changeTexts?[place][number] { output.line("    ± " + Console.harmless(change[language])) }
        if answer.state == .empty {
          output.line(
            "    " + Message(de: "keine passenden Einträge", en: "no matching records")[language])
        }
      }
    }
  }

  /// A record that proves something: what it says, when it was confirmed, and its commit.
  private func told(_ proof: Evidence.Proof) -> Message.Text {
    let confirmed = proof.record.value(.reviewed)?.date.map {
      Message(de: "bestätigt am \($0)", en: "confirmed on \($0)")
    }
    let parts = (proof.facts + [confirmed, commits?.words(proof.record)].compactMap(\.self)).map {
      "\($0)" as Message.Text
    }
    return parts.isEmpty
      ? Message.Text(verbatim: proof.record.title) : "\(proof.record.title): \(list: parts, .none)"
  }

  private func glyph(_ state: Evidence.State) -> String {
    switch state {
    case .proven: "✓"
    case .excepted: "○"
    case .open: "✗"
    case .empty: "–"
    }
  }

  /// A line for each record that proves, lacks or excepts something.
  package var table: Table {
    let head = [
      "questionnaire", "question", "ask", "state", "record", "title", "path", "confirmed", "missing", "says", "commit",
      "committed",
    ]
    var rows: [[String]] = []
    for sheet in sheets {
      for answer in sheet.answers {
        let start = [sheet.questionnaire.id, answer.question.id, answer.question.ask[language]]
        for (state, proofs) in [(Evidence.State.proven, answer.proofs), (.excepted, answer.exceptions)] {
          for proof in proofs {
            let says = proof.facts.map { $0[language] }.joined(separator: "; ")
            rows.append(start + [state.rawValue] + cells(proof.record) + ["", says] + origin(proof.record))
          }
        }
        for gap in answer.gaps {
          rows.append(
            start + ["open"] + (gap.record.map(cells) ?? ["", "", "", ""]) + [gap.message[language], ""]
              + (gap.record.map(origin) ?? ["", ""]))
        }
        if answer.state == .empty { rows.append(start + ["empty"] + Array(repeating: "", count: 8)) }
      }
    }
    return Table(columns: head, rows: rows.map { $0.map { .text($0) } })
  }

  private func cells(_ record: Record) -> [String] {
    [record.id, record.title, record.path.string, record.value(.reviewed)?.date?.description ?? ""]
  }

  /// The commit that last changed a record, and its day.
  private func origin(_ record: Record) -> [String] {
    let commit = commits?[record]
    return [commit?.id.short ?? "", commit?.committed?.date.description ?? ""]
  }

  private func json(_ proof: Evidence.Proof) -> JSON {
    let commit = commits?[proof.record]
    return [
      "id": .string(proof.record.id), "path": .string(proof.record.path.string),
      "says": .array(proof.facts.map { .string($0[language]) }),
      "confirmed": (proof.record.value(.reviewed)?.date).map { .string($0.description) } ?? .null,
      "commit": commit.map { .string($0.id.description) } ?? .null,
      "committed": (commit?.committed?.date).map { .string($0.description) } ?? .null,
    ]
  }

  package var json: JSON {
    .array(
      sheets.enumerated().map { place, sheet in
        [
          "id": .string(sheet.questionnaire.id), "title": .string(sheet.questionnaire.label[language]),
          "day": .string(day.description), "commit": commit.map { .string($0) } ?? .null,
          "questions": .array(
            sheet.answers.enumerated().map { number, answer in
              [
                "id": .string(answer.question.id), "ask": .string(answer.question.ask[language]),
                "state": .string(answer.state.rawValue), "proofs": JSON.ids(answer.proofs.map(\.record)),
                "proven_by": .array(answer.proofs.map(json)), "exceptions": .array(answer.exceptions.map(json)),
                "since": changeTexts?[place][number].map { .string($0[language]) } ?? .null,
                "gaps": .array(
                  answer.gaps.map { gap in
                    [
                      "record": gap.record.map { .string($0.id) } ?? .null,
                      "path": gap.record.map { .string($0.path.string) } ?? .null,
                      "message": .string(gap.message[language]),
                    ]
                  }),
              ]
            }),
        ]
      })
  }
}

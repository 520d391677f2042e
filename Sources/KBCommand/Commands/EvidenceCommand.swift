import ArgumentParser
import KBAnswers
import KBCatalog
import KBSite
import KBSource

/// `kb evidence`.
struct EvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Answer a questionnaire from the records: what proves each question, and what is missing.",
    discussion: """
      Without CATALOGUE the questionnaires are listed. Further ones, or others of the same name, go into the folder evidence/ of \
      the knowledge base. The answers are no certificate and no legal advice.

      Examples:
        kb evidence
        kb evidence cyber-insurance
        kb evidence art-32 --at v2026-10 --format html > measures.html
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv, html, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(help: ArgumentHelp("The name of a questionnaire.", valueName: "catalogue"))
  var catalogue: String?

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let all = Questionnaire.all(base.catalog.library)
    // A paper for others tells what the site tells.
    let answers = Answers(base.catalog)
    let chosen = try questionnaires(all)
    let sheet = EvidenceSheet(
      chosen.map { ($0, answers.evidence($0)) }, language: base.language, day: answers.today, commit: base.commit)
    let output = Console.standardOutput
    switch format {
    case .text where catalogue == nil: sheet.overview.write(to: output)
    case .text: sheet.write(to: output)
    case .csv: output.write(sheet.csv)
    case .json: output.line(sheet.json.text)
    case .html:
      ProcessEnvironment.write(
        EvidencePage(
          answers: answers, sheets: chosen.map { ($0, answers.evidence($0)) }, commit: base.commit
        ).bytes, to: output.descriptor)
    }
  }

  private func questionnaires(_ all: [Questionnaire]) throws -> [Questionnaire] {
    guard let catalogue else { return all }
    if let one = all.first(where: { $0.id == catalogue }) { return [one] }
    let near = NearMiss(catalogue, among: all.map(\.id))
    let names = all.map(\.id).joined(separator: ", ")
    let refusal = near.asked(
      after: Message(
        de: "es gibt keinen Fragebogen \(code: catalogue)", en: "there is no questionnaire \(code: catalogue)"))
    throw CommandFailure(refusal, remedy: Message(de: "eines von: \(names)", en: "one of: \(names)"))
  }
}

/// The answers to questionnaires, as text, CSV and JSON.
struct EvidenceSheet {
  private let sheets: [(questionnaire: Questionnaire, answers: [Evidence])]
  private let language: Language
  private let day: CalendarDate
  private let commit: String?

  init(
    _ sheets: [(questionnaire: Questionnaire, answers: [Evidence])], language: Language, day: CalendarDate,
    commit: String?
  ) {
    (self.sheets, self.language, self.day, self.commit) = (sheets, language, day, commit)
  }

  /// A line for each questionnaire.
  var overview: TextTable {
    let head = [
      Message(verbatim: "ID"), Message(de: "BELEGT", en: "PROVEN"), Message(de: "OFFEN", en: "OPEN"),
      Message(de: "OHNE EINTRÄGE", en: "NO RECORDS"), Message(de: "FRAGEBOGEN", en: "QUESTIONNAIRE"),
    ]
    return TextTable(
      head: head.map { $0[language] },
      rows: sheets.map { sheet in
        let counts = [Evidence.State.proven, .open, .empty].map { state in
          String(sheet.answers.count { $0.state == state })
        }
        return [sheet.questionnaire.id] + counts + [sheet.questionnaire.label[language]]
      })
  }

  func write(to output: Console) {
    for sheet in sheets {
      output.line(output.coloured(Console.harmless(sheet.questionnaire.label[language]), .bold))
      let state = commit.map { Message(de: ", Commit \($0)", en: ", commit \($0)") } ?? Message("")
      output.line(Console.harmless(Message(de: "Stand \(day)\(state)", en: "As of \(day)\(state)")[language]))
      output.line(Console.harmless(sheet.questionnaire.lead[language]))
      for answer in sheet.answers {
        output.line()
        output.line(Console.harmless("\(glyph(answer.state)) \(answer.question.id)  \(answer.question.ask[language])"))
        if !answer.proofs.isEmpty {
          let names = answer.proofs.map { Message.Text(verbatim: $0.title) }
          output.line(
            "    "
              + Console.harmless(
                Message(de: "belegt durch: \(list: names, most: 8)", en: "proven by: \(list: names, most: 8)")[language]))
        }
        for gap in answer.gaps {
          let place = gap.record.map { "\($0.title) (\($0.path.string)): " } ?? ""
          output.line("    ! " + Console.harmless(place + gap.message[language]))
        }
        if answer.state == .empty {
          output.line("    " + Message(de: "keine Einträge, die gemeint sind", en: "no records that are meant")[language])
        }
      }
    }
  }

  private func glyph(_ state: Evidence.State) -> String {
    switch state {
    case .proven: "✓"
    case .open: "✗"
    case .empty: "–"
    }
  }

  /// A line for each record that proves or lacks something.
  var csv: String {
    let head = ["questionnaire", "question", "ask", "state", "record", "title", "path", "confirmed", "missing"]
    var rows: [[String]] = []
    for sheet in sheets {
      for answer in sheet.answers {
        let start = [sheet.questionnaire.id, answer.question.id, answer.question.ask[language]]
        for proof in answer.proofs { rows.append(start + ["proven"] + cells(proof) + [""]) }
        for gap in answer.gaps {
          rows.append(start + ["open"] + (gap.record.map(cells) ?? ["", "", "", ""]) + [gap.message[language]])
        }
        if answer.state == .empty { rows.append(start + ["empty", "", "", "", "", ""]) }
      }
    }
    return CSV.table([head] + rows)
  }

  private func cells(_ record: Record) -> [String] {
    [record.id, record.title, record.path.string, record.value(.reviewed)?.date?.description ?? ""]
  }

  var json: JSON {
    .array(
      sheets.map { sheet in
        [
          "id": .string(sheet.questionnaire.id), "title": .string(sheet.questionnaire.label[language]),
          "day": .string(day.description), "commit": commit.map { .string($0) } ?? .null,
          "questions": .array(
            sheet.answers.map { answer in
              [
                "id": .string(answer.question.id), "ask": .string(answer.question.ask[language]),
                "state": .string(answer.state.rawValue), "proofs": JSON.ids(answer.proofs),
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

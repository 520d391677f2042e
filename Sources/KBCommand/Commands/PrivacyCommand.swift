import ArgumentParser
import KBAnswers
import KBCatalog
import KBPages
import KBReports
import KBSheet
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb privacy`.
struct PrivacyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "privacy",
    abstract: "Print the register of processing activities (Art. 30 GDPR), and what it lacks.",
    discussion: """
      One entry for each process with 'processing'. The columns of the CSV are those of Art. 30(1), a to g, and the legal basis.

      Examples:
        kb privacy
        kb privacy --format csv > register.csv
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: AudienceOption

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    let base = try await readers.workspace(workspace, at: revision.state)
    let answers = readers.answers(base.catalog)
    let activities = answers.processingActivities()
    let language = base.language
    let output = Console.standardOutput
    switch format {
    case .csv: output.write(SiteSheets.register(activities, language).csv(language))
    case .json:
      output.line(
        JSON.array(
          activities.map { activity in
            [
              "id": .string(activity.process.id), "title": .string(activity.process.title),
              "columns": .array(
                activity.columns.map { column in
                  [
                    "letter": .string(column.letter), "label": .string(column.label[language]),
                    "text": .string(column.text),
                  ]
                }),
              "missing": .array(activity.missing.map { .string($0[language]) }),
            ]
          }
        ).text)
    case .text: write(activities, answers.unregisteredProcesses(), language, to: output)
    }
  }

  private func write(
    _ activities: [ProcessingActivity], _ unregistered: [Record], _ language: Language, to output: Console
  ) {
    for activity in activities {
      output.line(output.coloured(Console.harmless("\(activity.process.title) (\(activity.process.id))"), .bold))
      for column in activity.columns {
        let letter = column.letter.isEmpty ? "  " : "\(column.letter))"
        let text = column.text.isEmpty ? "–" : column.text
        output.line(Console.harmless("  \(letter) \(column.label[language]): \(text)"))
      }
      for message in activity.missing { output.line("  ! " + Console.harmless(message[language])) }
      output.line()
    }
    if !unregistered.isEmpty {
      output.line(
        output.coloured(
          Message(de: "Ohne Eintrag (\(unregistered.count))", en: "Without an entry (\(unregistered.count))")[language],
          .bold))
      for record in unregistered { output.line(Console.harmless("  \(record.title) (\(record.id))")) }
    } else if activities.isEmpty {
      output.line(Message(de: "Keine Verarbeitungen eingetragen.", en: "No processing activities recorded.")[language])
    }
  }
}

import ArgumentParser
import KBAnswers
import KBCatalog
import KBSource

/// `kb access`.
struct AccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Say who has which access, today or on another day.",
    discussion: """
      With an ID only the accesses of that person or team, to that system, or that access.

      Examples:
        kb access erp
        kb access erp --at 2026-10-01
        kb access maren-oltmanns --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(
    help: "The id of a person, team, provider, system or access; without it all.", completion: .recordIDs)
  var id: String?

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    // Asked for a day, the answer is about that day, not about the day of the last commit before it.
    let day = revision.revision.flatMap { CalendarDate(iso: $0) }
    let base = try await Workspace(workspace, at: revision.state, today: day)
    let answers = Answers(base.catalog, audience: .restricted)
    let lines = answers.heldAccesses(of: try id.map { try base.record(named: $0) })
    switch format {
    case .json:
      Console.standardOutput.line(
        JSON.array(
          lines.map { line in
            [
              "access": .string(line.access.id), "title": .string(line.access.title),
              "system": line.system.map { .string($0.id) } ?? .null,
              "type": line.access.choice(.category).map { .string($0.value) } ?? .null,
              "mfa": line.access.choice(.mfa).map { .string($0.value) } ?? .null,
              "who": .string(line.holding.holder.id), "name": .string(line.holding.holder.title),
              "until": line.holding.until?.date.map { .string($0.description) } ?? .null,
            ]
          }
        ).text)
    case .text:
      guard !lines.isEmpty else {
        Console.standardOutput.line(Message(de: "niemand", en: "nobody")[base.language])
        return
      }
      table(lines, base.language).write(to: .standardOutput)
    }
  }

  /// The holders, a row each.
  private func table(_ lines: [HeldAccess], _ language: Language) -> TextTable {
    let format = KBSource.Format(language: language)
    let head = [
      Message(verbatim: "SYSTEM"), Message(de: "WER", en: "WHO"), Message(de: "ZUGANG", en: "ACCESS"),
      Message(de: "TYP", en: "TYPE"), Message(verbatim: "MFA"), Message(de: "BIS", en: "UNTIL"),
    ]
    return TextTable(
      head: head.map { $0[language] },
      rows: lines.map { line in
        [
          line.system?.title ?? "–", line.holding.holder.title, line.access.title,
          line.access.choice(.category)?.label[language] ?? "", line.access.choice(.mfa)?.label[language] ?? "",
          line.holding.until?.date.map(format.date) ?? "",
        ]
      })
  }
}

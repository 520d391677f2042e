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
      for line in lines {
        let type = line.access.choice(.category)?.label[base.language] ?? ""
        let until =
          line.holding.until?.date.map { Message(de: ", bis \($0)", en: ", until \($0)")[base.language] } ?? ""
        Console.standardOutput.line(
          Console.harmless(
            "\(line.system?.title ?? line.access.title): \(line.holding.holder.title), \(line.access.title) (\(type))\(until)"
          ))
      }
      if lines.isEmpty { Console.standardOutput.line(Message(de: "niemand", en: "nobody")[base.language]) }
    }
  }
}

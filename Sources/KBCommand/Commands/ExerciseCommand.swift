import ArgumentParser
import KBAnswers
import KBCatalog
import KBSource

/// `kb exercise`.
struct ExerciseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercise",
    abstract: "Print a drill sheet for a tabletop exercise with a runbook, as Markdown.",
    discussion: """
      The sheet has the situation, roles with numbers, the accesses to try, the steps with room for notes, and what to record \
      afterwards.

        kb exercise erp-down > drill.md
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(help: "The id of the runbook.", completion: .recordIDs)
  var id: String

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let runbook = try base.record(named: id)
    guard runbook.kind.behaviour == .runbook else {
      throw CommandFailure(Message(de: "\(id: runbook) ist kein Runbook", en: "\(id: runbook) is not a runbook"))
    }
    let sheet = DrillSheet(runbook: runbook, answers: Answers(base.catalog, audience: .restricted))
    for line in sheet.lines { Console.standardOutput.line(Console.harmless(line)) }
  }
}

import ArgumentParser
import KBAnswers
import KBCatalog
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

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
  @OptionGroup var readers: AudienceOption

  @Argument(help: "The id of the runbook.", completion: .recordIDs)
  var id: String

  func run() async throws {
    let base = try await readers.workspace(workspace, at: revision.state)
    let runbook = try base.record(named: id)
    guard runbook.kind.behaviour == .runbook else {
      throw CommandFailure(Message(de: "\(id: runbook) ist kein Runbook", en: "\(id: runbook) is not a runbook"))
    }
    guard readers.answers(base.catalog).isPublished(runbook) else {
      throw CommandFailure(
        Message(
          de: "\(id: runbook) ist nicht in dieser Ausgabe (\(code: "--audience"))",
          en: "\(id: runbook) is not in this edition (\(code: "--audience"))"))
    }
    let sheet = DrillSheet(runbook: runbook, answers: readers.answers(base.catalog))
    for line in sheet.lines { Console.standardOutput.line(Console.harmless(line)) }
  }
}

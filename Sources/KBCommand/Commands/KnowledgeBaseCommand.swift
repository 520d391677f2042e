public import ArgumentParser
import KBSource
import KBTerminal
import KBWorkspace

/// The command `kb`.
public struct KnowledgeBaseCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "kb",
    abstract:
      "An IT knowledge base from Markdown files in git: checked, cross-linked, and built as a site that works offline.",
    discussion: """
      A knowledge base is a folder with a file kb.yml, which may be empty. Markdown files below it are its records: \
      systems/erp.md describes the system 'erp', runbooks/erp-down.md is a runbook, and so on.

      To begin:  'kb init' in an empty folder, or in one that holds Markdown. Then 'kb new provider "Our IT provider"' \
      creates a record, 'kb check' says what is wrong, and 'kb build' makes the site in _site. \
      'kb doctor' says what is missing on this machine. 'kb new --help' and the like say more about a command. 'kb --version --verbose' also names the commit, the libraries and the formats.

      Exit status: 0 all is well, 1 there are findings, 2 the command could not do its work.
      """,
    version: Release.version,
    groupedSubcommands: [
      CommandGroup(name: "Getting started", subcommands: [InitCommand.self, NewCommand.self, DoctorCommand.self]),
      CommandGroup(
        name: "Check and publish",
        subcommands: [
          CheckCommand.self, BuildCommand.self, ServeCommand.self, VerifyCommand.self, HandbookCommand.self,
        ]),
      CommandGroup(
        name: "Look up",
        subcommands: [
          SearchCommand.self, ListCommand.self, ShowCommand.self, AccessCommand.self, ImpactCommand.self,
          GraphCommand.self, ExerciseCommand.self, IncidentCommand.self,
        ]),
      CommandGroup(name: "Plan", subcommands: [DueCommand.self, CostCommand.self, BriefCommand.self]),
      CommandGroup(name: "Spreadsheets", subcommands: [ExportCommand.self, ImportCommand.self, CompareCommand.self]),
      CommandGroup(
        name: "People",
        subcommands: [OnboardCommand.self, MoveCommand.self, OffboardCommand.self, HandoverCommand.self]),
      CommandGroup(name: "Prove", subcommands: [EvidenceCommand.self, PrivacyCommand.self]),
      CommandGroup(name: "Several knowledge bases", subcommands: [MembersCommand.self]),
      CommandGroup(name: "Look back", subcommands: [LogCommand.self, ReviewCommand.self]),
      CommandGroup(
        name: "Change",
        subcommands: [SetCommand.self, ConfirmCommand.self, RenameCommand.self, FormatCommand.self]),
      CommandGroup(
        name: "Other",
        subcommands: [
          ExplainCommand.self, SchemaCommand.self, HookCommand.self, CompletionsCommand.self, ManualCommand.self,
        ]),
    ])

  public init() {}

  /// Runs the command line, and ends the process with its status.
  public static func main() async {
    if let answer = Release.answer(to: Array(CommandLine.arguments.dropFirst())) {
      Console.standardOutput.write(answer)
      exit(withStatus: 0)
    }
    let words = Usage.arranged(Array(CommandLine.arguments.dropFirst()))
    do {
      try Usage.require(commandIn: words)
      var command = try parseAsRoot(words)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let refusal as any Refusal {
      Console.standardError.tell(refusal, in: SpokenLanguage.current)
      exit(withStatus: 2)
    } catch let status as ExitCode {
      exit(withStatus: status.rawValue)
    } catch {
      // Help and version end well; everything else that the parser says is a usage error.
      if exitCode(for: error) == .success { exit(withError: error) }
      let mistake = UsageMistake(fullMessage(for: error), options: Usage.options(of: words))
      Console.standardError.tell(mistake, in: SpokenLanguage.current)
      exit(withStatus: 2)
    }
  }

  private static func exit(withStatus status: Int32) -> Never { ExitStatus.end(status) }
}

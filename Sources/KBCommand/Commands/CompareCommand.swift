import ArgumentParser
import KBAnswers
import KBCatalog
import KBEditing
import KBReports
import KBSheet
import KBSource
import KBTerminal
import KBWorkspace

/// `kb compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare a list of real accounts with the records; nothing is written.",
    discussion: """
      FILE is the export of users from the admin centre of Microsoft 365 (CSV or xlsx), or any list with a column of mail \
      addresses. Further files are added to it by the address, such as the list of roles and who has them. Reported are accounts \
      that nobody knows, people who have left and still have an account or a licence, administrators that no access names, and \
      licences assigned and bought.

      The seats are those of the contracts that name the licences by their titles, their positions or the systems that they cover; \
      --contract names one where they do not.

      Exit status 1 when something differs, else 0.

      Examples:
        kb compare m365-users.csv
        kb compare m365-users.csv role-assignments.csv --contract vertrag-m365
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The list, and others to add to it: CSV or xlsx.", completion: .file())
  var files: [String]

  @Option(help: ArgumentHelp("The contract whose seats the licences are.", valueName: "id"), completion: .recordIDs)
  var contract: String?

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let contract = try contract.map { try base.record(named: $0) }
    let lists = try files.map { file in
      guard let table = try SheetSource(file).tables.first, let list = AccountList(table) else {
        throw CommandFailure(
          Message(
            de: "keine Spalte mit Mailadressen gefunden in \(code: file), etwa \(code: "Benutzerprinzipalname")",
            en: "no column of mail addresses was found in \(code: file), such as \(code: "User principal name")"))
      }
      return list
    }
    let answers = Answers(base.catalog, audience: .restricted)
    let comparison = answers.comparison(with: AccountList.merged(lists), contract: contract)
    let report = ComparisonReport(comparison: comparison, answers: answers)
    switch format {
    case .text: report.writeText(to: .standardOutput)
    case .json: Console.standardOutput.line(report.json.text)
    }
    if !comparison.isEmpty { throw ExitCode(1) }
  }
}

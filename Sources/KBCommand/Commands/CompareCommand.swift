import ArgumentParser
import KBAnswers
import KBCatalog
import KBEditing
import KBSheet
import KBSource

/// `kb compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Hold a list of real accounts against what is on paper; nothing is written.",
    discussion: """
      FILE is the export of users from the admin centre of Microsoft 365 (CSV or xlsx), or any list with a column of mail \
      addresses. Reported are accounts that nobody knows, people who have left and still have an account or a licence, \
      administrators that no access names, and seats assigned and bought.

      Exit status 1 when something differs, else 0.

      Example:
        kb compare m365-users.csv --contract vertrag-m365
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The list: CSV or xlsx.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The contract whose seats the licences are.", valueName: "id"), completion: .recordIDs)
  var contract: String?

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    let base = try await Workspace(workspace)
    let source = try SheetSource(file)
    let contract = try contract.map { try base.record(named: $0) }
    guard let table = source.tables.first, let accounts = AccountList(table) else {
      throw CommandFailure(
        Message(
          de: "keine Spalte mit Mailadressen gefunden, etwa \(code: "Benutzerprinzipalname")",
          en: "no column of mail addresses was found, such as \(code: "User principal name")"))
    }
    let answers = Answers(base.catalog, audience: .restricted)
    let comparison = answers.comparison(with: accounts.accounts, contract: contract)
    let report = ComparisonReport(comparison: comparison, answers: answers)
    switch format {
    case .text: report.writeText(to: .standardOutput)
    case .json: Console.standardOutput.line(report.json.text)
    }
    if !comparison.isEmpty { throw ExitCode(1) }
  }
}

/// The accounts in a list of users, by the headings of exports in German and English.
struct AccountList {
  let accounts: [RealAccount]

  /// `nil` where no column has addresses.
  init?(_ table: SheetTable) {
    func place(_ names: String...) -> Int? {
      table.columns.firstIndex { names.contains($0.lowercased().filter { !$0.isWhitespace }) }
    }
    let address = place(
      "userprincipalname", "benutzerprinzipalname", "email", "e-mail", "mail", "emailaddress", "e-mail-adresse", "upn")
    guard let address else { return nil }
    let name = place("displayname", "anzeigename", "name")
    let licences = place("licenses", "lizenzen", "licences", "assignedlicenses")
    let blocked = place(
      "blockcredential", "anmeldungblockiert", "anmeldeinformationenblockieren", "blocked", "gesperrt")
    let roles = place("roles", "rollen", "role", "adminroles", "administratorrollen")
    accounts = table.rows.compactMap { row in
      func text(_ place: Int?) -> String { place.map { Table.text(row[$0], .english).trimmedBlanks } ?? "" }
      let written = text(address)
      guard !written.isEmpty else { return nil }
      let none = ["unlicensed", "nicht lizenziert", "none", "keine", "user", "benutzer", ""]
      func list(_ text: String) -> [String] {
        text.split(whereSeparator: { "+;,\n".contains($0) }).map { String($0).trimmedBlanks }.filter {
          !none.contains($0.lowercased())
        }
      }
      return RealAccount(
        address: written, name: text(name), licences: list(text(licences)),
        isBlocked: ["true", "wahr", "yes", "ja", "1"].contains(text(blocked).lowercased()), roles: list(text(roles)))
    }
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

import KBAnswers
import KBCatalog
import KBSource

/// A comparison of real accounts with what is on paper, as text and JSON.
struct ComparisonReport {
  let comparison: AccountComparison
  let answers: Answers

  private var isGerman: Bool { answers.language == .german }

  func writeText(to output: Console) {
    section(isGerman ? "Konten, die niemand kennt" : "Accounts that nobody knows", comparison.unknown.map(told), output)
    section(
      isGerman ? "Ausgeschieden, mit offenem Konto oder Lizenz" : "Left, with an open account or a licence",
      comparison.leavers.map { "\($0.person.title): \(told($0.account))" }, output)
    section(
      isGerman ? "Administratoren ohne Zugang auf dem Papier" : "Administrators without an access on paper",
      comparison.admins.map { "\($0.person?.title ?? $0.account.name): \($0.account.roles.joined(separator: ", "))" },
      output)
    let bought = comparison.bought.map { isGerman ? "; gekauft: \($0)" : "; bought: \($0)" } ?? ""
    output.line((isGerman ? "Lizenzen zugewiesen: " : "Licences assigned: ") + String(comparison.assigned) + bought)
    if comparison.isEmpty { output.line(isGerman ? "Sonst stimmt alles überein." : "Nothing else differs.") }
  }

  private func section(_ title: String, _ lines: [String], _ output: Console) {
    guard !lines.isEmpty else { return }
    output.line(output.coloured("\(title) (\(lines.count))", .bold))
    for line in lines { output.line(Console.harmless("  \(line)")) }
    output.line()
  }

  /// "anna@example.org (Anna Berg), E3, gesperrt".
  private func told(_ account: RealAccount) -> String {
    var text = account.address + (account.name.isEmpty ? "" : " (\(account.name))")
    if !account.licences.isEmpty { text += ", \(account.licences.joined(separator: " + "))" }
    if account.isBlocked { text += isGerman ? ", gesperrt" : ", blocked" }
    return text
  }

  var json: JSON {
    func account(_ account: RealAccount, _ person: Record?) -> JSON {
      [
        "address": .string(account.address), "name": .string(account.name),
        "person": person.map { .string($0.id) } ?? .null,
        "licences": .array(account.licences.map { .string($0) }), "blocked": .bool(account.isBlocked),
        "roles": .array(account.roles.map { .string($0) }),
      ]
    }
    return [
      "unknown": .array(comparison.unknown.map { account($0, nil) }),
      "leavers": .array(comparison.leavers.map { account($0.account, $0.person) }),
      "admins": .array(comparison.admins.map { account($0.account, $0.person) }),
      "assigned": .integer(comparison.assigned), "bought": comparison.bought.map { .integer($0) } ?? .null,
    ]
  }
}

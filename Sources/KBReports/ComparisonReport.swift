package import KBAnswers
import KBCatalog
import KBSource
package import KBTerminal

/// A comparison of real accounts with what is on paper, as text and JSON.
package struct ComparisonReport {
  package let comparison: AccountComparison
  package let answers: Answers

  package init(comparison: AccountComparison, answers: Answers) {
    self.comparison = comparison
    self.answers = answers
  }

  private var language: Language { answers.language }

  package func writeText(to output: Console) {
    section(
      Message(de: "Konten ohne Eintrag", en: "Accounts without a record")[language],
      comparison.unknown.map(told), output)
    section(
      Message(de: "Ausgeschieden, mit offenem Konto oder Lizenz", en: "Left, with an open account or a licence")[
        language],
      comparison.leavers.map { "\($0.person.title): \(told($0.account))" }, output)
    section(
      Message(de: "Administratoren ohne dokumentierten Zugang", en: "Administrators without a documented access")[
        language],
      comparison.admins.map { "\($0.person?.title ?? $0.account.name): \($0.account.roles.joined(separator: ", "))" },
      output)
    writeSeats(to: output)
    if comparison.seats.count > 1 { output.line(Message(de: "nach Lizenz:", en: "by licence:")[language]) }
    for licence in comparison.licences { output.line(Console.harmless("  \(licence.name): \(licence.accounts)")) }
    if comparison.isEmpty {
      output.line(Message(de: "Sonst stimmt alles überein.", en: "Nothing else differs.")[language])
    }
  }

  /// Seats assigned and bought: of one contract on a line, of several each below the sum.
  private func writeSeats(to output: Console) {
    let head = Message(de: "Lizenzen zugewiesen", en: "Licences assigned")
    func bought(_ seats: AccountComparison.Seats) -> Message {
      Message(de: "gekauft: \(seats.bought)", en: "bought: \(seats.bought)")
    }
    switch comparison.seats.count {
    case 1:
      let seats = comparison.seats[0]
      output.line(
        Console.harmless("\(head[language]): \(seats.assigned); \(bought(seats)[language]) (\(seats.contract.title))"))
    case 0:
      let none = Message(
        de: "gekauft: kein Vertrag nennt sie, siehe --contract", en: "bought: no contract names them, see --contract")
      output.line("\(head[language]): \(comparison.assigned)\(comparison.assigned == 0 ? "" : "; \(none[language])")")
    default:
      let each = Message(de: "nach Vertrag:", en: "by contract:")
      output.line("\(head[language]): \(comparison.assigned), \(each[language])")
      for seats in comparison.seats {
        let counts = Message(
          de: "zugewiesen \(seats.assigned), gekauft \(seats.bought)",
          en: "assigned \(seats.assigned), bought \(seats.bought)")
        output.line(Console.harmless("  \(seats.contract.title): \(counts[language])"))
      }
    }
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
    if account.isBlocked { text += Message(de: ", gesperrt", en: ", blocked")[language] }
    return text
  }

  package var json: JSON {
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
      "licences": .array(
        comparison.licences.map { ["name": .string($0.name), "accounts": .integer($0.accounts)] }),
      "assigned": .integer(comparison.seats.count == 1 ? comparison.seats[0].assigned : comparison.assigned),
      "bought": comparison.seats.isEmpty ? .null : .integer(comparison.seats.reduce(0) { $0 + $1.bought }),
      "contracts": .array(
        comparison.seats.map { seats in
          [
            "id": .string(seats.contract.id), "title": .string(seats.contract.title), "bought": .integer(seats.bought),
            "assigned": .integer(seats.assigned),
          ]
        }),
    ]
  }
}

package import KBAnswers
import KBCatalog
package import KBSheet
import KBSource
package import KBTerminal

/// Costs as text, JSON and tables.
package struct CostReport {
  package let answers: Answers

  package init(answers: Answers) { self.answers = answers }

  private var language: Language { answers.language }
  private var currency: String { answers.currency }
  private var format: Format { Format(language: language) }

  /// The costs in the currency of the knowledge base; those in others, which no rate converts, under `others`.
  package func json(_ costs: Costs) -> JSON {
    let all = costs.total.perYear.currencies(first: currency) + costs.total.once.currencies(first: currency)
    var others: [String] = []
    for other in all where other != currency && !others.contains(other) { others.append(other) }
    var members = members(costs, currency)
    if !others.isEmpty { members.append(("others", .array(others.map { .object(self.members(costs, $0)) }))) }
    return .object(members)
  }

  private func members(_ costs: Costs, _ currency: String) -> [(String, JSON)] {
    let rows = costs.rows.filter { row in
      currency == self.currency || row.cost.perYear[currency] != 0 || row.cost.once[currency] != 0
        || row.covered.contains { $0.cost.perYear[currency] != 0 }
    }
    return [
      ("currency", .string(currency)), ("total", JSON(hundredths: costs.total.perYear[currency])),
      ("once", JSON(hundredths: costs.total.once[currency])),
      (
        "rows",
        .array(
          rows.map { row in
            [
              "id": row.id.map { .string($0) } ?? .null, "title": .string(row.title[language]),
              "perYear": JSON(hundredths: row.cost.perYear[currency]),
              "once": JSON(hundredths: row.cost.once[currency]),
              "covered": .array(
                row.covered.map {
                  ["contract": .string($0.contract.id), "perYear": JSON(hundredths: $0.cost.perYear[currency])]
                }),
            ]
          })
      ),
    ]
  }

  package func table(_ costs: Costs) -> Table {
    let currencies = currencies(of: costs.total)
    return Table(
      columns: ["id", "title"] + currencies.flatMap { ["\($0) perYear", "\($0) once"] } + ["covered"],
      rows: costs.rows.map { row in
        [.text(row.id ?? ""), .text(row.title[language])]
          + currencies.flatMap { [.init(row.cost.perYear, $0), .init(row.cost.once, $0)] }
          + [.text(row.covered.map { covering($0) }.joined(separator: "; "))]
      })
  }

  private func currencies(of cost: Cost) -> [String] {
    var sum = cost.perYear
    sum += cost.once
    let found = sum.currencies(first: currency)
    return found.isEmpty ? [currency] : found
  }

  /// "Betriebsvertrag Tangast (64.800 € für 16 Systeme)".
  private func covering(_ covering: CostRow.Covering) -> String {
    let amount = amounts(covering.cost.perYear)
    let words = Message(
      de: " für \(Noun.system.counted(covering.systems))", en: " for \(Noun.system.counted(covering.systems))")
    let systems = covering.systems > 1 ? words[language] : ""
    return "\(covering.contract.title) (\(amount)\(systems))"
  }

  private func amounts(_ sum: MoneySum) -> String {
    sum.amounts(first: currency).map(format.amount).joined(separator: " + ")
  }

  package func writeText(_ costs: Costs, to output: Console) {
    guard !costs.rows.isEmpty else { return output.line(Message(de: "Keine Kosten.", en: "No costs.")[language]) }
    var lines = costs.rows.map { (title: $0.title[language], amount: told($0.cost), row: Optional($0)) }
    lines.append((Message(de: "Zusammen", en: "Total")[language], told(costs.total), nil))
    let width = lines.map(\.amount.count).max() ?? 0
    for line in lines {
      let text = String(repeating: " ", count: width - line.amount.count) + line.amount + "  " + line.title
      output.line(line.row == nil ? output.coloured(Console.harmless(text), .bold) : Console.harmless(text))
      for covering in line.row?.covered ?? [] {
        let word = Message(de: "abgedeckt durch", en: "covered by")[language]
        output.line(
          Console.harmless("\(String(repeating: " ", count: width))    \(word) \(self.covering(covering))"))
      }
    }
  }

  /// "38.400 € im Jahr, 500 € einmalig".
  private func told(_ cost: Cost) -> String {
    let yearly = cost.perYear.amounts(first: currency).map(format.money)
    let once = cost.once.amounts(first: currency, .once).map(format.money)
    return (yearly + once).joined(separator: ", ").replacing("\u{A0}", with: " ")
  }
}

extension JSON {
  /// Hundredths as a number of whole units.
  init(hundredths: Int) {
    self = hundredths % 100 == 0 ? .integer(hundredths / 100) : .number(Double(hundredths) / 100)
  }
}

extension Table.Cell {
  /// The amount of a currency.
  package init(_ sum: MoneySum, _ currency: String) { self = .number(Double(sum[currency]) / 100) }
}

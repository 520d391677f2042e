import KBAnswers
import KBCatalog
import KBSheet
import KBSource

/// Costs as text, JSON and tables.
struct CostReport {
  let answers: Answers

  private var language: Language { answers.language }
  private var currency: String { answers.currency }
  private var format: Format { Format(language: language) }

  /// Hundredths as a number of whole units.
  private func number(_ hundredths: Int) -> JSON {
    hundredths % 100 == 0 ? .integer(hundredths / 100) : .number(Double(hundredths) / 100)
  }

  private func cell(_ sum: MoneySum, _ currency: String) -> Table.Cell { .number(Double(sum[currency]) / 100) }

  // MARK: Costs

  /// The costs in the currency of the knowledge base; those in others, which no rate converts, under `others`.
  func json(_ costs: Costs) -> JSON {
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
      ("currency", .string(currency)), ("total", number(costs.total.perYear[currency])),
      ("once", number(costs.total.once[currency])),
      (
        "rows",
        .array(
          rows.map { row in
            [
              "id": row.id.map { .string($0) } ?? .null, "title": .string(row.title[language]),
              "perYear": number(row.cost.perYear[currency]), "once": number(row.cost.once[currency]),
              "covered": .array(
                row.covered.map {
                  ["contract": .string($0.contract.id), "perYear": number($0.cost.perYear[currency])]
                }),
            ]
          })
      ),
    ]
  }

  func table(_ costs: Costs) -> Table {
    let currencies = currencies(of: costs.total)
    return Table(
      columns: ["id", "title"] + currencies.flatMap { ["\($0) perYear", "\($0) once"] } + ["covered"],
      rows: costs.rows.map { row in
        [.text(row.id ?? ""), .text(row.title[language])]
          + currencies.flatMap { [cell(row.cost.perYear, $0), cell(row.cost.once, $0)] }
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

  func writeText(_ costs: Costs, to output: Console) {
    let isGerman = language == .german
    guard !costs.rows.isEmpty else { return output.line(isGerman ? "Keine Kosten." : "No costs.") }
    var lines = costs.rows.map { (title: $0.title[language], amount: told($0.cost), row: Optional($0)) }
    lines.append((isGerman ? "Zusammen" : "Total", told(costs.total), nil))
    let width = lines.map(\.amount.count).max() ?? 0
    for line in lines {
      let text = String(repeating: " ", count: width - line.amount.count) + line.amount + "  " + line.title
      output.line(line.row == nil ? output.coloured(Console.harmless(text), .bold) : Console.harmless(text))
      for covering in line.row?.covered ?? [] {
        let word = isGerman ? "abgedeckt durch" : "covered by"
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

  // MARK: Seats

  var seatTable: Table {
    let seats = answers.seats()
    return Table(
      columns: ["id", "title", "bought", "used", "held", "unused", "unusedPerYear"],
      rows: seats.map { seat in
        [
          .text(seat.contract.id), .text(seat.contract.title), .number(Double(seat.bought)),
          seat.used.map { .number(Double($0)) } ?? .text(""), seat.held.map { .number(Double($0)) } ?? .text(""),
          .number(Double(seat.unused)), cell(seat.unusedCost, currency),
        ]
      })
  }

  var seatsJSON: JSON {
    .array(
      answers.seats().map { seat in
        [
          "id": .string(seat.contract.id), "title": .string(seat.contract.title), "bought": .integer(seat.bought),
          "used": seat.used.map { .integer($0) } ?? .null, "held": seat.held.map { .integer($0) } ?? .null,
          "unused": .integer(seat.unused), "unusedPerYear": number(seat.unusedCost[currency]),
        ]
      })
  }

  // MARK: Outlook

  var outlookTable: Table {
    Table(
      columns: ["date", "change", "id", "title", "perYear"],
      rows: answers.outlook().events.map { event in
        [
          .date(event.date), .text(event.change.rawValue), .text(event.record.id), .text(event.record.title),
          cell(event.perYear, currency),
        ]
      })
  }

  var outlookJSON: JSON {
    let outlook = answers.outlook()
    return [
      "currency": .string(currency),
      "months": .array(
        outlook.months.map {
          ["month": .string(String($0.first.description.prefix(7))), "cost": number($0.cost[currency])]
        }),
      "events": .array(
        outlook.events.map { event in
          [
            "date": .string(event.date.description), "change": .string(event.change.rawValue),
            "id": .string(event.record.id), "title": .string(event.record.title),
            "perYear": number(event.perYear[currency]),
          ]
        }),
    ]
  }

  // MARK: Change

  /// What costs more or less than in an earlier state, asked the same question.
  func change(since past: CostReport, by grouping: CostGrouping) -> (table: Table, json: JSON) {
    let (before, after) = (past.answers.costs(by: grouping), answers.costs(by: grouping))
    var old: [String: Int] = [:]
    var titles: [String: String] = [:]
    var order: [String] = []
    var new: [String: Int] = [:]
    for row in after.rows {
      let key = row.id ?? ""
      order.append(key)
      (new[key], titles[key]) = (row.cost.perYear[currency], row.title[language])
    }
    for row in before.rows {
      let key = row.id ?? ""
      if titles[key] == nil { order.append(key) }
      old[key] = row.cost.perYear[currency]
      if titles[key] == nil { titles[key] = row.title[language] }
    }
    let changed = order.filter { old[$0] ?? 0 != new[$0] ?? 0 }
    let table = Table(
      columns: ["id", "title", "before", "after", "difference"],
      rows: changed.map { key in
        let (one, other) = (old[key] ?? 0, new[key] ?? 0)
        return [
          .text(key), .text(titles[key] ?? ""), .number(Double(one) / 100), .number(Double(other) / 100),
          .number(Double(other - one) / 100),
        ]
      })
    let json: JSON = [
      "currency": .string(currency), "before": number(before.total.perYear[currency]),
      "after": number(after.total.perYear[currency]),
      "rows": .array(
        changed.map { key in
          [
            "id": key.isEmpty ? .null : .string(key), "title": .string(titles[key] ?? ""),
            "before": number(old[key] ?? 0), "after": number(new[key] ?? 0),
          ]
        }),
    ]
    return (table, json)
  }
}

extension Console {
  /// Writes a table, with its columns aligned.
  func table(_ table: Table, _ language: Language) {
    let format = Format(language: language)
    func shown(_ cell: Table.Cell) -> String {
      switch cell {
      case .number(let number):
        number == number.rounded() && abs(number) < 1e15 ? format.integer(Int(number)) : format.number(number)
      case .date(let date): format.date(date)
      default: Console.harmless(Table.text(cell, language))
      }
    }
    let lines = [table.columns.map { $0.uppercased() }] + table.rows.map { $0.map(shown) }
    let widths = table.columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    for (number, line) in lines.enumerated() {
      let cells = zip(line, widths).enumerated().map { index, cell -> String in
        let isNumber = number > 0 && table.rows[number - 1][index].isNumber
        let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
        return isNumber ? blanks + cell.0 : index == line.count - 1 ? cell.0 : cell.0 + blanks
      }
      let text = cells.joined(separator: "  ")
      self.line(number == 0 ? coloured(text, .bold) : text)
    }
  }
}

extension Table.Cell {
  fileprivate var isNumber: Bool { if case .number = self { true } else { false } }
}

package import KBAnswers
import KBCatalog
package import KBSheet
import KBSource
package import KBTerminal

/// A further question about money, answered for a terminal, for a spreadsheet and for programs.
package protocol CostView {
  var answers: Answers { get }
  var json: JSON { get }
  var table: Table { get }
  func writeText(to output: Console)
}

extension CostView {
  var language: Language { answers.language }
  var currency: String { answers.currency }
  var format: Format { Format(language: answers.language) }

  /// A sum in all its currencies, without spaces that a terminal breaks at.
  func told(_ sum: MoneySum) -> String {
    sum.amounts(first: currency).map(format.amount).joined(separator: " + ").replacing("\u{A0}", with: " ")
  }
}

/// The seats: bought, used, held, and what the unused ones cost.
package struct SeatsView: CostView {
  package let answers: Answers
  private let seats: [Seats]

  package init(_ answers: Answers) { (self.answers, seats) = (answers, answers.seats()) }

  package var table: Table {
    Table(
      columns: ["id", "title", "bought", "used", "held", "unused", "\(currency) unusedPerYear"],
      rows: seats.map { seat in
        [
          .text(seat.contract.id), .text(seat.contract.title), .number(Double(seat.bought)),
          seat.used.map { .number(Double($0)) } ?? .text(""), seat.held.map { .number(Double($0)) } ?? .text(""),
          .number(Double(seat.unused)), .init(seat.unusedCost, currency),
        ]
      })
  }

  package var json: JSON {
    .array(
      seats.map { seat in
        [
          "id": .string(seat.contract.id), "title": .string(seat.contract.title), "bought": .integer(seat.bought),
          "used": seat.used.map { .integer($0) } ?? .null, "held": seat.held.map { .integer($0) } ?? .null,
          "unused": .integer(seat.unused), "unusedPerYear": JSON(hundredths: seat.unusedCost[currency]),
        ]
      })
  }

  package func writeText(to output: Console) {
    guard !seats.isEmpty else { return output.line(Message(de: "Keine Plätze.", en: "No seats.")[language]) }
    let head =
      [
        Message(de: "VERTRAG", en: "CONTRACT"), Message(de: "GEKAUFT", en: "BOUGHT"),
        Message(de: "BELEGT", en: "USED"), Message(de: "MIT ZUGANG", en: "WITH ACCESS"),
        Message(de: "FREI", en: "FREE"), Message(de: "UNGENUTZT IM JAHR", en: "UNUSED PER YEAR"),
      ].map { $0[language] }
    let rows = seats.map { seat in
      [seat.contract.title] + [seat.bought, seat.used, seat.held, seat.unused].map { $0.map(format.integer) ?? "" }
        + [told(seat.unusedCost)]
    }
    TextTable(head: head, rows: rows, numbers: [1, 2, 3, 4, 5]).write(to: output)
  }
}

/// The months ahead: what is paid in each, and what changes.
package struct OutlookView: CostView {
  package let answers: Answers
  private let outlook: Outlook

  package init(_ answers: Answers) { (self.answers, outlook) = (answers, answers.outlook()) }

  package var table: Table {
    Table(
      columns: ["month", "\(currency) cost", "changes"],
      rows: outlook.months.map { month in
        let events = outlook.events.filter { $0.date.year == month.first.year && $0.date.month == month.first.month }
        return [.date(month.first), .init(month.cost, currency), .text(events.map(told).joined(separator: "; "))]
      })
  }

  package var json: JSON {
    [
      "currency": .string(currency),
      "months": .array(
        outlook.months.map {
          ["month": .string(String($0.first.description.prefix(7))), "cost": JSON(hundredths: $0.cost[currency])]
        }),
      "events": .array(
        outlook.events.map { event in
          [
            "date": .string(event.date.description), "change": .string(event.change.rawValue),
            "id": .string(event.record.id), "title": .string(event.record.title),
            "perYear": JSON(hundredths: event.perYear[currency]),
          ]
        }),
    ]
  }

  package func writeText(to output: Console) {
    guard outlook.months.contains(where: { !$0.cost.isZero }) || !outlook.events.isEmpty else {
      return output.line(Message(de: "Keine Kosten.", en: "No costs.")[language])
    }
    TextTable(
      head: [Message(de: "MONAT", en: "MONTH")[language], Message(de: "KOSTEN", en: "COST")[language]],
      rows: outlook.months.map { [format.month($0.first), told($0.cost)] }, numbers: [1]
    ).write(to: output)
    guard !outlook.events.isEmpty else { return }
    output.line()
    output.line(output.coloured(Message(de: "Was sich ändert", en: "What changes")[language], .bold))
    for event in outlook.events { output.line(Console.harmless("  \(format.date(event.date))  \(told(event))")) }
  }

  /// "Leasing Drucker: verlängert sich, 12.720 € im Jahr".
  private func told(_ event: CostEvent) -> String {
    let words = event.change.word[answers.language]
    return "\(event.record.title): \(words), \(told(event.perYear)) \(Message(de: "im Jahr", en: "a year")[language])"
  }
}

/// What is paid more, or less, than in an earlier state.
package struct CostChangeView: CostView {
  package let answers: Answers
  private let change: CostChange

  package init(_ answers: Answers, since past: PaidCosts) {
    (self.answers, change) = (answers, answers.costChange(since: past))
  }

  /// The currencies that something differs in, that of the knowledge base first.
  private var currencies: [String] {
    var all = MoneySum()
    for row in change.rows {
      for sum in [row.before, row.after] {
        for code in sum.currencies(first: currency) where row.before[code] != row.after[code] { all.add(1, code) }
      }
    }
    let found = all.currencies(first: currency)
    return found.contains(currency) ? found : [currency] + found
  }

  package var table: Table {
    let currencies = currencies
    return Table(
      columns: ["id", "title"] + currencies.flatMap { ["\($0) before", "\($0) after", "\($0) difference"] },
      rows: change.rows.map { row in
        [.text(row.id ?? ""), .text(row.title)]
          + currencies.flatMap { code -> [Table.Cell] in
            [.init(row.before, code), .init(row.after, code), .init(row.after.minus(row.before), code)]
          }
      })
  }

  package var json: JSON {
    let others = currencies.dropFirst().map { JSON.object(members($0)) }
    return .object(members(currency) + (others.isEmpty ? [] : [("others", .array(others))]))
  }

  private func members(_ currency: String) -> [(String, JSON)] {
    let rows = change.rows.filter { $0.before[currency] != $0.after[currency] }
    return [
      ("currency", .string(currency)), ("since", .string(change.since.description)),
      ("before", JSON(hundredths: change.before[currency])), ("after", JSON(hundredths: change.after[currency])),
      (
        "rows",
        .array(
          rows.map { row in
            [
              "id": row.id.map { .string($0) } ?? .null, "title": .string(row.title),
              "before": JSON(hundredths: row.before[currency]), "after": JSON(hundredths: row.after[currency]),
            ]
          })
      ),
    ]
  }

  package func writeText(to output: Console) {
    let day = format.date(change.since)
    guard !change.rows.isEmpty else {
      return output.line(
        Message(de: "Nichts hat sich seit \(day) geändert.", en: "Nothing has changed since \(day).")[language])
    }
    let head =
      ["", day.uppercased()]
      + [Message(de: "HEUTE", en: "TODAY"), Message(de: "UNTERSCHIED", en: "DIFFERENCE")].map { $0[language] }
    func line(_ title: String, _ before: MoneySum, _ after: MoneySum) -> [String] {
      [title, told(before), told(after), difference(before, after)]
    }
    let rows = change.rows.map { line($0.title, $0.before, $0.after) }
    let total = line(Message(de: "Zusammen", en: "Total")[language], change.before, change.after)
    TextTable(head: head, rows: rows + [total], numbers: [1, 2, 3]).write(to: output)
  }

  private func difference(_ before: MoneySum, _ after: MoneySum) -> String {
    after.minus(before).amounts(first: currency).map(format.difference).joined(separator: " ")
      .replacing("\u{A0}", with: " ")
  }
}

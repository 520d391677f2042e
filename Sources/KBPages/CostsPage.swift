import KBAnswers
import KBCatalog
import KBMarkup
import KBSource

/// What is paid: by provider, kind of contract, cost centre, owner and system; seats, and the months ahead.
struct CostsPage: Page {
  let context: PageContext

  /// More are not listed on one page; the command lists them all.
  private static let longest = 200

  func write(_ html: inout HTML) {
    let byProvider = answers.costs(by: .provider)
    top(&html, words(Words.costs)) { message(&$0, lead(byProvider)) }
    incomplete(&html, byProvider.incomplete)
    guard !byProvider.rows.isEmpty else { return }
    let total = byProvider.total
    let groupings: [(Message, Costs)] = [
      (Words.byProvider, byProvider), (Words.byContractType, answers.costs(by: .type)),
      (Words.byCostCentre, answers.costs(by: .costCentre)), (Words.byOwner, answers.costs(by: .owner)),
    ]
    for (number, (title, costs)) in groupings.enumerated() {
      html.section(words(title)) { html in
        table(&html, costs.rows, title, total)
        more(&html, costs.rows.count)
      }
      if number == 0, let past = context.costsOfLastYear { changed(&html, answers.costChange(since: past)) }
    }
    let systems = answers.costs(by: .system).rows
    html.section(words(Words.bySystem)) { html in
      self.systems(&html, systems)
      more(&html, systems.count)
    }
    seats(&html)
    boughtTwice(&html)
    outlook(&html)
  }

  private func lead(_ costs: Costs) -> Message {
    guard !costs.total.isZero else { return Words.noCosts }
    let yearly = costs.total.perYear.amounts(first: answers.currency).map { "\($0)" as Message.Text }
    let once = costs.total.once.amounts(first: answers.currency, .once).map { "\(amount: $0)" as Message.Text }
    return Words.costsLead("\(list: yearly)", once.isEmpty ? nil : "\(list: once)")
  }

  private func incomplete(_ html: inout HTML, _ records: [Record]) {
    guard !records.isEmpty else { return }
    html.element(.p, .class("small")) { html in
      html.text("\(words(Words.incompleteCosts)) ")
      html.joined(records.prefix(20)) { link(&$0, to: $1, depth: 0) }
    }
  }

  private func table(_ html: inout HTML, _ rows: [CostRow], _ title: Message, _ total: Cost) {
    let hasOnce = rows.contains { !$0.cost.once.isZero }
    var columns = [
      HTML.Column(label: words(Words.entry)), .init(label: words(Words.perYear), classes: "num"),
      .init(label: words(Words.share), classes: "num opt"),
    ]
    if hasOnce { columns.append(.init(label: words(Words.once), classes: "num opt")) }
    html.table("", columns) { html in
      for row in rows.prefix(Self.longest) {
        html.element(.tr) { html in
          html.rowHead { html in
            if let record = row.record { link(&html, to: record, depth: 0) } else { html.text(words(row.title)) }
            // What one line is made of is read on its own page, or here.
            if row.record == nil {
              let rest = row.sources.count - 5
              let names = row.sources.prefix(5).map(\.title) + (rest > 0 ? [words(LandscapeWords.more(rest))] : [])
              html.what(names.joined(separator: ", "))
            }
          }
          html.element(.td, .class("num nb"), text: text(of: row.cost.perYear))
          html.element(.td, .class("num opt"), text: share(row.cost, of: total))
          if hasOnce { html.element(.td, .class("num opt nb"), text: text(of: row.cost.once)) }
        }
      }
    }
  }

  private func share(_ cost: Cost, of total: Cost) -> String {
    let all = total.perYear[answers.currency]
    guard all > 0 else { return "" }
    let percent = Int((Double(cost.perYear[answers.currency]) * 100 / Double(all)).rounded())
    return "\(percent)\u{A0}%"
  }

  private func systems(_ html: inout HTML, _ rows: [CostRow]) {
    var columns = [
      HTML.Column(label: words(Words.entry)), .init(label: words(Words.perYear), classes: "num"),
      .init(label: words(Words.coveredBy)),
    ]
    let hasOnce = rows.contains { !$0.cost.once.isZero }
    if hasOnce { columns.insert(.init(label: words(Words.once), classes: "num"), at: 2) }
    html.table("stack", columns) { html in
      for row in rows.prefix(Self.longest) {
        html.element(.tr) { html in
          html.rowHead { html in
            if let record = row.record { link(&html, to: record, depth: 0) } else { html.text(words(row.title)) }
          }
          html.element(
            .td, .class("num nb"), .data("label", words(Words.perYear)), text: text(of: row.cost.perYear))
          if hasOnce {
            html.element(.td, .class("num nb"), .data("label", words(Words.once)), text: text(of: row.cost.once))
          }
          html.element(.td) { html in
            html.joined(row.covered) { html, covering in
              link(&html, to: covering.contract, depth: 0)
              let amount = Message.Text(verbatim: text(of: covering.cost.perYear))
              html.text(" (\(words(Words.covering(amount, covering.systems))))")
            }
          }
        }
      }
    }
  }

  /// What changed within a year: the same question to the state of that day.
  private func changed(_ html: inout HTML, _ change: CostChange) {
    html.section(words(Words.costsSince(change.since))) { html in
      html.element(.p) { html in
        let sums = [change.before, change.after].map { sum in
          sum.amounts(first: answers.currency).map { "\($0)" as Message.Text }
        }
        message(&html, Words.thenAndNow(sums.map { $0.isEmpty ? nil : "\(list: $0)" }))
      }
      guard !change.rows.isEmpty else { return }
      let columns = [
        HTML.Column(label: words(Words.entry)), .init(label: words(Words.before), classes: "num"),
        .init(label: words(Words.today), classes: "num"), .init(label: words(Words.difference), classes: "num"),
      ]
      html.table("stack", columns) { html in
        for row in change.rows.prefix(Self.longest) {
          html.element(.tr) { html in
            html.rowHead { html in
              if let record = row.record { link(&html, to: record, depth: 0) } else { html.text(row.title) }
            }
            for (column, sum) in zip(columns.dropFirst(), [row.before, row.after]) {
              html.element(.td, .class("num nb"), .data("label", column.label), text: text(of: sum))
            }
            html.element(.td, .class("num nb"), .data("label", columns[3].label), text: difference(row))
          }
        }
      }
      more(&html, change.rows.count)
    }
  }

  /// "+1.200 €", "−1.200 €", one for each currency.
  private func difference(_ row: CostChange.Row) -> String {
    let difference = row.after.minus(row.before)
    return difference.amounts(first: answers.currency).map(format.difference).joined(separator: " ")
  }

  /// Says that there is more than is listed.
  private func more(_ html: inout HTML, _ count: Int) {
    guard count > Self.longest else { return }
    html.element(.p, .class("muted small also")) { message(&$0, Words.moreCosts(count - Self.longest)) }
  }

  private func seats(_ html: inout HTML) {
    let seats = answers.seats()
    guard !seats.isEmpty else { return }
    html.section(words(Words.seats)) { html in
      let columns =
        [HTML.Column(label: words(Words.entry))]
        + [Words.bought, Words.used, Words.held, Words.unused, Words.unusedCost].enumerated().map {
          HTML.Column(label: words($1), classes: $0 == 1 || $0 == 2 ? "num opt" : "num")
        }
      html.table("stack", columns) { html in
        for seat in seats.prefix(Self.longest) {
          html.element(.tr) { html in
            html.rowHead { link(&$0, to: seat.contract, depth: 0) }
            html.element(
              .td, .class("num"), .data("label", words(Words.bought)), text: format.integer(seat.bought))
            html.element(.td, .class("num opt"), text: seat.used.map(format.integer) ?? "")
            html.element(.td, .class("num opt"), text: seat.held.map(format.integer) ?? "")
            html.element(
              .td, .class("num"), .data("label", words(Words.unused)),
              text: seat.unused == 0 ? "" : format.integer(seat.unused))
            html.element(
              .td, .class("num nb"), .data("label", words(Words.unusedCost)), text: text(of: seat.unusedCost))
          }
        }
      }
      more(&html, seats.count)
    }
  }

  private func boughtTwice(_ html: inout HTML) {
    let doubles = answers.boughtTwice()
    guard !doubles.isEmpty else { return }
    html.section(words(Words.boughtTwice)) { html in
      html.list("rows", doubles.prefix(Self.longest)) { html, double in
        html.element(.span, .class("key")) { $0.element(.code, text: double.capability) }
        html.element(.div) { $0.joined(double.systems) { link(&$0, to: $1, depth: 0) } }
      }
    }
  }

  private func outlook(_ html: inout HTML) {
    let outlook = answers.outlook()
    html.section(words(Words.outlook)) { html in
      html.table("", [.init(label: words(Words.period)), .init(label: words(Words.sum), classes: "num")]) { html in
        for period in periods(outlook) {
          html.element(.tr) { html in
            html.rowHead { $0.text(period.name) }
            html.element(.td, .class("num nb"), text: text(of: period.sum))
          }
        }
      }
      guard !outlook.events.isEmpty else { return }
      html.element(.h3, text: words(Words.whatChanges))
      html.list("rows", outlook.events.prefix(60)) { html, event in
        html.element(.time, .datetime(event.date.description), text: format.date(event.date))
        html.element(.div) { html in
          link(&html, to: event.record, depth: 0)
          let sum = event.perYear.amounts(first: answers.currency).map(format.money).joined(separator: " + ")
          html.what("\(words(event.change.word)), \(sum)")
        }
      }
    }
  }

  /// The months by threes, from this one on: each as long as the others.
  private func periods(_ outlook: Outlook) -> [(name: String, sum: MoneySum)] {
    stride(from: 0, to: outlook.months.count, by: 3).map { start in
      let months = outlook.months[start..<min(start + 3, outlook.months.count)]
      let (first, last) = (outlook.months[start].first, months[months.endIndex - 1].first)
      return (words(Words.fromTo(format.month(first), format.month(last))), Outlook.cost(of: months))
    }
  }
}

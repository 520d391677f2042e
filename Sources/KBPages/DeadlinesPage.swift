package import KBAnswers
import KBCatalog
package import KBMarkup
import KBSource

/// The deadlines: a year at a glance, and a list with what happens if nobody acts.
struct DeadlinesPage: Page {
  let context: PageContext

  /// The number of months whose deadlines are open on a phone.
  private static let monthsOpen = 3
  /// More are not listed on one page; the command lists them all.
  private static let longest = 500

  func write(_ html: inout HTML) {
    let deadlines = answers.deadlinesAhead()
    let rolling = answers.rollingContracts()
    top(&html, words(Words.deadlines)) { message(&$0, lead(deadlines)) }
    guard !deadlines.isEmpty || !rolling.isEmpty else { return html.element(.p, text: words(Words.noDeadlines)) }
    YearView(context: context, deadlines: deadlines).write(&html)
    // A phone shows no year.
    html.element(.p, .class("only-phone")) {
      $0.link(.file(DeadlineCalendar.path, depth: 0), words(Words.calendarFile))
    }
    let shown = deadlines.prefix(Self.longest)
    let soon = catalog.today.adding(months: Self.monthsOpen)
    for group in groups(shown) {
      let count = words(Words.deadlineCount(group.deadlines.count))
      html.section(group.title, end: { $0.element(.p, .class("muted"), text: count) }) { html in
        guard let first = group.deadlines.first, first.date > soon else { return table(&html, group.deadlines) }
        // A phone opens what is far away only when somebody asks for it.
        html.element(.details, .class("later"), .open(true)) { html in
          html.element(.summary, text: count)
          table(&html, group.deadlines)
        }
      }
    }
    if shown.count < deadlines.count {
      html.element(.p, .class("muted small also")) { message(&$0, Words.moreDeadlines(Self.longest)) }
    }
    if !rolling.isEmpty { html.section(words(Words.anyTime)) { anyTime(&$0, rolling) } }
  }

  /// "2 Verträge sind in den nächsten 90 Tagen zu kündigen, sonst kosten sie weitere 14.160 €. 1 überfällig."
  private func lead(_ deadlines: [Deadline]) -> Message {
    let horizon = catalog.today.adding(days: 90)
    let notices = deadlines.filter { $0.category == .cancelBy && $0.date <= horizon }
    var sum = MoneySum()
    for notice in notices { sum += answers.renewalPrice(of: notice) }
    let amounts = sum.amounts(first: answers.currency).map { "\(amount: $0)" as Message.Text }
    let overdue = deadlines.count(where: \.isOverdue)
    let cancelling = Words.cancellations(notices.count)
    let binding = Words.boundOtherwise(notices.count, "\(list: amounts)")
    let late = Words.overdueCount(overdue)
    return Message(
      "\(cancelling)\(when: !amounts.isEmpty, "\(binding)").\(when: overdue > 0, " \(late)")")
  }

  private typealias Group = (title: String, deadlines: [Deadline])

  /// Overdue, the rest of the year, then month by month for a year, then the rest.
  private func groups(_ deadlines: ArraySlice<Deadline>) -> [Group] {
    let today = catalog.today
    let far = today.adding(months: 12)
    var groups: [Group] = []
    for deadline in deadlines {
      let title =
        if deadline.isOverdue {
          words(Words.overdueHead)
        } else if deadline.date.year == today.year {
          words(Words.untilYearEnd)
        } else {
          deadline.date > far ? words(Words.later) : format.month(deadline.date)
        }
      if groups.last?.title == title {
        groups[groups.count - 1].deadlines.append(deadline)
      } else {
        groups.append((title, [deadline]))
      }
    }
    return groups
  }

  private func table(_ html: inout HTML, _ deadlines: [Deadline]) {
    var columns = columns(Words.whenDue, Words.whatIsDue, Words.deedType, Words.ifNobodyActs, Words.howToAct)
    columns[4].classes = "mid"
    html.table("due stack", columns) { html in for deadline in deadlines { row(&html, deadline) } }
  }

  private func row(_ html: inout HTML, _ deadline: Deadline) {
    html.element(.tr) { html in
      html.element(.td) { html in
        html.element(.time, .class("nb"), .datetime(deadline.date.description), text: format.date(deadline.date))
        html.element(.span, .class("what")) { distance(&$0, to: deadline) }
      }
      html.rowHead { html in
        link(&html, to: deadline.record, depth: 0)
        let names = [
          deadline.part.map(words), deadline.holder?.title, deadline.owner.map { "\(words(Words.owner)): \($0.title)" },
        ]
        html.what(names.compactMap(\.self).joined(separator: " · "))
      }
      html.element(.td, text: words(deadline.category.label))
      html.element(.td) { message(&$0, answers.consequence(of: deadline), endsWithStop: true) }
      html.element(.td, .class("mid")) { html in
        if let other = answers.instruction(of: deadline) {
          if deadline.category == .endOfSupport { html.text("\(words(Words.replaceWith)) ") }
          link(&html, to: other, depth: 0)
        } else if let action = answers.action(of: deadline) {
          message(&html, action, isCapitalized: true)
        }
      }
    }
  }

  private func anyTime(_ html: inout HTML, _ rolling: [RollingContract]) {
    let columns = [
      HTML.Column(label: words(Words.entry)), .init(label: words(Words.cancelledToday)),
      .init(label: words(Words.costPerYear), classes: "num"),
    ]
    html.table("stack", columns) { html in
      for contract in rolling.prefix(Self.longest) {
        html.element(.tr) { html in
          html.rowHead { link(&$0, to: contract.record, depth: 0) }
          html.element(
            .td, .class("nb"), .data("label", words(Words.cancelledToday)), text: format.date(contract.end))
          html.element(
            .td, .class("num"), .data("label", words(Words.costPerYear)),
            text: text(of: answers.cost(of: contract.record).perYear))
        }
      }
    }
  }
}

extension Page {
  /// How far a deadline is: overdue with its shape, soon, or plain.
  package func distance(_ html: inout HTML, to deadline: Deadline) {
    let text = words(answers.distance(to: deadline.date))
    if deadline.isOverdue {
      html.age("late", .overdue, text)
    } else if catalog.today.days(until: deadline.date) <= 30 {
      html.element(.span, .class("soon"), text: text)
    } else {
      html.text(text)
    }
  }

  /// Sums of money, one for each currency; empty for none.
  package func text(of sum: MoneySum) -> String {
    sum.amounts(first: answers.currency).map(format.amount).joined(separator: " + ")
  }
}

/// Twelve months of what ends: a row for each record, a column for each month.
struct YearView: Page {
  let context: PageContext
  let deadlines: [Deadline]

  private static let mostRows = 40

  /// A record's days in the year.
  private struct Row {
    let record: Record
    var marks: [(month: Int, day: CalendarDate, style: String, word: Message)] = []
    /// The months between a day to cancel by and the end that follows; the last may be after the year.
    var bound: ClosedRange<Int>?
  }

  func write(_ html: inout HTML) {
    let first = catalog.today.adding(days: 1 - catalog.today.day)
    let rows = rows(from: first)
    guard !rows.isEmpty else { return }
    html.element(.div, .class("wide")) { html in
      html.section(
        words(Words.twelveMonths),
        end: { $0.link(.file(DeadlineCalendar.path, depth: 0), words(Words.calendarFile)) }
      ) { html in
        table(&html, rows.prefix(Self.mostRows), from: first)
        if rows.count > Self.mostRows {
          html.element(.p, .class("muted small also"), text: words(Words.moreInYear(rows.count - Self.mostRows)))
        }
        signs(&html)
      }
    }
  }

  private func rows(from first: CalendarDate) -> [Row] {
    var rows: [Row] = []
    var places: [Int: Int] = [:]
    func month(_ day: CalendarDate) -> Int { (day.year - first.year) * 12 + day.month - first.month }
    for deadline in deadlines where deadline.category.isHard && deadline.category != .accessEnd {
      guard (0..<12).contains(month(deadline.date)) else { continue }
      let place = places[deadline.record.index] ?? rows.count
      if place == rows.count {
        places[deadline.record.index] = place
        rows.append(Row(record: deadline.record))
      }
      if deadline.category == .cancelBy {
        let isNow = catalog.today.days(until: deadline.date) <= 30
        rows[place].marks.append(
          (month(deadline.date), deadline.date, isNow ? "d d-now" : "d d-by", Words.cancelByInYear))
        guard let end = deadline.termEnd else { continue }
        if month(end) > month(deadline.date) { rows[place].bound = month(deadline.date)...month(end) }
        if month(end) < 12 { rows[place].marks.append((month(end), end, "d d-end", Words.ends)) }
      } else {
        rows[place].marks.append((month(deadline.date), deadline.date, "d d-end", Words.ends))
      }
    }
    return rows
  }

  private func table(_ html: inout HTML, _ rows: ArraySlice<Row>, from first: CalendarDate) {
    let last = first.adding(months: 11)
    html.open(.table, [.class("year")])
    html.element(.caption, text: words(Words.yearCaption(format.month(first), format.month(last))))
    html.element(.thead) { html in
      html.element(.tr) { html in
        html.element(.th, .scope("col"), text: words(Words.entry))
        for month in 0..<12 {
          let day = first.adding(months: month)
          html.element(.th, .scope("col"), .class(isNewYear(month, first) ? "yy" : "")) { html in
            html.text(String(format.month(day).prefix(3)))
            html.void(.br)
            html.text(month == 0 || day.month == 1 ? String(day.year) : "\u{A0}")
          }
        }
      }
    }
    html.element(.tbody) { html in
      for row in rows {
        html.element(.tr) { html in
          html.rowHead { link(&$0, to: row.record, depth: 0) }
          for month in 0..<12 { cell(&html, row, month, first) }
        }
      }
    }
    html.close(.table)
  }

  private func isNewYear(_ month: Int, _ first: CalendarDate) -> Bool {
    month > 0 && first.adding(months: month).month == 1
  }

  private func cell(_ html: inout HTML, _ row: Row, _ month: Int, _ first: CalendarDate) {
    var classes = isNewYear(month, first) ? ["yy"] : []
    if let bound = row.bound, bound.contains(month) {
      classes.append(month == bound.lowerBound ? "from" : month == bound.upperBound ? "to" : "run")
    }
    html.element(.td, .class(classes.joined(separator: " "))) { html in
      for mark in row.marks where mark.month == month {
        html.element(.span, .class(mark.style)) { html in
          html.element(.span, .class("vh"), text: "\(words(mark.word)) ")
          html.text(language == .german ? "\(format.two(mark.day.day))." : String(mark.day.day))
        }
      }
    }
  }

  private func signs(_ html: inout HTML) {
    let signs: [(style: String, word: Message)] = [
      ("d d-now", Words.cancelSoon), ("d d-by", Words.cancelByInYear), ("d d-end", Words.endsInYear),
    ]
    html.list("signs", signs) { html, sign in
      html.element(.span, .class(sign.style), .ariaHidden, text: language == .german ? "31." : "31")
      html.text(" \(words(sign.word))")
    }
  }
}

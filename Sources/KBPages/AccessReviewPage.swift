import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// The review of accesses: who has to look at how many, and by when; a sheet for each of them is a page of its own.
struct AccessReviewPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    top(&html, words(AccessWords.reviewTitle)) { $0.text(words(AccessWords.reviewLead)) }
    let sheets = AccessReviewSheet.all(context)
    guard !sheets.isEmpty else { return html.element(.p, text: words(AccessWords.noAccesses)) }
    var columns = columns(
      AccessWords.owner, AccessWords.accesses, AccessWords.holders, AccessWords.dueColumn)
    for number in 1...2 { columns[number].classes = "num" }
    html.table("stack", columns) { html in
      for sheet in sheets where sheet.part == 1 { row(&html, sheet, of: sheets.filter { $0.name == sheet.name }) }
    }
  }

  private func row(_ html: inout HTML, _ sheet: AccessReviewSheet, of parts: [AccessReviewSheet]) {
    let accesses = parts.flatMap(\.accesses)
    html.element(.tr) { html in
      html.rowHead { html in
        html.link(.file(sheet.path, depth: 0), sheet.title)
        for part in parts.dropFirst() {
          html.text(" ")
          html.link(.file(part.path, depth: 0), String(part.part))
        }
      }
      html.element(
        .td, .class("num"), .data("label", words(AccessWords.accesses)), text: format.integer(accesses.count))
      html.element(
        .td, .class("num"), .data("label", words(AccessWords.holders)),
        text: format.integer(accesses.reduce(0) { $0 + $1.lines.count }))
      html.element(.td, .class("nb"), .data("label", words(AccessWords.dueColumn))) { due(&$0, accesses.map(\.access)) }
    }
  }

  /// The first day by which one of them is to be looked at.
  private func due(_ html: inout HTML, _ accesses: [Record]) {
    guard let first = accesses.compactMap(\.reviewDue).min() else {
      return html.text(words(AccessWords.neverConfirmed))
    }
    if first < answers.today {
      html.age("late", .overdue, format.date(first))
    } else {
      html.element(.time, .datetime(first.description), text: format.date(first))
    }
  }
}

/// A sheet for whoever is in charge of systems, to print and to tick: who has which access, since when, and whether that is
/// still right.
struct AccessReviewSheet: Page {
  let context: PageContext
  /// `nil` for the accesses that nobody is in charge of.
  let owner: Record?
  let accesses: [(access: Record, lines: [HeldAccess])]
  let part: Int

  /// More holders of one access are listed by the command.
  private static let mostLines = 200
  /// The lines of a page; longer sheets have several.
  private static let mostLinesOfPage = 1000

  /// All sheets, one after the other.
  static func all(_ context: PageContext) -> [AccessReviewSheet] {
    context.answers.accessReviews(context.held.all).flatMap { review in
      var parts: [[(access: Record, lines: [HeldAccess])]] = [[]]
      var length = 0
      for entry in review.accesses {
        let lines = 3 + min(entry.lines.count, mostLines)
        if length + lines > mostLinesOfPage, !parts[parts.count - 1].isEmpty {
          parts.append([])
          length = 0
        }
        parts[parts.count - 1].append(entry)
        length += lines
      }
      return parts.enumerated().map { number, accesses in
        AccessReviewSheet(context: context, owner: review.owner, accesses: accesses, part: number + 1)
      }
    }
  }

  static func pages(_ context: PageContext) -> [PlannedPage] {
    all(context).map { sheet in
      PlannedPage(
        path: sheet.path, title: "\(context.words(AccessWords.reviewTitle)): \(sheet.title)",
        current: SitePage.accessReview.path, write: sheet.write)
    }
  }

  /// The name of its file; no id has an underscore.
  var name: String { owner?.id ?? "_" }
  var path: String { "access-review/\(name)\(part > 1 ? "_\(part)" : "").html" }
  var title: String { owner?.title ?? words(AccessWords.noOwner) }

  func write(_ html: inout HTML) {
    crumbs(&html, [(SitePage.accessReview.path, words(AccessWords.reviewTitle))])
    top(&html, "\(words(AccessWords.reviewTitle)): \(title)") { html in
      html.text(words(AccessWords.sheetLead))
    }
    html.element(.div, .class("review-sheet")) { html in
      for (access, lines) in accesses {
        html.section({ $0.element(.h2) { link(&$0, to: access, depth: 1) } }) { sheet(&$0, access, lines) }
      }
      conclusion(&html)
    }
  }

  /// How the review ends: what was withdrawn goes into the commit that confirms the rest.
  private func conclusion(_ html: inout HTML) {
    html.element(.p, .class("also"), text: words(AccessWords.withdrawn))
    html.element(.p) { html in
      html.element(.code, text: "kb confirm \(accesses.map(\.access.id).joined(separator: " "))")
    }
    html.element(.p, .class("also"), text: words(AccessWords.signature))
  }

  private func sheet(_ html: inout HTML, _ access: Record, _ lines: [HeldAccess]) {
    let system = answers.records(.accessTo, of: access).first?.title
    let confirmed = access.value(.reviewed)?.date.map { words(AccessWords.confirmed(format.date($0))) }
    let due = access.reviewDue.map { words(AccessWords.due(format.date($0))) }
    html.element(
      .p, .class("muted small"),
      text: [
        system, access.choice(.category).map { words($0.label) }, confirmed ?? words(AccessWords.neverConfirmed), due,
      ]
      .compactMap(\.self).joined(separator: "; "))
    guard !lines.isEmpty else { return html.element(.p, text: words(AccessWords.nobody)) }
    html.table(
      "stack", columns(AccessWords.who, AccessWords.since, AccessWords.until, AccessWords.there, AccessWords.right)
    ) { html in
      for line in lines.prefix(Self.mostLines) { row(&html, line, access) }
    }
    if lines.count > Self.mostLines {
      html.element(.p, .class("muted small")) {
        message(&$0, AccessWords.moreLines(lines.count - Self.mostLines, access.id))
      }
    }
  }

  private func row(_ html: inout HTML, _ line: HeldAccess, _ access: Record) {
    html.element(.tr) { html in
      html.rowHead { html in
        link(&html, to: line.who, depth: 1)
        if let through = line.through { html.what(words(through)) }
        if let until = line.holding.until?.date, until < answers.today { html.what(words(AccessWords.isOver)) }
      }
      cell(&html, AccessWords.since, line.holding.since.map(format.date) ?? "")
      cell(&html, AccessWords.until, line.holding.until?.date.map(format.date) ?? "")
      cell(&html, AccessWords.there, words(line.who.lifecycle == .retired ? AccessWords.gone : AccessWords.employed))
      html.element(.td, .data("label", words(AccessWords.right))) { html in
        let label = "\(line.who.title): \(words(AccessWords.right))"
        html.void(.input, .type("checkbox"), .aria("label", label))
      }
    }
  }

  private func cell(_ html: inout HTML, _ label: Message, _ text: String) {
    guard !text.isEmpty else { return html.element(.td) { _ in } }
    html.element(.td, .class("nb"), .data("label", words(label)), text: text)
  }
}

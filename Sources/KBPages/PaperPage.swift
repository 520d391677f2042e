public import KBAnswers
package import KBCatalog
import KBMarkup
public import KBPapers
import KBSchema
import KBSource

/// A paper as a page of the site.
struct PaperPage: Page {
  let context: PageContext
  let paper: Paper
  var depth = 0

  func write(_ html: inout HTML) {
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: words(paper.title))
      for fact in paper.facts { html.element(.p, .class("lead")) { message(&$0, fact) } }
    }
    if paper.sections.isEmpty { html.element(.p, text: words(AccessWords.nothingYet)) }
    for section in paper.sections { PaperSections(context: context, depth: depth).write(&html, section) }
  }
}

/// The page for the regular meeting with a provider.
package struct MeetingPage: Page {
  package let context: PageContext
  package let provider: Record

  package static func pages(_ context: PageContext) -> [PlannedPage] {
    context.answers.records(.provider).filter(\.lifecycle.isInUse).map { provider in
      PlannedPage(
        path: SiteMap.meeting(with: provider), title: context.words(AccessWords.meeting(provider.title)),
        current: SiteMap.list(of: provider.kind)
      ) { MeetingPage(context: context, provider: provider).write(&$0) }
    }
  }

  private func write(_ html: inout HTML) {
    let kind = provider.kind
    let own = map.path(of: provider).map { [($0, provider.title)] } ?? []
    crumbs(&html, [(SiteMap.list(of: kind), words(kind.plural))] + own.map { (path: $0.0, label: $0.1) })
    let paper = answers.paper(about: provider, context.held)
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: words(AccessWords.meeting(provider.title)))
    }
    if !paper.facts.isEmpty { html.list("plain", paper.facts) { message(&$0, $1) } }
    for section in paper.sections { PaperSections(context: context, depth: 1).write(&html, section) }
  }
}

/// The sections of a paper: lists and tables, in which records are links.
struct PaperSections: Page {
  let context: PageContext
  /// The depth of the page; `nil` for one that stands alone, without links.
  let depth: Int?

  /// More rows are not shown on one page; the commands list them all.
  private static let mostRows = 500

  /// `isAlone`: whether the heading is written by somebody else; `id`: the anchor of the heading.
  func write(_ html: inout HTML, _ section: Paper.Section, isAlone: Bool = false, id: String? = nil) {
    guard !isAlone else { return content(&html, section) }
    html.section(
      words(section.heading), id: id,
      end: section.rows.isEmpty
        ? nil : { $0.element(.p, .class("muted"), text: format.integer(section.rows.count)) }
    ) { content(&$0, section) }
  }

  private func content(_ html: inout HTML, _ section: Paper.Section) {
    if let note = section.note { html.element(.p, .class("muted small")) { message(&$0, note, isCapitalized: true) } }
    let rows = section.rows.prefix(Self.mostRows)
    if section.columns.isEmpty {
      html.list(section.isTicked ? "rows mini" : "plain", rows) { html, row in
        if section.isTicked { tick(&html, row) }
        html.element(.div) { html in for cell in row { self.cell(&html, cell) } }
      }
    } else if !rows.isEmpty {
      table(&html, section, rows)
    }
    let rest = section.rows.count - rows.count
    if rest > 0 { html.element(.p, .class("muted small"), text: words(Words.more(rest))) }
  }

  private func table(_ html: inout HTML, _ section: Paper.Section, _ rows: ArraySlice<[Paper.Cell]>) {
    let columns = section.columns.enumerated().map { number, label in
      HTML.Column(label: words(label), classes: section.isNumeric(number) ? "num" : "")
    }
    html.table("stack paper", columns, isList: section.isSortable && depth != nil) { html in
      for row in rows {
        html.element(.tr) { html in
          for (number, cell) in row.enumerated() { self.cell(&html, cell, number, section) }
        }
      }
    }
  }

  /// A box to tick, on paper and on a screen; nothing is kept.
  private func tick(_ html: inout HTML, _ row: [Paper.Cell]) {
    html.void(.input, .type("checkbox"), .aria("label", row.first?.plain(language) ?? ""))
  }

  private func cell(_ html: inout HTML, _ cell: Paper.Cell, _ number: Int, _ section: Paper.Section) {
    if number == 0 {
      html.element(.th, .scope("row")) { html in
        if section.isTicked { tick(&html, [cell]) }
        self.cell(&html, cell)
      }
      return
    }
    let isShort = cell.records.isEmpty && words(cell.text).count <= 14
    var attributes: [Attribute] = [
      .class(section.isNumeric(number) ? "num nb" : isShort && cell.details.isEmpty ? "nb" : "")
    ]
    if !cell.isEmpty { attributes.append(.data("label", words(section.columns[number]))) }
    if section.isSortable, let key = cell.sortKey { attributes.append(.data("v", key)) }
    html.open(.td, attributes)
    self.cell(&html, cell)
    html.close(.td)
  }

  private func cell(_ html: inout HTML, _ cell: Paper.Cell) {
    html.joined(cell.records) { html, record in
      if let depth { link(&html, to: record, depth: depth) } else { html.text(record.title) }
    }
    if !cell.records.isEmpty, cell.text != Message("") {
      html.text(" ")
      html.element(.span, .class("muted")) { message(&$0, cell.text) }
    } else {
      text(&html, cell)
    }
    for detail in cell.details { html.element(.span, .class("what")) { message(&$0, detail) } }
  }

  private func text(_ html: inout HTML, _ cell: Paper.Cell) {
    switch cell.mark {
    case nil: message(&html, cell.text)
    case .good?: html.age("ok", .confirmed, words(cell.text))
    case .soon? where words(cell.text).isEmpty: break
    case .soon?: html.age("soon", .warning, words(cell.text))
    case .bad?: html.age("late", .error, words(cell.text))
    }
  }
}

extension Paper.Section {
  /// Whether a column holds numbers.
  fileprivate func isNumeric(_ column: Int) -> Bool {
    rows.first.map { column < $0.count && $0[column].isNumber } ?? false
  }
}

extension Paper.Cell {
  fileprivate var isEmpty: Bool { records.isEmpty && text == Message("") && details.isEmpty }
}

/// A paper as one page that needs no other file, to print.
public struct PaperDocument: Sendable {
  private let answers: Answers
  private let paper: Paper

  public init(_ paper: Paper, _ answers: Answers) { (self.paper, self.answers) = (paper, answers) }

  /// The page.
  public var bytes: [UInt8] {
    let context = PageContext(answers, SiteMap(answers.catalog))
    var html = HTML(capacity: 32_768)
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: context.words(paper.title))
      for fact in paper.facts { html.element(.p, .class("lead"), text: context.words(fact)) }
    }
    for section in paper.sections { PaperSections(context: context, depth: nil).write(&html, section) }
    return LonePage(
      title: context.words(paper.title), siteTitle: answers.catalog.configuration.title, language: answers.language
    ).bytes(html)
  }
}

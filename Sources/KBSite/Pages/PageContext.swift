import KBAnswers
import KBCatalog
import KBSource

/// What the pages of a site are written with.
final class PageContext: Sendable {
  let answers: Answers
  let map: SiteMap
  let format: Format
  /// How well the knowledge base was kept at the end of earlier months, the oldest first.
  let trend: [Health]
  /// The phone numbers that texts are searched for.
  let phones: PhoneNumbers?
  /// How outages reach others; `nil` where no pages of records are written.
  let outages: OutageGraph?
  /// What systems inherit, by what is protected.
  private let protection: [Role: [Int: InheritedProtection]]

  /// `writesBodies`: whether pages of records are written, which need more than others.
  init(_ answers: Answers, _ map: SiteMap, trend: [Health] = [], writesBodies: Bool = false) {
    self.answers = answers
    self.map = map
    self.trend = trend
    format = Format(language: answers.language)
    phones = writesBodies ? PhoneNumbers(answers.records, in: answers.catalog.configuration.country) : nil
    outages = writesBodies ? OutageGraph(answers) : nil
    protection =
      writesBodies
      ? Dictionary(
        uniqueKeysWithValues: InheritedProtection.roles.map { ($0, answers.catalog.inheritedProtection($0)) }) : [:]
  }

  func words(_ message: Message) -> String { message[answers.language] }

  func inheritedProtection(of record: Record, _ role: Role) -> InheritedProtection? { protection[role]?[record.index] }
}

/// A page, or a part of one: a value that has what it needs, and writes HTML with it.
protocol Page: Sendable {
  var context: PageContext { get }
}

extension Page {
  var answers: Answers { context.answers }
  var catalog: Catalog { context.answers.catalog }
  var records: [Record] { context.answers.records }
  var map: SiteMap { context.map }
  var format: Format { context.format }
  var language: Language { context.format.language }

  func words(_ message: Message) -> String { context.words(message) }
  func words(de german: String, en english: String) -> String { language == .german ? german : english }

  /// The headings of columns.
  func columns(_ words: Message...) -> [HTML.Column] { words.map { HTML.Column(label: self.words($0)) } }

  /// Writes the title of a page, and what it is about.
  func top(_ html: inout HTML, _ title: String, lead: (inout HTML) -> Void) {
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: title)
      html.element(.p, .class("lead"), content: lead)
    }
  }

  /// Writes the way from a list to the page.
  func crumbs(_ html: inout HTML, _ steps: [(path: String, label: String)]) {
    html.element(.nav, .aria("label", words(Words.path))) { html in
      html.element(.ol, .class("crumb")) { html in
        for step in steps { html.element(.li) { $0.link(.file(step.path, depth: 1), step.label) } }
      }
    }
  }

  /// Writes a link to all of many.
  func all(_ html: inout HTML, _ count: Int, at path: String) {
    html.link(.file(path, depth: 0), "\(words(Words.all)) \(format.integer(count))")
  }

  /// Writes an index: links with the number of what they lead to.
  func index(_ html: inout HTML, _ entries: [(path: String, label: String, count: Int)], classes: String = "index") {
    html.list(classes, entries) { html, entry in
      html.link(.file(entry.path, depth: 0), entry.label)
      html.text(" ")
      html.element(.span, text: format.integer(entry.count))
    }
  }
}

/// A page that is to be written: its file, its place in the navigation, its content.
struct PlannedPage: Sendable {
  let path: String
  let title: String
  /// The entry of the navigation that it belongs to.
  let current: String
  var isAlarm = false
  let write: @Sendable (inout HTML) -> Void
}

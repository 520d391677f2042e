package import KBAnswers
package import KBCatalog
package import KBMarkup
import KBSchema
package import KBSource

/// What the pages of a site are written with.
package final class PageContext: Sendable {
  package let answers: Answers
  package let map: SiteMap
  package let format: Format
  /// How well the knowledge base was kept at the end of earlier months, the oldest first.
  package let trend: [Health]
  /// What was paid for a year ago; `nil` where nobody knows.
  package let costsOfLastYear: PaidCosts?
  /// The phone numbers that texts are searched for.
  let phones: PhoneNumbers?
  /// How outages reach others; `nil` where no pages of records are written.
  let outages: OutageGraph?
  /// The lines of files with many findings, each looked at once.
  private let lines: [RepoPath: LineIndex]
  /// The accesses that are held now; none where no pages of records are written.
  package let held: HeldAccesses
  /// What systems inherit, by what is protected.
  private let protection: [Role: [Int: InheritedProtection]]

  /// `writesBodies`: whether pages of records are written, which need more than others.
  package init(
    _ answers: Answers, _ map: SiteMap, trend: [Health] = [], costsOfLastYear: PaidCosts? = nil,
    writesBodies: Bool = false
  ) {
    self.answers = answers
    self.map = map
    self.trend = trend
    self.costsOfLastYear = costsOfLastYear
    format = Format(language: answers.language)
    phones = writesBodies ? PhoneNumbers(answers.records, in: answers.catalog.configuration.country) : nil
    outages = writesBodies ? OutageGraph(answers) : nil
    let counts = answers.findings.reduce(into: [RepoPath: Int]()) { $0[$1.path, default: 0] += 1 }
    lines = counts.filter { $0.value > PageContext.fewFindings }.reduce(into: [:]) { lines, entry in
      lines[entry.key] = answers.catalog.file(entry.key).map { LineIndex($0.bytes) }
    }
    held = writesBodies ? HeldAccesses(answers) : HeldAccesses()
    protection =
      writesBodies
      ? Dictionary(
        uniqueKeysWithValues: InheritedProtection.roles.map { ($0, answers.catalog.inheritedProtection($0)) }) : [:]
  }

  private static let fewFindings = 8

  package func words(_ message: Message) -> String { message[answers.language] }

  /// The line and the column of a finding, in a file that can be read.
  package func position(of finding: Diagnostic) -> (line: Int, column: Int) {
    lines[finding.path]?.position(of: finding.range.lower)
      ?? answers.catalog.file(finding.path)?.position(of: finding.range.lower) ?? (line: 1, column: 1)
  }

  func inheritedProtection(of record: Record, _ role: Role) -> InheritedProtection? { protection[role]?[record.index] }
}

/// A page, or a part of one: a value that has what it needs, and writes HTML with it.
package protocol Page: Sendable {
  var context: PageContext { get }
}

extension Page {
  package var answers: Answers { context.answers }
  package var catalog: Catalog { context.answers.catalog }
  package var records: [Record] { context.answers.records }
  package var map: SiteMap { context.map }
  package var format: Format { context.format }
  package var language: Language { context.format.language }

  package func words(_ message: Message) -> String { context.words(message) }

  /// The headings of columns.
  package func columns(_ words: Message...) -> [HTML.Column] { words.map { HTML.Column(label: self.words($0)) } }

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
  package func all(_ html: inout HTML, _ count: Int, at path: String) {
    html.link(.file(path, depth: 0), "\(words(Words.all)) \(format.integer(count))")
  }

  /// Writes an index: links with the number of what they lead to.
  package func index(
    _ html: inout HTML, _ entries: [(path: String, label: String, count: Int)], classes: String = "index"
  ) {
    html.list(classes, entries) { html, entry in
      html.link(.file(entry.path, depth: 0), entry.label)
      html.text(" ")
      html.element(.span, text: format.integer(entry.count))
    }
  }
}

/// A page that is to be written: its file, its place in the navigation, its content.
package struct PlannedPage: Sendable {
  package let path: String
  package let title: String
  /// The entry of the navigation that it belongs to.
  package let current: String
  package var isAlarm = false
  package let write: @Sendable (inout HTML) -> Void

  package init(
    path: String, title: String, current: String, isAlarm: Bool = false, write: @escaping @Sendable (inout HTML) -> Void
  ) {
    self.path = path
    self.title = title
    self.current = current
    self.isAlarm = isAlarm
    self.write = write
  }
}

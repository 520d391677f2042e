public import KBAnswers
import KBCatalog
import KBMarkup
import KBPages
import KBSchema
public import KBSource

/// The emergency handbook as one HTML file, which needs nothing beside it: to be printed, or to be carried.
public struct HandbookFile {
  /// What is written on every page.
  public struct Edition: Sendable {
    /// The commit that was read, shortened.
    public var commit: String?
    /// The last day on which a print may be relied on.
    public var validUntil: CalendarDate

    public init(commit: String?, validUntil: CalendarDate) {
      self.commit = commit
      self.validUntil = validUntil
    }
  }

  private let context: PageContext
  private let edition: Edition
  private let sheets: [HandbookSheet]

  /// Writes the sheets of a knowledge base; `answers`: what of it may be told.
  public init(_ answers: Answers, edition: Edition) {
    context = PageContext(answers, SiteMap(answers.catalog), writesBodies: true)
    self.edition = edition
    sheets = HandbookChapters(context: context).sheets
  }

  private func words(_ message: Message) -> String { context.words(message) }
  private var format: Format { context.format }
  private var asOf: String {
    "\(words(Words.asOf)) \(format.date(context.answers.today))" + (edition.commit.map { ", Commit \($0)" } ?? "")
  }
  private var validity: String { "\(words(HandbookWords.validUntil)) \(format.date(edition.validUntil))" }
  private var title: String { "\(words(HandbookWords.handbook)) \(context.answers.catalog.configuration.title)" }

  // MARK: The whole

  /// The whole handbook.
  public var bytes: [UInt8] {
    var html = HTML()
    cover(&html, words(HandbookWords.handbook)) { contents(&$0) }
    for sheet in sheets { write(&html, sheet) }
    index(&html)
    return HandbookDocument(title: title, language: context.answers.language, style: style(sheets, isWhole: true))
      .bytes(html)
  }

  private func cover(_ html: inout HTML, _ heading: String, content: (inout HTML) -> Void) {
    html.element(.header, .class("cover"), .ownID("contents")) { html in
      html.element(.p, text: context.answers.catalog.configuration.title)
      html.element(.h1, text: heading)
      html.element(.p, .class("lead"), text: "\(validity) · \(asOf)")
      html.element(.p, .class("small"), text: words(HandbookWords.replaced))
      content(&html)
    }
  }

  private func contents(_ html: inout HTML) {
    html.element(.nav, .class("contents"), .aria("label", words(HandbookWords.contents))) { html in
      html.element(.h2, text: words(HandbookWords.contents))
      html.element(.ol) { html in
        for sheet in sheets { html.element(.li) { $0.link(.anchor(sheet.anchor), sheet.heading) } }
        html.element(.li) { $0.link(.anchor("kb.index"), words(HandbookWords.index)) }
      }
    }
  }

  private func write(_ html: inout HTML, _ sheet: HandbookSheet) {
    html.element(.section, .class("sheet \(sheet.pageName)"), .id(sheet.anchor)) { html in
      html.element(.p, .class("edition"), text: "\(validity) · \(asOf)")
      html.element(.h2, text: sheet.heading)
      html.append(sheet.content)
      html.element(.p, .class("small no-print")) { $0.link(.anchor("kb.contents"), words(HandbookWords.toContents)) }
    }
  }

  /// For each system, provider and person the sheets that say something about it.
  private func index(_ html: inout HTML) {
    let answers = context.answers
    let known = Dictionary(sheets.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let handbook = Handbook(answers)
    var entries: [Int: [String]] = [:]
    func add(_ records: [Record], _ key: String) {
      for record in records where known[key] != nil { entries[record.index, default: []].append(key) }
    }
    add(handbook.numbers.crisisTeams + handbook.numbers.otherTeams + handbook.numbers.people, "people")
    add(handbook.restart.flatMap(\.self), "restart")
    for runbook in handbook.runbooks {
      let key = PrintedLinks.key(of: runbook)
      add(answers.records(.handles, of: runbook) + answers.records(.escalation, of: runbook) + [runbook], key)
    }
    add(handbook.numbers.providers, "providers")
    add(handbook.fallbacks.map(\.process), "fallbacks")
    html.element(.section, .class("sheet s-index"), .id("kb.index")) { html in
      html.element(.p, .class("edition"), text: "\(validity) · \(asOf)")
      html.element(.h2, text: words(HandbookWords.index))
      html.element(.ul, .class("index")) { html in
        for record in answers.records {
          guard let keys = entries[record.index] else { continue }
          html.element(.li) { html in
            html.text("\(record.title) ")
            var seen: Set<String> = []
            html.joined(keys.filter { seen.insert($0).inserted }.compactMap { known[$0] }) { html, sheet in
              html.link(.anchor(sheet.anchor), sheet.number.isEmpty ? sheet.title : sheet.number)
            }
          }
        }
      }
    }
  }

  // MARK: Exchange

  /// The sheets that replace those of an earlier print, and what to do with them.
  ///
  /// `day`: the day of that print, or of the state that it shows.
  public func exchange(since old: HandbookFile, from day: CalendarDate) -> [UInt8] {
    let before = Dictionary(old.sheets.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let changed = sheets.filter { sheet in
      before[sheet.key].map { $0.heading != sheet.heading || $0.content.bytes != sheet.content.bytes } ?? false
    }
    let new = sheets.filter { before[$0.key] == nil }
    let now = Set(sheets.map(\.key))
    let gone = old.sheets.filter { !now.contains($0.key) }
    var html = HTML()
    cover(&html, words(HandbookWords.exchange)) { html in
      let commit: String = old.edition.commit.map { ", Commit \($0)" } ?? ""
      let since = Message(de: "Seit Ihrem Ausdruck vom \(day)\(commit):", en: "Since your print of \(day)\(commit):")
      html.element(.p, text: words(since))
      let lists = [(HandbookWords.replace, changed), (HandbookWords.insert, new), (HandbookWords.takeOut, gone)]
      for (title, sheets) in lists where !sheets.isEmpty {
        html.element(.h2, text: words(title))
        html.list("plain", sheets) { $0.text($1.heading) }
      }
      if changed.isEmpty && new.isEmpty && gone.isEmpty {
        html.element(.p, text: words(HandbookWords.nothingChanged))
      } else {
        contents(&html)
      }
    }
    let printed = sheets.filter { sheet in (changed + new).contains { $0.key == sheet.key } }
    for sheet in printed { write(&html, sheet) }
    if !printed.isEmpty || !gone.isEmpty { index(&html) }
    return HandbookDocument(
      title: "\(words(HandbookWords.exchange)): \(title)", language: context.answers.language,
      style: style(printed, isWhole: false)
    ).bytes(html)
  }

  // MARK: Style

  /// The line at the foot of each page: the sheet, the state, and how long it is valid.
  private func style(_ sheets: [HandbookSheet], isWhole: Bool) -> String {
    let state = "\(asOf) · \(validity)"
    func rule(_ page: String, _ text: String) -> String {
      "@page \(page) { @bottom-left { content: \"\(BuildStyle.escaped(text))\"; font: 8pt sans-serif; } }\n"
    }
    var style = rule("", "\(title) · \(state)")
    // Pages of single sheets do not count those of the whole.
    if !isWhole { style += "@page { @bottom-right { content: \"\"; } }\n" }
    let index = words(HandbookWords.index)
    for (name, heading) in sheets.map({ ($0.pageName, $0.heading) }) + [("s-index", index)] {
      style += rule(name, "\(heading) · \(state)") + ".\(name) { page: \(name); }\n"
    }
    return style
  }
}

/// An HTML file with its style inside.
struct HandbookDocument {
  let title: String
  let language: Language
  /// What is added to the style of the site.
  let style: String

  /// No script, and nothing from outside.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  func bytes(_ content: HTML) -> [UInt8] {
    var heading = HTML()
    heading.text(title)
    let head = """
      <!doctype html>
      <html lang="\(language.rawValue)">
      <head>
      <meta http-equiv="Content-Security-Policy" content="\(HandbookDocument.policy)">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(String(decoding: heading.bytes, as: UTF8.self))</title>
      <style>
      \(StyleSheet.text)
      \(EmbeddedTemplates.text("site/handbook.css"))
      \(style)</style>
      </head>
      <body class="handbook">

      """
    return Array(head.utf8) + Array(content.icons.sprite.utf8) + Array("<main>\n".utf8) + content.bytes
      + Array("\n</main>\n</body>\n</html>\n".utf8)
  }
}

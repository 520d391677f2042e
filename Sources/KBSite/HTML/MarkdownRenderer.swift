internal import KBCatalog
internal import KBDocument
internal import KBSource

/// Writes the Markdown of a record as HTML.
///
/// Everything is escaped; links go where the catalog decided; of raw HTML only a short list of tags without attributes
/// is let through, and each of them is closed where its container ends.
struct MarkdownRenderer {
  /// How a body is shown.
  struct Options {
    /// Ordered lists at the top become steps to tick off.
    var asSteps = false
    /// The first heading repeats the title and is left out.
    var skipsFirstHeading = false
    /// Anchors that the page itself uses.
    var language = Language.german
  }

  /// A heading, for the table of contents.
  struct Contents {
    let text: String
    let anchor: String
    let level: Int
  }

  private let record: Record
  private let events: [Markdown.Event]
  private let bytes: [UInt8]
  private let body: Markdown
  private let options: Options
  /// Where a link of this record leads, and what it is called.
  private let address: (Int) -> LinkTarget
  private var html: HTML
  private var open: [Open] = []
  private var index = 0
  private var stepNumber = 0
  /// The number of steps written so far.
  var stepCount: Int { stepNumber }
  private var codeNumber = 0
  private var tableNumber = 0

  /// Something begun and not yet ended: a Markdown element, or a raw tag.
  private struct Open {
    let tag: Tag
    let isRaw: Bool
  }

  /// Where a link leads.
  enum LinkTarget {
    case address(Address, isExternal: Bool)
    case image(Address)
    /// Shown as text, with a mark.
    case none
  }

  init(_ record: Record, options: Options, capacity: Int, address: @escaping (Int) -> LinkTarget) {
    self.record = record
    body = record.document.body
    events = body.events
    bytes = record.document.file.bytes
    self.options = options
    self.address = address
    html = HTML(capacity: capacity)
  }

  /// The whole body.
  mutating func render() -> HTML {
    if body.refusal != nil {
      html.element(.pre, .tabIndex) { $0.text(bytes[body.range.offsets]) }
      return html
    }
    while index < events.count {
      step(events[index])
      index += 1
    }
    return html
  }

  // MARK: Events

  private mutating func step(_ event: Markdown.Event) {
    switch event.phase {
    case .enter: enter(event)
    case .leave: leave(event)
    case .text: write(event)
    }
  }

  private mutating func begin(_ tag: Tag, _ attributes: [Attribute] = []) {
    html.open(tag, attributes)
    open.append(Open(tag: tag, isRaw: false))
  }

  /// Ends the innermost Markdown element, and every raw tag begun inside it.
  private mutating func end() {
    while let last = open.popLast() {
      html.close(last.tag)
      if !last.isRaw { return }
    }
  }

  private mutating func enter(_ event: Markdown.Event) {
    trimsLeadingBlank = false
    switch event.kind {
    case .document: break
    case .paragraph: begin(.p)
    case .heading: enterHeading(event)
    case .quote: enterQuote()
    case .unorderedList: begin(.ul, hasTasks() ? [.class("tasks")] : [])
    case .orderedList: enterOrderedList(event)
    case .item: enterItem(event)
    case .rule: html.void(.hr)
    case .codeBlock: writeCodeBlock(event)
    case .htmlBlock: break
    case .table:
      tableNumber += 1
      let label = Words.region[options.language] + (tableNumber > 1 ? " \(tableNumber)" : "")
      begin(.div, [.class("scroll"), .tabIndex, .role("region"), .aria("label", label)])
      begin(.table)
    case .tableHead: begin(.thead)
    case .tableBody: begin(.tbody)
    case .tableRow: begin(.tr)
    case .headerCell: begin(.th, [.scope("col")] + alignment(event))
    case .cell: begin(.td, alignment(event))
    case .emphasis: begin(.em)
    case .strong: begin(.strong)
    case .deleted: begin(.del)
    case .code: begin(.code)
    case .link, .wikiLink: enterLink(event)
    case .image: enterImage(event)
    default: break
    }
  }

  private mutating func leave(_ event: Markdown.Event) {
    switch event.kind {
    case .document:
      while !open.isEmpty { end() }
    case .rule, .codeBlock, .htmlBlock, .image: break
    case .table:
      end()
      end()
    case .item: leaveItem()
    default: end()
    }
  }

  private func alignment(_ event: Markdown.Event) -> [Attribute] { event.detail == 3 ? [.class("num")] : [] }

  // MARK: Blocks

  private mutating func enterHeading(_ event: Markdown.Event) {
    let number = Int(event.lower)
    let heading = body.headings[number]
    if options.skipsFirstHeading, number == 0 {
      skip(to: .heading)
      return
    }
    // The page's own heading is the first; the body's begin below it.
    let tag: Tag =
      switch heading.level {
      case 1, 2: .h2
      case 3: .h3
      default: .h4
      }
    begin(tag, heading.anchor.isEmpty ? [] : [.id(heading.anchor)])
  }

  /// Goes on behind the end of the block that begins here.
  private mutating func skip(to kind: Markdown.Event.Kind) {
    while index < events.count, events[index].kind != kind || events[index].phase != .leave { index += 1 }
  }

  /// An alert, `> [!WARNING]`, becomes a box; any other quote stays one.
  private mutating func enterQuote() {
    guard let alert = alert() else {
      begin(.blockquote)
      return
    }
    begin(.section, [.class("box \(alert.style)")])
    html.element(.h3, text: alert.title[options.language])
    if alert.goesOn { begin(.p) }
  }

  private static let alerts: [String: (style: String, title: Message)] = [
    "NOTE": ("info", Message(de: "Hinweis", en: "Note")), "TIP": ("good", Message(de: "Tipp", en: "Tip")),
    "IMPORTANT": ("info", Message(de: "Wichtig", en: "Important")),
    "WARNING": ("warn", Message(de: "Warnung", en: "Warning")),
    "CAUTION": ("bad", Message(de: "Vorsicht", en: "Caution")),
  ]

  /// Reads `[!WARNING]` at the start of a quote, and goes on behind it; `goesOn` when its paragraph does.
  private mutating func alert() -> (style: String, title: Message, goesOn: Bool)? {
    guard index + 2 < events.count, events[index + 1].kind == .paragraph, events[index + 1].phase == .enter else {
      return nil
    }
    // The parser may hand the sign out in several pieces.
    var text: [UInt8] = []
    var next = index + 2
    while next < events.count, events[next].phase == .text, events[next].kind == .text, text.count < 14 {
      text += content(events[next])
      next += 1
    }
    guard text.starts(with: Array("[!".utf8)), text.last == UInt8(ascii: "]"), next < events.count,
      let alert = MarkdownRenderer.alerts[String(decoding: text.dropFirst(2).dropLast(), as: UTF8.self).uppercased()]
    else { return nil }
    let goesOn = events[next].kind == .softBreak || events[next].kind == .lineBreak
    guard goesOn || events[next].phase == .leave else { return nil }
    index = next
    return (alert.style, alert.title, goesOn)
  }

  private func hasTasks() -> Bool {
    index + 1 < events.count && events[index + 1].kind == .item && events[index + 1].detail > 0
  }

  private mutating func writeCodeBlock(_ event: Markdown.Event) {
    let info = body.codeBlocks[Int(event.lower)].info
    let words = info.split(separator: " ", maxSplits: 1).map(String.init)
    codeNumber += 1
    let id = PageID.own("code-\(codeNumber)")
    let name = MarkdownRenderer.languageNames[words.first?.lowercased() ?? ""] ?? words.first ?? ""
    var title = words.count > 1 ? words[1] : ""
    if title.hasPrefix("title=") { title = String(title.dropFirst(6)) }
    title = String(title.filter { $0 != "\"" && $0 != "{" && $0 != "}" })
    html.open(.figure, [.class("code")])
    html.element(.figcaption) { html in
      html.element(.span, text: title.isEmpty ? name : name.isEmpty ? title : "\(name) \(title)")
      html.element(
        .button, .class("btn tiny js"), .type("button"), .data("copy", id),
        .data("done", Words.copied[options.language])
      ) {
        $0.text(Words.copy[options.language])
      }
    }
    html.open(.pre, [.tabIndex])
    html.open(.code, [.id(id)])
    index += 1
    while index < events.count, events[index].phase != .leave {
      html.text(content(events[index]))
      index += 1
    }
    html.close(.code)
    html.close(.pre)
    html.close(.figure)
  }

  private static let languageNames: [String: String] = [
    "powershell": "PowerShell", "ps1": "PowerShell", "pwsh": "PowerShell", "bash": "Shell", "sh": "Shell",
    "shell": "Shell",
    "console": "Shell", "cmd": "Eingabeaufforderung", "bat": "Batch", "sql": "SQL", "yaml": "YAML", "yml": "YAML",
    "json": "JSON",
    "xml": "XML", "python": "Python", "py": "Python", "text": "", "txt": "", "ini": "INI", "promql": "PromQL",
    "hcl": "HCL",
    "ruby": "Ruby", "rb": "Ruby", "js": "JavaScript", "go": "Go", "html": "HTML", "css": "CSS",
    "dockerfile": "Dockerfile",
  ]

  // MARK: Lists and steps

  /// Whether the list that begins or is open here stands at the top of a runbook.
  private var isStepList: Bool {
    options.asSteps && open.allSatisfy { $0.tag == .ol || $0.isRaw } && open.count { !$0.isRaw } == 1
  }

  private mutating func enterOrderedList(_ event: Markdown.Event) {
    let isTop = open.allSatisfy(\.isRaw)
    if options.asSteps, isTop {
      begin(.ol, [.class("steps")] + (stepNumber > 0 ? [.start(stepNumber + 1)] : []))
    } else {
      begin(.ol, event.lower != 1 ? [.start(Int(event.lower))] : [])
    }
  }

  private mutating func enterItem(_ event: Markdown.Event) {
    if isStepList {
      enterStep()
      return
    }
    begin(.li)
    guard event.detail > 0 else { return }
    let isDone = event.detail == 2
    let label = (isDone ? Words.done : Words.open)[options.language]
    html.open(.input, [.type("checkbox"), .disabled, .aria("label", label)] + (isDone ? [.checked] : []))
    begin(.div)
    taskDepths.append(open.count)
  }

  /// The depths at which task items have put their text into an element of its own.
  private var taskDepths: [Int] = []

  private mutating func leaveItem() {
    // Raw tags that the item left open are closed with it.
    if let depth = taskDepths.last, open.count >= depth, open[..<depth].last?.tag == .div, isItem(at: depth - 1) {
      taskDepths.removeLast()
      end()
    } else if let depth = stepDepths.last, open.count >= depth, isItem(at: depth - 1) {
      stepDepths.removeLast()
      end()
    }
    end()
  }

  /// Whether the element that holds the one at `position` is the innermost item.
  private func isItem(at position: Int) -> Bool { open.lastIndex { $0.tag == .li } == position - 1 }

  /// The depths at which steps are open.
  private var stepDepths: [Int] = []

  /// A step: number, box to tick, its first words as the label, the rest below.
  private mutating func enterStep() {
    stepNumber += 1
    let id = PageID.own("s\(stepNumber)")
    begin(.li)
    html.element(.span, .class("no"), text: String(stepNumber))
    html.void(.input, .class("tick"), .type("checkbox"), .id(id))
    begin(.div, [.class("how")])
    stepDepths.append(open.count)
    // The first line of text: bare in a tight list, a paragraph in a loose one.
    var start = index + 1
    let isParagraph = start < events.count && events[start].kind == .paragraph && events[start].phase == .enter
    if isParagraph { start += 1 }
    var stop = start
    var depth = 0
    while stop < events.count {
      let event = events[stop]
      if depth == 0, event.phase == .leave || (event.phase == .enter && event.kind.isBlock) { break }
      if event.phase == .enter { depth += 1 }
      if event.phase == .leave { depth -= 1 }
      stop += 1
    }
    var labelStop = stop
    var startsStrong = start < stop && events[start].kind == .strong && events[start].phase == .enter
    if startsStrong,
      let close = (start..<stop).first(where: { events[$0].kind == .strong && events[$0].phase == .leave })
    {
      if isSentence(endingBefore: close, in: start..<stop) { labelStop = close + 1 } else { startsStrong = false }
    }
    begin(.label, [.for(id)])
    let labelRange = startsStrong ? (start + 1)..<max(start + 1, labelStop - 1) : start..<stop
    render(labelRange)
    end()
    html.open(.span, [.class("stamp")])
    html.close(.span)
    if labelStop < stop, hasContent(labelStop..<stop) {
      begin(.p)
      trimsLeadingBlank = true
      render(labelStop..<stop)
      trimsLeadingBlank = false
      end()
    }
    // Go on behind the first line, and behind its paragraph's end.
    index = isParagraph ? stop : stop - 1
  }

  /// Whether the bold words that end at `close` are a sentence of their own, and not the beginning of a longer one.
  private func isSentence(endingBefore close: Int, in range: Range<Int>) -> Bool {
    let ends: (UInt8?) -> Bool = { $0.map { ".:?!".utf8.contains($0) } ?? false }
    guard close + 1 < range.upperBound else { return true }
    if events[close - 1].phase == .text, ends(content(events[close - 1]).last) { return true }
    return events[close + 1].phase == .text && ends(content(events[close + 1]).first)
  }

  private var trimsLeadingBlank = false

  private mutating func render(_ range: Range<Int>) {
    let saved = index
    index = range.lowerBound
    while index < range.upperBound {
      step(events[index])
      index += 1
    }
    index = saved
  }

  private func hasContent(_ range: Range<Int>) -> Bool {
    range.contains { number in
      let event = events[number]
      if event.phase == .enter { return true }
      return event.kind != .softBreak
        && content(event).contains { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") }
    }
  }

  // MARK: Spans and text

  private mutating func enterLink(_ event: Markdown.Event) {
    let number = Int(event.lower)
    switch address(number) {
    case .address(let address, let isExternal):
      let title = body.links[number].title
      begin(
        .a,
        [.href(address)] + (isExternal ? [.rel("noopener noreferrer")] : [])
          + (title.isEmpty ? [] : [Attribute(name: "title", value: title)]))
      // [[id]] without a text of its own shows the record's title.
      if event.kind == .wikiLink, let title = wikiTitle(number) {
        html.text(title)
        skipText(of: .wikiLink)
      }
    case .image, .none:
      begin(.span, [.class("dead")])
      if event.kind == .wikiLink, isHidden(number) {
        html.text(Words.notPublished[options.language])
        skipText(of: .wikiLink)
      }
    }
  }

  /// Whether a link leads to a record that is not published, and shows its id.
  private func isHidden(_ number: Int) -> Bool { wikiTitle(number) != nil }

  /// The title that replaces the id of a wiki link written without a text.
  private func wikiTitle(_ number: Int) -> String? {
    let link = body.links[number]
    guard link.text == link.destination else { return nil }
    return titles(number)
  }

  /// The title of the record that a link leads to.
  var titles: (Int) -> String? = { _ in nil }

  /// Goes on before the end of the span.
  private mutating func skipText(of kind: Markdown.Event.Kind) {
    while index + 1 < events.count, events[index + 1].kind != kind || events[index + 1].phase != .leave { index += 1 }
  }

  private mutating func enterImage(_ event: Markdown.Event) {
    let number = Int(event.lower)
    let link = body.links[number]
    switch address(number) {
    case .image(let address): html.void(.img, .src(address), .alt(link.text), .lazy)
    case .address(let address, _):
      html.element(.a, .href(address), text: link.text.isEmpty ? link.destination : link.text)
    case .none: html.element(.span, .class("dead"), text: link.text.isEmpty ? link.destination : link.text)
    }
    // What stands inside is the text for those who can't see it.
    var depth = 1
    while depth > 0, index + 1 < events.count {
      index += 1
      if events[index].kind == .image { depth += events[index].phase == .enter ? 1 : -1 }
    }
  }

  private func content(_ event: Markdown.Event) -> ArraySlice<UInt8> {
    let range = Int(event.lower)..<Int(event.upper)
    return event.detail == 1 ? body.pool[range] : bytes[range]
  }

  private mutating func write(_ event: Markdown.Event) {
    switch event.kind {
    case .entity: html.entity(content(event))
    case .lineBreak: html.void(.br)
    case .softBreak: html.text("\n")
    case .replacement: html.text("\u{FFFD}")
    case .html: writeRaw(content(event))
    default:
      var text = content(event)
      if trimsLeadingBlank {
        text = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
        if !text.isEmpty { trimsLeadingBlank = false }
      }
      html.text(text)
    }
  }

  // MARK: Raw HTML

  private static let allowed: [String: Tag] = [
    "kbd": .kbd, "sub": .sub, "sup": .sup, "details": .details, "summary": .summary, "mark": .mark, "b": .b, "em": .em,
    "strong": .strong, "small": .small, "del": .del, "ins": .ins, "s": .s, "q": .q, "abbr": .abbr, "cite": .cite,
    "dfn": .dfn,
    "var": .variable, "samp": .samp, "code": .code,
  ]

  /// Lets allowed tags through, drops comments, and shows everything else as text.
  private mutating func writeRaw(_ source: ArraySlice<UInt8>) {
    var rest = source
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      html.text(rest[..<start])
      rest = rest[start...]
      if rest.starts(with: Array("<!--".utf8)) {
        // md4c hands a comment out line by line; its end closes it, or the text's.
        guard let stop = rest.indices.first(where: { rest[$0...].starts(with: Array("-->".utf8)) }) else { return }
        rest = rest[(stop + 3)...]
        continue
      }
      guard let stop = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
      let inner = String(decoding: rest[(start + 1)..<stop], as: UTF8.self)
      if !writeTag(inner) { html.text(rest[start...stop]) }
      rest = rest[(stop + 1)...]
    }
    html.text(rest)
  }

  /// Writes a tag when it is allowed and fits what is open.
  private mutating func writeTag(_ inner: String) -> Bool {
    let name = inner.lowercased().filter { $0 != " " }
    if ["br", "br/"].contains(name) {
      html.void(.br)
      return true
    }
    if ["hr", "hr/"].contains(name) {
      html.void(.hr)
      return true
    }
    if name.hasPrefix("/") {
      guard let tag = MarkdownRenderer.allowed[String(name.dropFirst())] else { return false }
      // Only what was begun by a raw tag, in the same container, can be ended by one.
      guard let position = open.lastIndex(where: { $0.tag == tag && $0.isRaw }), open[position...].allSatisfy(\.isRaw)
      else { return true }
      while open.count > position { html.close(open.removeLast().tag) }
      return true
    }
    guard let tag = MarkdownRenderer.allowed[name] else { return false }
    html.open(tag)
    open.append(Open(tag: tag, isRaw: true))
    return true
  }
}

extension Markdown.Event.Kind {
  /// Whether it is a block and not a span.
  var isBlock: Bool { rawValue <= Markdown.Event.Kind.cell.rawValue }
}

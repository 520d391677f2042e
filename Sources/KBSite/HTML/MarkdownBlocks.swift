internal import KBCatalog
internal import KBDocument
internal import KBSource

/// Headings, quotes and alerts, code.
extension MarkdownRenderer {
  mutating func enterHeading(_ event: Markdown.Event) {
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
  mutating func enterQuote() {
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

  func hasTasks() -> Bool {
    index + 1 < events.count && events[index + 1].kind == .item && events[index + 1].detail > 0
  }

  mutating func writeCodeBlock(_ event: Markdown.Event) {
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
}

import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// Headings, quotes and alerts, code.
extension MarkdownRenderer {
  mutating func enterHeading(_ event: Markdown.Event) {
    let number = Int(event.lower)
    let heading = body.headings[number]
    if options.skipsFirstHeading, number == 0 {
      skip(to: .heading)
      return
    }
    hasHeading = true
    // The page's own heading is the first; the body's start below it.
    let tags: [Tag] = [.h2, .h3, .h4, .h5, .h6]
    let tag = tags[min(max(0, min(heading.level, 4) - 2) + options.depth, tags.count - 1)]
    begin(tag, heading.anchor.isEmpty ? [] : [.id(options.prefix + heading.anchor)])
  }

  /// Skips past the end of the block that begins here.
  private mutating func skip(to kind: Markdown.Event.Kind) {
    while index < events.count, events[index].kind != kind || events[index].phase != .leave { index += 1 }
  }

  /// An alert, `> [!WARNING]`, becomes a box, with the title that was written for it; any other quote stays one.
  mutating func enterQuote() {
    guard let sign = body.alertSign(ofQuoteAt: index, in: bytes) else {
      begin(.blockquote)
      return
    }
    let look = BoxLook(sign.kind)
    begin(.section, [.class(look.style.isEmpty ? "box" : "box \(look.style)")])
    if let fold = sign.fold {
      html.open(.details, fold == .open ? [.open(true)] : [])
      open.append(Open(tag: .details, isRaw: true))
    }
    // Before the first heading of the text, one of the third level would follow that of the page.
    let tag: Tag = sign.fold != nil ? .summary : hasHeading ? .h3 : .b
    // "> [!NOTE] All of the text": nothing follows that it could be the title of.
    let isText = !sign.goesOn && sign.fold == nil && events[sign.titleEnd + 1].kind == .quote
    begin(tag)
    if sign.hasTitle, !isText {
      writeTitle(sign)
    } else {
      html.text(look.title[options.language])
    }
    end()
    if sign.hasTitle, isText {
      begin(.p)
      writeTitle(sign)
      end()
    }
    index = sign.titleEnd
    if sign.goesOn { begin(.p) }
  }

  private mutating func writeTitle(_ sign: AlertSign) {
    index = sign.end
    var first = events[index]
    first.lower += UInt32(sign.skipped)
    step(first)
    index += 1
    while index < sign.titleEnd {
      step(events[index])
      index += 1
    }
  }

  func hasTasks() -> Bool {
    index + 1 < events.count && events[index + 1].kind == .item && events[index + 1].detail > 0
  }

  mutating func writeCodeBlock(_ event: Markdown.Event) {
    let info = body.codeBlocks[Int(event.lower)].info
    let words = info.split(separator: " ", maxSplits: 1).map(String.init)
    codeNumber += 1
    let id = options.prefix + PageID.own("code-\(codeNumber)")
    let known = MarkdownRenderer.languageNames[words.first?.lowercased() ?? ""]
    let name = known?[options.language] ?? words.first ?? ""
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
    writeLines()
    html.close(.code)
    html.close(.pre)
    html.close(.figure)
  }

  /// Writes the text of a code block, each line in an element: where lines are wrapped, it shows where they really end.
  private mutating func writeLines() {
    var isOpen = false
    while index < events.count, events[index].phase != .leave {
      let text = content(events[index])
      index += 1
      var rest = text
      while !rest.isEmpty {
        if !isOpen { html.open(.span) }
        isOpen = true
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        writeLine(line)
        rest = rest[line.endIndex...]
        guard rest.popFirst() != nil else { break }
        html.close(.span)
        html.text("\n")
        isOpen = false
      }
    }
    if isOpen { html.close(.span) }
  }

  /// Writes a line of code; an option such as `--wait` is an element, so that a narrow screen breaks before it and not after
  /// its hyphens.
  private mutating func writeLine(_ line: ArraySlice<UInt8>) {
    let space = UInt8(ascii: " ")
    var rest = line
    while let option = rest.indices.first(where: { at in
      rest[at] == UInt8(ascii: "-") && at > line.startIndex && line[at - 1] == space && at + 1 < line.endIndex
        && line[at + 1] != space
    }) {
      html.text(rest[..<option])
      let word = rest[option...].prefix { $0 != space }
      html.element(.span, .class("w")) { $0.text(word) }
      rest = rest[word.endIndex...]
    }
    html.text(rest)
  }

  private static let languageNames: [String: Message] = {
    let names = [
      "PowerShell": "powershell ps1 pwsh", "Shell": "bash sh shell console", "Batch": "bat", "SQL": "sql",
      "YAML": "yaml yml", "JSON": "json", "XML": "xml", "Python": "python py", "": "text txt", "INI": "ini",
      "PromQL": "promql", "HCL": "hcl", "Ruby": "ruby rb", "JavaScript": "js", "Go": "go", "HTML": "html", "CSS": "css",
      "Dockerfile": "dockerfile",
    ]
    var known = ["cmd": Message(de: "Eingabeaufforderung", en: "Command Prompt")]
    for (name, codes) in names {
      for code in codes.split(separator: " ") { known[String(code)] = Message(verbatim: name) }
    }
    return known
  }()
}

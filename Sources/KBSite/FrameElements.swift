import KBSource

/// A page frame read element by element, the way a browser reads it: what is not understood is a fault.
///
/// The frame may come from the knowledge base, and nothing in a knowledge base chooses code to run. So the policy has to be
/// the first element of the head, where it counts; elements and attributes are those of a list; the only script is ours;
/// and title, sprite and content go where text goes.
struct FrameElements {
  /// The first thing that a frame must not have; `nil` where there is none.
  private(set) var fault: PageFrame.Refusal?

  private var rest: Substring.UTF8View
  private let root: String
  private var open: [String] = []
  private var hasPolicy = false
  /// Whether something that belongs to a body has been read: the head has ended, and no policy counts after it.
  private var isInBody = false
  /// The marks in the order in which they were found, each in the element that holds it.
  private var marks: [(mark: UInt8, element: String?)] = []

  /// `root`: the way from the page to the root of the site.
  init(_ page: String, root: String) {
    rest = page[...].utf8
    self.root = root
    do throws(PageFrame.Refusal) {
      try read()
    } catch {
      fault = error
    }
  }

  private static let head: Set<String> = ["html", "head", "meta", "title", "link", "script"]
  private static let body: Set<String> = [
    "body", "a", "abbr", "address", "article", "aside", "b", "blockquote", "br", "button", "cite", "code", "dd",
    "details",
    "div", "dl", "dt", "em", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr",
    "i", "img", "input", "kbd", "label", "li", "main", "mark", "nav", "ol", "p", "pre", "s", "search", "section",
    "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "time", "tr", "u", "ul",
  ]
  private static let void: Set<String> = ["meta", "link", "br", "hr", "img", "input"]
  private static let attributes: Set<String> = [
    "accesskey", "action", "alt", "autocapitalize", "autocomplete", "charset", "class", "colspan", "content",
    "datetime",
    "dir", "enterkeyhint", "for", "height", "hidden", "href", "http-equiv", "id", "inputmode", "lang", "loading",
    "media",
    "method", "name", "placeholder", "rel", "role", "rowspan", "scope", "sizes", "spellcheck", "src", "tabindex",
    "title",
    "translate", "type", "value", "width",
  ]
  private static let metaNames: Set<String> = [
    "viewport", "color-scheme", "theme-color", "author", "description", "generator", "robots", "application-name",
  ]
  private static let linkKinds: Set<String> = ["icon", "stylesheet", "alternate", "license", "author", "help"]

  // MARK: Reading

  private mutating func read() throws(PageFrame.Refusal) {
    take("\u{FEFF}".utf8)
    while let byte = rest.first {
      if byte == UInt8(ascii: "<") { try readTag() } else { try readText() }
    }
    guard hasPolicy else { throw .lacksPolicy }
    guard marks.map(\.mark) == Array("123".utf8), marks[0].element == "title",
      marks.dropFirst().allSatisfy({ $0.element != "title" && $0.element != "head" && $0.element != "html" })
    else { throw .lacksContent }
  }

  @discardableResult
  private mutating func take(_ text: some Collection<UInt8>) -> Bool {
    guard rest.starts(with: text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func readText() throws(PageFrame.Refusal) {
    let text = rest.prefix { $0 != UInt8(ascii: "<") }
    rest = rest[text.endIndex...]
    guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || FrameElements.isBlank($0) }) else {
      throw .forbidden("control character")
    }
    guard text.contains(where: { !FrameElements.isBlank($0) }) else { return }
    guard open.last != "script" else { throw .forbidden("<script>") }
    if open.last != "title" {
      // A browser ends the head at the first text.
      guard hasPolicy else { throw .lacksPolicy }
      isInBody = true
    }
    try addMarks(in: text)
  }

  private mutating func addMarks(in text: Substring.UTF8View) throws(PageFrame.Refusal) {
    var rest = text
    while let at = rest.firstRange(of: PageFrame.mark.utf8)?.upperBound, at < rest.endIndex {
      marks.append((rest[at], open.last))
      rest = rest[rest.index(after: at)...]
    }
  }

  private mutating func readTag() throws(PageFrame.Refusal) {
    if let raw = open.last, raw == "title" || raw == "script" {
      // A browser reads nothing in there but the end.
      guard take("</\(raw)>".utf8) else { throw .forbidden("<\(raw)>") }
      open.removeLast()
      return
    }
    if take("<!--".utf8) { return try readComment() }
    if rest.prefix(9).map(\.asciiLowercased).elementsEqual("<!doctype".utf8) {
      guard rest.prefix(15).map(\.asciiLowercased).elementsEqual("<!doctype html>".utf8), open.isEmpty, !hasPolicy,
        !isInBody
      else {
        throw .forbidden("<!doctype>")
      }
      rest = rest.dropFirst(15)
      return
    }
    rest = rest.dropFirst()
    let isEnd = take("/".utf8)
    let written = rest.prefix { $0.isASCIIAlphanumeric }
    rest = rest[written.endIndex...]
    let name = String(decoding: written.map(\.asciiLowercased), as: UTF8.self)
    guard FrameElements.head.contains(name) || FrameElements.body.contains(name) else {
      throw .forbidden("<\(isEnd ? "/" : "")\(name)>")
    }
    if isEnd { return try close(name) }
    let attributes = try readAttributes(of: name)
    try enter(name, attributes)
  }

  private mutating func readComment() throws(PageFrame.Refusal) {
    // A script would read `<!--` as a comment, too: a page must not be both.
    guard hasPolicy else { throw .lacksPolicy }
    // A browser ends a comment at `>`, `->` and `--!>`, too: it has no such signs.
    guard let end = rest.firstRange(of: "--".utf8) else { throw .forbidden("<!--") }
    let text = rest[..<end.lowerBound]
    guard ![UInt8(ascii: ">"), UInt8(ascii: "-")].contains(text.first), text.last != UInt8(ascii: "-"),
      text.firstRange(of: PageFrame.mark.utf8) == nil
    else { throw .forbidden("<!--") }
    rest = rest[end.upperBound...]
    guard take(">".utf8) else { throw .forbidden("<!--") }
  }

  private typealias Attributes = [String: String]

  private mutating func readAttributes(of name: String) throws(PageFrame.Refusal) -> Attributes {
    var attributes: Attributes = [:]
    while true {
      let blanks = rest.prefix { FrameElements.isBlank($0) }
      rest = rest[blanks.endIndex...]
      if take(">".utf8) { return attributes }
      if FrameElements.void.contains(name), take("/>".utf8) { return attributes }
      let written = rest.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
      guard !written.isEmpty, !blanks.isEmpty else { throw .forbidden("<\(name)>") }
      rest = rest[written.endIndex...]
      let key = String(decoding: written.map(\.asciiLowercased), as: UTF8.self)
      guard FrameElements.attributes.contains(key) || key.hasPrefix("aria-") || key.hasPrefix("data-"),
        attributes[key] == nil
      else { throw .forbidden(key) }
      attributes[key] = take("=".utf8) ? try readValue(of: key) : ""
    }
  }

  private mutating func readValue(of key: String) throws(PageFrame.Refusal) -> String {
    let value: Substring.UTF8View
    if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      rest = rest.dropFirst()
      value = rest.prefix { $0 != quote }
      rest = rest[value.endIndex...]
      guard !rest.isEmpty else { throw .forbidden(key) }
      rest = rest.dropFirst()
    } else {
      value = rest.prefix { $0.isASCIIAlphanumeric || "-_.:/#%=,;".utf8.contains($0) }
      rest = rest[value.endIndex...]
      guard !value.isEmpty else { throw .forbidden(key) }
    }
    guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), value.firstRange(of: PageFrame.mark.utf8) == nil else {
      throw .forbidden(key)
    }
    guard let text = FrameElements.decoded(String(Substring(value))) else { throw .forbidden(key) }
    return text
  }

  /// The text with the references that Mustache writes; `nil` with others, which could hide anything.
  private static func decoded(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let known = ["quot;", "#39;", "lt;", "gt;", "amp;"]
    let isRead = text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).dropFirst().allSatisfy
    { rest in
      known.contains { rest.starts(with: $0.utf8) }
        || rest.first.map { $0 != UInt8(ascii: "#") } ?? true
          && !rest.drop { $0.isASCIIAlphanumeric }.starts(with: ";".utf8)
    }
    return !isRead
      ? nil
      : [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].reduce(text) {
        $0.replacing($1.0, with: $1.1)
      }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x0A, 0x0D, 0x09].contains(byte) }

  // MARK: Elements

  private mutating func enter(_ name: String, _ attributes: Attributes) throws(PageFrame.Refusal) {
    if name == "meta", !hasPolicy {
      guard !isInBody, attributes["http-equiv"]?.lowercased() == "content-security-policy",
        attributes["content"] == PageFrame.policy, attributes.count == 2,
        open.allSatisfy({ $0 == "html" || $0 == "head" })
      else { throw .lacksPolicy }
      hasPolicy = true
      return
    }
    // Before the policy nothing that a browser would act on.
    guard hasPolicy || name == "html" || name == "head" else { throw .lacksPolicy }
    if FrameElements.body.contains(name) { isInBody = true }
    try check(name, attributes)
    for key in ["href", "src", "action"] {
      if let address = attributes[key], !isAllowed(address, of: name) { throw .forbidden(key) }
    }
    if !FrameElements.void.contains(name) { open.append(name) }
  }

  private func check(_ name: String, _ attributes: Attributes) throws(PageFrame.Refusal) {
    let isAllowed: Bool =
      switch name {
      case "meta":
        attributes["http-equiv"] == nil
          && (attributes["charset"].map { $0.lowercased() == "utf-8" && attributes.count == 1 }
            ?? FrameElements.metaNames.contains(attributes["name"]?.lowercased() ?? ""))
      case "link": FrameElements.linkKinds.contains(attributes["rel"]?.lowercased() ?? "")
      case "script": attributes == ["src": root + "kb.js"]
      case "title": !open.contains("title") && attributes.isEmpty
      case "html", "head": !hasPolicy && !isInBody && !open.contains(name)
      case "body": !open.contains("body")
      default: true
      }
    guard isAllowed else { throw .forbidden("<\(name)>") }
  }

  /// Whether an element may lead to an address: a file of the site, or, as a link, an address of the web.
  private func isAllowed(_ address: String, of name: String) -> Bool {
    if address == "data:,", name == "link" { return true }
    guard !address.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "\\") }), !address.hasPrefix("//"),
      address.utf8.first != UInt8(ascii: "&")
    else { return false }
    let scheme = address.utf8.prefix { !":/?#".utf8.contains($0) }
    guard scheme.endIndex < address.utf8.endIndex, address.utf8[scheme.endIndex] == UInt8(ascii: ":") else {
      return true
    }
    return name == "a" && ["http", "https", "mailto", "tel"].contains(String(Substring(scheme)).lowercased())
  }

  private mutating func close(_ name: String) throws(PageFrame.Refusal) {
    let blanks = rest.prefix { FrameElements.isBlank($0) }
    rest = rest[blanks.endIndex...]
    guard take(">".utf8), !FrameElements.void.contains(name), let last = open.last else {
      throw .forbidden("</\(name)>")
    }
    // The end of a list's element or a paragraph may be left out.
    let mayBeOpen: Set<String> = ["li", "p", "dt", "dd", "tr", "td", "th", "tbody", "thead"]
    if last != name {
      while let inner = open.last, inner != name, mayBeOpen.contains(inner) { open.removeLast() }
      guard open.last == name else { throw .forbidden("</\(name)>") }
    }
    open.removeLast()
    if name == "head" { isInBody = true }
  }
}

import Foundation

/// A small strict reader of the pages that `kb` writes: what it does not understand is a fault.
struct HTMLScanner {
  struct Tag {
    let name: String
    let attributes: [(name: String, value: String?)]
    subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  private(set) var tags: [Tag] = []
  private(set) var faults: [String] = []
  private(set) var texts: [String] = []

  /// Elements that need no end; those of pictures end themselves ("/>") or have one.
  private static let void: Set<String> = ["meta", "link", "br", "hr", "img", "input"]
  private static let known: Set<String> = [
    "html", "head", "meta", "title", "link", "script", "body", "a", "aside", "b", "blockquote", "br", "button",
    "caption", "code", "dd", "del", "details",
    "div", "dl", "dt", "em", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "img", "input", "kbd", "label",
    "li", "main", "mark", "nav", "ol", "option", "output", "p", "path", "pre", "q", "s", "samp", "section", "select",
    "textarea",
    "small", "span", "strong", "sub",
    "summary", "sup", "svg", "symbol", "table", "tbody", "td", "text", "tfoot", "th", "thead", "time", "tr", "ul",
    "use", "var",
    "abbr", "cite", "dfn", "ins", "rect",
    "g", "defs", "marker", "circle", "line", "polyline", "polygon", "fieldset", "legend",
  ]

  init(_ page: [UInt8]) {
    var at = 0
    var open: [String] = []
    var text: [UInt8] = []
    func ascii(_ character: Character) -> UInt8 { character.asciiValue ?? 0 }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
    for byte in page where byte < 0x20 && !isBlank(byte) || byte == 0x7F { faults.append("control character \(byte)") }
    let scalars = String(decoding: page, as: UTF8.self).unicodeScalars
    if scalars.contains(where: { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }) {
      faults.append("direction character")
    }
    while at < page.count {
      guard page[at] == ascii("<") else {
        if page[at] == ascii(">") {
          faults.append("a bare > after \(String(decoding: text.suffix(30), as: UTF8.self))")
        }
        text.append(page[at])
        at += 1
        continue
      }
      texts.append(String(decoding: text, as: UTF8.self))
      text = []
      at += 1
      guard at < page.count else { break }
      if page[at...].starts(with: "!doctype html>".utf8) {
        at += 14
        continue
      }
      let isEnd = page[at] == ascii("/")
      if isEnd { at += 1 }
      guard at < page.count, isLetter(page[at]) else {
        faults.append("a bare <")
        continue
      }
      let start = at
      while at < page.count, isLetter(page[at]) || (0x30...0x39).contains(page[at]) { at += 1 }
      let name = String(decoding: page[start..<at], as: UTF8.self)
      var attributes: [(String, String?)] = []
      var isSelfClosing = false
      while at < page.count, page[at] != ascii(">") {
        if isBlank(page[at]) {
          at += 1
          continue
        }
        if page[at] == ascii("/") {
          isSelfClosing = true
          at += 1
          continue
        }
        let begin = at
        while at < page.count, isLetter(page[at]) || page[at] == ascii("-") || (0x30...0x39).contains(page[at]) {
          at += 1
        }
        guard at > begin else {
          faults.append(
            "odd sign in <\(name)>: \(String(decoding: page[at..<min(at + 20, page.count)], as: UTF8.self))")
          at += 1
          continue
        }
        let attribute = String(decoding: page[begin..<at], as: UTF8.self)
        guard at + 1 < page.count, page[at] == ascii("=") else {
          attributes.append((attribute, nil))
          continue
        }
        guard page[at + 1] == ascii("\"") else {
          faults.append("an unquoted \(attribute) in <\(name)>")
          at += 1
          continue
        }
        at += 2
        let from = at
        while at < page.count, page[at] != ascii("\"") { at += 1 }
        attributes.append(
          (attribute, HTMLScanner.decoded(String(decoding: page[from..<min(at, page.count)], as: UTF8.self))))
        at += 1
      }
      at += 1
      if !HTMLScanner.known.contains(name) { faults.append("an unknown <\(name)>") }
      if isEnd {
        if open.last == name { open.removeLast() } else { faults.append("</\(name)> closes \(open.last ?? "nothing")") }
      } else {
        tags.append(Tag(name: name, attributes: attributes))
        if !HTMLScanner.void.contains(name), !isSelfClosing { open.append(name) }
      }
    }
    if !open.isEmpty { faults.append("never closed: \(open)") }
  }

  /// A value with the entities that browsers know in attributes, as far as an attack would use them.
  private static func decoded(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
      "&#39;", with: "'"
    )
    .replacing("&colon;", with: ":").replacing("&Tab;", with: "\t").replacing("&NewLine;", with: "\n").replacing(
      "&amp;", with: "&")
  }

  /// What is wrong with the page at `path`, one of a site's.
  static func faults(of page: [UInt8], at path: String, in site: Set<String>) -> [String] {
    let scanner = HTMLScanner(page)
    var faults = scanner.faults
    let depth = path.utf8.count { $0 == UInt8(ascii: "/") }
    let scripts = scanner.tags.filter { $0.name == "script" }
    if scripts.map({ $0["src"] }) != [String(repeating: "../", count: depth) + "kb.js"] {
      faults.append("scripts: \(scripts)")
    }
    if scanner.tags.first(where: { $0.name == "meta" })?["http-equiv"] != "Content-Security-Policy" {
      faults.append("the first meta is no policy")
    }
    for tag in scanner.tags {
      for (name, value) in tag.attributes {
        // Forms ask the search, and nothing else.
        if tag.name == "form", name == "action", value == String(repeating: "../", count: depth) + "search.html" {
          continue
        }
        if name.hasPrefix("on")
          || ["style", "srcdoc", "formaction", "background", "poster", "xlink:href"].contains(name)
          // A form may only lead to the page of the search.
          || (name == "action" && (tag.name != "form" || value?.hasSuffix("search.html") != true))
        {
          faults.append("\(name) in <\(tag.name)>")
        }
        guard ["href", "src", "srcset", "data", "cite", "action"].contains(name), let value else { continue }
        if tag.name == "link", value == "data:," { continue }
        if let fault = fault(of: value, from: path, in: site) { faults.append("<\(tag.name) \(name)>: \(fault)") }
      }
    }
    return faults
  }

  /// What is wrong with an address, read as a browser does.
  private static func fault(of address: String, from path: String, in site: Set<String>) -> String? {
    let scalars = address.unicodeScalars.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }
    let read = String(String.UnicodeScalarView(scalars.drop { $0.value <= 0x20 }))
    if let scheme = read.prefixMatch(of: /([A-Za-z][A-Za-z0-9+.\-]*):/)?.1.lowercased() {
      return ["http", "https", "ftp", "mailto", "tel"].contains(scheme) ? nil : "scheme \(scheme): \(address)"
    }
    if read.hasPrefix("/") || read.hasPrefix("\\") { return "not relative: \(address)" }
    let file = read.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
    guard !file.isEmpty else { return nil }
    guard let written = String(file).removingPercentEncoding else { return "odd percent signs: \(address)" }
    var parts = path.split(separator: "/").dropLast().map(String.init)
    for part in written.split(separator: "/") {
      if part == ".." {
        if parts.popLast() == nil { return "leaves the site: \(address)" }
      } else if part != "." {
        parts.append(String(part))
      }
    }
    return site.contains(parts.joined(separator: "/")) ? nil : "leads nowhere: \(address)"
  }
}

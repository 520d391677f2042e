import KBSource

/// A tag of raw HTML, as browsers read it: `<img src="plan.png" alt="Plan" width=300>`.
struct HTMLTag {
  /// An attribute, its entities decoded, and the place of its value in the file.
  struct Attribute {
    var value: String
    var place: SourceRange?
  }

  /// Its name in small letters.
  let name: String
  let isClosing: Bool
  private(set) var attributes: [String: Attribute] = [:]
  private(set) var hasAttributes = false
  /// Whether an attribute is meant as the address of a link, and has another name.
  private(set) var hasMisspeltAddress = false
  /// The offset after the tag.
  private(set) var end: Int
  /// Where the file has it: the whole tag, or its first line.
  var place: SourceRange?

  /// The most bytes of a tag.
  private static let longest = 100_000

  /// Reads the tag at an offset, which holds `<`; `nil` where there is none.
  init?(in text: [UInt8], at start: Int, place: (Range<Int>) -> SourceRange?) {
    let limit = min(text.count, start + HTMLTag.longest)
    var index = start + 1
    isClosing = index < limit && text[index] == UInt8(ascii: "/")
    if isClosing { index += 1 }
    let first = index
    while index < limit, text[index].isASCIIAlphanumeric { index += 1 }
    guard index > first, text[first].isASCIILetter, index < limit,
      HTMLTag.isBlank(text[index]) || "/>".utf8.contains(text[index])
    else { return nil }
    name = String(decoding: text[first..<index], as: UTF8.self).lowercased()
    end = index
    while index < limit {
      while index < limit, HTMLTag.isBlank(text[index]) || text[index] == UInt8(ascii: "/") { index += 1 }
      guard index < limit else { return nil }
      if text[index] == UInt8(ascii: ">") {
        end = index + 1
        return
      }
      guard let attribute = HTMLTag.attribute(in: text, from: index, to: limit) else { return nil }
      index = attribute.end
      hasAttributes = true
      if HTMLTag.misspelt.contains(attribute.name) { hasMisspeltAddress = true }
      // Of two with one name the first one counts (HTML, "Attribute name state").
      guard attributes[attribute.name] == nil, HTMLTag.known.contains(attribute.name) else { continue }
      attributes[attribute.name] = Attribute(
        value: HTMLTag.decoded(text[attribute.value]), place: place(attribute.value))
    }
    return nil
  }

  /// The attributes that say something; all others are left out.
  private static let known: Set<String> = [
    "href", "src", "alt", "title", "width", "height", "start", "colspan", "rowspan", "open", "name", "id",
  ]

  /// What people write for `href`.
  private static let misspelt: Set<String> = [
    "herf", "hfre", "hrfe", "hre", "hrf", "hef", "heref", "ref", "src", "link", "url",
  ]

  /// The number in an attribute, if it is one in the range.
  func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
    attributes[name].flatMap { Int($0.value.trimmingBlanks()) }.flatMap { range.contains($0) ? $0 : nil }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }

  private static func attribute(in text: [UInt8], from start: Int, to limit: Int)
    -> (name: String, value: Range<Int>, end: Int)?
  {
    var index = start
    while index < limit, !isBlank(text[index]), !"=>/\"'<".utf8.contains(text[index]) { index += 1 }
    guard index > start else { return nil }
    let name = String(decoding: text[start..<index], as: UTF8.self).lowercased()
    var next = index
    while next < limit, isBlank(text[next]) { next += 1 }
    guard next < limit, text[next] == UInt8(ascii: "=") else { return (name, index..<index, index) }
    next += 1
    while next < limit, isBlank(text[next]) { next += 1 }
    guard next < limit else { return nil }
    if text[next] == UInt8(ascii: "\"") || text[next] == UInt8(ascii: "'") {
      guard let close = text[(next + 1)..<limit].firstIndex(of: text[next]) else { return nil }
      return (name, (next + 1)..<close, close + 1)
    }
    var end = next
    while end < limit, !isBlank(text[end]), text[end] != UInt8(ascii: ">") { end += 1 }
    return (name, next..<end, end)
  }

  /// The text of a value, entities decoded.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var decoded: [UInt8] = []
    var rest = bytes
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      decoded += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
        decoded.append(rest.removeFirst())
        continue
      }
      decoded += decodedEntity(Array(rest[start...end]))
      rest = rest[(end + 1)...]
    }
    return String(decoding: decoded + rest, as: UTF8.self)
  }
}

/// What becomes of an element of HTML: most have an equal in Markdown.
enum HTMLForm {
  /// A block or a span of Markdown.
  case block(Markdown.Event.Kind), span(Markdown.Event.Kind)
  /// A block or a span that Markdown does not have.
  case blockElement(Markdown.Element), spanElement(Markdown.Element)
  case heading(level: UInt8)
  case item, section(Markdown.Event.Kind), row, cell(Markdown.Event.Kind), caption
  case link, image, lineBreak, rule
  /// Nothing of its own: what is in it is shown.
  case nothing
  /// It can't be shown; what is in it is.
  case lost
  /// Neither it nor what is in it is shown.
  case hidden

  /// Whether it is a part of a table or a list, and begins only there.
  var isPart: Bool {
    switch self {
    case .item, .section, .row, .cell, .caption: true
    default: false
    }
  }

  /// The elements whose content is not HTML.
  static let rawText: Set<String> = ["script", "style", "title", "iframe", "noembed", "noframes"]

  /// The elements by their names; what has any other name is text, as `<server>` in a command.
  static let known: [String: HTMLForm] = {
    var forms: [String: HTMLForm] = [
      "p": .block(.paragraph), "blockquote": .block(.quote), "ul": .block(.unorderedList), "ol": .block(.orderedList),
      "menu": .block(.unorderedList), "dir": .block(.unorderedList), "table": .block(.table), "li": .item,
      "thead": .section(.tableHead), "tbody": .section(.tableBody), "tfoot": .section(.tableBody), "tr": .row,
      "td": .cell(.cell), "th": .cell(.headerCell), "caption": .caption, "a": .link, "img": .image, "br": .lineBreak,
      "hr": .rule, "em": .span(.emphasis), "i": .span(.emphasis), "strong": .span(.strong), "strike": .span(.deleted),
      "tt": .spanElement(.code),
    ]
    for (number, name) in ["h1", "h2", "h3", "h4", "h5", "h6"].enumerated() {
      forms[name] = .heading(level: UInt8(number + 1))
    }
    for element in Markdown.Element.allCases {
      forms[element.name] = element.isBlock ? .blockElement(element) : .spanElement(element)
    }
    forms["caption"] = .caption
    func add(_ names: String, _ form: HTMLForm) {
      for name in names.split(separator: " ") { forms[String(name)] = form }
    }
    add("section article header footer main aside nav address center fieldset form hgroup", .blockElement(.div))
    add("html head body span font big u label legend picture source track param wbr col colgroup area map", .nothing)
    add("bdi bdo time data ruby rb rt rp rtc noscript nobr acronym optgroup option meta link base slot", .nothing)
    add("button select input textarea video audio object embed canvas meter progress dialog", .lost)
    add("frame frameset applet marquee blink", .lost)
    add("script style title iframe noembed noframes template svg math", .hidden)
    return forms
  }()
}

extension Markdown {
  /// An element of HTML that Markdown has no sign for.
  public enum Element: UInt8, Sendable, CaseIterable {
    // Blocks
    case div, details, summary, figure, figcaption, caption, pre, dl, dt, dd
    // Spans
    case abbr, b, cite, code, del, dfn, ins, kbd, mark, q, s, samp, small, sub, sup, variable

    /// The name of its tag.
    public var name: String { self == .variable ? "var" : "\(self)" }
    /// Whether it is a block and not a span.
    public var isBlock: Bool { rawValue <= Element.dd.rawValue }
  }
}

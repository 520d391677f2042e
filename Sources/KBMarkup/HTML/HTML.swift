import KBSource

/// A piece of a page: well-formed markup, written element by element, in which every text is escaped.
///
/// Text can only enter through `text` and attributes, which escape it, and addresses only as an `Address`. Tag and
/// attribute names are literals of this code.
package struct HTML: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// The icons that it draws; the page puts their shapes into its sprite.
  package private(set) var icons = IconSet()

  package init(capacity: Int = 0) {
    if capacity > 0 { bytes.reserveCapacity(capacity) }
  }

  // Most elements have no attribute, or one: those forms need no array.

  /// Writes an element with content.
  package mutating func element(_ tag: Tag, content: (inout HTML) -> Void) {
    open(tag, nil)
    content(&self)
    close(tag)
  }

  /// Writes an element with content.
  package mutating func element(_ tag: Tag, _ attribute: Attribute, content: (inout HTML) -> Void) {
    open(tag, attribute)
    content(&self)
    close(tag)
  }

  /// Writes an element that holds one text.
  package mutating func element(_ tag: Tag, text: String) {
    open(tag, nil)
    self.text(text)
    close(tag)
  }

  /// Writes an element that holds one text.
  package mutating func element(_ tag: Tag, _ attribute: Attribute, text: String) {
    open(tag, attribute)
    self.text(text)
    close(tag)
  }

  private mutating func open(_ tag: Tag, _ attribute: Attribute?) {
    bytes.append(contentsOf: tag.opening.utf8)
    if let attribute { write(attribute) }
    bytes.append(UInt8(ascii: ">"))
  }

  /// Writes an element with content.
  package mutating func element(
    _ tag: Tag, _ first: Attribute, _ second: Attribute, _ others: Attribute..., content: (inout HTML) -> Void
  ) {
    open(tag, [first, second] + others)
    content(&self)
    close(tag)
  }

  /// Writes an element that holds one text.
  package mutating func element(
    _ tag: Tag, _ first: Attribute, _ second: Attribute, _ others: Attribute..., text: String
  ) {
    open(tag, [first, second] + others)
    self.text(text)
    close(tag)
  }

  /// Writes an element that can't have content.
  package mutating func void(_ tag: Tag, _ attributes: Attribute...) { open(tag, attributes) }

  /// Begins an element whose end comes in another call; the Markdown renderer keeps the account of what is open.
  package mutating func open(_ tag: Tag, _ attributes: [Attribute] = []) {
    bytes.append(contentsOf: tag.opening.utf8)
    for attribute in attributes { write(attribute) }
    bytes.append(UInt8(ascii: ">"))
  }

  package mutating func close(_ tag: Tag) {
    bytes.append(contentsOf: tag.closing.utf8)
  }

  /// Writes text, escaped.
  package mutating func text(_ text: String) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    escapeTail(from: start)
  }

  /// Writes a part of a file's bytes, escaped.
  package mutating func text(_ source: ArraySlice<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: source)
    escapeTail(from: start)
  }

  package mutating func append(_ other: HTML) {
    bytes.append(contentsOf: other.bytes)
    icons.formUnion(other.icons)
  }

  /// Writes a named entity of Markdown, `&nbsp;`, whose form the parser has checked.
  mutating func entity(_ source: ArraySlice<UInt8>) {
    let isWellFormed =
      source.first == UInt8(ascii: "&") && source.last == UInt8(ascii: ";") && source.count > 2
      && source.dropFirst().dropLast().allSatisfy { $0 == UInt8(ascii: "#") || $0.isASCIIAlphanumeric }
    if isWellFormed { bytes.append(contentsOf: source) } else { text(source) }
  }

  /// Draws an icon; a word beside it says the same.
  package mutating func icon(_ icon: Icon) {
    icons.insert(icon)
    bytes.append(contentsOf: icon.drawing.utf8)
  }

  /// Draws an icon in a diagram.
  mutating func use(_ icon: Icon, x: Int, y: Int, width: Int, height: Int) {
    icons.insert(icon)
    element(
      .use, .class("g"), .svg("href", "#\(icon.id)"), .svg("x", String(x)), .svg("y", String(y)),
      .svg("width", String(width)), .svg("height", String(height)), .svg("fill", "currentColor")
    ) { _ in }
  }

  private mutating func write(_ attribute: Attribute) {
    if attribute.isNothing { return }
    attribute.writeBeginning(to: &bytes)
    guard let value = attribute.value else { return }
    text(value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Escapes what was appended last, unless it needs no escaping, as most texts do not.
  private mutating func escapeTail(from start: Int) {
    let index = HTML.firstHarmful(bytes.span, from: start)
    guard index < bytes.count else { return }
    let tail = Array(bytes[index...])
    bytes.removeLast(tail.count)
    for byte in tail { escape(byte) }
  }

  private static func firstHarmful(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, isHarmless(bytes[index]) { index += 1 }
    return index
  }

  /// Whether a byte stands for itself; those of invisible direction characters begin with 0xE2.
  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0xE2, 0x7F:
      false
    case 0..<0x20: byte == 0x0A || byte == 0x09 || byte == 0x0D
    default: true
    }
  }

  /// Escapes what has a meaning in HTML; control characters, visible or not, become replacement characters.
  @inline(__always)
  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
    case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
    case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
    case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
    case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
    case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F: bytes.append(contentsOf: "\u{FFFD}".utf8)
    case 0x80...0xBF:
      bytes.append(byte)
      neutralizeDirection()
    default: bytes.append(byte)
    }
  }

  /// Replaces a character that reverses the direction of writing (U+202A to U+202E, U+2066 to U+2069), just completed.
  private mutating func neutralizeDirection() {
    let count = bytes.count
    guard count >= 3, bytes[count - 3] == 0xE2 else { return }
    let (second, third) = (bytes[count - 2], bytes[count - 1])
    if second == 0x80 && (0xAA...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third) {
      bytes.removeLast(3)
      bytes.append(contentsOf: "\u{FFFD}".utf8)
    }
  }
}

/// The ids of a page's own parts.
package enum PageID {
  /// An id that no heading has: anchors of headings are letters, digits, hyphens and underscores.
  package static func own(_ name: String) -> String { "kb.\(name)" }
}

/// The elements that pages are made of.
package enum Tag: Int, Sendable, CaseIterable {
  case a, aside, b, blockquote, br, button, caption, circle, code, dd, del, details, div, dl, dt, em, figcaption,
    figure,
    footer, form
  case h1, h2, h3, h4, h5, h6, header, hr, img, input, kbd, label, li, main, mark, nav, ol, option, output, p, path,
    pre, q, s
  case samp, section, select, small, span, strong, sub, summary, sup, svg, table, tbody, td, text, textarea, tfoot, th,
    thead, time, tr,
    ul, use
  case variable
  case abbr, cite, dfn, ins, rect, g, defs, marker
  case link, script

  /// `<tag`, still open for attributes.
  package var opening: String { Tag.openings[rawValue] }
  /// `</tag>`.
  var closing: String { Tag.closings[rawValue] }

  private var name: String { self == .variable ? "var" : "\(self)" }
  private static let openings = allCases.map { "<\($0.name)" }
  private static let closings = allCases.map { "</\($0.name)>" }
}

/// An attribute with a value to be escaped, or without one.
package struct Attribute: Sendable {
  /// What is before the value, in two pieces, since joining them would take longer than writing them: ` data-` and `name`, or all
  /// of ` class="` and nothing.
  private let beginning: String
  private let name: String
  package let value: String?

  package init(name: String, value: String?) { self.init(" ", name, value) }

  private init(_ beginning: String, _ name: String, _ value: String?) {
    self.beginning = beginning
    self.name = name
    self.value = value
  }

  /// The frequent ones, with their beginning written out.
  private init(_ beginning: String, _ value: String) { self.init(beginning, "", value) }

  /// A class without a name, which is not written.
  fileprivate var isNothing: Bool { value == "" && beginning == " class=\"" }

  /// Writes what is before the value.
  fileprivate func writeBeginning(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: beginning.utf8)
    guard !name.isEmpty else { return }
    bytes.append(contentsOf: name.utf8)
    if value != nil { bytes.append(contentsOf: "=\"".utf8) }
  }

  package static func `class`(_ names: String) -> Attribute { Attribute(" class=\"", names) }
  package static func id(_ id: String) -> Attribute { Attribute(" id=\"", id) }
  /// The id of a part of the page that is no heading of the text.
  package static func ownID(_ name: String) -> Attribute { Attribute(" id=\"", PageID.own(name)) }
  package static func href(_ address: Address) -> Attribute { Attribute(" href=\"", address.text) }
  static func src(_ address: Address) -> Attribute { Attribute(" src=\"", address.text) }
  static func alt(_ text: String) -> Attribute { Attribute(" alt=\"", text) }
  package static func data(_ name: String, _ value: String) -> Attribute { Attribute(" data-", name, value) }
  package static func aria(_ name: String, _ value: String) -> Attribute { Attribute(" aria-", name, value) }
  package static func role(_ role: String) -> Attribute { Attribute(" role=\"", role) }
  package static func scope(_ scope: String) -> Attribute { Attribute(" scope=\"", scope) }
  package static func type(_ type: String) -> Attribute { Attribute(" type=\"", type) }
  package static func `for`(_ id: String) -> Attribute { Attribute(" for=\"", id) }
  package static func value(_ value: String) -> Attribute { Attribute(" value=\"", value) }
  package static func lang(_ code: String) -> Attribute { Attribute(" lang=\"", code) }
  package static func start(_ number: Int) -> Attribute { Attribute(name: "start", value: String(number)) }
  package static func datetime(_ text: String) -> Attribute { Attribute(" datetime=\"", text) }
  package static func rel(_ text: String) -> Attribute { Attribute(" rel=\"", text) }
  package static func open(_ isOpen: Bool) -> Attribute { Attribute(name: isOpen ? "open" : "data-closed", value: nil) }
  package static let tabIndex = Attribute(name: "tabindex", value: "0")
  package static let checked = Attribute(name: "checked", value: nil)
  static let disabled = Attribute(name: "disabled", value: nil)
  package static let hidden = Attribute(name: "hidden", value: nil)
  package static let ariaHidden = Attribute(name: "aria-hidden", value: "true")
  package static let lazy = Attribute(name: "loading", value: "lazy")
  package static let noAutocomplete = Attribute(name: "autocomplete", value: "off")
  /// An attribute of SVG, whose name and value are of this code's making.
  package static func svg(_ name: String, _ value: String) -> Attribute { Attribute(name: name, value: value) }
}

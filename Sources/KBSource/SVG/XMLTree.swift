/// A small, strict reader of XML: what it does not understand it refuses.
///
/// No entities but the five of XML and a document's own plain ones, no network, bounded depth and size.
struct XMLTree {
  /// An element with its namespace, or a text.
  indirect enum Node {
    case element(Element)
    case text(String)
  }

  struct Element {
    /// The namespace's address; empty without one.
    var namespace: String
    var name: String
    var attributes: [Attribute]
    var children: [Node] = []
  }

  struct Attribute {
    /// The prefix as written; the namespaces of attributes are few and known.
    var prefix: String
    var name: String
    var value: String
  }

  /// Why a text was refused.
  enum Fault: Error, Hashable {
    case notWellFormed(line: Int)
    case entity(String)
    case doctype
    case encoding(String)
    case tooDeep
    case tooLarge
  }

  static let deepest = 200
  static let mostElements = 200_000

  private let bytes: [UInt8]
  private var at = 0
  private var elements = 0
  /// Whether the file is in another encoding, which an instruction names then.
  private let isConverted: Bool
  /// The texts of the document's own entities.
  private var entities: [String: [UInt8]] = [:]
  /// The bytes that entities may still add.
  private var mostExpanded = 1024 * 1024

  /// Reads a document and returns its outermost element.
  static func read(_ bytes: [UInt8]) throws(Fault) -> Element {
    let converted = XMLEncoding.converted(bytes)
    let text = converted ?? bytes
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text.span)
    } catch {
      throw .encoding("")
    }
    var reader = XMLTree(bytes: text, isConverted: converted != nil)
    return try reader.document()
  }

  private init(bytes: [UInt8], isConverted: Bool) { (self.bytes, self.isConverted) = (bytes, isConverted) }

  /// An element that is not closed yet.
  private struct Open {
    var written: [UInt8]
    var element: Element
    var namespaces: [String: String]
  }

  private mutating func document() throws(Fault) -> Element {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    var open: [Open] = []
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        let text = try characters(until: UInt8(ascii: "<"))
        if open.isEmpty {
          guard text.allSatisfy(\.isWhitespace) else { throw fault }
        } else if !text.isEmpty {
          open[open.count - 1].element.children.append(.text(text))
        }
        continue
      }
      if try skipMarkup(into: &open) { continue }
      if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") {
        let closed = try close(&open)
        guard let parent = open.indices.last else {
          try finish()
          return closed
        }
        open[parent].element.children.append(.element(closed))
      } else {
        let (started, isEmpty) = try start(open.last?.namespaces ?? ["xml": "http://www.w3.org/XML/1998/namespace"])
        guard isEmpty else {
          guard open.count < XMLTree.deepest else { throw .tooDeep }
          open.append(started)
          continue
        }
        guard let parent = open.indices.last else {
          try finish()
          return started.element
        }
        open[parent].element.children.append(.element(started.element))
      }
    }
    throw fault
  }

  /// After the outermost element only comments and blanks may follow.
  private mutating func finish() throws(Fault) {
    var none: [Open] = []
    while at < bytes.count {
      if bytes[at].isSpace {
        at += 1
      } else {
        guard bytes[at] == UInt8(ascii: "<"), try skipMarkup(into: &none) else { throw fault }
      }
    }
  }

  private var fault: Fault { .notWellFormed(line: bytes[..<min(at, bytes.count)].count { $0 == 0x0A } + 1) }

  // MARK: Markup

  private func begins(_ text: StaticString) -> Bool {
    bytes[at...].starts(with: text.description.utf8)
  }

  /// Moves after the next occurrence of a text.
  private mutating func skip(past end: StaticString) throws(Fault) {
    let pattern = Array(end.description.utf8)
    var index = at
    while index + pattern.count <= bytes.count {
      if bytes[index] == pattern[0], bytes[index...].starts(with: pattern) {
        at = index + pattern.count
        return
      }
      index += 1
    }
    throw fault
  }

  /// Skips comments, instructions and the document's type; takes in quoted text.
  private mutating func skipMarkup(into open: inout [Open]) throws(Fault) -> Bool {
    if begins("<!--") {
      at += 4
      try skip(past: "-->")
      return true
    }
    if begins("<?") {
      let start = at
      try skip(past: "?>")
      try checkEncoding(bytes[start..<at])
      return true
    }
    if begins("<![CDATA[") {
      guard let parent = open.indices.last else { throw fault }
      at += 9
      let start = at
      try skip(past: "]]>")
      open[parent].element.children.append(.text(String(decoding: bytes[start..<(at - 3)], as: UTF8.self)))
      return true
    }
    guard begins("<!DOCTYPE") else { return false }
    guard open.isEmpty else { throw fault }
    var quote: UInt8?
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if let end = quote {
        if byte == end { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "[") {
        try declarations()
      } else if byte == UInt8(ascii: ">") {
        return true
      }
    }
    throw fault
  }

  /// Reads the declarations in a document's type: entities with a plain text, as programs for drawings write them.
  private mutating func declarations() throws(Fault) {
    while at < bytes.count {
      skipSpace()
      if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
        at += 1
        return
      }
      if begins("<!--") {
        try skip(past: "-->")
      } else if begins("<!ELEMENT ") || begins("<!ATTLIST ") {
        try skip(past: ">")
      } else {
        guard begins("<!ENTITY ") else { throw .doctype }
        at += 9
        skipSpace()
        let name = String(decoding: nameBytes(), as: UTF8.self)
        skipSpace()
        // Neither a file outside nor an entity of the grammar.
        guard !name.isEmpty, at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
          let end = bytes[(at + 1)...].prefix(1000).firstIndex(of: bytes[at])
        else { throw .doctype }
        let value = bytes[(at + 1)..<end]
        guard !value.contains(where: { "&%<".utf8.contains($0) }), entities.count < 100 else { throw .doctype }
        entities[name] = entities[name] ?? Array(value)
        at = end + 1
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: ">") else { throw .doctype }
        at += 1
      }
    }
    throw fault
  }

  /// Of the encodings that an instruction may name only UTF-8 is read.
  private func checkEncoding(_ instruction: ArraySlice<UInt8>) throws(Fault) {
    let text = String(decoding: instruction, as: UTF8.self).lowercased()
    guard text.hasPrefix("<?xml "), let range = text.firstRange(of: "encoding") else { return }
    let name = text[range.upperBound...].drop { "= \"'".contains($0) }.prefix { $0 != "\"" && $0 != "'" }
    guard !isConverted else { return }
    guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(name) else { throw .encoding(String(name.uppercased())) }
  }

  private mutating func close(_ open: inout [Open]) throws(Fault) -> Element {
    at += 2
    let name = nameBytes()
    skipSpace()
    guard let last = open.popLast(), last.written == name, at < bytes.count, bytes[at] == UInt8(ascii: ">") else {
      throw fault
    }
    at += 1
    return last.element
  }

  private mutating func start(_ outer: [String: String]) throws(Fault) -> (Open, isEmpty: Bool) {
    elements += 1
    guard elements <= XMLTree.mostElements else { throw .tooLarge }
    at += 1
    let name = nameBytes()
    guard !name.isEmpty else { throw fault }
    var namespaces = outer
    var attributes: [Attribute] = []
    var seen: Set<[UInt8]> = []
    while true {
      let hadSpace = skipSpace()
      guard at < bytes.count else { throw fault }
      if bytes[at] == UInt8(ascii: ">") || bytes[at] == UInt8(ascii: "/") { break }
      guard hadSpace else { throw fault }
      let key = nameBytes()
      guard !key.isEmpty, seen.insert(key).inserted else { throw fault }
      let value = try attributeValue()
      let (prefix, local) = XMLTree.split(key)
      if prefix.isEmpty, local == "xmlns" {
        namespaces[""] = value
      } else if prefix == "xmlns" {
        namespaces[local] = value
      } else {
        attributes.append(Attribute(prefix: prefix, name: local, value: value))
      }
    }
    let isEmpty = bytes[at] == UInt8(ascii: "/")
    if isEmpty { at += 1 }
    guard at < bytes.count, bytes[at] == UInt8(ascii: ">") else { throw fault }
    at += 1
    let (prefix, local) = XMLTree.split(name)
    guard let namespace = prefix.isEmpty ? namespaces[""] ?? "" : namespaces[prefix] else { throw fault }
    return (
      Open(
        written: name, element: Element(namespace: namespace, name: local, attributes: attributes),
        namespaces: namespaces), isEmpty
    )
  }

  private mutating func attributeValue() throws(Fault) -> String {
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else { throw fault }
    at += 1
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else { throw fault }
    let quote = bytes[at]
    at += 1
    let value = try characters(until: quote)
    guard at < bytes.count else { throw fault }
    at += 1
    return value
  }

  // MARK: Characters

  @discardableResult private mutating func skipSpace() -> Bool {
    let start = at
    while at < bytes.count, bytes[at].isSpace { at += 1 }
    return at > start
  }

  private mutating func nameBytes() -> [UInt8] {
    let start = at
    while at < bytes.count,
      bytes[at].isASCIIAlphanumeric || bytes[at] > 0x7F || "-_.:".utf8.contains(bytes[at])
    { at += 1 }
    return Array(bytes[start..<at])
  }

  private static func split(_ name: [UInt8]) -> (prefix: String, local: String) {
    guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return ("", String(decoding: name, as: UTF8.self)) }
    return (String(decoding: name[..<colon], as: UTF8.self), String(decoding: name[(colon + 1)...], as: UTF8.self))
  }

  /// The text up to a character, its entities resolved.
  private mutating func characters(until end: UInt8) throws(Fault) -> String {
    var text: [UInt8] = []
    while at < bytes.count, bytes[at] != end {
      let byte = bytes[at]
      if byte == UInt8(ascii: "&") {
        text += try entity()
      } else {
        // A zero or another control character is not allowed in XML (XML 1.0, section 2.2).
        guard byte >= 0x20 || byte.isSpace else { throw fault }
        text.append(byte)
        at += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func entity() throws(Fault) -> [UInt8] {
    let start = at + 1
    guard let end = bytes[start..<min(start + 32, bytes.count)].firstIndex(of: UInt8(ascii: ";")) else { throw fault }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    at = end + 1
    switch name {
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "amp": return [UInt8(ascii: "&")]
    case "quot": return [UInt8(ascii: "\"")]
    case "apos": return [UInt8(ascii: "'")]
    default: break
    }
    if let text = entities[name] {
      mostExpanded -= text.count
      guard mostExpanded > 0 else { throw .tooLarge }
      return text
    }
    guard name.hasPrefix("#") else { throw .entity(name) }
    let digits = name.dropFirst()
    let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let number, let scalar = UnicodeScalar(number), number >= 0x20 || number == 9 || number == 10 || number == 13
    else { throw fault }
    return Array(String(Character(scalar)).utf8)
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

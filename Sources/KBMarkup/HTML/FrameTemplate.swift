package import KBSource

/// A text with names in it, for the frame around a page: the part of Mustache (mustache(5)) that a frame needs.
///
/// `{{name}}` writes a value escaped and `{{{name}}}` as it is; `{{#name}}…{{/name}}` is written for each entry of a list, or once
/// where there is a value; `{{^name}}…{{/name}}` where there is none; `{{! … }}` is a comment. A tag of these last three that
/// is alone on its line takes the line with it. Anything else is a fault: nothing is left out in silence.
package struct FrameTemplate<Name: RawRepresentable<String> & Hashable & Sendable>: Sendable {
  /// The value of a name.
  package enum Value: Sendable {
    case text(String)
    case flag(Bool)
    case list([Values])
  }

  package typealias Values = [Name: Value]

  fileprivate enum Node: Sendable {
    case text(String)
    case value(Name)
    case raw(Name)
    case section(Name, [Node])
    case inverse(Name, [Node])
  }

  private let nodes: [Node]

  /// Reads a template.
  package init(_ text: String) throws(FrameFault) {
    var reader = FrameReader<Name>(text)
    nodes = try reader.read()
  }

  /// The text with its names replaced; a name that has no value writes nothing.
  package func render(_ values: Values) -> String {
    var page: [UInt8] = []
    page.reserveCapacity(8192)
    write(nodes, [values], to: &page)
    return String(decoding: page, as: UTF8.self)
  }

  /// `scopes`: the values, those of the innermost entry last.
  private func write(_ nodes: [Node], _ scopes: [Values], to page: inout [UInt8]) {
    func value(_ name: Name) -> Value? {
      for scope in scopes.reversed() { if let value = scope[name] { return value } }
      return nil
    }
    for node in nodes {
      switch node {
      case .text(let text): page += text.utf8
      case .value(let name):
        guard case .text(let text) = value(name) else { continue }
        var html = HTML()
        html.text(text)
        page += html.bytes
      case .raw(let name): if case .text(let text) = value(name) { page += text.utf8 }
      case .section(let name, let inner):
        for entry in entries(value(name)) { write(inner, scopes + [entry], to: &page) }
      case .inverse(let name, let inner):
        if entries(value(name)).isEmpty { write(inner, scopes, to: &page) }
      }
    }
  }

  /// What a section is written for.
  private func entries(_ value: Value?) -> [Values] {
    switch value {
    case .list(let entries): entries
    case .text(let text): text.isEmpty ? [] : [[:]]
    case .flag(let isSet): isSet ? [[:]] : []
    case nil: []
    }
  }
}

/// What makes a template unreadable, and where.
package struct FrameFault: Error {
  package enum Reason: Equatable {
    /// A tag without an end.
    case unfinished
    /// A name that has no value anywhere.
    case unknownName(String)
    /// A tag that Mustache knows and a frame does not, as partials and other delimiters.
    case unsupported(String)
    /// A section that nothing ends.
    case open(String)
    /// The end of a section that is not the innermost open one.
    case notOpen(String)
    /// More sections in sections than a frame can have.
    case tooDeep
  }

  package let reason: Reason
  package let range: SourceRange
}

/// Reads the tags of a template, in one pass.
private struct FrameReader<Name: RawRepresentable<String> & Hashable & Sendable> {
  typealias Node = FrameTemplate<Name>.Node

  /// Sections in sections; ours have two.
  private static var mostLevels: Int { 16 }

  private let bytes: [UInt8]
  /// Where the text begins that no node holds yet.
  private var start = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func read() throws(FrameFault) -> [Node] { try nodes(in: nil, level: 0) }

  /// A tag: its sign (`#`, `^`, `/`, `!`, `&`, `{` or none), its name, and where it is.
  private struct Tag {
    var sign: UInt8?
    var name: String
    var range: Range<Int>

    func fault(_ reason: FrameFault.Reason) -> FrameFault {
      FrameFault(reason: reason, range: SourceRange(range.lowerBound, range.upperBound))
    }
  }

  /// The nodes up to the end of a section, or of the text.
  private mutating func nodes(in section: Tag?, level: Int) throws(FrameFault) -> [Node] {
    var nodes: [Node] = []
    while let tag = try nextTag() {
      let (lower, upper) = extent(of: tag)
      addText(to: lower, &nodes)
      start = upper
      switch tag.sign {
      case UInt8(ascii: "!"): break
      case UInt8(ascii: "/"):
        guard tag.name == section?.name else { throw tag.fault(.notOpen(tag.name)) }
        return nodes
      case UInt8(ascii: "#"), UInt8(ascii: "^"):
        guard level < Self.mostLevels else { throw tag.fault(.tooDeep) }
        let name = try self.name(of: tag)
        let inner = try self.nodes(in: tag, level: level + 1)
        nodes.append(tag.sign == UInt8(ascii: "#") ? .section(name, inner) : .inverse(name, inner))
      case nil: nodes.append(.value(try name(of: tag)))
      default: nodes.append(.raw(try name(of: tag)))
      }
    }
    if let section { throw section.fault(.open(section.name)) }
    addText(to: bytes.count, &nodes)
    return nodes
  }

  private func name(of tag: Tag) throws(FrameFault) -> Name {
    guard let name = Name(rawValue: tag.name) else { throw tag.fault(.unknownName(tag.name)) }
    return name
  }

  private func addText(to end: Int, _ nodes: inout [Node]) {
    if start < end { nodes.append(.text(String(decoding: bytes[start..<end], as: UTF8.self))) }
  }

  private func nextTag() throws(FrameFault) -> Tag? {
    guard let opening = bytes[start...].firstRange(of: "{{".utf8) else { return nil }
    var (at, ending) = (opening.upperBound, "}}")
    var tag = Tag(sign: nil, name: "", range: opening.lowerBound..<opening.upperBound)
    if at < bytes.count, "{#^/!&".utf8.contains(bytes[at]) {
      tag.sign = bytes[at]
      if bytes[at] == UInt8(ascii: "{") { ending = "}}}" }
      at += 1
    }
    guard let closing = bytes[at...].firstRange(of: ending.utf8) else { throw tag.fault(.unfinished) }
    tag.range = opening.lowerBound..<closing.upperBound
    let inner = bytes[at..<closing.lowerBound]
    guard tag.sign != UInt8(ascii: "!") else { return tag }
    let words = inner.split(whereSeparator: Self.isBlank)
    guard words.count == 1, words[0].allSatisfy(\.isASCIIAlphanumeric) else {
      throw tag.fault(.unsupported(String(decoding: bytes[tag.range], as: UTF8.self)))
    }
    tag.name = String(decoding: words[0], as: UTF8.self)
    return tag
  }

  /// What a tag takes out of the text: with its line, where it writes nothing itself and is alone there.
  private func extent(of tag: Tag) -> (lower: Int, upper: Int) {
    let (lower, upper) = (tag.range.lowerBound, tag.range.upperBound)
    guard let sign = tag.sign, "#^/!".utf8.contains(sign) else { return (lower, upper) }
    let before = bytes[start..<lower].lastIndex { !Self.isBlank($0) }
    let after = bytes[upper...].firstIndex { !Self.isBlank($0) } ?? bytes.count
    let isFirst =
      before.map { bytes[$0] == UInt8(ascii: "\n") } ?? (start == 0 || bytes[start - 1] == UInt8(ascii: "\n"))
    guard isFirst, after == bytes.count || bytes[after] == UInt8(ascii: "\n") else { return (lower, upper) }
    return (before.map { $0 + 1 } ?? start, min(after + 1, bytes.count))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}

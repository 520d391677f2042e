import KBSource

/// One of the seven ways in which an HTML block begins (CommonMark 0.29, "HTML blocks").
enum HTMLBlockStart: Equatable {
  /// `script`, `pre` or `style`, up to its closing tag.
  case raw
  case comment, instruction, declaration, characterData
  /// A tag of a block; it ends at an empty line.
  case block
  /// Any other tag alone in its line.
  case tag

  var endsAtBlankLine: Bool { self == .block || self == .tag }
  var interruptsParagraph: Bool { self != .tag }

  /// The start at the beginning of `line`, which begins with `<`.
  init?(_ line: ArraySlice<UInt8>) {
    let rest = line.dropFirst()
    if rest.starts(with: "!--".utf8) {
      self = .comment
    } else if rest.first == UInt8(ascii: "?") {
      self = .instruction
    } else if rest.starts(with: "![CDATA[".utf8) {
      self = .characterData
    } else if rest.first == UInt8(ascii: "!"), rest.dropFirst().first?.isASCIILetter == true {
      self = .declaration
    } else {
      let isClosing = rest.first == UInt8(ascii: "/")
      let inner = isClosing ? rest.dropFirst() : rest
      let name = inner.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
      guard name.first?.isASCIILetter == true else { return nil }
      let after = line[name.endIndex...].first
      let word = String(decoding: name, as: UTF8.self).lowercased()
      let isDelimited = after == nil || after == UInt8(ascii: ">") || after.map { " \t\r".utf8.contains($0) } == true
      if !isClosing, ["script", "pre", "style"].contains(word), isDelimited {
        self = .raw
      } else if HTMLBlockStart.blocks.contains(word),
        isDelimited || line[name.endIndex...].starts(with: "/>".utf8)
      {
        self = .block
      } else if HTMLBlockStart.isAlone(line, attributes: name.endIndex, isClosing: isClosing) {
        self = .tag
      } else {
        return nil
      }
    }
  }

  /// Whether a block that began so ends in this line.
  func ends(in line: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .raw:
      let lowered = line.map(\.asciiLowercased)
      return ["</script>", "</pre>", "</style>"].contains { lowered[...].holds(Array($0.utf8)) }
    case .comment: return line.holds(Array("-->".utf8))
    case .instruction: return line.holds(Array("?>".utf8))
    case .declaration: return line.contains(UInt8(ascii: ">"))
    case .characterData: return line.holds(Array("]]>".utf8))
    case .block, .tag: return false
    }
  }

  /// Whether the line holds one whole tag and nothing else.
  private static func isAlone(_ line: ArraySlice<UInt8>, attributes: Int, isClosing: Bool) -> Bool {
    var quote: UInt8?
    for index in attributes..<line.endIndex {
      let byte = line[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        if isClosing { return false }
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        let isTag =
          index == attributes || line[attributes] == UInt8(ascii: "/") || " \t".utf8.contains(line[attributes])
        return isTag && line[(index + 1)...].allSatisfy { " \t\r".utf8.contains($0) }
      } else if byte == UInt8(ascii: "<") {
        return false
      }
    }
    return false
  }

  private static let blocks: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link",
    "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "section", "source",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}

extension ArraySlice<UInt8> {
  /// Whether some bytes stand in it side by side.
  func holds(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, count >= wanted.count else { return false }
    return indices.dropLast(wanted.count - 1).contains { self[$0] == first && self[$0...].starts(with: wanted) }
  }
}

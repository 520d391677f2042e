import KBSource
import KBYAML

/// Marks that only other programs know: comments, highlights, changes, attributes, names of blocks, and templates.
extension BlockScanner {
  /// Brings the mark at an offset into md4c's form, and returns the offset after it; `nil` where there is none.
  mutating func scanForeign(at start: Int, isSingleLine: Bool) -> Int? {
    guard start == range.lowerBound || bytes[start - 1] != UInt8(ascii: "\\") else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "%"): return scanComment(at: start, isSingleLine)
    case UInt8(ascii: "="): return scanHighlight(at: start)
    case UInt8(ascii: "^"): return scanBlockName(at: start)
    default:
      return scanComment(at: start, isSingleLine) ?? scanChange(at: start) ?? scanAttributes(at: start, isSingleLine)
        ?? scanTemplate(at: start)
    }
  }

  // MARK: Comments

  /// Hides a comment: what its author does not show is not published.
  private mutating func scanComment(at start: Int, _ isSingleLine: Bool) -> Int? {
    guard let found = foreignComments.comment(at: start, in: bytes, range) else { return nil }
    let isAtBeginning = start == indentation().end
    let isOneLine = found.end <= lineEnd
    guard isOneLine || !isSingleLine && (isAtBeginning || !foreignComments.holdsBlankLine(start..<found.end, in: bytes))
    else {
      return nil
    }
    hidden.append(SourceRange(start, found.end))
    let inner = bytes[found.inner]
    let text = String(decoding: inner, as: UTF8.self)
    let isFree = isAtBeginning && lastLine.count == 0 || isOneLine
    remarks.append(
      .foreignComment(
        SourceRange(start, found.end), sign: SourceRange(start, start + found.sign.utf8.count),
        replacement: isFree && !CommentEnds.isText(inner) && !found.isOpen ? "<!--\(text)-->" : nil))
    if !isOneLine { lineEnd = endOfLine(from: found.end) }
    edits.append(MarkdownSource.Edit(range: start..<found.end, text: CommentEnds.empty))
    return found.end
  }

  // MARK: Spans

  /// `==important==` of Obsidian and others.
  private mutating func scanHighlight(at start: Int) -> Int? {
    guard let inner = span(at: start, UInt8(ascii: "="), UInt8(ascii: "=")) else { return nil }
    return wrap(inner, in: "mark")
  }

  /// `{+added+}`, `[-removed-]` of GitLab.
  mutating func scanChange(at start: Int) -> Int? {
    let closing = bytes[start] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
    guard let sign = byte(at: start + 1), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let inner = span(at: start, sign, closing)
    else { return nil }
    return wrap(inner, in: sign == UInt8(ascii: "+") ? "ins" : "del")
  }

  /// The text between the two signs at an offset and two that close it in the same line.
  private func span(at start: Int, _ sign: UInt8, _ last: UInt8) -> Range<Int>? {
    func isWord(_ byte: UInt8?) -> Bool { byte.map { $0.isASCIIAlphanumeric || $0 >= 0x80 || $0 == sign } ?? false }
    guard byte(at: start + 1) == sign, !isWord(start > range.lowerBound ? bytes[start - 1] : nil),
      start == range.lowerBound || !"!<>]".utf8.contains(bytes[start - 1]),
      let first = byte(at: start + 2), !isBlank(first), first != sign
    else { return nil }
    var end = start + 3
    while end + 1 < lineEnd, end - start < 1000 {
      if bytes[end] == UInt8(ascii: "`") { return nil }
      if bytes[end] == sign, bytes[end + 1] == last, !isBlank(bytes[end - 1]), !isWord(byte(at: end + 2)) {
        return (start + 2)..<end
      }
      end += 1
    }
    return nil
  }

  private mutating func wrap(_ inner: Range<Int>, in element: String) -> Int {
    let (start, end) = (inner.lowerBound, inner.upperBound)
    edits.append(MarkdownSource.Edit(range: (start - 2)..<start, text: Array("<\(element)>".utf8)))
    edits.append(MarkdownSource.Edit(range: end..<(end + 2), text: Array("</\(element)>".utf8)))
    return start
  }

  /// `^1a2b3c` at the end of a line: the name that Obsidian gives to a block. One that a person chose may be meant as text,
  /// as `^anna` for who said it: it is a place, and is shown.
  private mutating func scanBlockName(at start: Int) -> Int? {
    let name = bytes[(start + 1)..<lineEnd].prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
    let isAlone = indentation().end == start
    guard name.count >= 3, isBlankFrom(name.endIndex), isAlone || isBlank(bytes[start - 1]),
      name.contains(where: \.isASCIILetter)
    else { return nil }
    let isGenerated =
      name.count == 6 && name.allSatisfy { $0.isASCIIDigit || $0.isASCIILowercase }
      && name.contains(where: \.isASCIIDigit)
    var from = start
    while isGenerated, !isAlone, from > at, isBlank(bytes[from - 1]) { from -= 1 }
    let anchor = "<a id=\"^\(String(decoding: name, as: UTF8.self))\"></a>"
    edits.append(MarkdownSource.Edit(range: from..<(isGenerated ? name.endIndex : from), text: Array(anchor.utf8)))
    return name.endIndex
  }

  // MARK: Attributes

  /// `{: .class }`, `{#id}`, `{target="_blank"}` after a link, a picture, code or a heading: what they mean to readers is the id.
  private mutating func scanAttributes(at start: Int, _ isSingleLine: Bool) -> Int? {
    guard let list = AttributeList(bytes[start..<lineEnd]), start > at else { return nil }
    var from = start
    while from > at, isBlank(bytes[from - 1]) { from -= 1 }
    let isTouching = from == start && ")]`*_\">}".utf8.contains(bytes[start - 1])
    let isAtEnd = isSingleLine && isBlankFrom(list.end)
    guard isTouching || isAtEnd || (list.hasColon || !list.anchor.isEmpty) && isBlankFrom(list.end) else { return nil }
    // The size of a picture is meant to change how it looks.
    if isTouching, list.hasSize { return nil }
    edits.append(MarkdownSource.Edit(range: (isTouching ? start : from)..<list.end, text: list.anchor))
    return list.end
  }

  /// Leaves out attributes that are alone in their line, and with them the item `- TOC` above `{:toc}`.
  mutating func leaveOutAttributes() -> Bool {
    let start = indentation().end
    guard byte(at: start) == UInt8(ascii: "{") else { return leaveOutContentsItem(at: start) }
    guard let list = AttributeList(bytes[start..<lineEnd]), isBlankFrom(list.end), !list.hasSize else { return false }
    if leaf == .paragraph, lastLine.count > 0, let lineBreak = bytes[range.lowerBound..<start].lastIndex(of: 0x0A) {
      // A line of its own would loosen a list.
      let from = lineBreak > range.lowerBound && bytes[lineBreak - 1] == UInt8(ascii: "\r") ? lineBreak - 1 : lineBreak
      edits.append(MarkdownSource.Edit(range: from..<list.end, text: list.anchor))
    } else {
      edits.append(
        MarkdownSource.Edit(range: start..<list.end, text: list.anchor.isEmpty ? CommentEnds.empty : list.anchor))
    }
    return true
  }

  /// `- TOC` above `{:toc}`: every page has its contents already.
  private mutating func leaveOutContentsItem(at start: Int) -> Bool {
    guard case .item? = containers.last, lineEnd < range.upperBound else { return false }
    let next = (lineEnd + 1)..<endOfLine(from: lineEnd + 1)
    let below = bytes[next].drop(while: isBlank)
    guard below.starts(with: "{:toc".utf8) || below.starts(with: "{: toc".utf8), let line = startOfLine(of: start)
    else {
      return false
    }
    edits.append(MarkdownSource.Edit(range: line..<next.upperBound, text: CommentEnds.empty))
    lineEnd = next.upperBound
    containers.removeLast()
    leaf = .none
    return true
  }

  /// Where the line of an offset begins after the marks of quotes.
  private func startOfLine(of offset: Int) -> Int? {
    var start = offset
    while start > range.lowerBound, bytes[start - 1] != UInt8(ascii: "\n"), bytes[start - 1] != UInt8(ascii: ">") {
      start -= 1
    }
    return start
  }

  // MARK: Templates

  /// `{% include note.md %}`, `{{< ref "a.md" >}}`: nothing here knows what they mean; a finding says that they are shown as text.
  private mutating func scanTemplate(at start: Int) -> Int? {
    let text = bytes[start..<min(lineEnd, start + 500)]
    let ends: [(String, String)] = [("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}")]
    guard openTemplates != lineEnd, let (sign, end) = ends.first(where: { text.starts(with: $0.0.utf8) }),
      start == range.lowerBound || bytes[start - 1] != UInt8(ascii: "(")
    else { return nil }
    guard let close = text.dropFirst(sign.utf8.count).firstRange(of: Array(end.utf8)) else {
      openTemplates = lineEnd
      return nil
    }
    guard text[..<close.lowerBound].dropFirst(sign.utf8.count).contains(where: \.isASCIILetter) else { return nil }
    let inner = text[..<close.upperBound]
    // What reads like a picture has a finding of its own.
    guard inner.firstRange(of: Array("src".utf8)) == nil else { return nil }
    foreignMarks.append(
      Markdown.ForeignMark(
        text: String(decoding: inner, as: UTF8.self), range: SourceRange(start, close.upperBound)))
    return close.upperBound
  }
}

/// A list of attributes in braces, `{: #id .class key="value" }`.
struct AttributeList {
  var end: Int
  var hasColon: Bool
  /// Whether it sets the size of a picture.
  var hasSize: Bool
  /// The place that its id names, as HTML.
  var anchor: [UInt8] = []

  init?(_ line: ArraySlice<UInt8>) {
    guard line.first == UInt8(ascii: "{"), let close = line.prefix(300).firstIndex(of: UInt8(ascii: "}")),
      let second = line.dropFirst().first,
      second == UInt8(ascii: ":") || "#. ".utf8.contains(second) || second.isASCIILetter
    else { return nil }
    let text = String(decoding: line[..<(close + 1)], as: UTF8.self)
    hasColon = second == UInt8(ascii: ":")
    let words =
      #/\{:?[ \t]*(?:(?:[#.][\p{L}_][\p{L}0-9_:.\/-]*|[A-Za-z][A-Za-z0-9_-]*=(?:"[^"]*"|'[^']*'|[^\s"'}]+))[ \t]*)+\}/#
    let bare = #/\{:[ \t]*[A-Za-z][\p{L}0-9_ .#-]*\}|\{::(?:options|nomarkdown)[^}]*\}|\{:\/(?:nomarkdown)?\}/#
    guard text.wholeMatch(of: words) != nil || hasColon && text.wholeMatch(of: bare) != nil else { return nil }
    end = close + 1
    hasSize = text.contains(/[\s:{](width|height)\s*=/)
    if let id = text.firstMatch(of: /[\s:{]#([\p{L}_][\p{L}0-9_:.-]*)/) {
      anchor = Array("<a id=\"\(id.1)\"></a>".utf8)
    }
  }
}

/// The comments of programs other than browsers: where they begin and end.
struct ForeignComments {
  struct Found {
    var end: Int
    var inner: Range<Int>
    var sign: String
    /// Whether nothing ends it.
    var isOpen = false
  }

  private static let forms: [(begin: String, ends: [String])] = [
    ("%%", ["%%"]), ("{::comment}", ["{:/comment}", "{:/}"]), ("{% comment %}", ["{% endcomment %}"]),
    ("{%- comment -%}", ["{%- endcomment -%}"]), ("{/*", ["*/}"]), ("{{/*", ["*/}}"]), ("{{!--", ["--}}"]),
    ("{# ", [" #}"]), ("{{< comment >}}", ["{{< /comment >}}"]), ("{{% comment %}}", ["{{% /comment %}}"]),
  ]

  /// For each form the end that was looked for last: from where on, and where it is; `nil` where nothing ends it. Many that begin
  /// before the same end look for it once.
  private var ends: [String: (from: Int, found: Range<Int>?)] = [:]
  /// The same for blank lines.
  private var blankLine = (from: Int.max, end: 0)

  /// The comment that begins at an offset.
  mutating func comment(at start: Int, in bytes: [UInt8], _ range: Range<Int>) -> Found? {
    let rest = bytes[start..<range.upperBound]
    for (begin, ends) in ForeignComments.forms where rest.starts(with: begin.utf8) {
      if begin == "%%" { return percentComment(at: start, in: bytes, range) }
      let first = start + begin.utf8.count
      let found = end(of: begin, from: first) {
        ends.compactMap { bytes[first..<range.upperBound].firstRange(of: Array($0.utf8)) }
          .min { $0.lowerBound < $1.lowerBound }
      }
      guard let found else { continue }
      return Found(end: found.upperBound, inner: first..<found.lowerBound, sign: begin)
    }
    return nil
  }

  /// `%%...%%` of Obsidian; a line `%%` hides all that follows it where nothing ends it. What touches a word is none: `100%%`, `%%i`.
  private mutating func percentComment(at start: Int, in bytes: [UInt8], _ range: Range<Int>) -> Found? {
    func isWord(_ index: Int) -> Bool {
      range.contains(index)
        && (bytes[index].isASCIIAlphanumeric || bytes[index] >= 0x80 || bytes[index] == UInt8(ascii: "%"))
    }
    guard !isWord(start - 1), start + 2 < range.upperBound, bytes[start + 2] != UInt8(ascii: "%") else { return nil }
    let first = start + 2
    let found = end(of: "%%", from: first + 1) {
      (first + 1..<max(first + 1, range.upperBound - 1)).first { end in
        bytes[end] == UInt8(ascii: "%") && bytes[end + 1] == UInt8(ascii: "%") && !isWord(end + 2)
          && bytes[end - 1] != UInt8(ascii: "%")
      }.map { $0..<($0 + 2) }
    }
    if let found { return Found(end: found.upperBound, inner: first..<found.lowerBound, sign: "%%") }
    let isLine =
      (start == range.lowerBound || bytes[start - 1] == UInt8(ascii: "\n"))
      && (bytes[start + 2] == UInt8(ascii: "\n") || bytes[start + 2] == UInt8(ascii: "\r"))
    guard isLine else { return nil }
    return Found(end: range.upperBound, inner: first..<range.upperBound, sign: "%%", isOpen: true)
  }

  /// Returns the end of a form at or after an offset, from what is known or by looking.
  private mutating func end(of form: String, from first: Int, look: () -> Range<Int>?) -> Range<Int>? {
    if let known = ends[form], known.from <= first, known.found.map({ first <= $0.lowerBound }) ?? true {
      return known.found
    }
    let found = look()
    ends[form] = (first, found)
    return found
  }

  /// Whether a range that begins in a line of text holds a blank line.
  mutating func holdsBlankLine(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    if range.lowerBound < blankLine.from || range.lowerBound > blankLine.end {
      blankLine = (range.lowerBound, CommentEnds.blankLine(in: bytes[range.lowerBound...]) ?? bytes.count)
    }
    return blankLine.end < range.upperBound
  }
}

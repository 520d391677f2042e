import KBSource

/// Comments, `<!-- ... -->`: what their author hides is hidden, over several lines, too.
///
/// GitHub hides a comment within a paragraph up to its next empty line only. Beyond that the text is shown with its signs,
/// which nobody means: here it is hidden, and a remark says so.
extension BlockScanner {
  /// Hides the comments of a line of raw HTML.
  mutating func scanRaw() {
    var index = at
    while index < lineEnd {
      guard comments.begins(at: index, in: bytes) else {
        index += 1
        continue
      }
      index = hideComment(at: index, isRaw: true) ?? lineEnd
    }
  }

  /// Hides the comments of a line of text. `isSingleLine`: whether its block ends with the line, as a heading does.
  mutating func scanInline(isSingleLine: Bool) {
    var index = max(at, codeEnd)
    // The bytes stay the same whatever is found among them.
    let (bytes, end) = (self.bytes, range.upperBound)
    let span = bytes.span
    while index < lineEnd {
      switch span[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "`"):
        let length = run(of: UInt8(ascii: "`"), from: index)
        let limit = isSingleLine ? lineEnd : nil
        if let end = codeRuns.end(ofCodeFrom: index, length, in: bytes, to: limit ?? end, limit != nil) {
          codeEnd = end
          index = end
        } else {
          index += length
        }
      case UInt8(ascii: "<") where comments.begins(at: index, in: bytes):
        index = hideComment(at: index, isRaw: false) ?? index + 1
      case UInt8(ascii: "<") where isFalseAddress(at: index):
        edits.append(MarkdownSource.Edit(range: index..<index, text: [UInt8(ascii: "\\")]))
        index += 1
      case UInt8(ascii: "["), UInt8(ascii: "!"):
        index = scanWikiLink(at: index) ?? scanReference(at: index) ?? scanChange(at: index) ?? index + 1
      case UInt8(ascii: ":"), UInt8(ascii: "w"): index = scanAddress(at: index) ?? index + 1
      case UInt8(ascii: "%"), UInt8(ascii: "{"), UInt8(ascii: "="), UInt8(ascii: "^"):
        index = scanForeign(at: index, isSingleLine: isSingleLine) ?? index + 1
      default: index += 1
      }
    }
  }

  /// Whether md4c takes text in angle brackets for an address, as `</o:p>`: for it a scheme may begin with any character, and not
  /// only with a letter (CommonMark 0.29, "Autolinks").
  private func isFalseAddress(at start: Int) -> Bool {
    // After a parenthesis it may be the destination of a link, `[x](</a:b>)`.
    guard start + 2 < lineEnd, start == range.lowerBound || bytes[start - 1] != UInt8(ascii: "("),
      !bytes[start + 1].isASCIILetter, !"!?".utf8.contains(bytes[start + 1])
    else {
      return false
    }
    let scheme = bytes[(start + 2)..<lineEnd].prefix(40).prefix { $0.isASCIIAlphanumeric || "+-.".utf8.contains($0) }
    return byte(at: scheme.endIndex) == UInt8(ascii: ":")
  }

  /// Whether a block of HTML is open that an empty line ends, whatever it holds.
  private var leafEndsAtBlankLine: Bool { if case .html(let start) = leaf { start.endsAtBlankLine } else { false } }

  /// Leaves a comment out, and continues the line after it; `nil` where it is none, since nothing ends it.
  private mutating func hideComment(at start: Int, isRaw: Bool) -> Int? {
    guard let end = comments.end(from: start, in: bytes) else {
      // In a block of HTML it goes on to the end of the text, in a browser, too.
      guard isRaw else { return nil }
      remarks.append(.openComment(SourceRange(start, start + 4)))
      hidden.append(SourceRange(start, range.upperBound))
      edits.append(MarkdownSource.Edit(range: start..<range.upperBound, text: CommentEnds.empty))
      lineEnd = range.upperBound
      return range.upperBound
    }
    hidden.append(SourceRange(start, end))
    let inner = bytes[start..<end]
    if !isRaw, CommentEnds.isText(inner.dropFirst(4).dropLast(inner.count < 7 ? 1 : 3)) || inner.count < 7 {
      remarks.append(.dashedComment(SourceRange(start, start + 4)))
    }
    if end > lineEnd {
      if !isRaw || leafEndsAtBlankLine, CommentEnds.blankLine(in: inner) != nil {
        note(.tornComment(SourceRange(start, start + 4)), at: start)
      } else if !isRaw, holdsBlock(start..<end) {
        note(.overlongComment(SourceRange(start, start + 4)), at: start)
      }
      lineEnd = endOfLine(from: end)
    } else if inner.count >= 7, !CommentEnds.isText(inner.dropFirst(4).dropLast(3)) {
      // md4c reads it as it stands.
      return end
    }
    edits.append(MarkdownSource.Edit(range: start..<end, text: CommentEnds.empty))
    return end
  }
}

extension BlockScanner {
  /// Notes a comment that began in a heading or a row, and goes on in the lines below. `text`: that line.
  mutating func noteComment(beyond text: Range<Int>) {
    guard lineEnd > text.upperBound, let hidden = bytes[text].lastRange(of: CommentEnds.sign) else { return }
    let place = SourceRange(hidden, hidden + 4)
    guard !remarks.suffix(2).contains(.tornComment(place)), !remarks.suffix(2).contains(.overlongComment(place)) else {
      return
    }
    note(.overlongComment(place), at: hidden)
  }

  /// Notes what is wrong with a comment; its hyphens are not what is wrong then.
  private mutating func note(_ remark: Markdown.Remark, at start: Int) {
    if remarks.last == .dashedComment(SourceRange(start, start + 4)) { remarks.removeLast() }
    remarks.append(remark)
  }

  /// Whether a line within a comment begins a block that ends the paragraph before it.
  private func holdsBlock(_ comment: Range<Int>) -> Bool {
    var next = comment.lowerBound
    while let lineBreak = bytes[next..<comment.upperBound].firstIndex(of: UInt8(ascii: "\n")) {
      next = lineBreak + 1
      if beginsBlock(bytes[next..<min(endOfLine(from: next), comment.upperBound - 3)]) { return true }
    }
    return false
  }

  /// Whether a line, up to the end of a comment, begins a list, a heading, code or a quote.
  private func beginsBlock(_ line: ArraySlice<UInt8>) -> Bool {
    let blanks = line.prefix(while: isBlank)
    var indent = 3
    var isInItem = false
    var isInQuote = false
    for container in containers {
      switch container {
      case .item(let columns, _): (indent, isInItem) = (indent + columns, true)
      case .quote: isInQuote = true
      case .footnote, .box(.indented, _): indent += 4
      case .box: break
      }
    }
    let text = line[blanks.endIndex...]
    guard blanks.count <= indent, !blanks.contains(UInt8(ascii: "\t")), let first = text.first else { return false }
    let run = text.prefix { $0 == first }
    let isFollowedByBlank = text.dropFirst(run.count).first.map(isBlank) ?? false
    let rest = text[run.endIndex...].drop(while: isBlank)
    switch first {
    case UInt8(ascii: ">"): return !isInQuote || beginsBlock(text.dropFirst())
    case UInt8(ascii: "#"): return run.count <= 6 && isFollowedByBlank
    case UInt8(ascii: "`"), UInt8(ascii: "~"): return run.count >= 3
    case UInt8(ascii: "="): return rest.isEmpty
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
      return run.count == 1 && isFollowedByBlank && !rest.isEmpty || first == UInt8(ascii: "-") && rest.isEmpty
        || first == UInt8(ascii: "*") && run.count >= 3 && rest.isEmpty
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = text.prefix(while: \.isASCIIDigit)
      let mark = text[digits.endIndex...]
      return digits.count < 10 && (isInItem || digits.elementsEqual([UInt8(ascii: "1")]))
        && mark.first.map { ".)".utf8.contains($0) } == true && mark.dropFirst().first.map(isBlank) == true
    default: return false
    }
  }
}

/// Where comments end: each byte of the text is looked at once, however many comments begin.
struct CommentEnds {
  static let empty = Array("<!---->".utf8)
  static let sign = Array("<!--".utf8)
  private static let closing = Array("-->".utf8)

  private let limit: Int
  /// The next `-->` at or after the last place that was asked for; `limit` when there is none.
  private var next = -1

  init(end: Int) { limit = end }

  /// Whether a comment may begin somewhere in a text.
  static func mayBegin(in text: ArraySlice<UInt8>) -> Bool {
    var index = text.startIndex
    while index + 4 <= text.endIndex {
      if text[index] == sign[0], text[index...].starts(with: sign) { return true }
      index += 1
    }
    return false
  }

  func begins(at index: Int, in bytes: [UInt8]) -> Bool {
    index + 4 <= limit && bytes[index] == CommentEnds.sign[0] && bytes[index...].starts(with: CommentEnds.sign)
  }

  /// The offset after the `-->` of the comment that begins at `start`; `<!-->` is a comment, too (HTML, "Comments").
  mutating func end(from start: Int, in bytes: [UInt8]) -> Int? {
    var index = max(next, start + 2)
    while index + 3 <= limit, !bytes[index...].starts(with: CommentEnds.closing) { index += 1 }
    next = index + 3 <= limit ? index : limit
    return next < limit ? next + 3 : nil
  }

  /// Whether GitHub takes what is within the signs for text (CommonMark 0.29, "Raw HTML").
  static func isText(_ inner: ArraySlice<UInt8>) -> Bool {
    inner.first == UInt8(ascii: ">") || inner.starts(with: "->".utf8) || inner.last == UInt8(ascii: "-")
      || inner.holds([UInt8(ascii: "-"), UInt8(ascii: "-")])
  }

  /// The offset of the end of the first blank line; `nil` where there is none.
  static func blankLine(in text: ArraySlice<UInt8>) -> Int? {
    var isBlank = false
    for (offset, byte) in zip(text.indices, text) {
      if byte == UInt8(ascii: "\n") {
        if isBlank { return offset }
        isBlank = true
      } else if !" \t\r>".utf8.contains(byte) {
        isBlank = false
      }
    }
    return nil
  }
}

/// The runs of backticks in a paragraph, found once: code ends at the next run of the same length.
struct CodeRuns {
  /// Where each run begins, and where it ends.
  private var runs: [Range<Int>] = []
  /// The number of the first run that may still be asked for.
  private var next = 0
  /// Lengths that none of the runs to come has: each is looked for to the end but once.
  private var missing: Set<Int> = []
  private var known = 0..<0

  /// The offset after the code that begins at `start` with a run of a length; `nil` where nothing ends it.
  mutating func end(ofCodeFrom start: Int, _ length: Int, in bytes: [UInt8], to limit: Int, _ isLine: Bool) -> Int? {
    if !known.contains(start) { find(in: bytes, from: start, to: limit, isLine) }
    while next < runs.count, runs[next].lowerBound <= start { next += 1 }
    if missing.contains(length) { return nil }
    if let end = runs[next...].first(where: { $0.count == length })?.upperBound { return end }
    missing.insert(length)
    return nil
  }

  private mutating func find(in bytes: [UInt8], from start: Int, to limit: Int, _ isLine: Bool) {
    runs.removeAll(keepingCapacity: true)
    (next, missing) = (0, [])
    var index = start
    while index < limit {
      if bytes[index] == UInt8(ascii: "`") {
        let first = index
        while index < limit, bytes[index] == UInt8(ascii: "`") { index += 1 }
        runs.append(first..<index)
      } else if bytes[index] == UInt8(ascii: "\n"), !isLine, CodeRuns.endsParagraph(bytes, at: index + 1, limit) {
        break
      } else {
        index += 1
      }
    }
    known = start..<index
  }

  /// Whether the line at an offset is empty, or begins another block.
  private static func endsParagraph(_ bytes: [UInt8], at start: Int, _ limit: Int) -> Bool {
    var index = start
    while index < limit, " \t\r>".utf8.contains(bytes[index]) { index += 1 }
    guard index < limit, bytes[index] != UInt8(ascii: "\n") else { return true }
    let first = bytes[index]
    if "-+*#".utf8.contains(first) {
      return index + 1 < limit && (" \t".utf8.contains(bytes[index + 1]) || bytes[index + 1] == first)
    }
    if first.isASCIIDigit {
      while index < limit, bytes[index].isASCIIDigit { index += 1 }
      return index + 1 < limit && ".)".utf8.contains(bytes[index]) && " \t".utf8.contains(bytes[index + 1])
    }
    return first == UInt8(ascii: "`") && bytes[index..<min(index + 3, limit)].allSatisfy { $0 == first }
  }
}

extension ArraySlice<UInt8> {
  /// The offset of the last place where some bytes are side by side.
  func lastRange(of wanted: [UInt8]) -> Int? {
    guard count >= wanted.count else { return nil }
    return indices.dropLast(wanted.count - 1).last { self[$0...].starts(with: wanted) }
  }
}

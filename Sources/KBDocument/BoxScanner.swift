import KBSource
import KBYAML

/// Boxes as MkDocs, Docusaurus, VitePress, Azure DevOps, GitBook, Hugo and others write them: md4c reads the quotes that GitHub
/// has for them, `> [!note] Title`.
extension BlockScanner {
  /// What a line does with the box that is open.
  enum BoxMatch { case goesOn, ends, closes }

  /// Puts the mark of a quote before the line of a box, or takes the line away that ends it.
  mutating func matchBox(_ form: BoxOpening.Form, isPlain: Bool, _ number: Int) -> BoxMatch {
    let indent = indentation()
    let start = at
    if indent.end >= lineEnd {
      if !isPlain { quoteBlank(number) }
      return .goesOn
    }
    switch form {
    case .indented:
      guard indent.columns >= 4 else { return .ends }
      skip(columns: 4)
    case .fenced, .named:
      guard !isInCode, endsBox(form, indent.end..<lineEnd) else { break }
      edits.append(MarkdownSource.Edit(range: indent.end..<lineEnd, text: []))
      at = lineEnd
      close(to: number)
      return .closes
    }
    quote(from: start, isPlain: isPlain)
    return .goesOn
  }

  /// Whether code is open, in which no box ends.
  private var isInCode: Bool { if case .fence = leaf { true } else { false } }

  /// Puts the mark of a quote where the blanks begin that belong to the box; a tab would reach less far after it.
  private mutating func quote(from start: Int, isPlain: Bool) {
    guard !isPlain else { return }
    let rest = indentation()
    guard bytes[start..<rest.end].contains(UInt8(ascii: "\t")) else {
      return edits.append(MarkdownSource.Edit(range: start..<at, text: Array("> ".utf8)))
    }
    let text = Array("> ".utf8) + Array(repeating: UInt8(ascii: " "), count: rest.columns)
    // The box in a box: the blanks of the outer one have been written anew already.
    if let last = edits.last, last.range.upperBound == rest.end, last.range.lowerBound <= start, !last.range.isEmpty {
      edits[edits.count - 1].text =
        last.text.prefix { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: " ") }.dropLast(
          last.text.reversed().prefix { $0 == UInt8(ascii: " ") }.count - 1) + text
    } else {
      edits.append(MarkdownSource.Edit(range: start..<rest.end, text: text))
    }
  }

  /// Puts the mark of a quote into an empty line, at the column where the items around it have it.
  private mutating func quoteBlank(_ number: Int) {
    var end = lineEnd
    while end > range.lowerBound, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    var start = end
    while start > range.lowerBound, bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: "\t") {
      start -= 1
    }
    var padding = 0
    for container in containers[..<number].reversed() {
      guard case .item(let indent, _) = container else {
        if case .footnote = container { padding += 4 } else { padding += 1 }
        break
      }
      padding += indent
    }
    let text = Array(repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: ">")]
    if let last = edits.last, last.range == start..<end, last.text.last == UInt8(ascii: ">") {
      edits[edits.count - 1].text += text
    } else {
      edits.append(MarkdownSource.Edit(range: start..<end, text: text))
    }
  }

  private func endsBox(_ form: BoxOpening.Form, _ line: Range<Int>) -> Bool {
    switch form {
    case .indented: return false
    case .fenced(let sign, let count):
      let run = bytes[line].prefix { $0 == sign }.count
      return run >= count && bytes[line].dropFirst(run).allSatisfy(isBlank)
    case .named(let end):
      return bytes[line.lowerBound] == UInt8(ascii: "{") && bytes[line].filter { !isBlank($0) }.elementsEqual(end.utf8)
    }
  }

  /// Ends the boxes that do not go on in a line of text, and what is in them.
  mutating func endBoxes(_ matched: inout Int) {
    guard matched < containers.count, !isBlankFrom(at),
      containers[matched...].contains(where: { if case .box = $0 { true } else { false } })
    else { return }
    // md4c would take the line for one that goes on lazily.
    insertLine([], in: matched, closing: matched)
    close(to: matched)
  }

  /// Opens the box that a line begins.
  mutating func openBox(at here: Int, _ matched: Int) -> Bool {
    let sign = bytes[here]
    guard "!?=:{".utf8.contains(sign), sign == UInt8(ascii: "{") || run(of: sign, from: here) >= 3 else {
      return false
    }
    var end = lineEnd
    while end > here, isBlank(bytes[end - 1]) { end -= 1 }
    if openDiagram(here..<end, matched) { return true }
    guard let opening = BoxOpening(bytes[here..<end]), isMeant(opening, here..<end) else { return false }
    endTable(matched)
    close(to: matched)
    leaf = .none
    containers.append(.box(opening.form, isPlain: opening.sign == nil))
    guard let sign = opening.sign else {
      edits.append(MarkdownSource.Edit(range: here..<end, text: []))
      return true
    }
    let blankLine = [0x0A] + marks(of: containers.count)
    let begin = Array("> \(sign)".utf8)
    guard let title = opening.title else {
      edits.append(MarkdownSource.Edit(range: here..<end, text: begin + blankLine))
      return true
    }
    edits.append(MarkdownSource.Edit(range: here..<title.lowerBound, text: begin + [UInt8(ascii: " ")]))
    edits.append(MarkdownSource.Edit(range: title.upperBound..<end, text: []))
    edits.append(MarkdownSource.Edit(range: end..<end, text: blankLine))
    return true
  }

  /// `::: mermaid` of Azure DevOps: code up to `:::`.
  private mutating func openDiagram(_ line: Range<Int>, _ matched: Int) -> Bool {
    let colons = run(of: UInt8(ascii: ":"), from: line.lowerBound)
    guard colons >= 3, bytes[line].dropFirst(colons).filter({ !isBlank($0) }).elementsEqual("mermaid".utf8),
      let close = boxEnd(.fenced(UInt8(ascii: ":"), colons), after: line.upperBound)
    else { return false }
    endTable(matched)
    self.close(to: matched)
    let fence = Array(repeating: UInt8(ascii: "`"), count: colons)
    edits.append(MarkdownSource.Edit(range: line.lowerBound..<line.lowerBound + colons, text: fence))
    edits.append(MarkdownSource.Edit(range: close, text: fence))
    leaf = .fence(character: UInt8(ascii: ":"), length: colons)
    return true
  }

  /// Whether a box follows: lines that are indented, or the line that ends it.
  private mutating func isMeant(_ opening: BoxOpening, _ line: Range<Int>) -> Bool {
    guard opening.form == .indented else { return boxEnd(opening.form, after: line.upperBound) != nil }
    var start = endOfLine(from: line.upperBound) + 1
    while start < range.upperBound {
      let end = endOfLine(from: start)
      if !bytes[start..<end].allSatisfy(isBlank) {
        let marks = bytes[start..<end].prefix { isBlank($0) || $0 == UInt8(ascii: ">") }
        return marks.suffix(4).allSatisfy { $0 == UInt8(ascii: " ") } && marks.count >= 4
          || marks.contains(UInt8(ascii: "\t"))
      }
      start = end + 1
    }
    return false
  }

  /// The place of the line that ends a box which begins before an offset.
  private mutating func boxEnd(_ form: BoxOpening.Form, after offset: Int) -> Range<Int>? {
    let key = "\(form)"
    if let missing = missingBoxEnds[key], offset >= missing { return nil }
    var start = endOfLine(from: offset) + 1
    while start < range.upperBound {
      let end = endOfLine(from: start)
      var first = start
      while first < end, isBlank(bytes[first]) || bytes[first] == UInt8(ascii: ">") { first += 1 }
      if first < end, endsBox(form, first..<end) { return first..<end }
      start = end + 1
    }
    missingBoxEnds[key] = min(missingBoxEnds[key] ?? offset, offset)
    return nil
  }
}

import KBSource

/// Wiki links as other programs write them: with `\|` in a table, with an address, as a picture, as a table of contents.
extension BlockScanner {
  /// Brings the wiki link at an offset into md4c's form, and returns the offset after it; `nil` where there is none.
  mutating func scanWikiLink(at start: Int) -> Int? {
    let isEmbed = bytes[start] == UInt8(ascii: "!")
    let opening = isEmbed ? start + 1 : start
    guard let end = wikiLinkEnd(from: opening, to: lineEnd) else { return nil }
    let inner = (opening + 2)..<(end - 2)
    if isContents(inner) {
      noteSubpages(start..<end, inner)
      var next = end
      while next < lineEnd, bytes[next] == UInt8(ascii: " ") || bytes[next] == UInt8(ascii: "\t") { next += 1 }
      // Text after it would be part of the comment's block.
      let isAlone = next == lineEnd
      edits.append(MarkdownSource.Edit(range: start..<(isAlone ? end : next), text: isAlone ? CommentEnds.empty : []))
      return isAlone ? end : next
    }
    if isCondition(inner) {
      // A condition of a shell, which is text: [[ -f file ]].
      edits.append(MarkdownSource.Edit(range: (opening + 1)..<(opening + 1), text: [UInt8(ascii: "\\")]))
      return end
    }
    if byte(at: end) == UInt8(ascii: "(") {
      // An ordinary link whose text is in brackets: [[Text]](address).
      for bracket in [opening + 1, end - 2] {
        edits.append(MarkdownSource.Edit(range: bracket..<bracket, text: [UInt8(ascii: "\\")]))
      }
      return end
    }
    if isEmbed {
      edits.append(MarkdownSource.Edit(range: start..<opening, text: []))
      embeds.insert(inner.lowerBound)
    }
    let bar = bytes[inner].firstIndex(of: UInt8(ascii: "|"))
    if let bar, bar > inner.lowerBound, bytes[bar - 1] == UInt8(ascii: "\\") {
      edits.append(MarkdownSource.Edit(range: (bar - 1)..<bar, text: []))
    }
    // An address in brackets, which may be longer than md4c's wiki links.
    let address = withoutBlanks(inner)
    if bar == nil, isWebAddress(address), !isEmbed {
      edits.append(MarkdownSource.Edit(range: opening..<address.lowerBound, text: [UInt8(ascii: "<")]))
      edits.append(MarkdownSource.Edit(range: address.upperBound..<end, text: [UInt8(ascii: ">")]))
    }
    return end
  }

  /// The offset after the `]]` of the wiki link at an offset.
  func wikiLinkEnd(from start: Int, to limit: Int) -> Int? {
    guard start + 4 < limit, bytes[start] == UInt8(ascii: "["), bytes[start + 1] == UInt8(ascii: "[") else {
      return nil
    }
    var index = start + 2
    while index + 1 < limit, bytes[index] != UInt8(ascii: "]") {
      if bytes[index] == UInt8(ascii: "[") { return nil }
      index += 1
    }
    guard index > start + 2, index + 1 < limit, bytes[index + 1] == UInt8(ascii: "]") else { return nil }
    return index + 2
  }

  private func isCondition(_ inner: Range<Int>) -> Bool {
    guard isBlank(bytes[inner.lowerBound]), isBlank(bytes[inner.upperBound - 1]) else { return false }
    return bytes[inner].first { !isBlank($0) }.map { "-!$\"'(".utf8.contains($0) } ?? false
  }

  private func isContents(_ inner: Range<Int>) -> Bool {
    let name = bytes[inner].prefix(40).prefix { $0 != UInt8(ascii: "|") }
    guard name.contains(UInt8(ascii: "_")) else { return false }
    return ["_toc_", "__toc__", "_tosp_"].contains(String(decoding: name, as: UTF8.self).trimmingBlanks().lowercased())
  }

  /// `[[_TOSP_]]` of Azure DevOps stands for the list of the pages below: no page has that here.
  private mutating func noteSubpages(_ whole: Range<Int>, _ inner: Range<Int>) {
    guard String(decoding: bytes[inner], as: UTF8.self).trimmingBlanks().lowercased() == "_tosp_" else { return }
    foreignMarks.append(
      Markdown.ForeignMark(
        text: String(decoding: bytes[whole], as: UTF8.self), range: SourceRange(whole.lowerBound, whole.upperBound),
        isHidden: true))
  }

  private func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
    guard let first = bytes[range].firstIndex(where: { !isBlank($0) }),
      let last = bytes[range].lastIndex(where: { !isBlank($0) })
    else { return range }
    return first..<(last + 1)
  }

  private func isWebAddress(_ range: Range<Int>) -> Bool {
    let text = bytes[range]
    guard !text.contains(where: { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") })
    else { return false }
    return text.starts(with: "https://".utf8) || text.starts(with: "http://".utf8)
  }

  /// Leaves out the mark `[[_TOC_]]` or `[TOC]` that is alone in its line: every page has its contents already.
  mutating func leaveOutContents() -> Bool {
    let start = indentation().end
    guard byte(at: start) == UInt8(ascii: "[") else { return false }
    var end = lineEnd
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    guard end - start <= 40, bytes[end - 1] == UInt8(ascii: "]") else { return false }
    let isDouble = bytes[start..<end].starts(with: "[[".utf8) && bytes[start..<end].suffix(2).elementsEqual("]]".utf8)
    let inner = bytes[start..<end].dropFirst(isDouble ? 2 : 1).dropLast(isDouble ? 2 : 1)
    let name = String(decoding: inner.prefix { $0 != UInt8(ascii: "|") }, as: UTF8.self).trimmingBlanks().lowercased()
    guard isDouble ? ["_toc_", "__toc__", "_tosp_", "toc"].contains(name) : name == "toc" else { return false }
    if isDouble { noteSubpages(start..<end, (start + 2)..<(end - 2)) }
    edits.append(MarkdownSource.Edit(range: start..<end, text: CommentEnds.empty))
    leaf = .none
    return true
  }
}

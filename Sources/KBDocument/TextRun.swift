import KBSource

/// Text of one line without marks of Markdown, with what GitHub makes of it and md4c does not: addresses, names of emoji,
/// references to footnotes.
struct TextRun {
  /// A part of the text, by offsets in what md4c reads.
  struct Part {
    enum Kind {
      case text
      case emoji(String)
      /// An address, and where it leads.
      case address(String)
      case footnote(String)
    }

    var kind: Kind
    var range: Range<Int>
  }

  /// The text, as the file has it.
  private(set) var source: [UInt8]
  /// The offset in the file of the first byte.
  private let start: Int
  /// The indices before which the file has a backslash that is not shown.
  private var gaps: [Int] = []
  /// Where the text ended the last time that it ended with an address.
  private var address: Int?
  /// Whether a backslash is before the text.
  let isFirstEscaped: Bool

  private var range: Range<Int> { source.indices }

  init(_ text: ArraySlice<UInt8>, isEscaped: Bool, at place: Int) {
    source = Array(text)
    start = place
    isFirstEscaped = isEscaped
  }

  /// Adds what comes next in the file; false where something is in between.
  mutating func extend(by next: ArraySlice<UInt8>, at place: Int) -> Bool {
    guard place == start + source.count + gaps.count else { return false }
    source += next
    return true
  }

  /// Adds what comes after a backslash in an address, where editors write one before each underscore, and paths of Windows begin so.
  mutating func extend(byEscaped next: ArraySlice<UInt8>, at place: Int) -> Bool {
    guard place == start + source.count + gaps.count + 1, isInParentheses || isInAddress() else { return false }
    gaps.append(source.count)
    source += next
    return true
  }

  /// Whether the text ends with an address that may go on.
  private mutating func isInAddress() -> Bool {
    func goesOn(_ byte: UInt8) -> Bool { byte > UInt8(ascii: " ") && byte != UInt8(ascii: "<") }
    if let address, source[address...].allSatisfy(goesOn) {
      self.address = source.count
      return true
    }
    let word = source.suffix(2000).reversed().prefix(while: goesOn)
    let isInAddress = zip(word.dropFirst(), word.dropFirst(2)).contains {
      $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: ":")
    }
    address = isInAddress ? source.count : nil
    return isInAddress
  }

  /// Whether the text ends between the parentheses of what is meant as a link, `[x](a`.
  private var isInParentheses: Bool {
    let text = source.suffix(TextRun.longest)
    guard let open = text.lastIndex(of: UInt8(ascii: "(")), open > text.startIndex else { return false }
    return text[open - 1] == UInt8(ascii: "]") && !text[open...].contains(UInt8(ascii: ")"))
  }

  /// Whether the file has a part as it is.
  func isWhole(_ part: Range<Int>) -> Bool { !gaps.contains { part.lowerBound < $0 && $0 < part.upperBound } }

  func place(of part: Range<Int>) -> SourceRange {
    let lower = part.lowerBound + gaps.count { $0 <= part.lowerBound }
    return SourceRange(start + lower, start + part.upperBound + gaps.count { $0 < part.upperBound })
  }

  /// Whether a character means itself, since a backslash is before it.
  func isEscaped(_ index: Int) -> Bool {
    guard index > 0 else { return isFirstEscaped }
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle] < index { low = middle + 1 } else { high = middle }
    }
    return low < gaps.count && gaps[low] == index
  }

  /// The parts in order. `isInLink`: whether the text leads somewhere already.
  func parts(isInLink: Bool) -> [Part] {
    var parts: [Part] = []
    var written = range.lowerBound
    var index = range.lowerBound
    func found(_ kind: Part.Kind, _ part: Range<Int>) {
      if written < part.lowerBound { parts.append(Part(kind: .text, range: written..<part.lowerBound)) }
      parts.append(Part(kind: kind, range: part))
      written = part.upperBound
      index = part.upperBound
    }
    let bytes = source.span
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: ":"):
        if let emoji = emoji(at: index, isAfterEmoji: index > range.lowerBound && written == index) {
          found(.emoji(emoji.character), emoji.range)
          continue
        }
        if !isInLink, let address = BareAddress(in: source, range, colon: index), address.range.lowerBound >= written {
          found(.address(address.destination), address.range)
          continue
        }
      case UInt8(ascii: "@"):
        if !isInLink,
          let address = BareAddress(in: source, max(written, range.lowerBound)..<range.upperBound, at: index)
        {
          found(.address(address.destination), address.range)
          continue
        }
      case UInt8(ascii: "w"):
        if !isInLink, let address = BareAddress(in: source, range, www: index) {
          found(.address(address.destination), address.range)
          continue
        }
      case UInt8(ascii: "["):
        if let note = footnote(at: index) {
          found(.footnote(note.name), note.range)
          continue
        }
      default: break
      }
      index += 1
    }
    if written < range.upperBound { parts.append(Part(kind: .text, range: written..<range.upperBound)) }
    return parts
  }

  /// The emoji whose name is at an offset, as `:warning:`. `isAfterEmoji`: whether another one ends there.
  private func emoji(at start: Int, isAfterEmoji: Bool) -> (character: String, range: Range<Int>)? {
    var end = start + 1
    while end < range.upperBound, end - start <= EmojiNames.longest,
      source[end].isASCIILowercase || source[end].isASCIIDigit || "_+-".utf8.contains(source[end])
    { end += 1 }
    guard end > start + 1, end < range.upperBound, source[end] == UInt8(ascii: ":"), !isEscaped(start) else {
      return nil
    }
    let before = isAfterEmoji || start == range.lowerBound ? nil : source[start - 1]
    let after = end + 1 < range.upperBound ? source[end + 1] : nil
    guard isApart(before, after, end - start - 1), let character = EmojiNames.builtIn[source[(start + 1)..<end]] else {
      return nil
    }
    return (character, start..<(end + 1))
  }

  /// Whether a name is one between its neighbours: it may touch one word, `Done:white_check_mark:`, and not two. Within numbers and
  /// addresses such as `fe80::b:ok:1` it is none.
  private func isApart(_ before: UInt8?, _ after: UInt8?, _ length: Int) -> Bool {
    let words = [before, after].compactMap(\.self).filter(\.isASCIIAlphanumeric)
    guard let word = words.first else { return true }
    return words.count == 1 && before != UInt8(ascii: ":") && (length > 2 || !word.isASCIIDigit)
  }

  /// The reference to a footnote at an offset, as `[^name]`.
  private func footnote(at start: Int) -> (name: String, range: Range<Int>)? {
    guard start + 3 < range.upperBound, source[start + 1] == UInt8(ascii: "^"), !isEscaped(start) else { return nil }
    var end = start + 2
    while end < range.upperBound, source[end] != UInt8(ascii: "]"), source[end] > UInt8(ascii: " "),
      source[end] != UInt8(ascii: "[")
    { end += 1 }
    guard end > start + 2, end < range.upperBound, source[end] == UInt8(ascii: "]") else { return nil }
    return (String(decoding: source[(start + 2)..<end], as: UTF8.self), start..<(end + 1))
  }
}

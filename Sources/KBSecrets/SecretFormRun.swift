import KBSource

/// A form that is tried at a place: what was found, and how much was tried. The same line may be read in many ways.
struct SecretFormRun {
  let form: SecretForms.Form
  private var steps = 0
  private var found: [Range<Int>] = []

  /// The number of bytes that may stand for a word, and for any words.
  private static let (longestWord, longestAny) = (200, 120)
  /// The number of steps that are spent on one anchor.
  private static let effort = 250

  init(form: SecretForms.Form) { self.form = form }

  /// Returns the secrets where the form begins at an offset.
  mutating func values(from start: Int, in bytes: borrowing Span<UInt8>, _ forms: SecretForms) -> [Range<Int>] {
    // A text at the beginning is a word of its own.
    let first = forms.pieces[form.pieces.lowerBound]
    if !form.endsWord, first.kind == .text, forms.letters[first.text.lowerBound].isWordByte, start > 0,
      bytes[start - 1].isWordByte
    {
      return []
    }
    found = []
    return matches(form.pieces.lowerBound, start, bytes, forms) ? found : []
  }

  /// Whether the pieces from one on are at an offset.
  private mutating func matches(
    _ number: Int, _ at: Int, _ bytes: borrowing Span<UInt8>, _ forms: SecretForms
  ) -> Bool {
    steps += 1
    guard steps < SecretFormRun.effort else { return false }
    guard number < form.pieces.upperBound else { return !form.endsLine || isEnd(at, bytes) }
    let count = bytes.count
    var end = at
    switch forms.pieces[number].kind {
    case .text:
      return forms.hasText(number, bytes, at)
        && matches(number + 1, at + forms.pieces[number].text.count, bytes, forms)
    case .blanks:
      while end < count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
      return end > at && matches(number + 1, end, bytes, forms)
    case .gap:
      while end < count, end - at < SecretFormRun.longestAny, bytes[end] <= 0x20 { end += 1 }
      return matches(number + 1, end, bytes, forms)
    case .number:
      while end < count, end - at < 12, bytes[end].isASCIIDigit { end += 1 }
      return end > at && matches(number + 1, end, bytes, forms)
    case .any:
      while end < count, end - at < SecretFormRun.longestAny {
        if mayBegin(number + 1, end, bytes, forms), matches(number + 1, end, bytes, forms) { return true }
        if bytes[end] == 0x0A { return false }
        end += 1
      }
      return false
    case .word, .secret: return matchesWord(number, at, bytes, forms)
    }
  }

  /// A quoted text, or the shortest run of other characters than blanks after which the rest follows.
  private mutating func matchesWord(
    _ number: Int, _ at: Int, _ bytes: borrowing Span<UInt8>, _ forms: SecretForms
  ) -> Bool {
    let isSecret = forms.pieces[number].kind == .secret
    // An option is no value.
    guard at < bytes.count, !isSecret || bytes[at] != UInt8(ascii: "-") else { return false }
    let kept = found.count
    let limit = min(bytes.count, at + SecretFormRun.longestWord)
    if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") || bytes[at] == UInt8(ascii: "`") {
      var close = at + 1
      while close < limit, bytes[close] != bytes[at], bytes[close] != 0x0A { close += 1 }
      if close < limit, bytes[close] == bytes[at] {
        if isSecret { found.append((at + 1)..<close) }
        if matches(number + 1, close + 1, bytes, forms) { return true }
        found.removeSubrange(kept...)
      }
    }
    let isLast = number + 1 == form.pieces.upperBound
    var end = at
    while end < limit, bytes[end] > 0x20 {
      end += 1
      // At the end of a form a word is whole; before a text it is the shortest one.
      let isWhole = end == bytes.count || bytes[end] <= 0x20
      guard isWhole || !isLast && forms.pieces[number + 1].kind != .blanks, mayBegin(number + 1, end, bytes, forms)
      else { continue }
      if isSecret { found.append(trimmed(at..<end, bytes)) }
      if matches(number + 1, end, bytes, forms) { return true }
      found.removeSubrange(kept...)
    }
    return false
  }

  /// Whether the first byte of a text is at an offset, where a piece is one.
  private func mayBegin(_ number: Int, _ at: Int, _ bytes: borrowing Span<UInt8>, _ forms: SecretForms) -> Bool {
    guard number < form.pieces.upperBound else { return true }
    let piece = forms.pieces[number]
    guard piece.kind == .text else { return piece.kind != .blanks || at < bytes.count && bytes[at] <= 0x20 }
    return at < bytes.count && bytes[at].asciiLowercased == forms.letters[piece.text.lowerBound]
  }

  /// A word without the marks that close around it.
  private func trimmed(_ range: Range<Int>, _ bytes: borrowing Span<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, "\"'`".utf8.contains(bytes[start]) { start += 1 }
    while end > start, "\"'`,;)".utf8.contains(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private func isEnd(_ at: Int, _ bytes: borrowing Span<UInt8>) -> Bool {
    var end = at
    while end < bytes.count, end < at + 40 {
      switch bytes[end] {
      case 0x20, 0x09, 0x0D, UInt8(ascii: "`"), UInt8(ascii: "'"), UInt8(ascii: "\""): end += 1
      case 0x0A: return true
      default: return false
      }
    }
    return true
  }
}

import KBSource

/// What is before a label in its sentence.
extension LabelledSentence {
  /// The words of the sentence before a place, the last one first.
  static func words(before end: Int, in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var (at, last) = (end, end)
    let first = max(0, end - 160)
    while at > first, found.count < 12 {
      at -= 1
      let byte = bytes[at]
      let isBlank = byte == 0x20 || byte == 0x09
      guard isBlank || byte == 0x0A || at == first else { continue }
      let word = (at == first && !isBlank && byte != 0x0A ? at : at + 1)..<last
      last = at
      if byte == 0x0A || at == first {
        if let trimmed = trimmed(word, bytes) { found.append(trimmed) }
        break
      }
      // The sentence before ended with this word; a shorter one is an abbreviation.
      if word.count > 4, word.upperBound < end,
        [UInt8(ascii: "."), UInt8(ascii: "?")].contains(bytes[word.upperBound - 1])
      {
        break
      }
      if let trimmed = trimmed(word, bytes) { found.append(trimmed) }
    }
    return found
  }

  private static func trimmed(_ word: Range<Int>, _ bytes: [UInt8]) -> Range<Int>? {
    let signs = Array("\"'`*_()[],;:.".utf8)
    let content = bytes[word].drop { signs.contains($0) }
    guard let last = content.lastIndex(where: { !signs.contains($0) }) else { return nil }
    return content.startIndex..<(last + 1)
  }

  /// "1717 als PIN", "4711 ist der Code".
  func codeBefore() -> Range<Int>? {
    var isTied = false
    for range in before {
      let value = SecretValue(text(range), words)
      if isTied, value.isPIN(atLeast: 4) || value.isKeypadCode { return range }
      if words.roles.contains(lowered(range)) {
        isTied = true
      } else if !words.fillers.contains(lowered(range)) {
        return nil
      }
    }
    return nil
  }

  /// "dial 10-22-34 on the padlock".
  func dialBefore() -> Range<Int>? {
    before.first { SecretValue(text($0), words).isCombination }
  }

  /// The text between quotation marks that ends before a place: '"blue sky 77" as the passphrase'.
  private func quotation(endingAt end: Int) -> Range<Int>? {
    let marks = ["\"", "“", "”", "«", "»", "`", "'"].map { Array($0.utf8) }
    guard let close = marks.first(where: { bytes[end...].starts(with: $0) }) else { return nil }
    let line = bytes[..<end].suffix(80)
    for at in line.indices.reversed() {
      if bytes[at] == 0x0A { return nil }
      let opens = marks + [Array("„".utf8)]
      if let open = opens.first(where: { bytes[at..<end].starts(with: $0) }), at + open.count < end,
        open == close || open.count > 1
      {
        return (at + open.count)..<end
      }
    }
    return nil
  }

  /// "uses Mail4Team! as its password", "Notfall!2025 ist das Kennwort", "Mit Kaffee!Kanne4 kommt man ..., das Passwort ...",
  /// "nimm kasse als Passwort".
  func valueBefore() -> Value? {
    // A compound's first part is no word before it: "BIOS-Passwort".
    var (isTied, isUsed, isFilled) = (false, false, true)
    for (number, range) in before.enumerated() {
      let word = lowered(range)
      // "use labrat! as ..."
      let marks = isTied ? text(range).utf8.reversed().prefix { "!?".utf8.contains($0) }.count : 0
      let value = SecretValue(text(range), words)
      let plain = SecretValue(String(text(range).dropLast(marks)), words)
      let isSecret = isTied ? value.isStrong && !value.isName : isAboutLabel && value.isVeryStrong && value.hasSymbol
      if isSecret, number > 0 || bytes[label.range.lowerBound - 1] == 0x20, !value.isPlaceholder {
        return Value(range: range)
      }
      if isTied, let quoted = quotation(endingAt: range.upperBound) {
        let parts = text(quoted).split(separator: " ").map { SecretValue(String($0), words) }
        if parts.contains(where: { $0.isUnusual(isEnglish: nil) || $0.isStrong || $0.isMixed }),
          !parts.contains(where: \.isPlaceholder) || parts.count > 1
        {
          return Value(range: quoted, isDoubtful: true)
        }
      }
      // "use marmalade as the password"
      if isUsed, isAboutLabel, plain.isUnusual(isEnglish: nil), !value.isPlaceholder, number + 1 < before.count,
        words.typing.contains(lowered(before[number + 1])) || words.frame.contains(lowered(before[number + 1]))
      {
        return Value(range: range, isDoubtful: true)
      }
      isUsed = false
      if words.roles.contains(word) {
        isUsed = word == "as" || word == "als"
        isTied = isUsed || number == 0 || isFilled
      } else if !words.fillers.contains(word) {
        isFilled = false
        // Only what is directly before "as the password" is tied to it.
        isTied = false
      }
    }
    return nil
  }
}

import KBSource

extension YAMLLosses {
  /// An entry below another one that lacks the space after its dash: YAML joins the two.
  func tightEntry(_ line: YAMLLine, below range: Range<Int>) -> Diagnostic? {
    let first = YAMLLine(around: range.lowerBound, in: bytes)
    guard first.isItem, first.key == nil, line.content + 1 < line.range.upperBound,
      bytes[line.content] == UInt8(ascii: "-"), case let letter = bytes[line.content + 1],
      letter.isKeyCharacter && letter != UInt8(ascii: "-") && !letter.isASCIIDigit || "\"'".utf8.contains(letter)
    else { return nil }
    let dash = line.content..<(line.content + 1)
    return finding(
      dash,
      Message(
        de:
          "nach \(code: "-") fehlt ein Leerzeichen: für YAML gehört \(code: shown(bytes.text(line.content..<line.range.upperBound))) zum Eintrag darüber",
        en:
          "a space is missing after \(code: "-"): to YAML \(code: shown(bytes.text(line.content..<line.range.upperBound))) is part of the entry above"
      ),
      Message(de: "nach \(code: "-") ein Leerzeichen setzen", en: "put a space after \(code: "-")"),
      // At the text of the entry above it may be the next line of that text.
      FixIt(
        replacing: SourceRange(line.range.lowerBound, dash.upperBound),
        with: String(repeating: " ", count: first.indentation) + "- ",
        isSafe: line.indentation < first.start - first.range.lowerBound))
  }
}

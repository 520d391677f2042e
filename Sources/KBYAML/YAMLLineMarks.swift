import KBSource

/// Mistakes of a line that only those above and below it show.
extension YAMLLine {
  /// What begins an entry of a list elsewhere, and is a letter to YAML.
  private static let foreignMarks = ["\u{2013}", "\u{2014}", "\u{2022}", "*"].map { Array($0.utf8) }

  /// The mark of a list that YAML does not know, at the beginning of the line: Word makes a dash of each hyphen.
  var foreignMarkRange: Range<Int>? {
    let line = bytes[content..<range.upperBound]
    guard let mark = YAMLLine.foreignMarks.first(where: line.starts(with:)), content + mark.count < range.upperBound,
      bytes[content + mark.count].isBlankInLine
    else { return nil }
    return content..<(content + mark.count)
  }

  /// The mark of a list that keeps the line from being read.
  var foreignMark: YAMLCause? {
    guard let mark = foreignMarkRange else { return nil }
    return YAMLCause(
      mark,
      Message(
        de: "\(code: bytes.text(mark)) beginnt in YAML keinen Listeneintrag",
        en: "\(code: bytes.text(mark)) does not begin a list entry in YAML"),
      Message(
        de: "einen Bindestrich schreiben: \(code: "- \(shown(mark.upperBound..<range.upperBound))")",
        en: "write a hyphen: \(code: "- \(shown(mark.upperBound..<range.upperBound))")"),
      fix: replacing(mark, with: "-"))
  }

  /// A text that goes on here, below a line that ends with a comment.
  func cutText(below previous: YAMLLine?) -> YAMLCause? {
    guard let previous, key == nil, !isItem, foreignMarkRange == nil, indentation > 0, !previous.value.isEmpty,
      !"\"'[{".utf8.contains(bytes[previous.value.lowerBound]),
      let sign = (previous.value.lowerBound..<previous.range.upperBound).first(where: {
        bytes[$0] == UInt8(ascii: "#") && bytes[$0 - 1].isBlankInLine
      })
    else { return nil }
    return YAMLCause(
      sign..<previous.range.upperBound,
      Message(
        de:
          "YAML liest ab \(code: "#") den Rest der Zeile als Kommentar, und der Text darunter gehört nicht mehr zum Wert",
        en:
          "YAML reads the line from \(code: "#") on as a comment, and the text below no longer belongs to the value"
      ),
      Message(
        de: "den ganzen Wert in Anführungszeichen setzen oder den Kommentar löschen",
        en: "put the whole value in quotes, or delete the comment"))
  }

  /// A line with a key that is less indented than the first one.
  func outdented(below lines: [YAMLLine]) -> YAMLCause? {
    guard let first = lines.first, key != nil, first.indentation > indentation,
      bytes[first.range.lowerBound..<first.content].allSatisfy({ $0 == UInt8(ascii: " ") }),
      lines.dropLast().allSatisfy({ $0.indentation >= first.indentation })
    else { return nil }
    let excess = first.indentation - indentation
    let above = first.range.lowerBound..<range.lowerBound
    let moved = bytes[above].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      line.drop(spaces: excess)
    }
    return YAMLCause(
      first.range.lowerBound..<first.content,
      Message(
        de: "diese Zeile ist eingerückt, aber \(code: shown(content..<range.upperBound)) darunter nicht",
        en: "this line is indented, but \(code: shown(content..<range.upperBound)) below it is not"),
      Message(de: "die Leerzeichen am Anfang löschen", en: "delete the spaces at the start of the line"),
      fix: replacing(above, with: String(decoding: Array(moved.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self))
    )
  }
}

extension ArraySlice<UInt8> {
  /// The line without its leading spaces, up to a maximum number of them.
  fileprivate func drop(spaces count: Int) -> ArraySlice<UInt8> {
    dropFirst(Swift.min(count, prefix { $0 == UInt8(ascii: " ") }.count))
  }
}

extension YAMLLosses {
  /// Lines that are meant as the entries of a list, and begin with a mark that YAML does not know.
  func foreignList(_ text: String, _ range: Range<Int>) -> Diagnostic? {
    let first = YAMLLine(around: range.lowerBound, in: bytes)
    guard first.content == range.lowerBound, let mark = first.foreignMarkRange else { return nil }
    var fixed = ""
    var at = range.lowerBound
    while at < range.upperBound {
      let line = YAMLLine(around: at, in: bytes)
      let isBlank = line.content == line.range.upperBound
      guard let mark = isBlank ? line.range.upperBound..<line.range.upperBound : line.foreignMarkRange else {
        return nil
      }
      fixed += bytes.text(max(at, line.range.lowerBound)..<mark.lowerBound) + (isBlank ? "" : "-")
      let end = bytes[line.range.upperBound...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
      fixed += bytes.text(mark.upperBound..<min(end, range.upperBound))
      at = end
    }
    return finding(
      mark,
      Message(
        de:
          "\(code: bytes.text(mark)) beginnt in YAML keinen Listeneintrag: gelesen wird der Text \(code: shown(text))",
        en: "\(code: bytes.text(mark)) does not begin a list entry in YAML: it reads the text \(code: shown(text))"),
      Message(de: "jeden Eintrag mit einem Bindestrich beginnen", en: "begin each entry with a hyphen"),
      FixIt(replacing: SourceRange(range.lowerBound, range.upperBound), with: fixed, isSafe: true))
  }
}

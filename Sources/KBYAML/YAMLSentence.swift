/// A value before ` # `, as a sentence that what follows the number sign may be a part of.
struct YAMLSentence {
  private let text: String

  init(_ text: String) { self.text = text }

  /// Words that join two parts of a sentence: none ends one, and hardly any remark begins with one.
  private static let joints = Set(
    """
    und oder sowie bzw bzw. mit ohne im in am an auf für von vom zum zur bei nach über unter hinter neben
    and or with without of for at on in by near behind below above the
    """.split { $0.isWhitespace }.map(String.init))

  /// Whether a text after a number sign and a blank reads like the rest of the sentence, and not like a remark.
  func goesOn(with rest: String) -> Bool {
    guard let last = text.unicodeScalars.last else { return false }
    // "Siehe Ticket (# 4711)", "Anruf bei # 12": the value is not at its end.
    if "(,;:–/&+".unicodeScalars.contains(last) || opensParenthesis { return true }
    let words = text.split(separator: " ")
    // "Immer an # TODO: prüfen"
    if rest.prefix(3).allSatisfy(\.isUppercase) { return false }
    if words.count > 1, let word = words.last, YAMLSentence.joints.contains(word.lowercased()) { return true }
    let isProse = text.unicodeScalars.first?.properties.isUppercase == true
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty { return isNumber(rest, digits.endIndex, after: last, isProse) }
    guard isProse, let first = rest.split(separator: " ").first, rest.contains(" ") else { return false }
    return YAMLSentence.joints.contains(String(first))
  }

  private var opensParenthesis: Bool { text.count { $0 == "(" } > text.count { $0 == ")" } }

  /// "Raum # 3", "Switch # 3 im Keller", "040 123 # 4": a number sign with a number.
  private func isNumber(_ rest: String, _ end: String.Index, after last: Unicode.Scalar, _ isProse: Bool) -> Bool {
    let hasWords = text.contains(" ") || text.contains(where: \.isLetter)
    if end == rest.endIndex { return hasWords && !isAmount }
    // A number and its unit or year: "Server 4 # 2 davon alt".
    guard isProse, last.properties.isAlphabetic || !text.contains(where: \.isNumber) else { return false }
    return " .,:/-)".contains(rest[end])
  }

  /// Whether it is an amount, a span or a date: what follows is a remark then.
  private var isAmount: Bool {
    text.first?.isNumber == true && !text.hasPrefix("0") && text.split(separator: " ").count < 3
  }
}

package import KBSource

/// The rules that front matter and other YAML are held against while reading, in words for people who do not know YAML.
package enum YAMLRules {
  /// Something that YAML allows and `kb` refuses.
  package struct Refusal {
    let rule: Rule
    let message: Message
    let remedy: Message
    /// Whether the author may have meant a text, which quotes would make of it.
    var isText = false
  }

  package static let unreadable = Rule("form/yaml")
  package static let duplicateKey = Rule("form/duplicate-key")
  static let feature = Rule("form/yaml-feature")
  package static let value = Rule("form/yaml-value")
  static let noValue = Rule("form/null-value")

  private static let quote = Message(
    de: "ist es Text, gehört er in Anführungszeichen", en: "if it is text, put it in quotes")

  package static let alias = Refusal(
    rule: feature,
    message: Message(
      de: "ein Stern am Anfang ist in YAML ein Verweis, und der ist hier nicht erlaubt",
      en: "a leading asterisk is an alias in YAML, which is not allowed here"),
    remedy: quote, isText: true)
  package static let anchor = Refusal(
    rule: feature,
    message: Message(
      de: "ein \(code: "&") am Anfang ist in YAML ein Anker, und der ist hier nicht erlaubt",
      en: "a leading \(code: "&") is an anchor in YAML, which is not allowed here"),
    remedy: quote, isText: true)
  package static let tag = Refusal(
    rule: feature,
    message: Message(
      de: "ein \(code: "!") am Anfang ist in YAML eine Typangabe, und die ist hier nicht erlaubt",
      en: "a leading \(code: "!") is a tag in YAML, which is not allowed here"),
    remedy: quote, isText: true)
  static let keyIsNoText = Refusal(
    rule: feature,
    message: Message(de: "ein Schlüssel muss Text sein", en: "a key must be text"),
    remedy: Message(
      de: "ein Wort ohne Klammern vor den Doppelpunkt schreiben", en: "write a word without brackets before the colon"))
  package static let tooDeep = Refusal(
    rule: feature,
    message: Message(
      de: "mehr als acht Ebenen ineinander werden nicht gelesen", en: "more than eight levels of nesting are not read"),
    remedy: Message(
      de: "mit weniger Ebenen schreiben oder in den Text verlegen", en: "use fewer levels, or move it into the text"))
  static let secondDocument = Refusal(
    rule: feature,
    message: Message(de: "hier beginnt ein zweites YAML-Dokument", en: "a second YAML document starts here"),
    remedy: Message(de: "die Zeile \(code: "---") dazwischen löschen", en: "delete the line \(code: "---") in between"))

  /// A text, or a list, in the place of keys and values; where a line shows why, at that line.
  package static func noMapping(_ node: YAMLNode, in file: SourceFile, _ range: Range<Int>, _ message: Message)
    -> Diagnostic
  {
    let bytes = file.bytes[range]
    if node.scalar != nil,
      let cause = YAMLCause.lines(of: bytes, through: bytes.endIndex).lazy.compactMap(\.tightCause).first
    {
      return Diagnostic(
        unreadable, at: file.path, cause.place, cause.message, remedy: cause.remedy, fixes: cause.fix.map { [$0] } ?? []
      )
    }
    return Diagnostic(
      unreadable, at: file.path, SourceRange(Int(node.range.lower), Int(node.range.lower) + 1), message,
      remedy: Message(
        de: "in jede Zeile einen Schlüssel, einen Doppelpunkt und den Wert schreiben",
        en: "write a key, a colon and the value on each line"))
  }

  /// Why libyaml stopped, in words for the author of the line.
  ///
  /// What the lines themselves show counts more than libyaml's words, which speak of its grammar.
  static func cause(_ problem: String, at offset: Int, in bytes: ArraySlice<UInt8>) -> YAMLCause {
    if problem.contains("control characters"), let place = bytes.firstControl {
      return YAMLCause(
        place, Message(de: "hier ist ein Steuerzeichen", en: "there is a control character here"),
        Message(de: "das Zeichen löschen", en: "delete the character"),
        fix: FixIt(replacing: SourceRange(place.lowerBound, place.upperBound), with: "", isSafe: true))
    }
    let place = offset..<min(offset + 1, bytes.endIndex)
    if let cause = YAMLCause.find(at: offset, in: bytes) { return cause }
    let lines = YAMLCause.lines(of: bytes, through: offset)
    // A line without a key is noticed only in the one after it.
    if problem.contains("expected ':'") || problem.contains("simple key") || problem.contains("mapping values"),
      let line = lines.last(where: { $0.key == nil && !$0.isItem })
    {
      return YAMLCause(
        line.content..<line.range.upperBound,
        Message(de: "dieser Zeile fehlt \(code: "Schlüssel: Wert")", en: "this line lacks \(code: "key: value")"),
        Message(
          de:
            "einen Schlüssel mit Doppelpunkt davor setzen, einrücken, wenn sie zur Zeile darüber gehört, oder in den Text unter dem zweiten \(code: "---") verlegen",
          en:
            "put a key with a colon before it, indent it if it belongs to the line above, or move it into the text below the second \(code: "---")"
        ))
    }
    let (message, remedy) = explanation(problem)
    return YAMLCause(place, message, remedy)
  }

  /// libyaml's words, where the lines themselves show no cause.
  private static func explanation(_ problem: String) -> (Message, Message) {
    if problem.contains("end of stream") || problem.contains("quoted scalar") {
      return (
        Message(de: "ein Anführungszeichen wird nicht geschlossen", en: "a quote is not closed"),
        Message(de: "das schließende Anführungszeichen ergänzen", en: "add the closing quote")
      )
    }
    if problem.contains("',' or ']'") || problem.contains("',' or '}'") {
      return (
        Message(de: "eine Klammer wird nicht geschlossen", en: "a bracket is not closed"),
        Message(
          de: "die Klammer schließen oder den Wert in Anführungszeichen setzen",
          en: "close the bracket, or put the value in quotes")
      )
    }
    if problem.contains("block sequence entries") {
      return (
        Message(
          de: "hier beginnt eine Liste, aber die Zeile darüber hat schon einen Wert",
          en: "a list begins here, but the line above already has a value"),
        Message(
          de: "den Wert löschen oder als ersten Eintrag in die Liste schreiben",
          en: "delete the value, or write it as the first entry of the list")
      )
    }
    if problem.contains("mapping values") || problem.contains("expected key") || problem.contains("block mapping")
      || problem.contains("block end") || problem.contains("block collection") || problem.contains("'-' indicator")
    {
      return (
        Message(de: "die Einrückung passt nicht zur Zeile darüber", en: "the indentation does not fit the line above"),
        Message(
          de: "gleich weit einrücken wie die Zeilen der gleichen Ebene",
          en: "indent it as far as the lines of the same level")
      )
    }
    return (
      Message(
        de: "der Kopf ist ab hier nicht lesbar (\(problem))",
        en: "the front matter can't be read from here (\(problem))"),
      Message(
        de: "den Wert in Anführungszeichen setzen oder die Zeile als \(code: "Schlüssel: Wert") schreiben",
        en: "put the value in quotes, or write the line as \(code: "key: value")")
    )
  }
}

extension ArraySlice<UInt8> {
  /// The first character that YAML allows in no text; libyaml does not tell its place.
  fileprivate var firstControl: Range<Int>? {
    for at in indices {
      let byte = self[at]
      if byte < 0x20, !byte.isBlankInLine, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
        return at..<(at + 1)
      }
      if byte == 0x7F { return at..<(at + 1) }
      if byte == 0xC2, at + 1 < endIndex, self[at + 1] < 0xA0, self[at + 1] != 0x85 { return at..<(at + 2) }
      if byte == 0xEF, at + 2 < endIndex, self[at + 1] == 0xBF, self[at + 2] >= 0xBE { return at..<(at + 3) }
    }
    return nil
  }
}

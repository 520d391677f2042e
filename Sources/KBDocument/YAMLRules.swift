package import KBSource

/// The rules that front matter and other YAML are held against while reading, in words for people who do not know YAML.
package enum YAMLRules {
  /// Something that YAML allows and `kb` refuses.
  struct Refusal {
    let rule: Rule
    let message: Message
    let remedy: Message
  }

  static let unreadable = Rule("form/yaml")
  package static let duplicateKey = Rule("form/duplicate-key")
  static let feature = Rule("form/yaml-feature")

  private static let quote = Message(
    de: "ist es Text, gehört er in Anführungszeichen", en: "if it is text, put it in quotes")

  static let alias = Refusal(
    rule: feature,
    message: Message(
      de: "ein Stern am Anfang ist in YAML ein Verweis, und der ist hier nicht erlaubt",
      en: "a leading asterisk is an alias in YAML, which is not allowed here"),
    remedy: quote)
  static let anchor = Refusal(
    rule: feature,
    message: Message(
      de: "ein \(code: "&") am Anfang ist in YAML ein Anker, und der ist hier nicht erlaubt",
      en: "a leading \(code: "&") is an anchor in YAML, which is not allowed here"),
    remedy: quote)
  static let tag = Refusal(
    rule: feature,
    message: Message(
      de: "ein \(code: "!") am Anfang ist in YAML eine Typangabe, und die ist hier nicht erlaubt",
      en: "a leading \(code: "!") is a tag in YAML, which is not allowed here"),
    remedy: quote)
  static let keyIsNoText = Refusal(
    rule: feature,
    message: Message(de: "ein Schlüssel muss Text sein", en: "a key must be text"),
    remedy: Message(
      de: "ein Wort ohne Klammern vor den Doppelpunkt schreiben", en: "write a word without brackets before the colon"))
  static let tooDeep = Refusal(
    rule: feature,
    message: Message(
      de: "mehr als acht Ebenen ineinander werden nicht gelesen", en: "more than eight levels of nesting are not read"),
    remedy: Message(
      de: "flacher schreiben oder in den Text verlegen", en: "write it flatter, or move it into the body"))
  static let secondDocument = Refusal(
    rule: feature,
    message: Message(de: "hier beginnt ein zweites YAML-Dokument", en: "a second YAML document starts here"),
    remedy: Message(de: "die Zeile \(code: "---") dazwischen löschen", en: "delete the line \(code: "---") in between"))

  /// libyaml's words, in words for the author of the line.
  static func explain(_ problem: String, line: String) -> (Message, Message) {
    let shown = String(line.prefix(80)).trimmingBlanks()
    if problem.contains("mapping values") {
      return (
        Message(
          de: "\(code: shown) enthält einen zweiten Doppelpunkt", en: "\(code: shown) contains a second colon"),
        Message(de: "den Wert in Anführungszeichen setzen", en: "put the value in quotes")
      )
    }
    if line.contains("\t"), problem.contains("token") || problem.contains("tab") || problem.contains("indentation") {
      return (
        Message(de: "hier steht ein Tabulator", en: "there is a tab here"),
        Message(de: "mit Leerzeichen einrücken", en: "indent with blanks")
      )
    }
    if problem.contains("cannot start any token") {
      return (
        Message(
          de: "ein Wert kann nicht mit diesem Zeichen beginnen", en: "a value can't start with this character"),
        Message(de: "den Wert in Anführungszeichen setzen", en: "put the value in quotes")
      )
    }
    if problem.contains("could not find expected ':'") || problem.contains("simple key") {
      return (
        Message(de: "dieser Zeile fehlt \(code: "Schlüssel: Wert")", en: "this line lacks \(code: "key: value")"),
        Message(
          de:
            "einen Schlüssel mit Doppelpunkt davor setzen, oder die Zeile in den Text unter dem zweiten \(code: "---") verlegen",
          en: "put a key with a colon before it, or move the line into the body below the second \(code: "---")")
      )
    }
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
          de: "die Klammer schließen, oder den Wert in Anführungszeichen setzen",
          en: "close the bracket, or put the value in quotes")
      )
    }
    if problem.contains("block mapping") || problem.contains("block end") || problem.contains("block collection") {
      return (
        Message(de: "die Einrückung passt nicht zur Zeile darüber", en: "the indentation does not fit the line above"),
        Message(
          de: "gleich weit einrücken wie die Geschwisterzeilen", en: "indent as far as the sibling lines")
      )
    }
    if problem.contains("control characters") {
      return (
        Message(de: "hier steht ein Steuerzeichen", en: "there is a control character here"),
        Message(de: "das Zeichen löschen", en: "delete the character")
      )
    }
    return (
      Message(
        de: "der Kopf ist ab hier nicht lesbar (\(problem))",
        en: "the front matter can't be read from here (\(problem))"),
      Message(de: "die Zeile mit denen daneben vergleichen", en: "compare the line with its neighbours")
    )
  }
}

extension String {
  /// The text without blanks and tabs at both ends.
  package func trimmingBlanks() -> String {
    let isBlank = { (character: Character) in
      character == " " || character == "\t" || character == "\r" || character == "\n" || character == "\r\n"
    }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}

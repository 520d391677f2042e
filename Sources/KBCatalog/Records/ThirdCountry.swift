import KBSchema

extension Record {
  /// The country outside the EU in which data is processed; `nil` where none is written, or that there is none.
  public var thirdCountry: String? {
    guard let text = value(.thirdCountry)?.text else { return nil }
    let words: Set<String> = ["", "-", "–", "keins", "kein", "keine", "keines", "nein", "none", "no"]
    return words.contains(text.lowercased().filter { !$0.isWhitespace }) ? nil : text
  }
}

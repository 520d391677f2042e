import KBSource

/// What people write beside an amount of money, in its cell or in the brackets of its heading: `100 USD`, `12,50 € / Monat`,
/// `Kosten (EUR pro Jahr)`.
struct AmountNote {
  /// The amount alone; the whole cell where something beside it is not understood.
  private(set) var number = ""
  /// By the names of the parts of an amount of money.
  private(set) var parts: [String: String] = [:]

  init(cell: String) {
    let isOfNumber: (Character) -> Bool = { $0.isNumber || ".,'’-–+−".contains($0) }
    guard let first = cell.firstIndex(where: { $0.isNumber }), let last = cell.lastIndex(where: { $0.isNumber }) else {
      number = cell
      return
    }
    var (start, end) = (first, cell.index(after: last))
    while start > cell.startIndex, isOfNumber(cell[cell.index(before: start)]) { start = cell.index(before: start) }
    while end < cell.endIndex, isOfNumber(cell[end]) { end = cell.index(after: end) }
    number = String(cell[start..<end])
    for word in Self.words(cell[..<start]) + Self.words(cell[end...]) {
      guard let part = Self.part(word), parts.updateValue(part.value, forKey: part.name) ?? part.value == part.value
      else {
        if Self.fillers.contains(word.lowercased()) { continue }
        (number, parts) = (cell, [:])
        return
      }
    }
  }

  init(heading: String) {
    for bracket in heading.split(whereSeparator: { "([".contains($0) }).dropFirst() {
      for word in Self.words(bracket.prefix { !")]".contains($0) }) {
        guard let part = Self.part(word) else { continue }
        parts[part.name] = part.value
      }
    }
  }

  private static func words(_ text: Substring) -> [String] {
    var words: [String] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || "/|".contains($0) }) {
      // A sign may touch what follows it.
      let sign = word.first.flatMap { signs[$0] } == nil ? "" : String(word.prefix(1))
      words += [sign, String(word.dropFirst(sign.count))].filter { !$0.isEmpty }
    }
    return words
  }

  private static let signs: [Character: String] = ["€": "EUR", "$": "USD", "£": "GBP"]
  private static let fillers: Set<String> = ["pro", "je", "per", "im", "in", "a", "an", "the", "der", "und"]
  private static let periods: [String: [String]] = [
    "month": ["monat", "monatlich", "mtl", "mtl.", "month", "monthly", "mo", "mo."],
    "quarter": ["quartal", "quartalsweise", "vierteljahr", "vierteljährlich", "quarter", "quarterly"],
    "year": ["jahr", "jährlich", "jhrl", "jhrl.", "p.a.", "p.a", "pa", "year", "yearly", "annual", "annually"],
    "once": ["einmalig", "einmal", "once", "one-off", "one-time"],
  ]
  private static let seats: Set<String> = [
    "platz", "nutzer", "benutzer", "user", "lizenz", "seat", "license", "licence", "arbeitsplatz",
  ]

  /// The code of a currency that somebody writes as a code, a sign or a word: `EUR`, `€`, `Euro`.
  static func currency(_ word: String) -> String? {
    let trimmed = word.trimmed
    if trimmed.count == 1, let sign = trimmed.first.flatMap({ signs[$0] }) { return sign }
    let folded = trimmed.lowercased()
    if let code = words.first(where: { $0.value.contains(folded) })?.key { return code }
    return trimmed.count == 3 && trimmed.allSatisfy { $0.isASCII && $0.isLetter } ? trimmed.uppercased() : nil
  }

  private static let words: [String: [String]] = [
    "EUR": ["euro", "euros"], "USD": ["dollar", "dollars", "us-dollar", "us dollar", "us$"],
    "CHF": ["franken", "schweizer franken", "sfr", "sfr.", "fr."], "GBP": ["pfund", "pound", "pounds"],
  ]

  private static func part(_ word: String) -> (name: String, value: String)? {
    let folded = word.lowercased()
    if let period = periods.first(where: { $0.value.contains(folded) }) { return ("per", period.key) }
    if seats.contains(folded) { return ("unit", "seat") }
    // Three small letters are a word as well.
    let isCode = word.count != 3 || word.allSatisfy(\.isUppercase) || ["eur", "usd", "chf", "gbp"].contains(folded)
    return isCode ? currency(word).map { ("currency", $0) } : nil
  }
}

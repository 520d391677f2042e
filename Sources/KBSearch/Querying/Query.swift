import KBSource

/// A query, taken apart.
struct Query {
  /// A run of characters without spaces.
  struct Run: Equatable {
    /// The run as one word: joined, or whole with its dots and colons; `nil` for a single atom.
    var whole: [UInt8]?
    var atoms: [[UInt8]]
    /// The pieces of its only atom: words of a name in camel case.
    var parts: [[UInt8]]
  }

  /// A condition such as `kind:runbook`.
  struct Filter: Equatable {
    /// The number of its facet.
    var facet: Int
    var value: [UInt8]
    /// Whether it is what pages must not have: `-kind:runbook`.
    var isExcluded = false
  }

  private(set) var runs: [Run] = []
  private(set) var phrases: [[[UInt8]]] = []
  private(set) var excluded: [[UInt8]] = []
  private(set) var filters: [Filter] = []
  private let constants: Constants
  private let conditions: [String: Int]
  /// Words with a hyphen before them, as long as they may also be switches of a pasted command.
  private var switches: [TokenScanner] = []
  /// Whether something was pasted that is not a sentence: a command, a path, an address.
  private(set) var isPasted = false
  /// The numbers of runs with a comma or another mark behind them.
  private(set) var clauseEnds: Set<Int> = []

  private static let quotes: Set<Unicode.Scalar> = ["\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}"]

  /// Reads what was typed; every text is a query.
  init(_ text: String, _ index: IndexReader) {
    constants = index.constants
    conditions = index.conditions
    let scalars = Array(text.unicodeScalars.prefix(constants[.longestQuery]))
    let values = scalars.map(\.value)
    var at = 0
    var chunk = ""
    while at < scalars.count {
      let scalar = scalars[at]
      if Query.quotes.contains(scalar), chunk.isEmpty || chunk.hasSuffix(":"),
        let close = scalars[(at + 1)...].firstIndex(where: Query.quotes.contains), close > at + 1
      {
        var quoted = ""
        quoted.unicodeScalars.append(contentsOf: scalars[(at + 1)..<close])
        if !addFilter(chunk.dropLast(), quoted) {
          add(chunk)
          addPhrase(quoted)
        }
        chunk = ""
        at = close + 1
      } else if chunk.isEmpty,
        let number = WrittenNumber(
          in: values, at: at, isSign: Query.phoneSigns.contains,
          isBlankOrMark: { $0 == 0xA0 || (0x2000...0x206F).contains($0) })
      {
        addNumber(number.national, String(String.UnicodeScalarView(scalars[at..<number.end])))
        at = number.end
      } else if scalar.value <= 0x20 || scalar.value == 0xA0 {
        add(chunk)
        chunk = ""
        at += 1
      } else {
        chunk.unicodeScalars.append(scalar)
        at += 1
      }
    }
    add(chunk)
    // A word after a hyphen in a pasted command or message belongs to it; typed, `-word` leaves pages out.
    for scanner in switches {
      if isPasted { append(scanner) } else { excluded.append(Array(scanner.bytes(scanner.tokens[0]))) }
    }
  }

  /// Whether a text without spaces is written by a machine, or for one: `m.muster`, `$true`, `C:\Windows`.
  private static func looksPasted(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { at in
      if "$(){}=|;_\\".utf8.contains(bytes[at]) { return true }
      return ".:/".utf8.contains(bytes[at]) && at > 0 && at + 1 < bytes.count && bytes[at - 1].isASCIIAlphanumeric
        && bytes[at + 1].isASCIIAlphanumeric
    }
  }

  /// Whether a word has a capital after a small letter, as switches have: `-LogName`.
  private static func hasInnerCapital(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0.isASCIILowercase && $1.isASCIIUppercase }
  }

  /// The characters between the digits of a phone number.
  private static let phoneSigns = Set(" -/().\u{A0}\u{2013}".unicodeScalars.map(\.value))

  /// A phone number is looked for as it is dialled, whatever its groups are.
  private mutating func addNumber(_ national: String, _ text: String) {
    let atoms = TokenScanner(text).atomTexts
    add(Run(whole: atoms == [Array(national.utf8)] ? nil : Array(national.utf8), atoms: atoms, parts: []))
  }

  private mutating func addPhrase(_ text: String) {
    let scanner = TokenScanner(text)
    if scanner.atomTexts.count > 1 { phrases.append(scanner.atomTexts) }
    append(scanner)
  }

  /// Takes a name and a value as a condition, if they are one.
  private mutating func addFilter(_ name: Substring, _ value: String) -> Bool {
    let isExcluded = name.first == "-"
    guard let facet = conditions[SearchTables.folded(String(name))] else { return false }
    let atoms = TokenScanner(value).atomTexts
    guard !atoms.isEmpty else { return false }
    filters.append(Filter(facet: facet, value: Array(atoms.joined(separator: [0x2D])), isExcluded: isExcluded))
    return true
  }

  private mutating func add(_ chunk: String) {
    guard !chunk.isEmpty else { return }
    if let colon = chunk.firstIndex(of: ":"), addFilter(chunk[..<colon], String(chunk[chunk.index(after: colon)...])) {
      return
    }
    let scanner = TokenScanner(chunk)
    // `-word` leaves pages out; a switch of a pasted command does not.
    if chunk.hasPrefix("-"), !chunk.hasPrefix("--") {
      let isNumber = chunk.dropFirst().utf8.allSatisfy(\.isASCIIDigit)
      if Query.hasInnerCapital(chunk) {
        isPasted = true
      } else if !isNumber, scanner.tokens.count == 1, scanner.tokens[0].length > 2 {
        switches.append(scanner)
        return
      }
    }
    if Query.looksPasted(chunk) { isPasted = true }
    append(scanner)
    if let last = chunk.utf8.last, ",.;:!?".utf8.contains(last) { clauseEnds.insert(runs.count - 1) }
  }

  private mutating func append(_ scanner: TokenScanner) {
    var last: Int32 = -1
    var found: [Run] = []
    for token in scanner.tokens {
      if token.run != last { found.append(Run(whole: nil, atoms: [], parts: [])) }
      last = token.run
      let bytes = Array(scanner.bytes(token))
      switch token.role {
      case .atom: found[found.count - 1].atoms.append(bytes)
      case .part: found[found.count - 1].parts.append(bytes)
      case .joined, .whole: found[found.count - 1].whole = bytes
      }
    }
    found.forEach { add($0) }
  }

  private mutating func add(_ run: Run) {
    if runs.count < constants[.mostRuns], !runs.contains(run) { runs.append(run) }
  }
}

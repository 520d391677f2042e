import KBSource

/// What was typed, taken apart.
struct Query {
  /// A run of characters without blanks.
  struct Run: Equatable {
    /// The run as one word: joined, or whole with its dots and colons; nothing for a single atom.
    var whole: [UInt8]?
    var atoms: [[UInt8]]
    /// The pieces of its only atom: words of a name in camel case.
    var parts: [[UInt8]]
  }

  /// A condition such as `kind:runbook`.
  struct Filter: Equatable {
    var facet: FacetShards.Facet
    var value: [UInt8]
    /// Whether it is what pages must not have: `-kind:runbook`.
    var isExcluded = false
  }

  /// More than this is not read; nobody types it.
  static let longest = 2_000
  /// More words than these are not looked up: the rarest of a pasted page would be anyone's guess.
  static let mostRuns = 32

  private(set) var runs: [Run] = []
  private(set) var phrases: [[[UInt8]]] = []
  private(set) var excluded: [[UInt8]] = []
  /// What has a hyphen before it, as long as it may also be a switch of a pasted command.
  private var switches: [TokenScanner] = []
  /// Whether something was pasted that is no sentence: a command, a path, an address.
  private var isPasted = false
  private(set) var filters: [Filter] = []

  /// Names of conditions, folded, in both languages.
  static let filterNames: [String: FacetShards.Facet] = [
    "kind": .kind, "art": .kind, "status": .status, "criticality": .criticality, "kritikalitat": .criticality,
    "system": .system, "owner": .owner, "verantwortlich": .owner, "tag": .tag, "schlagwort": .tag,
  ]

  private static let quotes: Set<Unicode.Scalar> = ["\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}"]

  /// Reads what was typed; every text is a query.
  init(_ text: String) {
    let scalars = Array(text.unicodeScalars.prefix(Query.longest))
    let values = scalars.map(\.value)
    var index = 0
    var chunk = ""
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.value <= 0x20 || scalar.value == 0xA0 }
    while index < scalars.count {
      let scalar = scalars[index]
      if Query.quotes.contains(scalar), chunk.isEmpty || chunk.hasSuffix(":"),
        let close = scalars[(index + 1)...].firstIndex(where: Query.quotes.contains), close > index + 1
      {
        var quoted = ""
        quoted.unicodeScalars.append(contentsOf: scalars[(index + 1)..<close])
        if !addFilter(chunk.dropLast(), quoted) {
          add(chunk)
          addPhrase(quoted)
        }
        chunk = ""
        index = close + 1
      } else if chunk.isEmpty,
        let number = WrittenNumber(
          in: values, at: index, isSign: Query.phoneSigns.contains,
          isBlankOrMark: { $0 == 0xA0 || (0x2000...0x206F).contains($0) })
      {
        addNumber(number.national, String(String.UnicodeScalarView(scalars[index..<number.end])))
        index = number.end
      } else if isBlank(scalar) {
        add(chunk)
        chunk = ""
        index += 1
      } else {
        chunk.unicodeScalars.append(scalar)
        index += 1
      }
    }
    add(chunk)
    // What a pasted command or message has behind a hyphen belongs to it; typed, `-word` leaves pages out.
    for scanner in switches {
      if isPasted { append(scanner) } else { excluded.append(Array(scanner.bytes(scanner.tokens[0]))) }
    }
  }

  /// Whether a text without blanks is written by a machine, or for one: `m.muster`, `$true`, `C:\Windows`.
  private static func looksPasted(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }
    return scalars.indices.contains { index in
      if "$(){}=|;_\\".unicodeScalars.contains(scalars[index]) { return true }
      return ".:/".unicodeScalars.contains(scalars[index]) && index > 0 && index + 1 < scalars.count
        && isWord(scalars[index - 1]) && isWord(scalars[index + 1])
    }
  }

  /// Whether a word has a capital behind a small letter, as switches have: `-LogName`.
  private static func hasInnerCapital(_ text: String) -> Bool {
    zip(text.unicodeScalars, text.unicodeScalars.dropFirst()).contains {
      ("a"..."z").contains($0) && ("A"..."Z").contains($1)
    }
  }

  /// What stands between the digits of a phone number.
  private static let phoneSigns = Set(" -/().\u{A0}\u{2013}".unicodeScalars.map(\.value))

  /// A phone number is looked for as it is dialled, whatever its groups are.
  private mutating func addNumber(_ national: String, _ text: String) {
    var scanner = TokenScanner()
    scanner.scan(text)
    let atoms = scanner.tokens.filter { $0.role == .atom }.map { Array(scanner.bytes($0)) }
    let run = Run(whole: atoms == [Array(national.utf8)] ? nil : Array(national.utf8), atoms: atoms, parts: [])
    if runs.count < Query.mostRuns, !runs.contains(run) { runs.append(run) }
  }

  private mutating func addPhrase(_ text: String) {
    var scanner = TokenScanner()
    scanner.scan(text)
    let atoms = scanner.tokens.filter { $0.role == .atom }.map { Array(scanner.bytes($0)) }
    if atoms.count > 1 { phrases.append(atoms) }
    append(scanner)
  }

  /// Takes a name and a value as a condition, if they are one.
  private mutating func addFilter(_ name: Substring, _ value: String) -> Bool {
    let isExcluded = name.first == "-"
    guard let facet = Query.filterNames[WordLists.folded(String(name))] else { return false }
    var scanner = TokenScanner()
    scanner.scan(value)
    let atoms = scanner.tokens.filter { $0.role == .atom }.map { Array(scanner.bytes($0)) }
    guard !atoms.isEmpty else { return false }
    filters.append(Filter(facet: facet, value: Array(atoms.joined(separator: [0x2D])), isExcluded: isExcluded))
    return true
  }

  private mutating func add(_ chunk: String) {
    guard !chunk.isEmpty else { return }
    if let colon = chunk.firstIndex(of: ":"), addFilter(chunk[..<colon], String(chunk[chunk.index(after: colon)...])) {
      return
    }
    var scanner = TokenScanner()
    scanner.scan(chunk)
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
    for run in found where runs.count < Query.mostRuns && !runs.contains(run) { runs.append(run) }
  }
}

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
  }

  /// More than this is not read; nobody types it.
  static let longest = 2_000
  /// More words than these are not looked up: the rarest of a pasted page would be anyone's guess.
  static let mostRuns = 32

  private(set) var runs: [Run] = []
  private(set) var phrases: [[[UInt8]]] = []
  private(set) var excluded: [[UInt8]] = []
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
    guard let facet = Query.filterNames[WordLists.folded(String(name))] else { return false }
    var scanner = TokenScanner()
    scanner.scan(value)
    let atoms = scanner.tokens.filter { $0.role == .atom }.map { Array(scanner.bytes($0)) }
    guard !atoms.isEmpty else { return false }
    filters.append(Filter(facet: facet, value: Array(atoms.joined(separator: [0x2D]))))
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
    if chunk.hasPrefix("-"), !chunk.hasPrefix("--"), scanner.tokens.count == 1, scanner.tokens[0].length > 2 {
      excluded.append(Array(scanner.bytes(scanner.tokens[0])))
      return
    }
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

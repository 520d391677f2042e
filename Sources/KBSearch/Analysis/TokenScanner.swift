import KBSource

/// A word as it is compared: its folded bytes, and its role in the text around it.
struct Token {
  enum Role: UInt8 {
    /// A run of letters and digits.
    case atom
    /// A piece of an atom that changes case or goes from letters to digits: `members` in `etcdMembersDown`.
    case part
    /// Atoms with hyphens or underscores between them, joined: `lizenzserver` for `Lizenz-Server`.
    case joined
    /// A whole run with dots, colons, slashes inside: `10.0.4.12`, `smtp:587`.
    case whole
  }

  var role: Role
  /// Folded bytes in `TokenScanner.text`.
  var start: Int32
  var length: UInt8
  /// Bytes of the spelling with ae, oe, ue, which follow them; none without an umlaut.
  var spelledLength: UInt8
  /// Number of the run without spaces that it is in.
  var run: Int32
  /// Number of the atom in the text; that of the first for a run of several.
  var position: Int32
}

/// Cuts text into tokens: the same for what is indexed and for what is asked.
struct TokenScanner {
  /// The longest word in bytes; what is longer is compared by its beginning.
  static let longest = SearchTables.count("longestWord")
  /// A run of more atoms is a listing, not a name.
  static let mostAtoms = SearchTables.count("mostAtoms")

  /// Characters that hold a run together: `true` for those that join words, `false` for those that separate names.
  static func joiner(_ byte: UInt8) -> Bool? {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "'"): true
    case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "\\"): false
    default: nil
    }
  }

  private let longest = TokenScanner.longest
  private(set) var text: [UInt8] = []
  private(set) var tokens: [Token] = []
  private(set) var atoms: Int32 = 0
  private var run: Int32 = 0

  private enum Case { case none, lower, upper, digit }

  // The atom being read.
  private var atom: [UInt8] = []
  private var spelled: [UInt8] = []
  private var hasUmlaut = false
  private var cuts: [Int] = []
  private var last = Case.none

  // The run being read: its atoms' tokens, and the joiner before each.
  private var runAtoms: [Int] = []
  private var joiners: [UInt8] = []

  init() {}

  init(_ text: String) { scan(text) }

  /// Forgets what was read.
  mutating func clear() {
    text.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    atoms = 0
    run = 0
  }

  /// Leaves a gap, which no phrase crosses.
  mutating func leaveGap() { atoms += 8 }

  /// Adds a word as it is, whatever its characters are.
  mutating func add(word: [UInt8]) {
    append(.atom, word, [], atoms)
    atoms += 1
    run += 1
  }

  mutating func scan(_ text: String) {
    scan(Array(text.utf8).span)
  }

  mutating func scan(_ bytes: Span<UInt8>) {
    var index = 0
    let end = bytes.count
    while index < end {
      var byte = bytes[index]
      if byte < 0x80 {
        index += 1
      } else {
        let scalar = TokenScanner.decode(bytes, &index)
        guard let plain = Folding.narrow(scalar) else {
          addScalar(scalar, isFollowed: TokenScanner.isWord(bytes, index))
          continue
        }
        byte = plain
      }
      switch byte {
      case _ where byte.isASCIILowercase: add(byte, .lower)
      case _ where byte.isASCIIUppercase: add(byte.asciiLowercased, .upper)
      case _ where byte.isASCIIDigit: add(byte, .digit)
      default:
        if !atom.isEmpty, TokenScanner.joiner(byte) != nil, TokenScanner.isWord(bytes, index) {
          endAtom()
          joiners.append(byte)
        } else {
          endRun()
        }
      }
    }
    endRun()
  }

  private mutating func add(_ byte: UInt8, _ kind: Case) {
    if last != kind { markCut(kind) }
    last = kind
    guard atom.count < longest else { return }
    atom.append(byte)
    if hasUmlaut { spelled.append(byte) }
  }

  /// Notes where a part of a name begins.
  private mutating func markCut(_ kind: Case) {
    guard !atom.isEmpty else { return }
    switch (last, kind) {
    case (.upper, .lower): if atom.count > 1 { cuts.append(atom.count - 1) }
    case (.none, _): break
    default: cuts.append(atom.count)
    }
  }

  private mutating func addScalar(_ scalar: Unicode.Scalar, isFollowed: Bool) {
    switch scalar.value {
    case 0x308:  // A combining diaeresis makes an umlaut of the vowel before.
      if let vowel = atom.last, vowel == UInt8(ascii: "a") || vowel == UInt8(ascii: "o") || vowel == UInt8(ascii: "u"),
        !hasUmlaut || spelled.last == vowel
      {
        beginUmlaut()
        spelled.append(UInt8(ascii: "e"))
      }
      return
    // Hyphens and blanks that nobody sees, and the marks of half-width katakana.
    case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF, 0xFF9E, 0xFF9F: return
    case 0x2019 where !atom.isEmpty && isFollowed:
      endAtom()
      joiners.append(UInt8(ascii: "'"))
      return
    default: break
    }
    switch Folding.classify(scalar) {
    case .mark: return
    case .other: endRun()
    case .word:
      if let fraction = Folding.base(of: scalar), fraction.contains(UInt8(ascii: "/")) {
        return add(fraction: fraction)
      }
      for lower in scalar.properties.lowercaseMapping.unicodeScalars where Folding.classify(lower) == .word {
        addWord(lower)
      }
    }
  }

  /// Adds a fraction in one character as two numbers and the slash between them.
  private mutating func add(fraction: [UInt8]) {
    endRun()
    for byte in fraction {
      if byte == UInt8(ascii: "/") {
        endAtom()
        joiners.append(byte)
      } else {
        add(byte, .digit)
      }
    }
    endRun()
  }

  private mutating func addWord(_ scalar: Unicode.Scalar) {
    guard atom.count < longest - 4 else { return }
    last = .lower
    let bytes = Folding.base(of: scalar) ?? Array(scalar.utf8)
    if Folding.isUmlaut(scalar) {
      beginUmlaut()
      atom += bytes
      spelled += bytes
      spelled.append(UInt8(ascii: "e"))
    } else {
      atom += bytes
      if hasUmlaut { spelled += bytes }
    }
  }

  private mutating func beginUmlaut() {
    if !hasUmlaut { spelled = atom }
    hasUmlaut = true
  }

  private mutating func endAtom() {
    let position = atoms
    atoms += 1
    runAtoms.append(tokens.count)
    append(.atom, atom, hasUmlaut ? spelled : [], position)
    if !cuts.isEmpty, !hasUmlaut {
      var lower = 0
      for cut in cuts + [atom.count] where cut > lower {
        if cut - lower > 1 { append(.part, atom[lower..<cut], [], position) }
        lower = cut
      }
    }
    atom.removeAll(keepingCapacity: true)
    spelled.removeAll(keepingCapacity: true)
    cuts.removeAll(keepingCapacity: true)
    hasUmlaut = false
    last = .none
  }

  private mutating func endRun() {
    if !atom.isEmpty { endAtom() }
    guard !runAtoms.isEmpty else { return }
    if runAtoms.count > 1, runAtoms.count <= TokenScanner.mostAtoms { appendRun() }
    runAtoms.removeAll(keepingCapacity: true)
    joiners.removeAll(keepingCapacity: true)
    run += 1
  }

  /// Adds the segments that words are joined to, and the whole.
  private mutating func appendRun() {
    var whole: [UInt8] = []
    var spelledWhole: [UInt8] = []
    var hasUmlaut = false
    var segment = 0
    var segmentLower = 0
    var spelledLower = 0
    for (number, index) in runAtoms.enumerated() {
      if number > 0, TokenScanner.joiner(joiners[number - 1]) != true {
        if number - segment > 1 {
          append(
            .joined, whole[segmentLower...], hasUmlaut ? spelledWhole[spelledLower...] : [],
            tokens[runAtoms[segment]].position)
        }
        whole.append(joiners[number - 1] == UInt8(ascii: "\\") ? UInt8(ascii: "/") : joiners[number - 1])
        spelledWhole.append(whole[whole.count - 1])
        segment = number
        segmentLower = whole.count
        spelledLower = spelledWhole.count
      }
      let token = tokens[index]
      let folded = text[Int(token.start)..<Int(token.start) + Int(token.length)]
      whole += folded
      if token.spelledLength > 0 {
        hasUmlaut = true
        spelledWhole += text[folded.endIndex..<folded.endIndex + Int(token.spelledLength)]
      } else {
        spelledWhole += folded
      }
    }
    let position = tokens[runAtoms[0]].position
    if runAtoms.count - segment > 1 {
      append(
        .joined, whole[segmentLower...], hasUmlaut ? spelledWhole[spelledLower...] : [],
        tokens[runAtoms[segment]].position)
    }
    if segment > 0 { append(.whole, whole[...], hasUmlaut ? spelledWhole[...] : [], position) }
  }

  private mutating func append(
    _ role: Token.Role, _ folded: some Collection<UInt8>, _ spelled: some Collection<UInt8>, _ position: Int32
  ) {
    guard folded.count <= longest, spelled.count <= 2 * longest else { return }
    tokens.append(
      Token(
        role: role, start: Int32(text.count), length: UInt8(folded.count), spelledLength: UInt8(spelled.count),
        run: run, position: position))
    text += folded
    text += spelled
  }

  /// The folded bytes of a token.
  func bytes(_ token: Token) -> ArraySlice<UInt8> { text[Int(token.start)..<Int(token.start) + Int(token.length)] }

  /// The folded bytes of the atoms.
  var atomTexts: [[UInt8]] { tokens.filter { $0.role == .atom }.map { Array(bytes($0)) } }

  /// The bytes of a token with its umlauts spelled out; empty without one.
  func spelled(_ token: Token) -> ArraySlice<UInt8> {
    let start = Int(token.start) + Int(token.length)
    return text[start..<start + Int(token.spelledLength)]
  }

  /// Whether a word goes on at an index.
  private static func isWord(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    switch bytes[index] {
    case 0x80...:
      var next = index
      return Folding.classify(decode(bytes, &next)) == .word
    case let byte: return byte.isASCIIAlphanumeric
    }
  }

  /// The scalar at an index, which moves past it; what is not UTF-8 becomes U+FFFD, a byte at a time.
  private static func decode(_ bytes: Span<UInt8>, _ index: inout Int) -> Unicode.Scalar {
    let first = bytes[index]
    index += 1
    let length = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0
    guard length > 0, index + length <= bytes.count else { return "\u{FFFD}" }
    var value = UInt32(first) & (length == 3 ? 0x07 : length == 2 ? 0x0F : 0x1F)
    for offset in 0..<length {
      guard bytes[index + offset] & 0xC0 == 0x80 else { return "\u{FFFD}" }
      value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    index += length
    return scalar
  }
}

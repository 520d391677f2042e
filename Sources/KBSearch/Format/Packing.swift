/// Numbers as printable characters, for strings that JavaScript and Swift read alike; see `Documentation/search-index.md`.
///
/// A digit is one of 92 characters of ASCII: all from the space on, without the quotation mark and the backslash. Larger
/// numbers are written from their lowest digit to base 46; a digit of 46 or more says that another follows.
enum Packing {
  static let base: UInt32 = 46

  static func append(digit: UInt8, to text: inout [UInt8]) {
    var code = digit + 0x20
    if code >= 0x22 { code += 1 }
    if code >= 0x5C { code += 1 }
    text.append(code)
  }

  static func append(_ number: UInt32, to text: inout [UInt8]) {
    var rest = number
    while rest >= base {
      append(digit: UInt8(base + rest % base), to: &text)
      rest /= base
    }
    append(digit: UInt8(rest), to: &text)
  }

  /// The digit that a character stands for.
  static func digit(_ code: UInt8) -> UInt8 { code > 0x5C ? code - 0x22 : code > 0x22 ? code - 0x21 : code &- 0x20 }
}

/// A text of packed numbers and digits, read from its beginning.
struct PackedText {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  /// Reads a digit.
  mutating func digit() throws(DamagedShard) -> UInt8 {
    guard let code = rest.popFirst() else { throw DamagedShard() }
    return Packing.digit(code)
  }

  /// Reads a number.
  mutating func number() -> Int {
    var result: UInt32 = 0
    var scale: UInt32 = 1
    while let code = rest.popFirst() {
      let digit = UInt32(Packing.digit(code))
      guard digit >= Packing.base else { return Int(result &+ digit &* scale) }
      result = result &+ (digit - Packing.base) &* scale
      scale = scale &* Packing.base
    }
    return Int(result)
  }
}

/// The words that follow a word on a page, in one digit: enough to tell whether two words of a phrase are adjacent.
///
/// A word that is followed by one other alone has that one's number, one of 60: a wrong neighbour passes once in sixty times. A
/// word with several followers has a bit for each, of five; no follower is 60.
struct Follower: Equatable {
  static let numbers: UInt8 = 60

  private(set) var digit = Follower.numbers

  init() {}

  init(digit: UInt8) { self.digit = digit }

  /// The number of a word.
  static func number(of word: some Collection<UInt8>) -> UInt8 {
    var hash: UInt32 = 2_166_136_261
    for byte in word { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return UInt8(hash % UInt32(numbers))
  }

  mutating func add(_ number: UInt8) {
    if digit == Follower.numbers {
      digit = number
    } else if digit != number {
      let bits = digit < Follower.numbers ? Follower.bit(digit) : digit - Follower.numbers
      digit = Follower.numbers + (bits | Follower.bit(number))
    }
  }

  /// Whether a word may follow.
  func contains(_ number: UInt8) -> Bool {
    digit < Follower.numbers ? digit == number : (digit - Follower.numbers) & Follower.bit(number) != 0
  }

  private static func bit(_ number: UInt8) -> UInt8 { 1 << (number % 5) }
}

/// The parts of a page that a word is in: bit 0 for the head, five more for the sections, evenly when there are more.
enum SectionMask {
  static func bit(section: Int, of sections: Int) -> UInt8 {
    guard section > 0 else { return 1 }
    guard sections > 6 else { return 1 << UInt8(section) }
    return 1 << UInt8(1 + (section - 1) * 5 / (sections - 1))
  }

  /// The sections that a bit stands for.
  static func sections(bit: Int, of sections: Int) -> Range<Int> {
    guard bit > 0 else { return 0..<1 }
    guard sections > 6 else { return bit..<bit + 1 }
    let others = sections - 1
    return (1 + ((bit - 1) * others + 4) / 5)..<(1 + (bit * others + 4) / 5)
  }
}

/// The digit before a list of a word: which pages it has, and where it is.
enum Reference {
  static let own: UInt8 = 0
  static let related: UInt8 = 1
  /// Added where the list is in another shard, whose number comes before the list's.
  static let foreign: UInt8 = 2
  /// From here on the list itself follows: of one page, and from two digits further of two.
  static let inline: UInt8 = 4
  /// The most pages of a list that is beside its word.
  static let mostInline = 2
}

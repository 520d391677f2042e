/// What stands behind a word on a page, in one digit: enough to tell whether two words of a phrase stand together.
///
/// A word that is followed by one other alone has that one's number, one of 60: a wrong neighbour passes once in sixty times. A
/// word with several followers has a bit for each, of five; nothing behind it is 60.
struct Follower: Equatable {
  static let numbers: UInt64 = 60

  private(set) var digit: UInt8 = 60

  init() {}

  init(digit: UInt8) { self.digit = digit }

  /// The number of a word.
  static func number(of word: some Collection<UInt8>) -> UInt8 {
    var hash: UInt32 = 2_166_136_261
    for byte in word { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return UInt8(hash % UInt32(numbers))
  }

  mutating func add(_ number: UInt8) {
    if digit == 60 {
      digit = number
    } else if digit < 60 {
      if digit != number { digit = 60 + (Follower.bit(digit) | Follower.bit(number)) }
    } else {
      digit = 60 + ((digit - 60) | Follower.bit(number))
    }
  }

  /// Whether a word may stand behind.
  func contains(_ number: UInt8) -> Bool {
    digit < 60 ? digit == number : (digit - 60) & Follower.bit(number) != 0
  }

  private static func bit(_ number: UInt8) -> UInt8 { 1 << (number % 5) }
}

/// The invented words: pronounceable, one a number, each different from the others.
enum InventedWord {
  /// How many words running text draws from.
  static let textCount = 1 << 16

  private static let consonants = ["b", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "st"]
  private static let vowels = ["a", "e", "i", "o", "u"]
  private static let syllables = consonants.flatMap { consonant in vowels.map { consonant + $0 } }

  /// The word of a number: two syllables for the frequent ones at the front, three for the rest.
  static func word(_ number: Int) -> String {
    let base = syllables.count
    let short = base * base
    guard number >= short else { return spelled(number, syllables: 2) }
    precondition(number - short < short * base, "no invented word has the number \(number)")
    return spelled(number - short, syllables: 3)
  }

  /// The word of a number, as a name.
  static func name(_ number: Int) -> String {
    let word = word(number)
    return word.prefix(1).uppercased() + word.dropFirst()
  }

  /// Writes a number in the base of the syllables, after scattering neighbouring numbers over the whole range.
  private static func spelled(_ number: Int, syllables count: Int) -> String {
    let base = syllables.count
    let range = (0..<count).reduce(1) { product, _ in product * base }
    // A factor that shares no divisor with 80^n maps the range onto itself.
    var rest = (number * 104_729 + 4_321) % range
    var word = ""
    for _ in 0..<count {
      word += syllables[rest % base]
      rest /= base
    }
    return word
  }
}

import KBSource

/// What German puts inside of verbs: "anlegen", "anzulegen" and "angelegt" are one word to somebody who searches.
enum GermanVerb {
  /// Particles that part from their verb, folded.
  private static let particles = [
    "zuruck", "wieder", "weiter", "zusammen", "herunter", "bereit", "durch", "heraus", "hinzu", "hoch", "unter", "uber",
    "auf", "aus", "ein", "her", "hin", "los",
    "mit", "nach", "fest", "frei", "fort", "vor", "weg", "bei", "ab", "an", "um", "zu",
  ].map { Array($0.utf8) }
  private static let infixes = ["ge", "zu"].map { Array($0.utf8) }

  /// Other forms of a word, first those without "ge" or "zu", then those with it; their endings may still differ.
  static func forms(of word: [UInt8]) -> [[UInt8]] {
    // Forms of verbs end in n or t; other words are not tried.
    let endsLikeVerb = word.last == UInt8(ascii: "n") || word.last == UInt8(ascii: "t")
    guard word.count >= 5, endsLikeVerb, word.allSatisfy(\.isASCIILowercase) else { return [] }
    var without: [[UInt8]] = []
    var with: [[UInt8]] = []
    for particle in particles where word.starts(with: particle) {
      let rest = word[particle.count...]
      var bare = [rest]
      for infix in infixes where rest.count >= 5 && rest.starts(with: infix) {
        bare.append(rest.dropFirst(2))
        without.append(particle + rest.dropFirst(2))
      }
      // "anzulegen" is "anlegen", and so it is "angelegt".
      for rest in bare where rest.count >= 3 {
        for infix in infixes { with.append(particle + infix + rest) }
      }
    }
    if word.count >= 6, word.starts(with: infixes[0]) { without.append(Array(word.dropFirst(2))) }
    return without + with + [infixes[0] + word]
  }
}

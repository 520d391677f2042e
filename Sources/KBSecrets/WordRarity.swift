import KBSource

/// How rare a word is in sentences about IT, without a table of words: by its ending, by the words of kb's own texts, and by
/// the pairs of letters in them.
enum WordRarity {
  /// The words of four bytes at least in the texts about kb's rules, in German and English, in lower case.
  private static let known = Rule.texts.reduce(into: Set<String>()) { known, text in
    for word in text.utf8.split(whereSeparator: { !$0.isWordByte }) {
      // A word with digits is an example of a secret.
      guard word.count >= 4, !word.contains(where: \.isASCIIDigit) else { continue }
      known.insert(String(decoding: word, as: UTF8.self).lowercased())
    }
  }

  /// Whether kb's own texts have a word, given in lower case.
  static func knows(_ word: String) -> Bool { known.contains(word) }

  /// The share of a word's pairs of neighbouring letters that words of German and English have, in 0...1.
  static func likeness(_ word: String) -> Double {
    let letters = word.utf8.map(\.asciiLowercased).filter(\.isASCIILowercase)
    guard letters.count > 1 else { return 1 }
    let usual = zip(letters, letters.dropFirst()).count { BytePairs.builtIn.count($0, $1) >= 3 }
    return Double(usual) / Double(letters.count - 1)
  }
}

/// How often two bytes are neighbours in German and English text; letters count as lower case.
struct BytePairs: Sendable {
  /// The pairs in the texts about kb's rules.
  static let builtIn = BytePairs(Rule.texts)

  private var counts = [Int32](repeating: 0, count: 1 << 16)

  private init(_ texts: [String]) {
    for text in texts {
      var last: UInt8 = 0x0A
      for byte in text.utf8 {
        let next = byte.asciiLowercased
        counts[Int(last) << 8 | Int(next)] += 1
        last = next
      }
    }
  }

  func count(_ first: UInt8, _ second: UInt8) -> Int { Int(counts[Int(first) << 8 | Int(second)]) }
}

/// Words that sentences use about a secret, and that are none.
extension SecretValue {
  /// Whether it is a word that a sentence would hardly have in its place unless it is the secret.
  ///
  /// `isEnglish`: whether an English verb is before it; `nil` where there is none.
  func isUnusual(isEnglish: Bool?) -> Bool {
    let isWord = isPlainWord && text.utf8.allSatisfy { $0.isASCIILetter || $0 >= 0x80 } || isHyphenated
    guard isWord, !isOrdinary, !isDescription(isEnglish: isEnglish) else { return false }
    return !WordRarity.knows(lowered)
  }

  /// Whether sentences have it in any place, or about secrets.
  func isUsual(isEnglish: Bool?) -> Bool {
    isOrdinary || words.prepositions.contains(lowered) || words.articles.contains(lowered)
      || words.closers.contains(lowered) || isDescription(isEnglish: isEnglish)
  }

  /// Whether its ending makes it an adjective, a participle, or a noun for what secrets are or where they are.
  func isDescription(isEnglish: Bool?) -> Bool {
    if words.nounEndings.contains(where: { lowered.hasSuffix($0) }) { return true }
    guard text.utf8.first?.isASCIILowercase == true else { return false }
    if isEnglish != true, isGermanDescription { return true }
    return isEnglish != false
      && words.englishEndings.contains { lowered.hasSuffix($0) && lowered.utf8.count >= $0.utf8.count + 2 }
  }

  private var isGermanDescription: Bool {
    let lowered = String(lowered.split(separator: "-").last ?? "")
    // "ein zufälliges": without the ending of its case.
    let stems =
      [lowered]
      + ["e", "en", "er", "es", "em"].compactMap { ending in
        lowered.hasSuffix(ending) ? String(lowered.dropLast(ending.count)) : nil
      }
    for stem in stems {
      if words.adjectiveEndings.contains(where: { stem.hasSuffix($0) && stem.utf8.count >= $0.utf8.count + 3 }),
        !stem.hasSuffix("fisch"), !stem.hasSuffix("tisch")
      {
        return true
      }
    }
    // "zweigeteilt"
    if lowered.hasSuffix("t") || lowered.hasSuffix("en"), lowered.dropFirst(2).dropLast(3).contains("ge") {
      return true
    }
    return words.participleEndings.contains { lowered.hasSuffix($0) }
      && words.participlePrefixes.contains { lowered.hasPrefix($0) && lowered.utf8.count >= $0.utf8.count + 4 }
  }

  /// Words that hyphens join: "blue-kettle-otter".
  var isHyphenated: Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isWord = { (part: Substring) in
      part.utf8.count >= 3 && part.utf8.dropFirst().allSatisfy { $0.isASCIILowercase || $0 >= 0x80 }
        && part.utf8.first.map { $0.isASCIILetter || $0 >= 0x80 } ?? false
        && !words.references.contains(part.lowercased())
    }
    return parts.count > 1 && text.utf8.count >= 8 && parts.allSatisfy(isWord)
      && parts.contains { !words.ordinary.contains($0.lowercased()) && !words.verbs.contains($0.lowercased()) }
  }

  /// Whether it is a word that says how a secret is made or told, after a colon: "Kennwort: individuell".
  var isRemark: Bool {
    words.nounEndings.contains { lowered.hasSuffix($0) }
      || text.utf8.first?.isASCIILowercase == true && words.remarkEndings.contains { lowered.hasSuffix($0) }
  }

  /// The form of a verb after its object, "das Passwort notieren", or after its subject, "the password works".
  func isVerb(isGerman: Bool) -> Bool {
    text.utf8.first?.isASCIILowercase == true
      && (isGerman ? ["n"] : ["s", "d", "ly"]).contains { lowered.hasSuffix($0) }
  }

  /// Letters that no language joins so: "xkrtwpl".
  var isGibberish: Bool { isPlainWord && text.utf8.count >= 6 && WordRarity.likeness(text) < 0.5 }
}

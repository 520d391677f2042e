import KBCatalog
import KBSchema

/// Words or short phrases that find the pages of others.
struct SynonymGroup {
  /// The words that somebody may type.
  var typed: [String]
  /// The words whose pages they find.
  var found: [String]

  /// Words that all mean the same.
  init(_ members: [String]) { (typed, found) = (members, members) }

  /// Reads a line of `synonyms.txt`: words that mean the same, or after `>` those that the others stand for.
  init(_ line: Substring) {
    let sides = line.split(separator: ">", maxSplits: 1).map { $0.split(separator: ",").map(String.init) }
    (typed, found) = (sides.first ?? [], sides.last ?? [])
  }
}

/// The words and numbers of the search, from `templates/search/`.
///
/// A reader takes what it needs of them from the root of its index.
enum SearchTables {
  /// The lines of a file that are not comments.
  static func lines(of name: String) -> [Substring] {
    EmbeddedTemplates.text("search/\(name).txt").split(separator: "\n").filter { !$0.hasPrefix("#") }
  }

  // MARK: Words

  private static let lists: [String: [String]] = lines(of: "words").reduce(into: [:]) { lists, line in
    let words = line.split(whereSeparator: { $0 == " " || $0 == ":" }).map(String.init)
    lists[words[0], default: []] += words.dropFirst().map(folded).filter { !$0.isEmpty }
  }

  /// The words of a list, folded.
  static func words(_ name: String) -> [String] {
    guard let words = lists[name] else { preconditionFailure("templates/search/words.txt has no '\(name)'") }
    return words
  }

  /// The words of a list as bytes.
  static func bytes(_ name: String) -> [[UInt8]] { words(name).map { Array($0.utf8) } }

  /// The words that stand for what a page is about: something that fails, or who can be asked. Nobody can type them.
  static let failing = Array("#failing".utf8)
  static let answering = Array("#answering".utf8)

  /// Groups of words or short phrases that mean the same, or that stand for others.
  static let synonyms = lines(of: "synonyms").map { SynonymGroup($0) }

  /// A word as it is compared.
  static func folded(_ word: String) -> String {
    let scanner = TokenScanner(word)
    guard let token = scanner.tokens.last(where: { $0.role != .part }) else { return "" }
    return String(decoding: scanner.bytes(token), as: UTF8.self)
  }

  // MARK: Numbers

  private static let numbers = Constants.numbers(in: lines(of: "numbers").joined(separator: " "))

  /// A number by its name.
  static func number(_ name: String) -> Double {
    guard let number = numbers[name] else { preconditionFailure("templates/search/numbers.txt has no '\(name)'") }
    return number
  }

  /// A number of things by its name.
  static func count(_ name: String) -> Int { Int(number(name)) }

  /// The numbers that a query needs, as a field of the root.
  static var constants: String {
    Constants.Name.allCases.map { name in
      let number = number("\(name)")
      return number == number.rounded() ? "\(name) \(Int(number))" : "\(name) \(number)"
    }.joined(separator: " ")
  }
}

/// The numbers of a query, from the root of an index.
struct Constants: Sendable {
  /// Their names in `templates/search/numbers.txt`, which says what each is for.
  enum Name: Int, CaseIterable {
    case umlaut, joined, inflection, besideForms, pieces, knownPieces, compound, prefix, besideExact, farLonger,
      spelling, twoSlips
    case relatedBeside, relatedGuess, apart, joinedWeight
    case rarityScale, mentioned, pastedMentioned, fullImpact, guess, otherParts, unknownRarity, mostWeight,
      stopwordShare, troubleShare
    case systemShare, runbookShare, outageSystemShare, outageRunbookShare, outageFailing, outageReach,
      mostOutageRunbooks, outageNamed
    case failing, answering, retiredShare, scatteredShare, presenceFactor, leastShare,
      strongest
    case longestQuery, mostRuns, longestWord, mostAtoms, mostJoined, mostBrief, shortestNumber, mostPrefixed,
      mostSpelled, mostSpellingShards
    case shortestStem, shortestForm, shortestCommon, shortestVerb, shortestSpelled, shortestTwice, shortestCompound,
      longestCompound,
      shortestPart,
      shortestHalf,
      shortestMessage
  }

  private let values: [Double]

  /// Reads names, each followed by its number.
  init(_ text: String) throws(DamagedShard) {
    let numbers = Constants.numbers(in: text)
    values = Name.allCases.compactMap { numbers["\($0)"] }
    guard values.count == Name.allCases.count, values.allSatisfy({ (0...1e6).contains($0) }) else {
      throw DamagedShard()
    }
  }

  subscript(name: Name) -> Double { values[name.rawValue] }
  subscript(name: Name) -> Int { Int(values[name.rawValue]) }

  fileprivate static func numbers(in text: String) -> [String: Double] {
    let words = text.split(separator: " ")
    let pairs = zip(words, words.dropFirst()).compactMap { name, number in Double(number).map { (String(name), $0) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

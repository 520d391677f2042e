import KBCatalog

/// The built-in lists of words, from `templates/search/`.
struct WordLists: Sendable {
  /// Words that every sentence carries.
  let stopwords: Set<String>
  /// Words that say that something is wrong.
  let trouble: Set<String>
  /// Those of them that say more than that it fails: what happened, or what is not there.
  let telling: Set<String>
  /// What words may end with, without becoming others.
  let endings: [String]
  /// Parts that compounds are split at, written alone or not.
  let heads: Set<String>
  /// Groups of words or short phrases that mean the same.
  let synonyms: [[String]]

  static let builtIn = WordLists()

  private init() {
    stopwords = Set(WordLists.words(in: "stopwords"))
    trouble = Set(WordLists.words(in: "trouble"))
    telling = Set(WordLists.words(in: "trouble") { $0.hasPrefix("!") })
    endings = WordLists.words(in: "endings")
    heads = Set(WordLists.words(in: "heads"))
    synonyms = WordLists.lines(of: "synonyms").map { $0.split(separator: ",").map(String.init) }
  }

  private static func lines(of name: String) -> [Substring] {
    let text = EmbeddedTemplates.text("search/\(name).txt")
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
  }

  /// The words of a list, folded.
  private static func words(in name: String, where isMeant: (Substring) -> Bool = { _ in true }) -> [String] {
    lines(of: name).filter(isMeant).flatMap { $0.split(separator: " ") }.map { WordLists.folded(String($0)) }
      .filter { !$0.isEmpty }
  }

  /// A word as it is compared.
  static func folded(_ word: String) -> String {
    var scanner = TokenScanner()
    scanner.scan(word)
    guard let token = scanner.tokens.last(where: { $0.role != .part }) else { return "" }
    return String(decoding: scanner.bytes(token), as: UTF8.self)
  }
}

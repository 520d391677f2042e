import KBSource

/// The words that a record is found by beside its own: those that mean the same as words in its names.
///
/// Engines can do this themselves while they answer, and the settings of the export tell them how; but what the words of a language
/// become there is not what they become here, so the names are told with the words that people may type instead.
struct EngineSynonyms: Sendable {
  /// For each language the words that may be typed for a phrase, by the stems of its words.
  private let typed: [Language: [[UInt8]: [[UInt8]]]]
  private static let mostWords = SearchTables.count("mostJoined")

  init(_ groups: [SynonymGroup], languages: Set<Language>) {
    var typed: [Language: [[UInt8]: [[UInt8]]]] = [:]
    for language in languages {
      let stemmer = Stemmer(language)
      var words: [[UInt8]: [[UInt8]]] = [:]
      for group in groups {
        let members = group.typed.map { TokenScanner($0).atomTexts }
        for phrase in group.found.map({ TokenScanner($0).atomTexts }) where (1...Self.mostWords).contains(phrase.count)
        {
          let key = Self.key(phrase[...], stemmer)
          for word in members.lazy.filter({ $0 != phrase }).joined() where !(words[key]?.contains(word) ?? false) {
            words[key, default: []].append(word)
          }
        }
      }
      typed[language] = words
    }
    self.typed = typed
  }

  private static func key(_ words: ArraySlice<[UInt8]>, _ stemmer: borrowing Stemmer) -> [UInt8] {
    var key: [UInt8] = []
    for word in words { key += stemmer.stem(word[...]) + [0x20] }
    return key
  }

  /// The words that may be typed for the phrases of a text, which is given as its words.
  func words(for text: [[UInt8]], in language: Language, _ stemmer: borrowing Stemmer, _ each: ([UInt8]) -> Void) {
    guard let typed = typed[language], !typed.isEmpty else { return }
    for start in text.indices {
      for length in 1...Self.mostWords where start + length <= text.count {
        for word in typed[Self.key(text[start..<start + length], stemmer)] ?? [] { each(word) }
      }
    }
  }
}

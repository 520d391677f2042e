import KBCatalog
import KBDocument
import KBSource

/// What a record says, section by section, for a search engine.
struct EngineSections {
  /// A part of a record that becomes a document, or several where it is long.
  struct Section {
    var text: [UInt8] = []
    var code: [UInt8] = []
    /// Names and numbers with punctuation inside: as a whole, and joined.
    var wholes = DerivedWords()
    /// The parts of compounds and of names: in titles and headings, and in everything else.
    var names = DerivedWords()
    var parts = DerivedWords()
    /// What may be typed instead of words in titles and headings.
    var related = DerivedWords()
  }

  private(set) var sections: [Section]
  private(set) var aliases: [String] = []
  private(set) var symptoms: [String] = []
  private(set) var summary = ""
  private(set) var facts: [String] = []
  /// What is typed by those who look for pages such as this one: words for failing, or words that ask for people.
  private(set) var concepts: [String] = []

  init(_ texts: PageTexts, _ vocabulary: EngineVocabulary, _ synonyms: EngineSynonyms) {
    sections = Array(repeating: Section(), count: texts.sections)
    let language = texts.record.language
    let stemmer = Stemmer(language)
    let vocabulary = language == .german ? vocabulary : nil
    var scanner = TokenScanner()
    func scan(_ text: PageTexts.Text) {
      scanner.clear()
      scanner.scan(text.bytes.span)
      add(text)
      derive(from: text, scanner, vocabulary)
      guard text.field.isName else { return }
      let section = min(text.section, sections.count - 1)
      synonyms.words(for: scanner.atomTexts, in: language, stemmer) { sections[section].related.add($0[...]) }
    }
    texts.forEachName(scan)
    texts.forEachFact(scan)
    texts.forEachOfBody(scan)
    let names = TokenScanner("\(texts.record.title) \(texts.record.id)")
    let about = PageConcepts(of: texts.record, names: names.tokens.map { Array(names.bytes($0)) })
    if about.isAboutFailure { concepts += SearchTables.words("trouble") }
    if about.isAboutPeople { concepts += SearchTables.words("asking") }
  }

  private mutating func derive(from text: PageTexts.Text, _ scanner: TokenScanner, _ vocabulary: EngineVocabulary?) {
    let section = min(text.section, sections.count - 1)
    for token in scanner.tokens {
      let bytes = scanner.bytes(token)
      switch token.role {
      // A number as it is dialled, and words that imply what is written: nobody reads them.
      case .atom: if text.isImplied { sections[section].wholes.add(bytes) }
      case .whole, .joined: sections[section].wholes.add(bytes)
      case .part: addPart(bytes)
      }
      if let vocabulary { for part in vocabulary.parts(of: bytes) { addPart(part[...]) } }
    }
    func addPart(_ part: ArraySlice<UInt8>) {
      if text.field.isName { sections[section].names.add(part) } else { sections[section].parts.add(part) }
    }
  }

  private mutating func add(_ text: PageTexts.Text) {
    guard !text.isImplied else { return }
    let section = min(text.section, sections.count - 1)
    switch text.field {
    case .title, .heading: return
    case .alias: append(text, to: &aliases)
    case .symptom: append(text, to: &symptoms)
    case .summary: summary = PagePassages.plain(String(decoding: text.bytes, as: UTF8.self))
    case .id, .tag, .value, .relation, .kind, .folder: append(text, to: &facts)
    case .code: EngineSections.append(text.bytes, to: &sections[section].code)
    case .body, .concept, .runbook: EngineSections.append(text.bytes, to: &sections[section].text)
    }
  }

  private func append(_ text: PageTexts.Text, to texts: inout [String]) {
    let plain = PagePassages.plain(String(decoding: text.bytes, as: UTF8.self))
    if !plain.isEmpty { texts.append(plain) }
  }

  private static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    if !text.isEmpty { text.append(0x0A) }
    text += bytes
  }
}

extension SearchField {
  /// Whether it says what the page or a section is called.
  fileprivate var isName: Bool {
    switch self {
    case .title, .alias, .symptom, .id, .summary, .tag, .heading, .folder: true
    case .value, .relation, .kind, .concept, .runbook, .body, .code: false
    }
  }
}

/// Words that an engine would not make of a text itself, each once.
struct DerivedWords {
  private var seen: Set<[UInt8]> = []
  private(set) var words: [[UInt8]] = []

  mutating func add(_ word: ArraySlice<UInt8>) {
    let word = Array(word)
    if seen.insert(word).inserted { words.append(word) }
  }

  var text: String { String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self) }
}

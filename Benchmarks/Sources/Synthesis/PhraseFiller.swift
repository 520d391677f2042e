/// Fills the gaps of phrases with random words.
struct PhraseFiller {
  var random: RandomSource
  /// The language to write in.
  var language: Language { didSet { vocabulary = language.vocabulary } }
  /// What fills the gap `subject`.
  var subject = ""
  private(set) var vocabulary: Vocabulary

  init(random: RandomSource, language: Language) {
    self.random = random
    self.language = language
    vocabulary = language.vocabulary
  }

  /// A phrase as a sentence: its first letter is a capital.
  mutating func sentence(_ phrase: Phrase, link: String = "") -> String {
    let text = fill(phrase, link: link)
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A phrase with its gaps filled.
  mutating func fill(_ phrase: Phrase, link: String = "") -> String {
    var text = ""
    for piece in phrase.pieces {
      switch piece {
      case .text(let literal): text += literal
      case .gap(let slot): append(slot, link: link, to: &text)
      }
    }
    return text
  }

  /// One of the phrases as a sentence.
  mutating func sentence(of phrases: [Phrase], link: String = "") -> String {
    sentence(random.pick(phrases), link: link)
  }

  /// A name for a host.
  mutating func host() -> String {
    "\(random.pick(["srv", "vm", "db", "sw", "fw", "nas", "app"]))-\(word())-\(random.number(1...24))"
  }

  /// An invented word; some come often, most rarely.
  mutating func word() -> String { InventedWord.word(random.skewed(below: InventedWord.textCount)) }

  private mutating func append(_ slot: Slot, link: String, to text: inout String) {
    switch slot {
    case .noun: text += random.pick(vocabulary.nouns)
    case .compound: text += random.pick(vocabulary.compoundHeads) + random.pick(vocabulary.compoundTails)
    case .verb: text += random.pick(vocabulary.verbs)
    case .adjective: text += random.pick(vocabulary.adjectives)
    case .name: text += InventedWord.name(random.skewed(below: InventedWord.textCount))
    case .word: text += word()
    case .host: text += host()
    case .number: text += "\(random.number(2...90))"
    case .time: text += "\(random.number(0...23)):\(random.pick(["00", "15", "30", "45"]))"
    case .weekday: text += random.pick(vocabulary.weekdays)
    case .place: text += random.pick(vocabulary.places)
    case .subject: text += subject
    case .link: text += link
    }
  }
}

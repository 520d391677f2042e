/// Gives records titles and ids, no id twice.
struct Namer {
  private var filler: PhraseFiller
  private var taken: Set<String> = []

  init(seed: UInt64) { filler = PhraseFiller(random: RandomSource(seed: seed, stream: 1), language: .german) }

  mutating func team(_ number: Int, _ language: Language) -> Entry {
    let names = language.vocabulary.teams
    let name = names[number % names.count]
    return entry(.team, number, language, number < names.count ? name : "\(name) \(InventedWord.name(number))")
  }

  mutating func person(_ number: Int, _ language: Language) -> Entry {
    entry(.person, number, language, PersonName.name(number))
  }

  mutating func provider(_ number: Int, _ language: Language, type: String) -> Entry {
    let noun = language.vocabulary.providerNouns[type, default: ["IT"]][0]
    // Systems take their names from the front.
    let name = InventedWord.name(InventedWord.textCount - 1 - number)
    return entry(.provider, number, language, "\(name) \(noun) \(language.text("GmbH", "Ltd"))", id: "\(name) \(noun)")
  }

  mutating func system(_ number: Int, _ language: Language, _ facts: SystemFacts) -> Entry {
    let nouns = language.vocabulary.systemNouns[facts.type, default: ["IT"]]
    return entry(
      .system, number, language, "\(nouns[number / Blueprint.systemTypes.count % nouns.count]) \(facts.name)")
  }

  mutating func runbook(_ number: Int, _ language: Language, type: String, subject: Entry?) -> Entry {
    titled(.runbook, number, language, language.vocabulary.runbookTitles[type, default: []], subject)
  }

  mutating func record(_ kind: Kind, _ number: Int, _ language: Language, subject: Entry?) -> Entry {
    titled(kind, number, language, language.vocabulary.titles[kind, default: []], subject)
  }

  private mutating func titled(
    _ kind: Kind, _ number: Int, _ language: Language, _ phrases: [Phrase], _ subject: Entry?
  ) -> Entry {
    filler.language = language
    filler.subject = subject?.title ?? ""
    return entry(kind, number, language, filler.sentence(filler.random.pick(phrases)))
  }

  private mutating func entry(
    _ kind: Kind, _ number: Int, _ language: Language, _ title: String, id text: String? = nil
  ) -> Entry {
    let wanted = slug(text ?? title)
    var id = wanted
    var attempt = 2
    while !taken.insert(id).inserted {
      id = "\(wanted)-\(attempt)"
      attempt += 1
    }
    return Entry(kind: kind, number: number, id: id, title: title, language: language)
  }
}

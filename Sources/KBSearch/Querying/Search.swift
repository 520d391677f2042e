import KBCatalog
public import KBSource

/// A search of an index.
public struct Search {
  /// The pages that a query found.
  public struct Result: Sendable {
    public var hits: [SearchHit]
    /// The pages that were found, shown or not.
    public var total: Int
    /// The folded words to mark in what is shown.
    public var marks: [String]
    /// Words that were looked for instead of slips, each with the word as it was typed.
    public var corrections: [(typed: String, found: String)]
    /// Whether a phrase was given up, since no page has it.
    public var isRelaxed: Bool
    /// How each word of the query was understood, for `--explain`.
    public var explanation: [Message]
  }

  private var reader: UnitReader
  private let loadNames: () throws -> Shard

  /// Opens an index in memory.
  public init(_ index: SearchIndex) throws {
    let files = Dictionary(
      uniqueKeysWithValues: index.shards.map { ($0.name, $0.shard) } + [(RecordNames.name, index.names)])
    try self.init(root: index.root) { name throws in
      guard let shard = files[name] else { throw DamagedShard() }
      return shard
    }
  }

  /// Opens an index by its root; `load` gives the shard in one of its files.
  public init(root: Shard, load: @escaping (String) throws -> Shard) throws {
    reader = UnitReader(try IndexReader(root: root, load: load))
    loadNames = { try load(RecordNames.name) }
  }

  /// Answers a query with the best pages.
  public mutating func results(for text: String, limit: Int = 10) throws -> Result {
    let query = Query(text, reader.index)
    let units = try reader.units(of: query)
    let ranking = Ranking(units, reader.index)
    let mood = mood(of: query)
    var conditions = try Conditions(query, &reader)
    var found = answer(ranking, units, mood, conditions, hasWords: !query.runs.isEmpty)
    if found.isEmpty, conditions.hasPhrases {
      conditions.dropPhrases()
      found = answer(ranking, units, mood, conditions, hasWords: !query.runs.isEmpty)
    }
    if mood == .outage { found = try runbooksFirst(found, ranking, conditions) }
    var hits: [SearchHit] = []
    for ranked in found.prefix(limit) {
      var hit = try hit(ranked, units)
      if !query.runs.isEmpty {
        hit.explanation = Search.explain(ranked, ranking.shares(ranked.page, units), units, mood: mood)
      }
      hits.append(hit)
    }
    return Result(
      hits: hits, total: found.count, marks: Search.marks(units),
      corrections: units.compactMap { unit in
        guard let spelled = unit.alternatives.first, spelled.reason == .spelling, let word = spelled.words.first else {
          return nil
        }
        let (typed, found) = (Search.written(unit.text, in: text), String(decoding: word, as: UTF8.self))
        if Search.isSpelledOut(typed, unit.text, found) { return nil }
        return (typed, found)
      },
      isRelaxed: conditions.wereDropped, explanation: units.map(explain))
  }

  /// A word of a query as it was typed; `folded`: as it is looked for.
  private static func written(_ folded: [UInt8], in text: String) -> String {
    let words = text.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    return words.first { TokenScanner($0).atomTexts == [folded] } ?? String(decoding: folded, as: UTF8.self)
  }

  /// Whether a word has umlauts that another one spells out: `pruefung` is `Prüfung`, and no slip.
  private static func isSpelledOut(_ typed: String, _ folded: [UInt8], _ found: String) -> Bool {
    func withoutUmlauts(_ word: String) -> String { word.replacing(/([aou])e/) { $0.output.1 } }
    return typed.lowercased().contains { "äöü".contains($0) }
      && withoutUmlauts(found) == withoutUmlauts(String(decoding: folded, as: UTF8.self))
  }

  /// The titles of all pages by id.
  public func names() throws -> RecordNames { try RecordNames(loadNames()) }

  private func answer(
    _ ranking: Ranking, _ units: [Unit], _ mood: Ranking.Mood, _ conditions: Conditions, hasWords: Bool
  ) -> [Ranking.Ranked] {
    if hasWords { return ranking.best(units, mood: mood, isAllowed: conditions.allow) }
    // Conditions alone list the pages that fulfil them.
    guard conditions.areSet else { return [] }
    return (0..<reader.index.pageCount).filter(conditions.allow)
      .map { Ranking.Ranked(page: $0, score: 1, own: 1, bit: 0, coverage: 1) }
  }

  /// Puts the runbooks for an outage of the best system directly before it, and those for something else after it.
  private mutating func runbooksFirst(
    _ pages: [Ranking.Ranked], _ ranking: Ranking, _ conditions: Conditions
  ) throws -> [Ranking.Ranked] {
    let index = reader.index
    let reach = pages.prefix(index.constants[.outageReach])
    guard let place = reach.firstIndex(where: { ranking.isSystem($0.page) && $0.page < index.firstRetired }) else {
      return pages
    }
    let system = pages[place]
    let most: Int = index.constants[.mostOutageRunbooks]
    let runbooks = try outageRunbooks(ofSystem: system.page).filter { conditions.allow($0) }
    // Something else has what was named clearly better: no system is meant.
    let clearly: Double = system.own * index.constants[.outageNamed]
    if pages.contains(where: { $0.own > clearly && !runbooks.contains($0.page) }) { return pages }
    var before: [Ranking.Ranked] = []
    var after: [Ranking.Ranked] = []
    for other in pages[..<place] {
      // For another system, and before this one only since runbooks are raised.
      let isOfAnother = !runbooks.isEmpty && !runbooks.contains(other.page) && other.own < system.score
      let isLess = try ranking.isRunbook(other.page) && isOfAnother || isForSomethingElse(other.page)
      if isLess, !ranking.isSystem(other.page) { after.append(other) } else { before.append(other) }
    }
    let known = Set(before.map(\.page))
    for page in runbooks where !known.contains(page) {
      guard before.count(where: { runbooks.contains($0.page) }) < most else { break }
      before.append(pages.first { $0.page == page } ?? system)
      before[before.count - 1].page = page
      before[before.count - 1].score = system.score
    }
    let placed = Set(before.map(\.page))
    for number in after.indices { after[number].score = system.score }
    return before + [system] + after + pages[(place + 1)...].filter { !placed.contains($0.page) }
  }

  /// The runbooks to open when a system is down, as its card names them.
  private mutating func outageRunbooks(ofSystem page: Int) throws -> [Int] {
    let fields = try fields("c", page, reader.index.cardsPerShard)
    var text = PackedText(Array((fields.count > 9 ? fields[9] : "").utf8)[...])
    var pages: [Int] = []
    while !text.isAtEnd { pages.append(text.number()) }
    return pages.filter { $0 < reader.index.firstRetired }
  }

  /// Whether a page that is no system is a runbook that says that it is for something else than an outage.
  private mutating func isForSomethingElse(_ page: Int) throws -> Bool {
    try fields("c", page, reader.index.cardsPerShard).count > 9
  }

  /// What a query is about.
  private func mood(of query: Query) -> Ranking.Mood {
    reader.isOutage(query) ? .outage : reader.readsLikeTrouble(query) ? .trouble : .calm
  }

  private static func said(_ mood: Ranking.Mood) -> Message? {
    switch mood {
    case .calm: nil
    case .trouble: Message(de: "klingt nach einer Störung", en: "reads like trouble")
    case .outage: Message(de: "klingt nach einem Ausfall", en: "reads like an outage")
    }
  }

  /// The words that are marked in what is shown.
  private static func marks(_ units: [Unit]) -> [String] {
    var marks: [String] = []
    for unit in units where !unit.isStopword && !unit.alternatives.isEmpty {
      // Where the word itself is known, longer ones that begin like it are another matter.
      let alternatives = unit.alternatives.filter { !unit.isKnown || $0.reason != .prefix }
      let words = [unit.text] + alternatives.flatMap { $0.words.prefix(8) }
      for word in words.map({ String(decoding: $0, as: UTF8.self) }) where !marks.contains(word) { marks.append(word) }
    }
    return marks
  }

  private func explain(_ unit: Unit) -> Message {
    let word = String(decoding: unit.text, as: UTF8.self)
    guard !unit.alternatives.isEmpty else { return Message(de: "\(word): kommt nicht vor", en: "\(word): nowhere") }
    let alternatives = Message.both { language in
      let texts = unit.alternatives.map { alternative in
        let words = alternative.words.prefix(6).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
        let pages = alternative.parts.map { part in String(part.reduce(0) { $0 + $1.list.pages.count }) }
          .joined(separator: "+")
        let name = alternative.reason.name[language]
        return Message(de: "\(name) [\(words)], Seiten: \(pages)", en: "\(name) [\(words)] pages \(pages)")[language]
      }
      return Message.Text(verbatim: texts.joined(separator: "; "))
    }
    let weight = String((unit.weight / reader.index.constants[.rarityScale] * 10).rounded() / 10)
    return Message(
      de: "\(word): Gewicht \(weight)\(when: unit.isStopword, ", Füllwort"); \(alternatives)",
      en: "\(word): weight \(weight)\(when: unit.isStopword, ", stop word"); \(alternatives)")
  }

  private static func explain(_ ranked: Ranking.Ranked, _ shares: [Double], _ units: [Unit], mood: Ranking.Mood)
    -> [Message]
  {
    let words = Message.both { language in
      let texts = zip(units, shares).map { unit, share in
        let word = String(decoding: unit.text, as: UTF8.self)
        let missing = Message(de: "fehlt", en: "missing")[language]
        return "\(word) \(share > 0 ? String((share * 10).rounded() / 10) : missing)"
      }
      return Message.Text(verbatim: texts.joined(separator: " + "))
    }
    let coverage = Int((ranked.coverage * 100).rounded())
    let spoken = said(mood)
    return [
      Message(
        de: "\(words); deckt \(coverage) % der Suche ab\(spoken, { "; \($0)" })",
        en: "\(words); covers \(coverage) % of the query\(spoken, { "; \($0)" })")
    ]
  }

  // MARK: Hits

  private mutating func hit(_ ranked: Ranking.Ranked, _ units: [Unit]) throws -> SearchHit {
    let index = reader.index
    let fields = try fields("c", ranked.page, index.cardsPerShard)
    guard fields.count > 1, let code = fields[0].utf8.first else { throw DamagedShard() }
    func field(_ number: Int) -> String { number < fields.count ? fields[number] : "" }
    let number = Int(Packing.digit(code))
    let kind = number < index.kinds.count ? index.kinds[number] : ("", "", "")
    let id = field(2).isEmpty ? CardShards.usualID(fields[1]) : field(2)
    let sections = try sections(of: ranked.page)
    let section = section(ranked.bit, sections.headings.map(\.text), units)
    let heading = section > 0 ? sections.headings[section - 1] : ("", "")
    let anchor = heading.1.isEmpty ? PagePassages.slug(heading.0) : heading.1
    let address = field(3).isEmpty ? "\(kind.2)/\(id).html" : field(3)
    return SearchHit(
      path: sections.path ?? "\(kind.2)/\(id).md", id: id, kind: kind.0, kindLabel: kind.1,
      title: fields[1], section: heading.0, anchor: anchor, address: anchor.isEmpty ? address : "\(address)#\(anchor)",
      score: ranked.score,
      passage: section < sections.passages.count ? passage(sections.passages[section], Search.marks(units)) : "",
      isRetired: ranked.page >= index.firstRetired, call: field(5).isEmpty ? nil : (field(4), field(5)),
      customerNumber: field(6).isEmpty ? nil : field(6), firstStep: sections.firstStep)
  }

  /// The fields of a page's string in a shard.
  private mutating func fields(_ letter: String, _ page: Int, _ pagesPerShard: Int) throws -> [String] {
    let string = try reader.index.string("\(letter)\(page / pagesPerShard)", page % pagesPerShard)
    return String(decoding: string, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// The first of the passages that a hit may show that has the most of what is looked for.
  private func passage(_ text: String, _ marks: [String]) -> String {
    let pieces = text.split(separator: Character(PagePassages.separator), omittingEmptySubsequences: false).map(
      String.init)
    guard pieces.count > 1 else { return text }
    let marks = marks.map { Array($0.utf8) }
    var best = (piece: pieces[0], count: -1)
    for piece in pieces {
      let scanner = TokenScanner(piece)
      let words = Set(scanner.tokens.filter { $0.role != .part }.map { Array(scanner.bytes($0)) })
      let count = words.count { word in marks.contains { isForm(word, of: $0) } }
      if count > best.count { best = (piece, count) }
    }
    return best.piece
  }

  /// Whether a word is one that was looked for, or another form of it.
  private func isForm(_ word: [UInt8], of sought: [UInt8]) -> Bool {
    if word == sought { return true }
    let shared = zip(word, sought).prefix { $0 == $1 }.count
    guard shared >= 3 else { return false }
    let endings = reader.index.endings
    if shared == sought.count { return shared >= 4 || endings.contains(Array(word[shared...])) }
    return shared >= 4 && endings.contains(Array(word[shared...])) && endings.contains(Array(sought[shared...]))
  }

  /// The sections of a page.
  private mutating func sections(of page: Int) throws -> (
    path: String?, firstStep: String?, headings: [(text: String, anchor: String)], passages: [String]
  ) {
    let index = reader.index
    let fields = try fields("t", page, index.sectionsPerShard)
    func field(_ number: Int) -> String { number < fields.count ? fields[number] : "" }
    // Frequent headings are a digit; others follow, each with its anchor.
    var next = 3
    let headings = field(2).utf8.map { code -> (text: String, anchor: String) in
      let digit = Int(Packing.digit(code))
      if digit < index.headings.count { return (index.headings[digit], "") }
      next += 2
      return (field(next - 2), field(next - 1))
    }
    func known(_ number: Int) -> String? { field(number).isEmpty ? nil : field(number) }
    return (known(0), known(1), headings, Array(fields.dropFirst(next)))
  }

  /// The section that a bit stands for: of several the one whose heading has the most words of the query.
  private func section(_ bit: Int, _ headings: [String], _ units: [Unit]) -> Int {
    let sections = SectionMask.sections(bit: bit, of: headings.count + 1).filter { $0 <= headings.count }
    guard sections.count > 1 else { return sections.first ?? 0 }
    var best = sections[0]
    var most = 0.0
    for section in sections {
      let scanner = TokenScanner(headings[section - 1])
      let words = scanner.tokens.map { Array(scanner.bytes($0)) }
      var weight = 0.0
      for unit in units where unit.alternatives.contains(where: { $0.words.contains(where: words.contains) }) {
        weight += unit.weight
      }
      if weight > most {
        most = weight
        best = section
      }
    }
    return best
  }
}

/// A page that a query found, and the section of it to read.
public struct SearchHit: Sendable {
  /// The Markdown file, from the root of the knowledge base.
  public var path: String
  public var id: String
  /// The kind's id, and its name.
  public var kind: String
  public var kindLabel: String
  public var title: String
  /// The heading of the section, and its anchor; empty for the head of the page.
  public var section: String
  public var anchor: String
  /// From the root of the site, with the anchor; empty when the record is not published.
  public var address: String
  public var score: Double
  /// How the section begins.
  public var passage: String
  public var isRetired: Bool
  public var call: (name: String, phone: String)?
  public var customerNumber: String?
  public var firstStep: String?
  /// For each word of the query what it found here, for `--explain`.
  public var explanation: [Message] = []
}

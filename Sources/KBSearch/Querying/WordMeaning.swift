import KBSource

/// What words say beside what they stand for.
extension UnitReader {
  /// Whether a piece of a run is a number that is everywhere: an address that no page has isn't found by its digits.
  func isShortNumber(_ word: [UInt8]) -> Bool {
    word.count < constants[.shortestNumber] && word.allSatisfy(\.isASCIIDigit)
  }

  /// Whether a word is one of everyday language, in any of its forms.
  mutating func isCommon(_ word: [UInt8]) throws -> Bool {
    let common = try index.commonWords()
    let longest = min(4, word.count - constants[.shortestCommon])
    guard longest >= 0 else { return common.contains(word) }
    return (0...longest).contains { cut in
      index.endings.contains(Array(word.suffix(cut))) && common.contains(Array(word.dropLast(cut)))
    }
  }

  // MARK: What words imply

  /// Whether a query says that something is wrong, in words or as an error code.
  func readsLikeTrouble(_ query: Query) -> Bool {
    let isSaid = query.runs.contains { run in
      let words = run.atoms + run.parts + (run.whole.map { [$0] } ?? [])
      if words.contains(where: { index.trouble.contains($0) && !index.stopwords.contains($0) }) { return true }
      let first = run.atoms[0]
      return first.count > 4 && first.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")])
    }
    return isSaid || isBriefTrouble(query.runs.map { $0.whole ?? $0.atoms[0] })
  }

  /// Whether words of every sentence say so: in a query of few words one of them, in a longer one two.
  private func isBriefTrouble(_ words: [[UInt8]]) -> Bool {
    let count = words.count(where: index.brief.contains)
    return words.count <= constants[.mostBrief] ? count > 0 : count > 1
  }

  /// Gives a word that says no more than that something fails the pages that are about a failure, in whatever words.
  mutating func understandTrouble(_ units: inout [Unit]) throws {
    let saying = units.indices.filter { number in
      let text = units[number].text
      return index.trouble.contains(text) && !index.telling.contains(text) && !units[number].isStopword
    }
    let brief =
      saying.isEmpty && isBriefTrouble(units.map(\.text)) ? units.firstIndex { index.brief.contains($0.text) } : nil
    guard !saying.isEmpty || brief != nil, let failing = try concept(SearchTables.failing, constants[.failing]) else {
      return
    }
    let weight = weight(of: failing) * constants[.troubleShare]
    for number in saying {
      units[number].concept = failing
      units[number].weight = max(units[number].weight, weight)
    }
    // "steht" says nothing else here.
    if let brief { units[brief].imply(failing, weight) }
  }

  /// Whether a query names something, and says no more than that it is out.
  func isOutage(_ query: Query) -> Bool {
    let words = query.runs.map { $0.whole ?? $0.atoms[0] }
    let isNegated = isNegated(query)
    let names = words.filter { !saysOut($0, isNegated: isNegated) && !isBeside($0) }
    // "Wo steht der Drucker" asks for something else.
    return !names.isEmpty && !names.contains(where: index.stopwords.contains)
      && words.contains { saysOut($0, isNegated: isNegated) }
  }

  /// Whether a query says that something is not so.
  private func isNegated(_ query: Query) -> Bool {
    query.runs.contains { says($0.whole ?? $0.atoms[0], index.negating) }
  }

  /// Whether a word says that something is out: "hängt"; or with a negation that it works: "läuft nicht".
  private func saysOut(_ word: [UInt8], isNegated: Bool) -> Bool {
    says(word, index.outage) || isNegated && says(word, index.working)
  }

  private func isBeside(_ word: [UInt8]) -> Bool { says(word, index.beside) || says(word, index.negating) }

  /// Whether a word is in a list, as it is or with its umlauts spelled out: "faellt".
  private func says(_ word: [UInt8], _ list: Set<[UInt8]>) -> Bool {
    list.contains(word) || UnitReader.contracted(word).map(list.contains) ?? false
  }

  /// Leaves the name of what is out, where systems or runbooks have it: in whatever words somebody says it, it counts; beside it, a
  /// little, that pages are about a failure.
  mutating func understandOutage(_ units: [Unit], of query: Query) throws -> [Unit] {
    let isNegated = isNegated(query)
    var named = units.filter { !saysOut($0.text, isNegated: isNegated) && !isBeside($0.text) }
    let isMeant = named.contains(where: \.hasClassedPages)
    // Of pages without kinds "läuft nicht" asks for those about a failure: it says no more.
    let saying = units.first {
      isMeant ? saysOut($0.text, isNegated: isNegated) : isNegated && says($0.text, index.working)
    }
    guard var saying, let failing = try concept(SearchTables.failing, constants[.failing]) else {
      return isMeant ? named : units
    }
    saying.imply(failing, weight(of: failing) * constants[.troubleShare] * (isMeant ? constants[.outageFailing] : 1))
    named.append(saying)
    return named
  }

  /// Gives "who" the pages about people who can be asked; "who may" asks for something else.
  mutating func understandAsking(_ units: inout [Unit]) throws {
    guard !units.contains(where: { says($0.text, index.allowing) }),
      let number = units.firstIndex(where: { index.asking.contains($0.text) }),
      let answering = try concept(SearchTables.answering, constants[.answering])
    else { return }
    units[number].imply(answering, weight(of: answering))
  }

  /// The pages that are about something.
  private mutating func concept(_ word: [UInt8], _ share: Double) throws -> Unit.Alternative? {
    var found = try exact(word, .concept, share)
    found?.words = []
    return found
  }
}

extension Unit {
  /// Whether systems or runbooks have it.
  fileprivate var hasClassedPages: Bool {
    alternatives.contains { alternative in
      alternative.parts.contains { lists in lists.contains { $0.list.classes.contains { $0 > 0 } } }
    }
  }

  /// Adds the word that it makes with its neighbours: what it stands for alone says less then, and it weighs as that word does.
  mutating func join(_ joined: Alternative, apart: Double, least: Double) {
    for number in alternatives.indices where alternatives[number].reason != .joined {
      alternatives[number].weight *= apart
    }
    alternatives.append(joined)
    if !isStopword { weight = max(weight, least * joined.rarities[0]) }
    if weight == 0 { weight = joined.rarities[0] }
  }

  /// Makes it a word that says nothing but what it implies.
  fileprivate mutating func imply(_ concept: Alternative, _ weight: Double) {
    (alternatives, self.concept, self.weight, isStopword) = ([], concept, weight, false)
  }
}

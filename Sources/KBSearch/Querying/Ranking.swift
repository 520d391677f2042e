/// The pages of an index, weighed by the units of a query.
///
/// Only additions, multiplications and comparisons in a fixed order: the browser comes to the same numbers.
struct Ranking {
  /// What a query is about, by its words: the classes of pages count more or less then.
  enum Mood {
    case calm
    /// Something is wrong.
    case trouble
    /// Something that it names is out.
    case outage
  }

  /// A page with its weight.
  struct Ranked {
    var page: Int
    var score: Double
    /// The same before its class and its age were counted: how well it has what was named.
    var own: Double
    /// The part of the page that has the most of it.
    var bit: Int
    /// The share of the query's weight that the page covers.
    var coverage: Double
  }

  private let pageCount: Int
  private let firstRetired: Int
  private let constants: Constants
  private var scores: [[Double]] = []
  private var masks: [[UInt8]] = []
  private var classes: [UInt8]

  init(_ units: [Unit], _ index: IndexReader) {
    pageCount = index.pageCount
    firstRetired = index.firstRetired
    constants = index.constants
    classes = [UInt8](repeating: 0, count: pageCount)
    for unit in units { add(unit) }
    addConcepts(units)
  }

  /// Gives pages that are about what a word implies, and have another word of the query, that word too.
  private mutating func addConcepts(_ units: [Unit]) {
    let others = units.indices.filter { units[$0].concept == nil && !units[$0].isStopword }
    for (number, unit) in units.enumerated() {
      guard let concept = unit.concept else { continue }
      var score = [Double](repeating: 0, count: pageCount)
      var mask = [UInt8](repeating: 0, count: pageCount)
      apply(concept.parts[0], concept.weight, &score, &mask)
      for page in 0..<pageCount where score[page] > 0 {
        guard others.isEmpty || others.contains(where: { scores[$0][page] > 0 }) else { continue }
        scores[number][page] = max(scores[number][page], score[page])
        masks[number][page] |= mask[page]
      }
    }
  }

  private mutating func add(_ unit: Unit) {
    var score = [Double](repeating: 0, count: pageCount)
    var mask = [UInt8](repeating: 0, count: pageCount)
    for alternative in unit.alternatives {
      if alternative.parts.count == 1 {
        apply(alternative.parts[0], alternative.weight, &score, &mask)
      } else {
        applyAll(alternative, &score, &mask)
      }
    }
    scores.append(score)
    masks.append(mask)
  }

  private mutating func apply(
    _ lists: [(list: IndexReader.List, weight: Double)], _ weight: Double, _ score: inout [Double],
    _ mask: inout [UInt8]
  ) {
    for (list, share) in lists {
      let factor = weight * share / constants[.strongest]
      for index in list.pages.indices {
        let page = Int(list.pages[index])
        let value = factor * Double(list.impacts[index])
        if value > score[page] { score[page] = value }
        mask[page] |= list.masks[index]
        classes[page] = list.classes[index]
      }
    }
  }

  /// Several parts: their mean by rarity, times the share that is there.
  private mutating func applyAll(_ alternative: Unit.Alternative, _ score: inout [Double], _ mask: inout [UInt8]) {
    var total = 0.0
    for rarity in alternative.rarities { total += rarity }
    guard total > 0 else { return }
    var sums = [Double](repeating: 0, count: pageCount)
    var covered = sums
    var sections = [UInt8](repeating: 0, count: pageCount)
    for (part, rarity) in zip(alternative.parts, alternative.rarities) {
      var own = [Double](repeating: 0, count: pageCount)
      apply(part, 1, &own, &sections)
      for page in 0..<pageCount where own[page] > 0 {
        sums[page] += rarity * own[page]
        covered[page] += rarity
      }
    }
    for page in 0..<pageCount where covered[page] > 0 {
      // Where the whole is, its parts elsewhere say nothing about the section to read.
      if score[page] == 0 { mask[page] |= sections[page] }
      let value = alternative.weight * (sums[page] / total) * (covered[page] / total)
      if value > score[page] { score[page] = value }
    }
  }

  /// How much a word is there: a mention in passing covers little of a query.
  private func presence(_ score: Double) -> Double { min(1, score * constants[.presenceFactor]) }

  /// What each word of the query adds to a page.
  func shares(_ page: Int, _ units: [Unit]) -> [Double] {
    units.enumerated().map { number, unit in unit.weight * scores[number][page] }
  }

  /// Whether a page is a system.
  func isSystem(_ page: Int) -> Bool { classes[page] == 1 }

  /// Whether a page is a runbook that may be for trouble.
  func isRunbook(_ page: Int) -> Bool { classes[page] == 2 }

  /// The pages that are found, the best first.
  func best(_ units: [Unit], mood: Mood, isAllowed: (Int) -> Bool) -> [Ranked] {
    var total = 0.0
    for unit in units { total += unit.weight }
    guard total > 0 else { return [] }
    let classShares: [Double] =
      switch mood {
      case .calm: [1, 1, 1]
      case .trouble: [1, constants[.systemShare], constants[.runbookShare]]
      case .outage: [1, constants[.outageSystemShare], constants[.outageRunbookShare]]
      }
    var ranked: [Ranked] = []
    var most = 0.0
    for page in 0..<pageCount {
      guard var found = weigh(page, units, total), isAllowed(page) else { continue }
      found.score *= classShares[Int(classes[page])]
      if page >= firstRetired { found.score *= constants[.retiredShare] }
      most = max(most, found.score)
      ranked.append(found)
    }
    let least = most * constants[.leastShare]
    return ranked.filter { $0.score >= least }
      .sorted { $0.score == $1.score ? $0.page < $1.page : $0.score > $1.score }
  }

  /// Weighs a page by all of it and by its best section; `nil` when nothing of the query is there.
  private func weigh(_ page: Int, _ units: [Unit], _ total: Double) -> Ranked? {
    var sum = 0.0
    var got = 0.0
    var there = 0.0
    for (number, unit) in units.enumerated() where scores[number][page] > 0 {
      sum += unit.weight * scores[number][page]
      got += unit.weight
      there += unit.weight * presence(scores[number][page])
    }
    guard sum > 0 else { return nil }
    // The best section, read with the head of the page.
    var bit = 0
    var best = 0.0
    for candidate in 0..<6 {
      var part = 0.0
      var partThere = 0.0
      for (number, unit) in units.enumerated() where masks[number][page] & (1 << UInt8(candidate) | 1) != 0 {
        part += unit.weight * scores[number][page]
        partThere += unit.weight * presence(scores[number][page])
      }
      let share = partThere / total
      let value = part * share * share.squareRoot()
      if value > best {
        best = value
        bit = candidate
      }
    }
    let covered = there / total
    let score = best + constants[.scatteredShare] * (sum * covered * covered - best)
    return Ranked(page: page, score: score, own: score, bit: bit, coverage: got / total)
  }
}

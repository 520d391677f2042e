import KBCatalog
import KBSource
import POSIX

/// For each term the pages that it is on, with what it says of each.
struct Postings {
  /// A term's weight on a page.
  struct Entry: Equatable {
    var page: Int32
    /// How much of the page the term is, from 1 to `strongest`.
    var impact: UInt8
    /// The parts of the page that it is in, a bit each; see `SectionMask`.
    var mask: UInt8
    /// The words that follow it there.
    var follower = Follower()
  }

  static let strongest = UInt8(SearchTables.count("strongest"))
  /// The weight from which on more of a term says little more (BM25's k1).
  private static let saturation = Float(SearchTables.number("saturation"))

  /// Entries of all terms, a term's in the order of its pages.
  private let entries: [Entry]
  private let starts: [Int32]

  subscript(term: Int) -> ArraySlice<Entry> { entries[Int(starts[term])..<Int(starts[term + 1])] }

  init(_ runs: [PageWords], _ vocabulary: Vocabulary) async throws {
    var firstPages: [Int] = []
    var pages = 0
    for run in runs {
      firstPages.append(pages)
      pages += run.pages.count
    }
    let found = try await Array(runs.indices).concurrentMap { [firstPages] number in
      PageTerms(runs[number], vocabulary, numbers: vocabulary.numbers[number], firstPage: firstPages[number]).found
    }
    var starts = [Int32](repeating: 0, count: vocabulary.terms.count + 1)
    for run in found { for item in run { starts[Int(item.term) + 1] += 1 } }
    for term in 1..<starts.count { starts[term] += starts[term - 1] }
    var next = starts
    var entries = [Entry](repeating: Entry(page: 0, impact: 0, mask: 0), count: Int(starts.last ?? 0))
    for run in found {
      for item in run {
        entries[Int(next[Int(item.term)])] = item.entry
        next[Int(item.term)] += 1
      }
    }
    self.entries = entries
    self.starts = starts
  }

  /// The impact of what occurrences weigh together.
  static func impact(_ weight: Float) -> UInt8 {
    let share = weight / (weight + saturation)
    return max(1, min(strongest, UInt8((share * Float(strongest)).rounded())))
  }
}

/// The terms of a run of pages, weighed.
private struct PageTerms {
  struct Found {
    var term: Int32
    var entry: Postings.Entry
  }

  /// What two words count as the one that they are written as elsewhere.
  private static let pairShare = Float(SearchTables.number("pairShare"))
  /// What a word counts in the sections that are not its best.
  private static let otherSections = Float(SearchTables.number("otherSections"))

  /// The most that a word in the text counts, however often it is there: less than one in the title.
  private static let mostText = Float(SearchTables.number("mostText"))
  /// What words count on a page that only says where another one is.
  private static let movedShare = Float(SearchTables.number("movedShare"))

  private struct Weight {
    /// Term, section, and whether it is text: in this order.
    var key: UInt64
    var weight: Float
  }

  private(set) var found: [Found] = []

  init(_ run: PageWords, _ vocabulary: Vocabulary, numbers: [Int32], firstPage: Int) {
    var weights: [Weight] = []
    var followers: [Int32: Follower] = [:]
    for (offset, page) in run.pages.enumerated() {
      weights.removeAll(keepingCapacity: true)
      let language = page.record.language
      guard let stems = vocabulary.stems[language] ?? vocabulary.stems.values.first else { continue }
      func add(_ term: Int32, section: UInt16, isBody: Bool, _ weight: Float) {
        weights.append(
          Weight(key: UInt64(term) << 17 | UInt64(section) << 1 | (isBody ? 1 : 0), weight: weight))
      }
      for entry in run.entries[page.entries] {
        let word = Int(numbers[Int(entry.word)])
        add(stems[word], section: entry.section, isBody: entry.isBody, entry.weight)
        if language == .german {
          for part in vocabulary.parts[word] {
            add(part.term, section: entry.section, isBody: entry.isBody, entry.weight * part.factor)
          }
        }
      }
      // Two words that somewhere are written as one: "log in" counts as "login".
      let places = run.places[page.places]
      followers.removeAll(keepingCapacity: true)
      for (first, second) in zip(places, places.dropFirst())
      where second.position == first.position + 1 && first.section == second.section && first.field == second.field {
        let (head, tail) = (Int(numbers[Int(first.word)]), Int(numbers[Int(second.word)]))
        followers[stems[head], default: Follower()].add(vocabulary.followerNumbers[tail])
        if let joined = vocabulary.words.find(head, joinedWith: tail) {
          let field = first.field
          add(
            stems[joined], section: first.section, isBody: field.isBody, field.measure.weight * PageTerms.pairShare)
        }
      }
      weights.sort { $0.key < $1.key }
      collect(
        weights, followers, page: Int32(firstPage + offset), sections: page.sections,
        share: page.isMoved ? PageTerms.movedShare : 1)
    }
  }

  private mutating func collect(
    _ weights: [Weight], _ followers: [Int32: Follower], page: Int32, sections: Int, share: Float
  ) {
    // A page of many sections has nearly every word somewhere, each in its best section: so a single mention says less about it.
    let spread = 1 / cbrtf(Float(max(1, sections)))
    var index = 0
    while index < weights.count {
      let term = weights[index].key >> 17
      var head: Float = 0
      var best: Float = 0
      var sum: Float = 0
      var mask: UInt8 = 0
      while index < weights.count, weights[index].key >> 17 == term {
        let key = weights[index].key
        var weight: Float = 0
        while index < weights.count, weights[index].key == key {
          weight += weights[index].weight
          index += 1
        }
        let section = Int(key >> 1 & 0xFFFF)
        mask |= SectionMask.bit(section: section, of: sections)
        if key & 1 == 0 {
          head += weight
        } else {
          best = max(best, weight)
          sum += weight
        }
      }
      let text = min(PageTerms.mostText, best + PageTerms.otherSections * (sum - best))
      let impact = Postings.impact(share * (head + text * spread))
      let follower = followers[Int32(term)] ?? Follower()
      found.append(
        Found(
          term: Int32(term), entry: Postings.Entry(page: page, impact: impact, mask: mask, follower: follower)))
    }
  }
}

/// The conditions that pages must meet, whatever their words weigh.
struct Conditions {
  private var phrases: [Bool]?
  private var filters: [Bool]?
  private var excluded: [Bool]?
  private(set) var wereDropped = false

  var hasPhrases: Bool { phrases != nil }
  var areSet: Bool { filters != nil || phrases != nil }

  init(_ query: Query, _ reader: inout UnitReader) throws {
    for phrase in query.phrases {
      let pages = try Conditions.pages(of: phrase, &reader.index)
      phrases = Conditions.both(phrases, pages)
    }
    // Of two kinds either will do; a kind and an owner are both wanted.
    for facet in Set(query.filters.map(\.facet)).sorted() {
      var either: [Bool]?
      for filter in query.filters where filter.facet == facet && !filter.isExcluded {
        let pages = try Conditions.pages(of: filter, &reader.index)
        either = either.map { zip($0, pages).map { $0 || $1 } } ?? pages
      }
      if let either { filters = Conditions.both(filters, either) }
    }
    for filter in query.filters where filter.isExcluded {
      let pages = try Conditions.pages(of: filter, &reader.index)
      excluded = excluded.map { zip($0, pages).map { $0 || $1 } } ?? pages
    }
    for word in query.excluded {
      var pages = excluded ?? [Bool](repeating: false, count: reader.index.pageCount)
      for list in try reader.forms(of: word) where !list.isRelated {
        for page in try reader.index.allPages(of: list) { pages[Int(page)] = true }
      }
      excluded = pages
    }
  }

  func allow(_ page: Int) -> Bool {
    (phrases?[page] ?? true) && (filters?[page] ?? true) && !(excluded?[page] ?? false)
  }

  /// Takes phrases as words: nothing has them.
  mutating func dropPhrases() {
    phrases = nil
    wereDropped = true
  }

  private static func both(_ left: [Bool]?, _ right: [Bool]) -> [Bool] {
    guard let left else { return right }
    return zip(left, right).map { $0 && $1 }
  }

  /// The pages on which words follow each other, as far as the index knows; see `Follower`.
  private static func pages(of phrase: [[UInt8]], _ index: inout IndexReader) throws -> [Bool] {
    var found = [Bool](repeating: true, count: index.pageCount)
    for (number, word) in phrase.enumerated() {
      // Whether the word is there, and before the next one.
      var here = [Bool](repeating: false, count: index.pageCount)
      guard let place = try index.find(word) else { return here }
      let next = number + 1 < phrase.count ? Follower.number(of: phrase[number + 1]) : nil
      for list in try index.lists(of: place) where !list.isRelated {
        var own = [Bool](repeating: false, count: index.pageCount)
        // The followers of a cut list are known only for the pages that are left.
        if list.isCut { for page in try index.allPages(of: list) { own[Int(page)] = true } }
        // The last word may be followed by anything.
        let followers = next == nil ? [] : try index.followers(of: list)
        for entry in list.pages.indices {
          own[Int(list.pages[entry])] = next.map { followers[entry].contains($0) } ?? true
        }
        for page in own.indices where own[page] { here[page] = true }
      }
      for page in found.indices where !here[page] { found[page] = false }
    }
    return found
  }

  /// The pages with a value: named in full, or by some of its words.
  private static func pages(of filter: Query.Filter, _ index: inout IndexReader) throws -> [Bool] {
    var exact: [UInt8]?
    var partial: [[UInt8]] = []
    for string in try index.strings("f\(filter.facet)") {
      let parts = string.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { throw DamagedShard() }
      for name in parts[..<2] {
        let folded = Array(TokenScanner(String(decoding: name, as: UTF8.self)).atomTexts.joined(separator: [0x2D]))
        if folded == filter.value { exact = Array(parts[2]) }
        if contains(folded, filter.value) {
          partial.append(Array(parts[2]))
          break
        }
      }
    }
    var found = [Bool](repeating: false, count: index.pageCount)
    for pages in exact.map({ [$0] }) ?? partial {
      var text = PackedText(pages[...])
      var page = 0
      while !text.isAtEnd {
        page += text.number()
        if page < found.count { found[page] = true }
        page += 1
      }
    }
    return found
  }

  /// Whether words, separated by hyphens, contain others; the last one may be a beginning.
  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    for start in 0...(text.count - part.count) where start == 0 || text[start - 1] == 0x2D {
      if text[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
  }
}

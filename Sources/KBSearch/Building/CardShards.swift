import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// The texts of a hit: cards with title and whom to call, and apart from them, since they come later, sections with their passages.
struct CardShards {
  /// Headings that many pages have, the most frequent first: each is a digit in its sections.
  private(set) var headings: [String] = []
  private(set) var cards: [Shard] = []
  private(set) var sections: [Shard] = []

  /// Pages on a card's shard: with few pages more of them, since ten hits would be on most shards anyway.
  static func cardsPerShard(_ pages: Int) -> Int { pages > SearchIndex.large ? 128 : 512 }

  /// Pages on a shard of sections: with many pages more of them, for the number of files.
  static func sectionsPerShard(_ pages: Int) -> Int { pages > SearchIndex.large ? 64 : 16 }

  init(_ order: PageOrder, _ described: [SearchPage?], catalog: Catalog, isSmall: Bool) async throws {
    let budget = SearchTables.count(isSmall ? "smallPassages" : "passages")
    let kinds = Dictionary(uniqueKeysWithValues: catalog.schema.kinds.enumerated().map { ($1.id, $0) })
    let pages = try await order.records.concurrentMap { record -> PagePassages in
      guard described[record.index] != nil else { return PagePassages() }
      return PagePassages(record, in: catalog, isVisible: { described[$0.index] != nil }, budget: budget)
    }
    headings = CardShards.frequent(pages.map(\.headings))
    let codes = Dictionary(uniqueKeysWithValues: headings.enumerated().map { ($1, UInt8($0)) })
    let size = CardShards.cardsPerShard(pages.count)
    let numbers = Dictionary(uniqueKeysWithValues: order.records.enumerated().map { ($1.index, UInt32($0)) })
    for lower in stride(from: 0, to: pages.count, by: size) {
      let texts = (lower..<min(lower + size, pages.count)).map { number -> [UInt8] in
        let record = order.records[number]
        guard let page = described[record.index] else { return [] }
        return CardShards.card(
          record, page, kind: kinds[record.kind.id] ?? 0, runbooks: page.runbooks.compactMap { numbers[$0] })
      }
      cards.append(Shard("c\(cards.count)", texts))
    }
    let run = CardShards.sectionsPerShard(pages.count)
    for lower in stride(from: 0, to: pages.count, by: run) {
      let texts = (lower..<min(lower + run, pages.count)).map { number -> [UInt8] in
        guard let page = described[order.records[number].index] else { return [] }
        return CardShards.sections(order.records[number], pages[number], firstStep: page.firstStep, codes: codes)
      }
      sections.append(Shard("t\(sections.count)", texts))
    }
  }

  /// A digit for a heading that is not frequent: its text and anchor follow.
  static let ownHeading: UInt8 = 91

  /// The headings of more than a few pages, with usual anchors.
  private static func frequent(_ pages: [[PagePassages.Heading]]) -> [String] {
    var counts: [String: Int] = [:]
    for headings in pages {
      for heading in headings where heading.hasUsualAnchor { counts[heading.text, default: 0] += 1 }
    }
    let often = counts.filter { $0.value > 3 }.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    return often.prefix(Int(ownHeading)).map(\.key)
  }

  /// The most runbooks that a system's card names.
  private static let mostRunbooks = SearchTables.count("cardRunbooks")

  private static func card(_ record: Record, _ page: SearchPage, kind: Int, runbooks: [UInt32]) -> [UInt8] {
    var digits: [UInt8] = []
    Packing.append(digit: UInt8(min(kind, 91)), to: &digits)
    Packing.append(digit: UInt8(Lifecycle.allCases.firstIndex(of: record.lifecycle) ?? 0), to: &digits)
    let title = PagePassages.plain(record.title)
    let address = page.address == "\(record.kind.folder)/\(record.id).html" ? "" : page.address
    let call = page.call.map { PagePassages.plain($0.name) } ?? ""
    var fields = [
      String(decoding: digits, as: UTF8.self), title, record.id == usualID(title) ? "" : record.id, address, call,
      page.call?.phone.written ?? "",
      page.customerNumber ?? "", page.call?.phone.dialled ?? "", page.canFail ? "1" : "", outage(record, runbooks),
    ]
    while fields.last == "" { fields.removeLast() }
    return Array(fields.joined(separator: "\t").utf8)
  }

  /// What a card says of an outage: of a system the pages of the runbooks to open, of a runbook whether it is for something else.
  private static func outage(_ record: Record, _ runbooks: [UInt32]) -> String {
    if record.kind.behaviour == .runbook { return record.mayHelpInOutage ? "" : "1" }
    var text: [UInt8] = []
    for page in runbooks.prefix(mostRunbooks) { Packing.append(page, to: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The path, the first step, a digit for each heading, the headings that are not frequent with their anchors, and the passages: of
  /// the head, and of each heading.
  private static func sections(
    _ record: Record, _ page: PagePassages, firstStep: String?, codes: [String: UInt8]
  ) -> [UInt8] {
    var numbers: [UInt8] = []
    var own: [String] = []
    for heading in page.headings {
      let code = heading.hasUsualAnchor ? codes[heading.text] : nil
      Packing.append(digit: code ?? ownHeading, to: &numbers)
      if code == nil { own += [heading.text, heading.hasUsualAnchor ? "" : heading.anchor] }
    }
    let path = record.path.string == "\(record.kind.folder)/\(record.id).md" ? "" : record.path.string
    let step = firstStep.map { PagePassages.plain($0) } ?? ""
    let fields = [path, step, String(decoding: numbers, as: UTF8.self)] + own
    return Array((fields + page.passages).joined(separator: "\t").utf8)
  }

  /// The id that a title suggests: letters and digits of ASCII in lower case, umlauts spelled out, hyphens for the rest.
  /// The browser's reader does the same.
  static func usualID(_ title: String) -> String {
    var id: [UInt8] = []
    var isGap = false
    func add(_ letters: [UInt8]) {
      if isGap, !id.isEmpty { id.append(UInt8(ascii: "-")) }
      isGap = false
      id += letters
    }
    for scalar in title.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": add([UInt8(scalar.value)])
      case "A"..."Z": add([UInt8(scalar.value) + 0x20])
      case "ä", "Ä": add([0x61, 0x65])
      case "ö", "Ö": add([0x6F, 0x65])
      case "ü", "Ü": add([0x75, 0x65])
      case "ß": add([0x73, 0x73])
      default: isGap = true
      }
    }
    return String(decoding: id, as: UTF8.self)
  }
}

/// The headings of a page, and the text that comes first below each.
struct PagePassages {
  /// A heading, and what leads to it.
  struct Heading {
    var text: String
    var anchor: String
    /// Whether the anchor is the one that the text suggests.
    var hasUsualAnchor: Bool
  }

  private(set) var headings: [Heading] = []
  /// The head's, then one for each heading.
  private(set) var passages: [String] = [""]

  init() {}

  init(_ record: Record, in catalog: Catalog, isVisible: @escaping (Record) -> Bool, budget: Int) {
    let sections = 1 + max(0, record.document.body.headings.count - (record.headingIsTitle ? 1 : 0))
    let longest = max(40, min(240, budget / sections))
    var pending: [UInt8] = Array((record.value(.summary)?.text ?? "").utf8)
    if !pending.isEmpty { pending.append(0x20) }
    var isInHeading = false
    let limit = longest * 2
    BodySteps(of: record, in: catalog, isVisible: isVisible).forEach { step in
      switch step {
      case .beginHeading(let number):
        isInHeading = true
        // The title's twin begins no section.
        guard number > 0 || !record.headingIsTitle else { return }
        passages[passages.count - 1] = PagePassages.cut(pending, longest)
        pending.removeAll(keepingCapacity: true)
        let heading = record.document.body.headings[number]
        let text = PagePassages.plain(heading.text)
        headings.append(
          Heading(text: text, anchor: heading.anchor, hasUsualAnchor: heading.anchor == PagePassages.slug(text)))
        passages.append("")
      case .endHeading: isInHeading = false
      case .endCode, .end: pending.append(0x20)
      case .beginCode: break
      case .text(let text): if !isInHeading, pending.count < limit { pending += text }
      }
    }
    passages[passages.count - 1] = PagePassages.cut(pending, longest)
    // An empty head shows the first text below it.
    if passages[0].isEmpty, let next = passages.first(where: { !$0.isEmpty }) { passages[0] = next }
    passages[0] = ([passages[0]] + PagePassages.alternatives(record)).joined(separator: PagePassages.separator)
  }

  /// Separates the passages that a hit on the head may show: the first, and what else a page is found by.
  static let separator = "\u{1F}"

  /// The symptoms, and the other names: shown where they have more of what is looked for than the passage.
  private static func alternatives(_ record: Record) -> [String] {
    let symptoms = record.values(.symptoms).prefix(8).compactMap(\.text)
    let names = record.values(.aliases).prefix(8).compactMap(\.text).joined(separator: ", ")
    let sentences = record.values(.finds).prefix(8).compactMap(\.text)
    return (symptoms + sentences + (names.isEmpty ? [] : [names])).map { cut(Array($0.utf8), 160) }
  }

  /// The beginning of a text up to a word's end.
  private static func cut(_ bytes: [UInt8], _ longest: Int) -> String {
    var text = plain(bytes)
    guard text.count > longest else { return String(decoding: text, as: UTF8.self) }
    var end = longest
    while end > 0, text[end] != 0x20 { end -= 1 }
    if end == 0 {
      end = longest
      while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    }
    text.removeSubrange(end...)
    return String(decoding: text, as: UTF8.self) + " …"
  }

  /// A text on one line, without control characters.
  static func plain(_ text: String) -> String { String(decoding: plain(Array(text.utf8)), as: UTF8.self) }

  private static func plain(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      // C1 controls, no-break spaces, and the line and paragraph separators of Unicode.
      let isC2 = byte == 0xC2 && index + 1 < bytes.count && bytes[index + 1] <= 0xA0
      let isSeparator =
        byte == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x80
        && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9)
      if byte <= 0x20 || byte == 0x7F || isC2 || isSeparator {
        if let last = result.last, last != 0x20 { result.append(0x20) }
        index += isSeparator ? 3 : isC2 ? 2 : 1
      } else {
        result.append(byte)
        index += 1
      }
    }
    if result.last == 0x20 { result.removeLast() }
    return result
  }

  /// The anchor that most headings have: lower case, spaces as hyphens, no punctuation. The browser's reader does the same.
  static func slug(_ text: String) -> String {
    var slug = ""
    for scalar in text.unicodeScalars {
      if scalar == " " {
        slug.unicodeScalars.append("-")
      } else if scalar == "-" || scalar == "_" || Folding.classify(scalar) != .other {
        slug += scalar.properties.lowercaseMapping
      }
    }
    return slug
  }
}

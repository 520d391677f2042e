internal import KBCatalog
internal import KBDocument
internal import KBSource

/// What a hit shows: cards with title, sections and whom to call, and apart from them the passages.
struct CardShards {
  /// Pages on a card's shard, and on a passage's.
  static let cardsPerShard = 64
  static let passagesPerShard = 64

  /// What a page's passages may have together, in bytes.
  static let passageBytes = 320

  private(set) var cards: [Shard] = []
  private(set) var passages: [Shard] = []

  init(_ order: PageOrder, _ described: [SearchPage?], catalog: Catalog, isSmall: Bool) async throws {
    let budget = isSmall ? 2_000 : CardShards.passageBytes
    let kinds = Dictionary(uniqueKeysWithValues: catalog.schema.kinds.enumerated().map { ($1.id, $0) })
    let pages = try await order.records.concurrentMap { record -> (card: [UInt8], passages: [UInt8]) in
      guard let page = described[record.index] else { return ([], []) }
      let sections = PagePassages(record, in: catalog, isVisible: { described[$0.index] != nil }, budget: budget)
      return (
        CardShards.card(record, page, kind: kinds[record.kind.id] ?? 0, sections: sections),
        Array(sections.passages.joined(separator: "\t").utf8)
      )
    }
    for lower in stride(from: 0, to: pages.count, by: CardShards.cardsPerShard) {
      let upper = min(lower + CardShards.cardsPerShard, pages.count)
      cards.append(Shard("c\(cards.count)", pages[lower..<upper].map(\.card)))
    }
    for lower in stride(from: 0, to: pages.count, by: CardShards.passagesPerShard) {
      let upper = min(lower + CardShards.passagesPerShard, pages.count)
      passages.append(Shard("t\(passages.count)", pages[lower..<upper].map(\.passages)))
    }
  }

  private static func card(_ record: Record, _ page: SearchPage, kind: Int, sections: PagePassages) -> [UInt8] {
    var digits: [UInt8] = []
    Packing.append(digit: UInt8(min(kind, 91)), to: &digits)
    Packing.append(digit: UInt8(Lifecycle.allCases.firstIndex(of: record.lifecycle) ?? 0), to: &digits)
    let path = record.path.string == "\(record.kind.folder)/\(record.id).md" ? "" : record.path.string
    let address = page.address == "\(record.kind.folder)/\(record.id).html" ? "" : page.address
    var fields = [
      String(decoding: digits, as: UTF8.self), record.id, PagePassages.plain(record.title), path, address,
      page.call.map { PagePassages.plain($0.name) } ?? "", page.call?.phone ?? "", page.customerNumber ?? "",
      page.firstStep.map { PagePassages.plain($0) } ?? "",
    ]
    for heading in sections.headings {
      fields.append(heading.text)
      fields.append(heading.anchor == PagePassages.slug(heading.text) ? "" : heading.anchor)
    }
    while fields.last == "" { fields.removeLast() }
    return Array(fields.joined(separator: "\t").utf8)
  }
}

/// The headings of a page, and what stands first below each.
struct PagePassages {
  private(set) var headings: [(text: String, anchor: String)] = []
  /// The head's, then one for each heading.
  private(set) var passages: [String] = [""]

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
        headings.append((PagePassages.plain(heading.text), heading.anchor))
        passages.append("")
      case .endHeading: isInHeading = false
      case .endCode, .end: pending.append(0x20)
      case .beginCode: break
      case .text(let text): if !isInHeading, pending.count < limit { pending += text }
      }
    }
    passages[passages.count - 1] = PagePassages.cut(pending, longest)
    // A head that says nothing shows what comes first below it.
    if passages[0].isEmpty, let next = passages.first(where: { !$0.isEmpty }) { passages[0] = next }
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

  /// The anchor that most headings have: lower case, blanks as hyphens, no punctuation. The browser's reader does the same.
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

import KBSource

/// Raw HTML as events of Markdown: a table, a list or a link is the same thing, however it is written.
///
/// Each element that begins here ends where what holds it ends, as browsers do it (HTML, "Tree construction").
extension MarkdownTape {
  /// Begins the element of a tag.
  mutating func beginElement(
    _ tag: HTMLTag, _ written: ArraySlice<UInt8>, at place: SourceRange?
  ) -> Markdown.Refusal? {
    guard hiddenElement == nil, let form = HTMLForm.known[tag.name] else { return nil }
    guard isMeant(tag, form) else { return addHTMLText(written, at: place) }
    addAnchor(of: tag)
    // Within the cell or the item that a tag begins, otherwise before it.
    defer { writeAnchors() }
    if !form.isPart { writeAnchors() }
    // Deeper than any text is: the elements are left out, and the text stays.
    let isTooDeep = open.count > MarkdownReader.deepest / 2
    switch form {
    case .nothing: return nil
    case .lost, .hidden:
      noteLost(tag)
      if case .hidden = form, hasEndTag(tag.name) { hiddenElement = tag.name }
      return nil
    case .lineBreak:
      if openHeading != nil || !openLinks.isEmpty { note([UInt8(ascii: " ")], nil) }
      return write(.lineBreak, [], at: nil)
    case .image:
      if let image = HTMLImage(tag) { return add(image) }
      noteMissing("src", of: tag)
      return nil
    case .link:
      if tag.attributes["href"] == nil, tag.hasMisspeltAddress { noteMissing("href", of: tag) }
      return beginLink(tag)
    case .span(let kind): return isTooDeep ? nil : begin(Open(kind: kind, tag: tag.name), in: .span)
    case .spanElement(let element):
      return isTooDeep ? nil : begin(Open(kind: .spanElement, tag: tag.name, element: element.rawValue), in: .span)
    default: break
    }
    // A heading holds no blocks.
    if openHeading != nil {
      guard case .heading = form, let number = index(ofElement: tag.name) else {
        isBetweenBlocks = true
        return nil
      }
      end(to: number)
    }
    return isTooDeep ? nil : beginBlock(tag, form)
  }

  private mutating func beginBlock(_ tag: HTMLTag, _ form: HTMLForm) -> Markdown.Refusal? {
    switch form {
    case .block(let kind):
      let first = kind == .orderedList ? UInt32(tag.number("start", in: 0...999_999_999) ?? 1) : 0
      let isList = kind == .orderedList || kind == .unorderedList
      return begin(Open(kind: kind, tag: tag.name), in: .block, detail: isList ? 1 : 0, number: first)
    case .blockElement(let element):
      if element == .dt || element == .dd { endInner([.dt, .dd], within: .dl) }
      return begin(
        Open(kind: .blockElement, tag: tag.name, element: element.rawValue), in: .block,
        number: element == .details && tag.attributes["open"] != nil ? 1 : 0)
    case .heading(let level):
      if footnotes.isOpen { return begin(Open(kind: .paragraph, tag: tag.name), in: .block) }
      let number = UInt32(result.headings.count)
      let refusal = begin(Open(kind: .heading, tag: tag.name), in: .block, detail: level, number: number)
      beginHeading(level: level)
      return refusal
    case .rule:
      endParagraph()
      return begin(Open(kind: .rule, tag: tag.name), in: .block) ?? endElement(tag.name)
    case .item: return beginItem(tag)
    case .section(let kind):
      guard let table = index(ofKinds: [.table]) else { return nil }
      end(to: table + 1)
      return begin(Open(kind: kind, tag: tag.name))
    case .row:
      guard let table = index(ofKinds: [.tableHead, .tableBody, .table]) else { return nil }
      end(to: table + 1)
      return beginRow()
    case .cell(let kind):
      guard let row = index(ofKinds: [.tableRow, .tableHead, .tableBody, .table]) else { return nil }
      end(to: row + 1)
      if open[row].kind != .tableRow, let refusal = beginRow() { return refusal }
      return begin(
        Open(kind: kind, tag: tag.name), number: UInt32(tag.number("colspan", in: 2...1000) ?? 0),
        upper: UInt32(tag.number("rowspan", in: 2...1000) ?? 0))
    case .caption:
      guard let table = index(ofKinds: [.table]) else { return nil }
      end(to: table + 1)
      let caption = Markdown.Element.caption.rawValue
      return begin(Open(kind: .blockElement, tag: tag.name, element: caption), detail: caption)
    default: return nil
    }
  }

  private enum Place { case block, span }

  /// Begins an element where it may be: a block ends the paragraph before it.
  private mutating func begin(
    _ element: Open, in place: Place, detail: UInt8 = 0, number: UInt32 = 0
  ) -> Markdown.Refusal? {
    if place == .block { endParagraph() }
    let isElement = element.kind == .blockElement || element.kind == .spanElement
    return beginCell() ?? begin(element, detail: isElement ? element.element : detail, number: number)
  }

  private mutating func beginRow() -> Markdown.Refusal? {
    if open.last?.kind == .table, let refusal = begin(Open(kind: .tableBody, tag: "tbody")) { return refusal }
    return begin(Open(kind: .tableRow, tag: "tr"))
  }

  private mutating func beginItem(_ tag: HTMLTag) -> Markdown.Refusal? {
    let lists: [Markdown.Event.Kind] = [.unorderedList, .orderedList]
    if let place = index(ofKinds: [.item] + lists), open[place].kind == .item { end(to: place) }
    endParagraph()
    if open.last.map({ lists.contains($0.kind) && $0.tag != nil }) != true {
      // Browsers show an item without a list as one.
      if let refusal = begin(Open(kind: .unorderedList, tag: "ul"), in: .block, detail: 1) { return refusal }
    }
    return begin(Open(kind: .item, tag: tag.name))
  }

  private mutating func beginLink(_ tag: HTMLTag) -> Markdown.Refusal? {
    if let number = index(ofElement: "a") { end(to: number) }
    guard openLinks.isEmpty, let href = tag.attributes["href"], !href.value.trimmingBlanks().isEmpty,
      open.count < MarkdownReader.deepest - 2
    else { return nil }
    let refusal = begin(Open(kind: .link, tag: "a"), in: .span, number: UInt32(result.links.count))
    note(
      Markdown.Link(
        kind: .inline, destination: href.value.trimmingBlanks(), title: tag.attributes["title"]?.value ?? "",
        range: href.place.map { trimmed($0, href.value) } ?? .start, text: ""))
    return refusal
  }

  /// The place of a value without the blanks around it.
  private func trimmed(_ place: SourceRange, _ value: String) -> SourceRange {
    let blanks = value.utf8.prefix { $0 <= 0x20 }.count
    return value.utf8.count == place.count
      ? SourceRange(Int(place.lower) + blanks, Int(place.lower) + blanks + value.trimmingBlanks().utf8.count) : place
  }

  /// Adds a picture that is written as HTML.
  private mutating func add(_ image: HTMLImage) -> Markdown.Refusal? {
    var link = Markdown.Link(
      kind: .image, destination: image.source, title: image.title, range: image.place ?? .start,
      text: image.alternative)
    (link.width, link.height) = (image.width, image.height)
    if let refusal = beginCell() { return refusal }
    let number = UInt32(result.links.count)
    result.links.append(link)
    let alternative = Array(image.alternative.utf8)[...]
    return append(Markdown.Event(kind: .image, phase: .enter, detail: 0, lower: number, upper: 0))
      ?? (alternative.isEmpty ? nil : write(.text, alternative, at: nil))
      ?? append(Markdown.Event(kind: .image, phase: .leave, detail: 0, lower: 0, upper: 0))
  }

  // MARK: Ends

  /// Ends an element, and what is open in it.
  mutating func endElement(_ name: String) -> Markdown.Refusal? {
    if let hidden = hiddenElement {
      if hidden == name { hiddenElement = nil }
      return nil
    }
    if let number = index(ofElement: name) { end(to: number) }
    return nil
  }

  /// Ends the paragraph that a block ends.
  mutating func endParagraph() {
    for (number, block) in open.enumerated().reversed() {
      if block.kind == .paragraph { return end(to: number) }
      if block.kind.isBlock { return }
    }
  }

  /// Ends the heading of HTML that a block of Markdown ends; true where it is the paragraph in it.
  mutating func endHeading(before kind: Markdown.Event.Kind) -> Bool {
    guard let heading = openHeading, let number = open.lastIndex(where: { $0.kind == .heading }) else { return false }
    if kind == .paragraph, heading.text.isEmpty { return true }
    end(to: number)
    return false
  }

  /// The number of the innermost element of a name; what Markdown or a cell holds together, no tag in it parts.
  private func index(ofElement name: String) -> Int? {
    let form = HTMLForm.known[name]
    for (number, block) in open.enumerated().reversed() {
      if block.tag == name { return number }
      if case .heading = form, block.kind == .heading, block.tag != nil { return number }
      let isBlock = block.kind.isBlock && block.kind != .paragraph
      if block.tag == nil, isBlock { return nil }
      switch form {
      case .span, .spanElement: if block.tag == nil || block.kind.isBlock { return nil }
      case .link: if block.kind == .item || block.isCell { return nil }
      case .cell, .row, .section, .caption, .block(.table): break
      default: if block.isCell || block.kind == .table { return nil }
      }
    }
    return nil
  }

  /// The number of the innermost one of some kinds that HTML began, in the same table or list.
  private func index(ofKinds kinds: [Markdown.Event.Kind]) -> Int? {
    for (number, block) in open.enumerated().reversed() {
      if kinds.contains(block.kind) { return block.tag == nil ? nil : number }
      if block.tag == nil, block.kind.isBlock, block.kind != .paragraph { return nil }
      if block.kind == .table { return nil }
    }
    return nil
  }

  private mutating func endInner(_ elements: [Markdown.Element], within outer: Markdown.Element) {
    for (number, block) in open.enumerated().reversed() {
      guard block.tag != nil || !block.kind.isBlock || block.kind == .paragraph else { return }
      guard block.kind == .blockElement else { continue }
      if elements.contains(where: { $0.rawValue == block.element }) { return end(to: number) }
      if block.element == outer.rawValue { return }
    }
  }

  /// Begins the cell that a table of HTML lacks for what comes next.
  mutating func beginCell() -> Markdown.Refusal? {
    guard let last = open.last, last.tag != nil else { return nil }
    switch last.kind {
    case .table, .tableHead, .tableBody: return beginRow() ?? begin(Open(kind: .cell, tag: "td"))
    case .tableRow: return begin(Open(kind: .cell, tag: "td"))
    default: return nil
    }
  }

  // MARK: Text

  /// Adds text between tags.
  mutating func addHTMLText(_ text: ArraySlice<UInt8>, at place: SourceRange?) -> Markdown.Refusal? {
    guard hiddenElement == nil else { return nil }
    let isPreformatted = open.contains { $0.kind == .blockElement && $0.element == Markdown.Element.pre.rawValue }
    if !isPreformatted, text.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
      isBetweenBlocks = true
      return nil
    }
    var rest = text
    while !rest.isEmpty {
      let sign = rest.first
      if sign == UInt8(ascii: "&"), let end = entityEnd(in: rest) {
        note(decodedEntity(Array(rest[..<end]))[...], place)
        if let refusal = write(.entity, rest[..<end], at: part(rest.startIndex..<end, of: text, place)) {
          return refusal
        }
        rest = rest[end...]
      } else if sign == UInt8(ascii: "\n"), !isPreformatted {
        note([UInt8(ascii: " ")], nil)
        isBetweenBlocks = true
        rest = rest.drop { $0 <= UInt8(ascii: " ") }
      } else {
        let end = rest.dropFirst().firstIndex {
          $0 == UInt8(ascii: "&") || ($0 == UInt8(ascii: "\n") && !isPreformatted)
        }
        let words = rest[..<(end ?? rest.endIndex)]
        let range = part(words.startIndex..<words.endIndex, of: text, place)
        if let refusal = addWords(words, at: range, isPreformatted) { return refusal }
        rest = rest[words.endIndex...]
      }
    }
    return nil
  }

  /// Adds words without entities and line ends, with the signs that names of emoji stand for.
  private mutating func addWords(
    _ words: ArraySlice<UInt8>, at place: SourceRange?, _ isPreformatted: Bool
  ) -> Markdown.Refusal? {
    guard let place, !isPreformatted, words.contains(UInt8(ascii: ":")) else {
      note(words, place)
      return write(isPreformatted ? .codeText : .text, words, at: place)
    }
    let run = TextRun(words, isEscaped: false, at: Int(place.lower))
    for part in run.parts(isInLink: true) {
      let (bytes, place) = (run.source[part.range], run.place(of: part.range))
      var refusal: Markdown.Refusal?
      if case .emoji(let character) = part.kind {
        note(Array(character.utf8)[...], place, written: bytes)
        refusal = write(.text, Array(character.utf8)[...], at: nil)
      } else {
        note(bytes, place)
        refusal = write(.text, bytes, at: place)
      }
      if let refusal { return refusal }
    }
    return nil
  }

  private func part(_ range: Range<Int>, of text: ArraySlice<UInt8>, _ place: SourceRange?) -> SourceRange? {
    place.map {
      SourceRange(
        Int($0.lower) + range.lowerBound - text.startIndex, Int($0.lower) + range.upperBound - text.startIndex)
    }
  }

  /// The end of the entity that a text begins with, as `&nbsp;`.
  private func entityEnd(in text: ArraySlice<UInt8>) -> Int? {
    guard let end = text.prefix(12).firstIndex(of: UInt8(ascii: ";")), end > text.startIndex + 1 else { return nil }
    let name = text[(text.startIndex + 1)..<end]
    let body = name.first == UInt8(ascii: "#") ? name.dropFirst() : name
    return !body.isEmpty && body.allSatisfy(\.isASCIIAlphanumeric) ? end + 1 : nil
  }

  // MARK: What can't be shown

  private mutating func noteLost(_ tag: HTMLTag) {
    guard !lostElements.contains(where: { $0.name == tag.name }) else { return }
    lostElements.append(Markdown.HiddenElement(name: tag.name, range: tag.place ?? result.range))
  }

  private mutating func noteMissing(_ attribute: String, of tag: HTMLTag) {
    result.remarks.append(.tagWithoutAddress(tag.place ?? result.range, tag: tag.name, attribute: attribute))
  }

  /// Whether a tag is one, and not a placeholder such as `<source>`: that has neither attributes nor an end.
  private mutating func isMeant(_ tag: HTMLTag, _ form: HTMLForm) -> Bool {
    switch form {
    case .nothing, .lost, .hidden: tag.hasAttributes || hasEndTag(tag.name) || tag.name == "wbr"
    case .blockElement(.div) where tag.name != "div": tag.hasAttributes || hasEndTag(tag.name)
    default: true
    }
  }

  private mutating func hasEndTag(_ name: String) -> Bool {
    if let known = endTags[name] { return known }
    let wanted = Array("</\(name)".utf8)
    var index = 0
    var isFound = false
    while !isFound, let next = source[index...].firstIndex(of: wanted[0]) {
      isFound =
        source.count - next >= wanted.count && zip(wanted, source[next...]).allSatisfy { $0 == $1.asciiLowercased }
      index = next + 1
    }
    endTags[name] = isFound
    return isFound
  }
}

extension MarkdownTape.Open {
  var isCell: Bool { kind == .cell || kind == .headerCell }

  /// Whether it holds only rows, cells or items, and no text of its own.
  var isStructure: Bool {
    switch kind {
    case .table, .tableHead, .tableBody, .tableRow, .unorderedList, .orderedList: tag != nil
    case .blockElement: element == Markdown.Element.dl.rawValue
    default: false
    }
  }
}

/// A tag `<img src="plan.png" alt="Plan" width="300">`: the only way to give a picture a size on GitHub.
struct HTMLImage {
  let source: String
  /// The place of the source in the file.
  let place: SourceRange?
  let alternative: String
  let title: String
  let width: String?
  let height: String?

  /// The picture of a tag; `nil` where it has no source.
  init?(_ tag: HTMLTag) {
    guard let source = tag.attributes["src"], !source.value.isEmpty else { return nil }
    (self.source, place) = (source.value, source.place)
    alternative = tag.attributes["alt"]?.value ?? ""
    title = tag.attributes["title"]?.value ?? ""
    width = HTMLImage.size(tag.attributes["width"]?.value)
    height = HTMLImage.size(tag.attributes["height"]?.value)
  }

  /// A size such as `300`, `300px` or `50%`.
  private static func size(_ written: String?) -> String? {
    guard let size = written?.trimmingBlanks().wholeMatch(of: /([0-9]{1,4})(px|%)?\/?/), let number = Int(size.1),
      number > 0
    else { return nil }
    return size.2 == "%" ? number <= 100 ? "\(number)%" : nil : String(number)
  }
}

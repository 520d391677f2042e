import CMarkdown
import KBSource

/// Reads Markdown through md4c's callbacks.
///
/// md4c hands out pointers into the text itself, so the place of every heading, link and word is known.
@safe struct MarkdownReader: ~Copyable {
  /// Blocks and spans nested deeper than this are refused.
  static let deepest = 100
  /// More events than this for each kilobyte are refused: a table of thousands of columns multiplies itself.
  static let eventsPerKilobyte = 2000

  private var result: Markdown
  private let base: UnsafePointer<CChar>
  private let count: Int
  private let offset: Int
  private let mostEvents: Int
  private var depth = 0
  /// The number of the heading, and where its text begins, while inside one.
  private var openHeading: (number: Int, text: [UInt8], range: SourceRange?)?
  private var isInCell = false
  private var openLinks: [(number: Int, text: [UInt8], range: SourceRange?)] = []
  private var anchors: [String: Int] = [:]

  /// Reads `bytes[range]`.
  static func read(_ bytes: [UInt8], _ range: SourceRange) -> Markdown {
    guard MarkdownCost.isBearable(bytes[range.offsets]) else {
      var refused = Markdown(range: range)
      refused.refusal = .tooComplex
      return refused
    }
    return unsafe bytes[range.offsets].withUnsafeBytes { buffer in
      guard let base = unsafe buffer.bindMemory(to: CChar.self).baseAddress, unsafe !buffer.isEmpty else {
        return Markdown(range: range)
      }
      var reader = unsafe MarkdownReader(base: base, count: buffer.count, range: range)
      return reader.parse()
    }
  }

  private init(base: UnsafePointer<CChar>, count: Int, range: SourceRange) {
    unsafe self.base = unsafe base
    self.count = count
    offset = Int(range.lower)
    mostEvents = 1000 + (count / 1024 + 1) * MarkdownReader.eventsPerKilobyte
    result = Markdown(range: range)
    result.events.reserveCapacity(count / 16 + 16)
  }

  private mutating func parse() -> Markdown {
    var parser = MD_PARSER()
    parser.flags = UInt32(
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_WIKILINKS | MD_FLAG_PERMISSIVEURLAUTOLINKS
        | MD_FLAG_PERMISSIVEEMAILAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS)
    unsafe parser.enter_block = { unsafe reader($2).pointee.enterBlock($0, $1) }
    unsafe parser.leave_block = { type, _, context in unsafe reader(context).pointee.leaveBlock(type) }
    unsafe parser.enter_span = { unsafe reader($2).pointee.enterSpan($0, $1) }
    unsafe parser.leave_span = { type, _, context in unsafe reader(context).pointee.leaveSpan(type) }
    unsafe parser.text = { unsafe reader($3).pointee.addPieces($0, $1, Int($2)) }
    let (base, size) = unsafe (base, UInt32(count))
    let status = unsafe withUnsafeMutablePointer(to: &self) { unsafe md_parse(base, size, &parser, $0) }
    if status != 0 {
      // Without a refusal of ours, md4c itself gave up (no memory).
      result.refusal = result.refusal ?? .tooComplex
      result.events = []
      result.pool = []
    }
    return result
  }

  // MARK: Callbacks; each returns 0 to go on

  private mutating func enterBlock(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) -> CInt {
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    var event = Markdown.Event(kind: kind, phase: .enter, detail: 0, lower: 0, upper: 0)
    switch type {
    case MD_BLOCK_H:
      event.detail = unsafe UInt8(clamping: detail.load(MD_BLOCK_H_DETAIL.self)?.level ?? 1)
      event.lower = UInt32(result.headings.count)
      openHeading = (result.headings.count, [], nil)
      result.headings.append(Markdown.Heading(level: Int(event.detail), text: "", anchor: "", range: result.range))
    case MD_BLOCK_UL:
      event.detail = unsafe UInt8(clamping: detail.load(MD_BLOCK_UL_DETAIL.self)?.is_tight ?? 0)
    case MD_BLOCK_OL:
      let list = unsafe detail.load(MD_BLOCK_OL_DETAIL.self)
      event.detail = UInt8(clamping: list?.is_tight ?? 0)
      event.lower = list?.start ?? 1
    case MD_BLOCK_LI:
      if let item = unsafe detail.load(MD_BLOCK_LI_DETAIL.self), item.is_task != 0 {
        event.detail = item.task_mark == CChar(UInt8(ascii: " ")) ? 1 : 2
      }
    case MD_BLOCK_CODE:
      let info = unsafe detail.load(MD_BLOCK_CODE_DETAIL.self).map { unsafe decode($0.info) } ?? ""
      event.lower = UInt32(result.codeBlocks.count)
      result.codeBlocks.append(Markdown.CodeBlock(info: info))
    case MD_BLOCK_TH, MD_BLOCK_TD:
      event.detail = unsafe UInt8(clamping: detail.load(MD_BLOCK_TD_DETAIL.self)?.align.rawValue ?? 0)
    default: break
    }
    return enter(event)
  }

  private mutating func leaveBlock(_ type: MD_BLOCKTYPE) -> CInt {
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    if type == MD_BLOCK_H, let heading = openHeading {
      let text = String(decoding: heading.text, as: UTF8.self).trimmingBlanks()
      result.headings[heading.number].text = text
      result.headings[heading.number].anchor = uniqueAnchor(for: text)
      if let range = heading.range { result.headings[heading.number].range = range }
      openHeading = nil
    }
    return leave(kind)
  }

  private mutating func enterSpan(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) -> CInt {
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    var event = Markdown.Event(kind: kind, phase: .enter, detail: 0, lower: 0, upper: 0)
    switch type {
    case MD_SPAN_A:
      guard let link = unsafe detail.load(MD_SPAN_A_DETAIL.self) else { break }
      unsafe open(kind: .inline, destination: link.href, title: link.title, event: &event)
    case MD_SPAN_IMG:
      guard let image = unsafe detail.load(MD_SPAN_IMG_DETAIL.self) else { break }
      unsafe open(kind: .image, destination: image.src, title: image.title, event: &event)
    case MD_SPAN_WIKILINK:
      guard let link = unsafe detail.load(MD_SPAN_WIKILINK_DETAIL.self) else { break }
      unsafe open(kind: .wiki, destination: link.target, title: MD_ATTRIBUTE(), event: &event)
    default: break
    }
    return enter(event)
  }

  private mutating func leaveSpan(_ type: MD_SPANTYPE) -> CInt {
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    if kind == .link || kind == .image || kind == .wikiLink, let link = openLinks.popLast() {
      result.links[link.number].text = String(decoding: link.text, as: UTF8.self)
      if let range = link.range {
        let destination = result.links[link.number].range
        // Without a place of its own, the destination stands where the text does.
        if destination.count == 0 { result.links[link.number].range = range }
        if kind == .link, destination.count == 0 || destination == range { result.links[link.number].kind = .automatic }
      }
      if !openLinks.isEmpty { openLinks[openLinks.count - 1].text.append(contentsOf: link.text) }
    }
    return leave(kind)
  }

  /// Adds text; in a cell of a table a backslash before a bar is no part of the code that it stands in (GFM, tables).
  private mutating func addPieces(_ type: MD_TEXTTYPE, _ text: UnsafePointer<MD_CHAR>?, _ size: Int) -> CInt {
    guard isInCell, type == MD_TEXT_CODE, let text = unsafe text else { return unsafe addText(type, text, size) }
    var start = 0
    for at in 0..<max(0, size - 1) {
      guard unsafe text[at] == MD_CHAR(UInt8(ascii: "\\")), unsafe text[at + 1] == MD_CHAR(UInt8(ascii: "|")) else {
        continue
      }
      if at > start, case let code = unsafe addText(type, text + start, at - start), code != 0 { return code }
      start = at + 1
    }
    return unsafe addText(type, text + start, size - start)
  }

  private mutating func addText(_ type: MD_TEXTTYPE, _ text: UnsafePointer<MD_CHAR>?, _ size: Int) -> CInt {
    guard result.events.count < mostEvents else { return refuse(.tooComplex) }
    let kind: Markdown.Event.Kind
    switch type {
    case MD_TEXT_ENTITY: kind = .entity
    case MD_TEXT_CODE: kind = .codeText
    case MD_TEXT_HTML: kind = .html
    case MD_TEXT_BR: kind = .lineBreak
    case MD_TEXT_SOFTBR: kind = .softBreak
    case MD_TEXT_NULLCHAR: kind = .replacement
    default: kind = .text
    }
    var event = Markdown.Event(kind: kind, phase: .text, detail: 0, lower: 0, upper: 0)
    if let text = unsafe text, size > 0 {
      let place = unsafe place(of: text, size)
      if let place {
        (event.lower, event.upper) = (place.lower, place.upper)
      } else {
        event.detail = 1
        event.lower = UInt32(result.pool.count)
        unsafe result.pool.append(contentsOf: UnsafeRawBufferPointer(start: text, count: size))
        event.upper = UInt32(result.pool.count)
      }
      if openHeading != nil || !openLinks.isEmpty {
        let written = unsafe Array(UnsafeRawBufferPointer(start: text, count: size))
        switch kind {
        case .softBreak, .lineBreak: note([UInt8(ascii: " ")], place)
        case .entity: note(decodedEntity(written), place)
        case .html: note([], place)
        default: note(written, place)
        }
      }
    } else if kind == .softBreak || kind == .lineBreak {
      note([UInt8(ascii: " ")], nil)
    }
    result.events.append(event)
    return 0
  }

  // MARK: Steps

  private mutating func enter(_ event: Markdown.Event) -> CInt {
    depth += 1
    guard depth <= MarkdownReader.deepest else { return refuse(.tooDeep) }
    guard result.events.count < mostEvents else { return refuse(.tooComplex) }
    result.events.append(event)
    if event.kind == .cell { isInCell = true }
    return 0
  }

  private mutating func leave(_ kind: Markdown.Event.Kind) -> CInt {
    depth -= 1
    if kind == .cell { isInCell = false }
    result.events.append(Markdown.Event(kind: kind, phase: .leave, detail: 0, lower: 0, upper: 0))
    return 0
  }

  private mutating func refuse(_ refusal: Markdown.Refusal) -> CInt {
    result.refusal = refusal
    // md4c goes on after a positive number, at the next block (its MD_CHECK looks for negative ones only).
    return -1
  }

  private mutating func open(
    kind: Markdown.Link.Kind, destination: MD_ATTRIBUTE, title: MD_ATTRIBUTE, event: inout Markdown.Event
  ) {
    event.lower = UInt32(result.links.count)
    let place = unsafe destination.text == nil ? nil : place(of: destination.text, Int(destination.size))
    openLinks.append((result.links.count, [], nil))
    unsafe result.links.append(
      Markdown.Link(
        kind: kind, destination: decode(destination), title: decode(title), range: place ?? .start, text: ""))
  }

  /// Adds to the text of the heading and the link that are open.
  private mutating func note(_ bytes: [UInt8], _ place: SourceRange?) {
    if openHeading != nil {
      openHeading?.text.append(contentsOf: bytes)
      if let place {
        let range = joined(openHeading?.range, place)
        openHeading?.range = range
      }
    }
    if !openLinks.isEmpty {
      openLinks[openLinks.count - 1].text.append(contentsOf: bytes)
      if let place { openLinks[openLinks.count - 1].range = joined(openLinks[openLinks.count - 1].range, place) }
    }
  }

  private func joined(_ left: SourceRange?, _ right: SourceRange) -> SourceRange {
    SourceRange(Int(left?.lower ?? right.lower), Int(right.upper))
  }

  /// Where md4c's pointer stands in the file; nothing when it is text of md4c's own.
  private func place(of text: UnsafePointer<CChar>, _ size: Int) -> SourceRange? {
    let distance = unsafe text - base
    guard distance >= 0, distance + size <= count else { return nil }
    return SourceRange(offset + distance, offset + distance + size)
  }

  /// The text of an attribute, entities decoded.
  private func decode(_ attribute: MD_ATTRIBUTE) -> String {
    guard unsafe attribute.text != nil, unsafe attribute.size > 0 else { return "" }
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: attribute.text, count: Int(attribute.size)))
    guard let types = unsafe attribute.substr_types, let offsets = unsafe attribute.substr_offsets,
      bytes.contains(UInt8(ascii: "&")) || bytes.contains(0)
    else { return String(decoding: bytes, as: UTF8.self) }
    var decoded: [UInt8] = []
    var part = 0
    while true {
      let lower = unsafe Int(offsets[part])
      guard lower < bytes.count else { break }
      let upper = unsafe min(Int(offsets[part + 1]), bytes.count)
      let piece = Array(bytes[lower..<upper])
      switch unsafe types[part] {
      case MD_TEXT_ENTITY: decoded += decodedEntity(piece)
      case MD_TEXT_NULLCHAR: decoded += Array("\u{FFFD}".utf8)
      default: decoded += piece
      }
      part += 1
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// GitHub's rule: lower case, only letters, digits, `-` and `_`, blanks become `-`; repeated ones are numbered.
  private mutating func uniqueAnchor(for text: String) -> String {
    let anchor = githubAnchor(text)
    guard let seen = anchors[anchor] else {
      anchors[anchor] = 0
      return anchor
    }
    var number = seen + 1
    while anchors["\(anchor)-\(number)"] != nil { number += 1 }
    anchors[anchor] = number
    anchors["\(anchor)-\(number)"] = 0
    return "\(anchor)-\(number)"
  }
}

/// GitHub's anchor of a heading, before numbering.
public func githubAnchor(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) {
    return String(decoding: text.utf8.compactMap(anchorByte), as: UTF8.self)
  }
  var anchor = ""
  anchor.reserveCapacity(text.utf8.count)
  for scalar in text.lowercased().unicodeScalars {
    switch scalar {
    case "-", "_": anchor.unicodeScalars.append(scalar)
    case " ", "\t": anchor.unicodeScalars.append("-")
    default:
      if scalar.isASCII {
        if UInt8(scalar.value).isASCIIAlphanumeric { anchor.unicodeScalars.append(scalar) }
      } else if isWordScalar(scalar) {
        anchor.unicodeScalars.append(scalar)
      }
    }
  }
  return anchor
}

/// What Ruby's `\p{Word}` holds, which GitHub keeps: letters, marks, decimal digits and connectors; no "²", no "₂".
private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
    .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
    true
  default: false
  }
}

/// What an ASCII byte becomes in an anchor; nothing when it is left out.
private func anchorByte(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: " "), UInt8(ascii: "\t"): UInt8(ascii: "-")
  case UInt8(ascii: "-"), UInt8(ascii: "_"): byte
  default: byte.isASCIIAlphanumeric ? byte.asciiLowercased : nil
  }
}

/// The reader behind a callback's context.
private func reader(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<MarkdownReader> {
  guard let context = unsafe context else { preconditionFailure("md4c lost its context") }
  return unsafe context.assumingMemoryBound(to: MarkdownReader.self)
}

extension UnsafeMutableRawPointer? {
  /// The detail that md4c passes with a block or span.
  fileprivate func load<Detail>(_ type: Detail.Type) -> Detail? { unsafe self?.load(as: type) }
}

extension Markdown.Event.Kind {
  fileprivate init?(_ type: MD_BLOCKTYPE) {
    switch type {
    case MD_BLOCK_DOC: self = .document
    case MD_BLOCK_QUOTE: self = .quote
    case MD_BLOCK_UL: self = .unorderedList
    case MD_BLOCK_OL: self = .orderedList
    case MD_BLOCK_LI: self = .item
    case MD_BLOCK_HR: self = .rule
    case MD_BLOCK_H: self = .heading
    case MD_BLOCK_CODE: self = .codeBlock
    case MD_BLOCK_HTML: self = .htmlBlock
    case MD_BLOCK_P: self = .paragraph
    case MD_BLOCK_TABLE: self = .table
    case MD_BLOCK_THEAD: self = .tableHead
    case MD_BLOCK_TBODY: self = .tableBody
    case MD_BLOCK_TR: self = .tableRow
    case MD_BLOCK_TH: self = .headerCell
    case MD_BLOCK_TD: self = .cell
    default: return nil
    }
  }

  fileprivate init?(_ type: MD_SPANTYPE) {
    switch type {
    case MD_SPAN_EM: self = .emphasis
    case MD_SPAN_STRONG: self = .strong
    case MD_SPAN_A: self = .link
    case MD_SPAN_IMG: self = .image
    case MD_SPAN_CODE: self = .code
    case MD_SPAN_DEL: self = .deleted
    case MD_SPAN_WIKILINK: self = .wikiLink
    default: return nil
    }
  }
}

import CMarkdown
import KBSource

/// Reads Markdown through md4c's callbacks.
///
/// md4c hands out pointers into its text, so the place of every heading, link and word is known.
@safe struct MarkdownReader: ~Copyable {
  /// Blocks and spans nested deeper than this are refused.
  static let deepest = 100
  /// More events than this for each kilobyte are refused: a table of thousands of columns multiplies itself.
  static let eventsPerKilobyte = 2000

  private let source: MarkdownSource
  private let base: UnsafePointer<CChar>
  private var tape: MarkdownTape
  private var isInCell = false

  /// Reads `bytes[range]`.
  static func read(_ bytes: [UInt8], _ range: SourceRange, readsFootnotes: Bool = true) -> Markdown {
    let source = MarkdownSource(bytes, range.offsets, readsFootnotes: readsFootnotes)
    guard MarkdownCost.isBearable(source.text[...]) else {
      var refused = Markdown(range: range)
      refused.refusal = .tooComplex
      return refused
    }
    return unsafe source.text.withUnsafeBytes { buffer in
      guard let base = unsafe buffer.bindMemory(to: CChar.self).baseAddress, unsafe !buffer.isEmpty else {
        return Markdown(range: range)
      }
      var reader = unsafe MarkdownReader(source: source, base: base, range: range)
      return reader.parse()
    }
  }

  private init(source: MarkdownSource, base: UnsafePointer<CChar>, range: SourceRange) {
    self.source = source
    unsafe self.base = unsafe base
    tape = MarkdownTape(range: range, source: source)
  }

  private mutating func parse() -> Markdown {
    var parser = MD_PARSER()
    parser.flags = UInt32(
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_WIKILINKS)
    unsafe parser.enter_block = { unsafe reader($2).pointee.enterBlock($0, $1) }
    unsafe parser.leave_block = { type, _, context in unsafe reader(context).pointee.leaveBlock(type) }
    unsafe parser.enter_span = { unsafe reader($2).pointee.enterSpan($0, $1) }
    unsafe parser.leave_span = { type, _, context in unsafe reader(context).pointee.leaveSpan(type) }
    unsafe parser.text = { unsafe reader($3).pointee.addPieces($0, $1, Int($2)) }
    let (base, size) = unsafe (base, UInt32(source.text.count))
    let status = unsafe withUnsafeMutablePointer(to: &self) { unsafe md_parse(base, size, &parser, $0) }
    // Without a refusal of ours, md4c itself gave up (no memory).
    if status != 0 { tape.refuse(.tooComplex) }
    return tape.finished()
  }

  // MARK: Callbacks; each returns 0 to go on

  private mutating func enterBlock(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) -> CInt {
    if type == MD_BLOCK_HTML { return done(tape.enterHTML()) }
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    switch type {
    case MD_BLOCK_H:
      return done(
        unsafe tape.enterHeading(level: UInt8(clamping: detail.load(MD_BLOCK_H_DETAIL.self)?.level ?? 1)))
    case MD_BLOCK_UL:
      return done(
        unsafe tape.enter(kind, detail: UInt8(clamping: detail.load(MD_BLOCK_UL_DETAIL.self)?.is_tight ?? 0)))
    case MD_BLOCK_OL:
      let list = unsafe detail.load(MD_BLOCK_OL_DETAIL.self)
      return done(tape.enter(kind, detail: UInt8(clamping: list?.is_tight ?? 0), number: list?.start ?? 1))
    case MD_BLOCK_LI:
      guard let item = unsafe detail.load(MD_BLOCK_LI_DETAIL.self), item.is_task != 0 else {
        return done(tape.enter(kind))
      }
      return done(tape.enter(kind, detail: item.task_mark == CChar(UInt8(ascii: " ")) ? 1 : 2))
    case MD_BLOCK_CODE:
      return done(
        tape.enterCodeBlock(info: unsafe detail.load(MD_BLOCK_CODE_DETAIL.self).map { unsafe decode($0.info) } ?? ""))
    case MD_BLOCK_TH, MD_BLOCK_TD:
      isInCell = true
      return done(
        unsafe tape.enter(
          kind, detail: UInt8(clamping: detail.load(MD_BLOCK_TD_DETAIL.self)?.align.rawValue ?? 0)))
    default: return done(tape.enter(kind))
    }
  }

  private mutating func leaveBlock(_ type: MD_BLOCKTYPE) -> CInt {
    if type == MD_BLOCK_HTML { tape.leaveHTML() }
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    if type == MD_BLOCK_TD || type == MD_BLOCK_TH { isInCell = false }
    tape.leave(kind)
    return 0
  }

  private mutating func enterSpan(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) -> CInt {
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    switch type {
    case MD_SPAN_A:
      guard let link = unsafe detail.load(MD_SPAN_A_DETAIL.self) else { break }
      return done(unsafe tape.enterLink(self.link(.inline, to: link.href, title: link.title)))
    case MD_SPAN_IMG:
      guard let image = unsafe detail.load(MD_SPAN_IMG_DETAIL.self) else { break }
      return done(unsafe tape.enterLink(self.link(.image, to: image.src, title: image.title)))
    case MD_SPAN_WIKILINK:
      guard let link = unsafe detail.load(MD_SPAN_WIKILINK_DETAIL.self) else { break }
      return done(unsafe tape.enterLink(self.link(.wiki, to: link.target, title: MD_ATTRIBUTE())))
    default: break
    }
    return done(tape.enter(kind))
  }

  private mutating func leaveSpan(_ type: MD_SPANTYPE) -> CInt {
    guard let kind = Markdown.Event.Kind(type) else { return 0 }
    tape.leave(kind)
    return 0
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
    let isHTML = type == MD_TEXT_HTML
    guard let text = unsafe text, size > 0 else {
      return isHTML ? 0 : done(tape.add(Markdown.Event.Kind(type), [], at: nil))
    }
    guard let range = unsafe range(of: text, size) else {
      let own = unsafe Array(UnsafeRawBufferPointer(start: text, count: size))
      return done(isHTML ? tape.addHTML(own[...], at: nil) : tape.add(Markdown.Event.Kind(type), own[...], at: nil))
    }
    if isHTML, let number = source.footnoteMarks[range.lowerBound] {
      tape.beginFootnote(number)
      return 0
    }
    // What was inserted for md4c is nobody's text.
    if isHTML, let reference = source.references[range.lowerBound] {
      return done(tape.addReference(reference))
    }
    if isHTML, source.isInserted(range), source.text[range].starts(with: CommentEnds.sign) { return 0 }
    let place = source.place(of: range)
    return done(
      isHTML
        ? tape.addHTML(source.text[range], at: place)
        : tape.add(Markdown.Event.Kind(type), source.text[range], at: place))
  }

  /// What md4c is told: to go on, or to stop with a refusal.
  private mutating func done(_ refusal: Markdown.Refusal?) -> CInt {
    guard let refusal else { return 0 }
    tape.refuse(refusal)
    // md4c goes on after a positive number, at the next block (its MD_CHECK looks for negative ones only).
    return -1
  }

  private func link(_ kind: Markdown.Link.Kind, to destination: MD_ATTRIBUTE, title: MD_ATTRIBUTE) -> Markdown.Link {
    let range = unsafe destination.text == nil ? nil : range(of: destination.text, Int(destination.size))
    let place = range.flatMap(source.place) ?? .start
    return unsafe Markdown.Link(
      kind: kind, destination: decode(destination), title: decode(title), range: place, text: "",
      isEmbed: kind == .wiki && source.embeds.contains(Int(place.lower)))
  }

  /// The range of the text that md4c's pointer means; `nil` where it points to text of its own.
  private func range(of text: UnsafePointer<CChar>, _ size: Int) -> Range<Int>? {
    let distance = unsafe text - base
    guard distance >= 0, distance + size <= source.text.count else { return nil }
    return distance..<distance + size
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

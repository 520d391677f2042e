import CMarkdown

extension Markdown.Event.Kind {
  init?(_ type: MD_BLOCKTYPE) {
    switch type {
    case MD_BLOCK_DOC: self = .document
    case MD_BLOCK_QUOTE: self = .quote
    case MD_BLOCK_UL: self = .unorderedList
    case MD_BLOCK_OL: self = .orderedList
    case MD_BLOCK_LI: self = .item
    case MD_BLOCK_HR: self = .rule
    case MD_BLOCK_H: self = .heading
    case MD_BLOCK_CODE: self = .codeBlock
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

  init?(_ type: MD_SPANTYPE) {
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

  /// The kind of a piece of text; raw HTML is read before it gets one.
  init(_ type: MD_TEXTTYPE) {
    switch type {
    case MD_TEXT_ENTITY: self = .entity
    case MD_TEXT_CODE: self = .codeText
    case MD_TEXT_BR: self = .lineBreak
    case MD_TEXT_SOFTBR: self = .softBreak
    case MD_TEXT_NULLCHAR: self = .replacement
    default: self = .text
    }
  }
}

extension Markdown.Event.Kind {
  /// Whether it is a block and not a span.
  public var isBlock: Bool { rawValue <= Markdown.Event.Kind.footnote.rawValue }
}

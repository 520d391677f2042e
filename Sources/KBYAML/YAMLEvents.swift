import CYAML

extension YAMLFile {
  /// The version of libyaml that reads files here.
  public static var libraryVersion: String {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    unsafe yaml_get_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }
}

/// Sole owner of one libyaml parser, freed exactly once.
///
/// The parser keeps a pointer to itself, so it lives at one address of the heap. The text must outlive it.
@safe struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// Starts reading UTF-8.
  package init(_ text: UnsafeBufferPointer<UInt8>) {
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    // Fails only when memory is exhausted; the first `next` then reports it.
    if unsafe yaml_parser_initialize(parser) == 1 {
      unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  /// Why libyaml stopped: its words, and the place as a number of Unicode scalars.
  package struct Problem: Error {
    let words: String
    let index: Int
  }

  /// The next event as a value.
  package mutating func next() throws(Problem) -> YAMLEvent {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else {
      let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) }
      // What is never closed is best seen where it opens.
      let isOpen = words.map { $0.contains("end of stream") || $0.contains("',' or") } ?? false
      let mark =
        unsafe isOpen && parser.pointee.context != nil ? parser.pointee.context_mark : parser.pointee.problem_mark
      throw Problem(words: words ?? "out of memory", index: mark.index)
    }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe YAMLEvent(event)
  }
}

/// One event of libyaml, as a value.
struct YAMLEvent {
  package enum Kind {
    case scalar(String, isPlain: Bool)
    case alias, sequenceStart, sequenceEnd, mappingStart, mappingEnd, documentStart, streamEnd, other
  }

  package let kind: Kind
  let hasAnchor: Bool
  let hasTag: Bool
  /// First Unicode scalar, and the one after the last.
  package let start: Int
  package let end: Int

  package init(_ event: yaml_event_t) {
    start = unsafe event.start_mark.index
    end = unsafe event.end_mark.index
    var anchor = false
    var tag = false
    switch unsafe event.type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      unsafe (anchor, tag) = (scalar.anchor != nil, scalar.tag != nil)
      let text = unsafe String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      kind = .scalar(text, isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE)
    case YAML_ALIAS_EVENT: kind = .alias
    case YAML_SEQUENCE_START_EVENT:
      unsafe (anchor, tag) = (event.data.sequence_start.anchor != nil, event.data.sequence_start.tag != nil)
      kind = .sequenceStart
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      unsafe (anchor, tag) = (event.data.mapping_start.anchor != nil, event.data.mapping_start.tag != nil)
      kind = .mappingStart
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    default: kind = .other
    }
    (hasAnchor, hasTag) = (anchor, tag)
  }
}

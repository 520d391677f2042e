public import KBSource

/// A node of a YAML document, with its place in the file.
public struct YAMLNode: Sendable {
  public indirect enum Content: Sendable {
    /// Text as written, not yet read as any type; `isPlain` when it stands without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// A key and its value.
  public struct Entry: Sendable {
    public var key: String
    public var keyRange: SourceRange
    public var value: YAMLNode
  }

  public var content: Content
  public var range: SourceRange

  public init(_ content: Content, _ range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// The text of a scalar.
  public var scalar: String? { if case .scalar(let text, _) = content { text } else { nil } }

  /// The nodes of a sequence.
  public var sequence: [YAMLNode]? { if case .sequence(let nodes) = content { nodes } else { nil } }

  /// The entries of a mapping.
  public var mapping: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

  /// The value of a key in a mapping.
  public subscript(key: String) -> YAMLNode? { mapping?.first { $0.key == key }?.value }

  /// The node as one line of text.
  public var written: String {
    switch content {
    case .scalar(let text, _): text
    case .sequence(let nodes): nodes.map(\.written).joined(separator: ", ")
    case .mapping(let entries): entries.map { "\($0.key): \($0.value.written)" }.joined(separator: ", ")
    }
  }

  /// Whether it has no value: `key:` or `key: ~`.
  public var isEmpty: Bool {
    if case .scalar(let text, isPlain: true) = content { text.isEmpty || text == "~" || text == "null" } else { false }
  }

  /// The id in an unquoted `[[id]]`, which YAML reads as a list in a list.
  public var unquotedWikiLink: String? {
    guard case .sequence(let outer) = content, outer.count == 1, case .sequence(let inner) = outer[0].content,
      inner.count == 1, range.lower + 1 == outer[0].range.lower
    else { return nil }
    return inner[0].scalar
  }
}

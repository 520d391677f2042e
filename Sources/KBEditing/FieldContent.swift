import KBDocument
public import KBYAML

/// What a field holds, without the way in which it is written: what an edit puts in, and what it is compared by.
public indirect enum FieldContent: Sendable, Hashable {
  /// `key:` or `key: ~`.
  case nothing
  case text(String)
  case list([FieldContent])
  case group([Member])

  /// A key and what it holds.
  public struct Member: Sendable, Hashable {
    public var key: String
    public var content: FieldContent

    public init(_ key: String, _ content: FieldContent) {
      self.key = key
      self.content = content
    }
  }

  /// What a node holds.
  public init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let text, _): self = node.isEmpty ? .nothing : .text(text)
    case .sequence(let nodes): self = .list(nodes.map { FieldContent($0) })
    case .mapping(let entries): self = .group(entries.map { Member($0.key, FieldContent($0.value)) })
    }
  }

  /// What a document holds; no document is an empty one.
  init(root: YAMLNode?) {
    self = root.map { FieldContent($0) } ?? .nothing
    if self == .nothing { self = .group([]) }
  }

  /// Whether it has lines of its own when it is written: text of several lines, somewhere in it.
  var hasLines: Bool {
    switch self {
    case .nothing: false
    case .text(let text): text.utf8.contains(UInt8(ascii: "\n"))
    case .list(let items): items.contains(where: \.hasLines)
    case .group(let members): members.contains(where: \.content.hasLines)
    }
  }
}

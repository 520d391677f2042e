/// A path relative to the root of the knowledge base: never absolute, never `..`, `/` between components.
///
/// Paths are bytes: two paths are equal when their UTF-8 is, while Swift's strings already are when they are
/// canonically equivalent.
public struct RepoPath: Sendable, Comparable, Hashable, CustomStringConvertible {
  /// The path as text.
  public let string: String

  /// Creates a path, or `nil` when the text is empty, absolute, climbs upward, or contains a NUL.
  public init?(_ text: String) {
    let parts = RepoPath.parts(text).filter { $0 != "." }
    guard text.utf8.first != RepoPath.slash, !parts.isEmpty, !parts.contains(".."), !text.utf8.contains(0) else {
      return nil
    }
    string = parts.joined(separator: "/")
  }

  /// Creates a path from text known to be in normal form, such as a directory walk's.
  public init(normalized text: String) { string = text }

  /// The components, outermost first.
  public var components: [Substring] { RepoPath.parts(string) }

  /// The last component.
  public var name: Substring { string[(lastSlash.map(string.utf8.index(after:)) ?? string.startIndex)...] }

  /// The folder that holds the file; empty at the root.
  public var folder: Substring { lastSlash.map { string[..<$0] } ?? "" }

  /// Whether a name is hidden, and what it names is not read: it begins with a point.
  ///
  /// Wikis of Azure DevOps keep all their pictures in `.attachments`.
  public static func isHidden(name: some Sequence<UInt8>) -> Bool {
    var bytes = name.makeIterator()
    return bytes.next() == UInt8(ascii: ".") && !name.elementsEqual(".attachments".utf8)
  }

  /// The path with every character that nobody sees as a sign.
  public var shown: String { FileNames.shown(string) }

  // Slashes are bytes: with a combining character after it a slash is another Character, and still a slash to the system.
  private static let slash = UInt8(ascii: "/")

  private var lastSlash: String.Index? { string.utf8.lastIndex(of: RepoPath.slash) }

  private static func parts(_ text: some StringProtocol) -> [Substring] {
    Substring(text).utf8.split(separator: slash).map { Substring($0) }
  }

  /// The path that `relative`, written in this file, points to; `nil` when it leaves the root.
  public func resolving(_ relative: some StringProtocol) -> RepoPath? {
    var parts = relative.utf8.first == RepoPath.slash ? [] : RepoPath.parts(folder)
    for part in RepoPath.parts(relative) where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    guard !parts.isEmpty, !relative.utf8.contains(0) else { return nil }
    return RepoPath(normalized: parts.joined(separator: "/"))
  }

  public var description: String { string }

  public static func == (left: RepoPath, right: RepoPath) -> Bool {
    let (one, other) = (left.string.utf8.span, right.string.utf8.span)
    guard one.count == other.count else { return false }
    // Paths are alike at their beginning and differ at their end.
    var index = one.count
    while index > 0 {
      index -= 1
      if one[index] != other[index] { return false }
    }
    return true
  }

  public static func < (left: RepoPath, right: RepoPath) -> Bool {
    let (one, other) = (left.string.utf8.span, right.string.utf8.span)
    for index in 0..<min(one.count, other.count) where one[index] != other[index] { return one[index] < other[index] }
    return one.count < other.count
  }

  public func hash(into hasher: inout Hasher) {
    // Equal bytes are equal text; texts that are only equivalent share a hash and differ in ==.
    hasher.combine(string)
  }
}

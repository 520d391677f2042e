/// A pattern over paths, as `.gitignore` writes them: `*`, `?`, `[a-z]`, `**`, `\`, a leading `/`, a trailing `/`.
///
/// Source of the rules: gitignore(5). A pattern without a slash matches a name at any depth; a match of a folder
/// covers everything in it.
public struct PathPattern: Sendable, Hashable {
  private let segments: [[UInt8]]
  private let isAnchored: Bool
  private let foldersOnly: Bool

  public init(_ pattern: String) {
    var text = Substring(pattern)
    foldersOnly = text.hasSuffix("/")
    if foldersOnly { text = text.dropLast() }
    isAnchored = text.contains("/")
    var segments: [[UInt8]] = []
    for segment in text.split(separator: "/").map({ Array($0.utf8) })
    where segment != PathPattern.anyFolders || segments.last != segment { segments.append(segment) }
    // At the end it covers what is in a folder, not the folder itself.
    if segments.last == PathPattern.anyFolders { segments.append([UInt8(ascii: "*")]) }
    self.segments = segments
  }

  private static let anyFolders = Array("**".utf8)

  /// Whether the path, or a folder that holds it, matches.
  public func matches(_ path: RepoPath) -> Bool { matches(path.components.map { Array($0.utf8) }, isFolder: false) }

  /// Whether the folder, or one that holds it, matches.
  public func matches(folder: RepoPath) -> Bool { matches(folder.components.map { Array($0.utf8) }, isFolder: true) }

  private func matches(_ parts: [[UInt8]], isFolder: Bool) -> Bool {
    guard !segments.isEmpty else { return false }
    for end in 1...max(1, parts.count) where end <= parts.count {
      if foldersOnly, end == parts.count, !isFolder { continue }
      let prefix = parts[..<end]
      if isAnchored ? match(segments, prefix) : matchSegment(segments[0][...], parts[end - 1][...]) { return true }
    }
    return false
  }

  /// Wildcards for folders, in time proportional to pattern times path.
  private func match(_ pattern: [[UInt8]], _ parts: ArraySlice<[UInt8]>) -> Bool {
    var (at, position) = (0, parts.startIndex)
    // After a mismatch only the last `**` takes one folder more: an earlier one could reach nothing else.
    var star: (pattern: Int, part: Int)?
    while position < parts.endIndex {
      if at < pattern.count, pattern[at] == PathPattern.anyFolders {
        star = (at, position)
        at += 1
      } else if at < pattern.count, matchSegment(pattern[at][...], parts[position][...]) {
        at += 1
        position += 1
      } else if let last = star {
        star = (last.pattern, last.part + 1)
        at = last.pattern + 1
        position = last.part + 1
      } else {
        return false
      }
    }
    return at == pattern.count
  }

  /// Wildcards within one name, in time proportional to pattern times name.
  private func matchSegment(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var (at, position) = (pattern.startIndex, name.startIndex)
    var star: (pattern: Int, name: Int)?
    while position < name.endIndex {
      if at < pattern.endIndex, pattern[at] == UInt8(ascii: "*") {
        star = (at, position)
        at += 1
      } else if at < pattern.endIndex, let next = matchOne(pattern[at...], name[position]) {
        at = next
        position += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        at = last.pattern + 1
        position = last.name + 1
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Where the pattern goes on after the sign that stands for this byte; `nil` when it stands for another one.
  private func matchOne(_ pattern: ArraySlice<UInt8>, _ byte: UInt8) -> Int? {
    var at = pattern.startIndex
    switch pattern[at] {
    case UInt8(ascii: "?"): return at + 1
    case UInt8(ascii: "\\") where at + 1 < pattern.endIndex: return pattern[at + 1] == byte ? at + 2 : nil
    case UInt8(ascii: "["):
      at += 1
      let isNegated = at < pattern.endIndex && (pattern[at] == UInt8(ascii: "!") || pattern[at] == UInt8(ascii: "^"))
      if isNegated { at += 1 }
      // A bracket right at the beginning is one of the signs.
      guard at < pattern.endIndex, let close = pattern[(at + 1)...].firstIndex(of: UInt8(ascii: "]")) else { break }
      var isMember = false
      while at < close {
        if at + 2 < close, pattern[at + 1] == UInt8(ascii: "-") {
          if pattern[at] <= byte, byte <= pattern[at + 2] { isMember = true }
          at += 3
        } else {
          if pattern[at] == byte { isMember = true }
          at += 1
        }
      }
      return isMember != isNegated ? close + 1 : nil
    default: break
    }
    return pattern[pattern.startIndex] == byte ? pattern.startIndex + 1 : nil
  }
}

/// The patterns of a `.kbignore`: one a line, `#` begins a comment, `!` takes back, the last one that fits counts.
public struct IgnoreList: Sendable {
  /// The file at the root that holds one.
  public static let path = RepoPath(normalized: ".kbignore")

  private var rules: [(pattern: PathPattern, isExcluded: Bool)] = []

  /// Reads a `.kbignore`; where there is none, nothing is left out.
  public init(_ file: SourceFile?) { self.init(file.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "") }

  public init(_ text: String = "") {
    for line in text.split(whereSeparator: \.isNewline) {
      // Spaces at the end count only after a backslash.
      var line = line.prefix { $0 != "\r" }
      while line.last == " ", line.dropLast().last != "\\" { line = line.dropLast() }
      guard let first = line.first, first != "#" else { continue }
      let keeps = first == "!"
      rules.append((PathPattern(String(keeps ? line.dropFirst() : line)), !keeps))
    }
  }

  /// Whether a file is left out: itself, or a folder above it.
  public func excludes(_ path: RepoPath) -> Bool {
    var folder = path.string[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if excludes(RepoPath(normalized: String(folder)), isFolder: true) { return true }
    }
    return excludes(path, isFolder: false)
  }

  public func excludes(_ path: RepoPath, isFolder: Bool) -> Bool {
    rules.last { isFolder ? $0.pattern.matches(folder: path) : $0.pattern.matches(path) }?.isExcluded ?? false
  }
}

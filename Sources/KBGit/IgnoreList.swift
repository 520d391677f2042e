internal import KBSource

/// The patterns of a `.kbignore`: one a line, `#` begins a comment, `!` takes back, the last one that fits counts.
struct IgnoreList {
  private var rules: [(pattern: PathPattern, isExcluded: Bool)] = []

  init(_ text: String = "") {
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.prefix { $0 != "\r" }
      guard let first = line.first, first != "#", line.contains(where: { !$0.isWhitespace }) else { continue }
      let keeps = first == "!"
      rules.append((PathPattern(String(keeps ? line.dropFirst() : line)), !keeps))
    }
  }

  func excludes(_ path: RepoPath, isFolder: Bool) -> Bool {
    rules.last { isFolder ? $0.pattern.matches(folder: path) : $0.pattern.matches(path) }?.isExcluded ?? false
  }
}

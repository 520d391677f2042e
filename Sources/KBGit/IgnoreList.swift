internal import KBSource

/// The patterns of a `.kbignore`: one a line, `#` begins a comment, `!` takes back, the last one that fits counts.
struct IgnoreList {
  private var rules: [(pattern: PathPattern, isExcluded: Bool)] = []

  init(_ text: String = "") {
    for line in text.split(whereSeparator: \.isNewline) {
      // Blanks at the end count only behind a backslash.
      var line = line.prefix { $0 != "\r" }
      while line.last == " ", line.dropLast().last != "\\" { line = line.dropLast() }
      guard let first = line.first, first != "#" else { continue }
      let keeps = first == "!"
      rules.append((PathPattern(String(keeps ? line.dropFirst() : line)), !keeps))
    }
  }

  func excludes(_ path: RepoPath, isFolder: Bool) -> Bool {
    rules.last { isFolder ? $0.pattern.matches(folder: path) : $0.pattern.matches(path) }?.isExcluded ?? false
  }
}

extension ChangeSet {
  /// The changes as `git diff` shows them, and as `git apply` reads them.
  public var unifiedDiff: String { unifiedDiff(showing: \.bytes) }

  /// The same with other texts: `shown` gives as many bytes as a file has, with its line ends at their places.
  public func unifiedDiff(showing shown: (SourceFile) -> [UInt8]) -> String {
    changes.map { $0.unifiedDiff(showing: shown) }.joined()
  }
}

extension ChangeSet.FileEdit {
  /// So many lines stand around what differs.
  private static let context = 3

  /// The change as `git diff` shows it.
  public var unifiedDiff: String { unifiedDiff(showing: \.bytes) }

  fileprivate func unifiedDiff(showing shown: (SourceFile) -> [UInt8]) -> String {
    var text = ""
    if isMoved { text += "diff --git a/\(path) b/\(newPath)\nrename from \(path)\nrename to \(newPath)\n" }
    let hunks = hunks(showing: shown)
    guard !hunks.isEmpty else { return text }
    if isNew {
      return "diff --git a/\(path) b/\(path)\nnew file mode 100644\n--- /dev/null\n+++ b/\(path)\n" + hunks.joined()
    }
    return text + "--- a/\(path)\n+++ b/\(newPath)\n" + hunks.joined()
  }

  /// Lines with their line ends, so that a changed line end is a change.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(rest[...end])
      rest = rest[(end + 1)...]
    }
    return rest.isEmpty ? lines : lines + [rest]
  }

  private func hunks(showing shown: (SourceFile) -> [UInt8]) -> [String] {
    let runs = SequenceComparison.runs(from: Self.lines(of: old), to: Self.lines(of: new))
    let left = Self.lines(of: shown(SourceFile(path: path, bytes: old)))
    let right = Self.lines(of: shown(SourceFile(path: newPath, bytes: new)))
    var hunks: [String] = []
    var open: (old: Int, new: Int, oldCount: Int, newCount: Int, text: String)?
    func line(_ sign: String, _ bytes: ArraySlice<UInt8>) -> String {
      let ends = bytes.last == UInt8(ascii: "\n")
      return sign + String(decoding: ends ? bytes.dropLast() : bytes, as: UTF8.self)
        + (ends ? "\n" : "\n\\ No newline at end of file\n")
    }
    func close() {
      guard let hunk = open else { return }
      func place(_ start: Int, _ count: Int) -> String {
        let first = count == 0 ? start : start + 1
        return count == 1 ? "\(first)" : "\(first),\(count)"
      }
      hunks.append("@@ -\(place(hunk.old, hunk.oldCount)) +\(place(hunk.new, hunk.newCount)) @@\n\(hunk.text)")
      open = nil
    }
    for (number, run) in runs.enumerated() {
      switch run {
      case .same(let one, let other):
        let isLast = number == runs.count - 1
        let after = open == nil ? 0 : min(Self.context, one.count)
        for index in one.prefix(after) { open?.text += line(" ", left[index]) }
        open?.oldCount += after
        open?.newCount += after
        let before = isLast ? 0 : min(Self.context, one.count - after)
        if open != nil, isLast || one.count > after + before { close() }
        guard before > 0 || (open == nil && !isLast) else { continue }
        if open == nil { open = (one.upperBound - before, other.upperBound - before, 0, 0, "") }
        for index in one.suffix(before) { open?.text += line(" ", left[index]) }
        open?.oldCount += before
        open?.newCount += before
      case .removed(let range):
        if open == nil { open = (range.lowerBound, range.lowerBound, 0, 0, "") }
        for index in range { open?.text += line("-", left[index]) }
        open?.oldCount += range.count
      case .added(let range):
        if open == nil { open = (range.lowerBound, range.lowerBound, 0, 0, "") }
        for index in range { open?.text += line("+", right[index]) }
        open?.newCount += range.count
      }
    }
    close()
    return hunks
  }
}

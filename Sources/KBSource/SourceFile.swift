/// One file of a snapshot: its path and its bytes.
public struct SourceFile: Sendable {
  public let path: RepoPath
  public let bytes: [UInt8]

  public init(path: RepoPath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The text of a range; bytes that are not UTF-8 become replacement characters.
  public func text(_ range: SourceRange) -> String {
    let upper = min(Int(range.upper), bytes.count)
    return String(decoding: bytes[min(Int(range.lower), upper)..<upper], as: UTF8.self)
  }

  /// Line and column of an offset, both from 1; a column counts Unicode scalars.
  public func position(of offset: UInt32) -> (line: Int, column: Int) {
    let end = min(Int(offset), bytes.count)
    var line = 1
    var lineStart = 0
    for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    // A byte-order mark takes no column.
    if lineStart == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]), end >= 3 { lineStart = 3 }
    let column = 1 + bytes[lineStart..<max(lineStart, end)].count { $0 & 0xC0 != 0x80 }
    return (line, column)
  }

  /// The whole line around an offset, without its line end.
  public func line(around offset: UInt32) -> SourceRange {
    let at = min(Int(offset), bytes.count)
    var lower = at
    while lower > 0, bytes[lower - 1] != UInt8(ascii: "\n") { lower -= 1 }
    if lower == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lower = 3 }
    var upper = max(lower, at)
    while upper < bytes.count, bytes[upper] != UInt8(ascii: "\n") { upper += 1 }
    if upper > lower, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    return SourceRange(lower, upper)
  }
}

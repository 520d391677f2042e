/// The lines that git leaves in a file whose two versions it could not join.
public enum ConflictMarker {
  /// Where the first conflict begins that also ends; `nil` when there is none.
  public static func first(in bytes: [UInt8]) -> SourceRange? {
    let span = bytes.span
    guard mayContainMarker(span) else { return nil }
    var start: Int?
    var line = 0
    while line + 7 < span.count {
      let sign = span[line]
      if sign == UInt8(ascii: "<") || sign == UInt8(ascii: ">") {
        var run = 1
        while line + run < span.count, span[line + run] == sign { run += 1 }
        if run == 7, line + 7 < span.count, span[line + 7] == UInt8(ascii: " ") {
          if sign == UInt8(ascii: "<") {
            start = start ?? line
          } else if let start {
            return SourceRange(start, start + 7)
          }
        }
      }
      while line < span.count, span[line] != UInt8(ascii: "\n") { line += 1 }
      line += 1
    }
    return nil
  }

  /// Whether there may be seven consecutive characters of a mark: one of them is then at a seventh place.
  private static func mayContainMarker(_ span: Span<UInt8>) -> Bool {
    var place = 6
    while place < span.count {
      if span[place] == UInt8(ascii: "<") { return true }
      place += 7
    }
    return false
  }
}

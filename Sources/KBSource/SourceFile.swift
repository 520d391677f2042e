/// One file of a snapshot: its path and its bytes.
public struct SourceFile: Sendable {
  public let path: RepoPath
  public let bytes: [UInt8]

  public init(path: RepoPath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The file as UTF-8, with replacement characters in place of other bytes; the offsets of all findings count its bytes.
  public var readable: SourceFile {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return self
    } catch {
      return SourceFile(path: path, bytes: Array(String(decoding: bytes, as: UTF8.self).utf8))
    }
  }

  /// Returns the text of a range, as far as the file reaches; bytes that are not UTF-8 become replacement characters.
  public func text(_ range: SourceRange) -> String {
    let upper = min(Int(range.upper), bytes.count)
    return String(decoding: bytes[min(Int(range.lower), upper)..<upper], as: UTF8.self)
  }

  /// Returns line and column of one offset; for several in a file, `LineIndex` looks at its bytes once.
  public func position(of offset: UInt32) -> (line: Int, column: Int) {
    // Most findings are at the top; a byte-order mark counts whatever the offset is.
    LineIndex(Array(bytes.prefix(max(3, Int(offset))))).position(of: offset)
  }

  /// Returns the whole line around one offset, without its line end.
  public func line(around offset: UInt32) -> SourceRange { LineIndex(bytes).line(around: offset) }
}

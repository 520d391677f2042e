/// A half-open range of byte offsets in one file.
public struct SourceRange: Hashable, Sendable {
  /// Offset of the first byte.
  public var lower: UInt32
  /// Offset after the last byte.
  public var upper: UInt32

  /// Creates a range; an upper bound below the lower one becomes an empty range.
  public init(_ lower: Int, _ upper: Int) {
    self.lower = UInt32(clamping: lower)
    self.upper = UInt32(clamping: max(lower, upper))
  }

  /// The bounds as an ordinary range of offsets.
  public var offsets: Range<Int> { Int(lower)..<Int(upper) }

  /// The number of bytes.
  public var count: Int { Int(upper) - Int(lower) }

  /// The place before the first byte of a file.
  public static let start = SourceRange(0, 0)
}

/// The lines of a file, and where each of its offsets is in them.
///
/// Making one takes a look at every byte; each question then takes logarithmic time, also in files of one long line. Offsets
/// past the end are taken for the end.
public struct LineIndex: Sendable {
  /// The number of bytes between two counts of characters.
  private static let stride = 256

  private let bytes: [UInt8]
  /// The offset of the first byte of each line.
  private let starts: [Int]
  /// The number of Unicode scalars before every 256th byte; empty when every one is a byte.
  private let scalars: [Int]

  /// Creates the index of some bytes, which need not be UTF-8.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte-order mark takes no column.
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    var isASCII = true
    for (offset, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
      if byte >= 0x80 { isASCII = false }
    }
    self.starts = starts
    guard !isASCII else {
      scalars = []
      return
    }
    var scalars = [0]
    for start in Swift.stride(from: 0, to: bytes.count, by: LineIndex.stride) {
      scalars.append((scalars.last ?? 0) + LineIndex.count(bytes[start..<min(start + LineIndex.stride, bytes.count)]))
    }
    self.scalars = scalars
  }

  /// Returns line and column of an offset, both from 1; a column counts Unicode scalars.
  public func position(of offset: UInt32) -> (line: Int, column: Int) {
    let end = min(Int(offset), bytes.count)
    let line = self.line(of: end)
    return (line + 1, 1 + max(0, scalars(before: end) - scalars(before: starts[line])))
  }

  /// Returns the whole line around an offset, without its line end.
  public func line(around offset: UInt32) -> SourceRange {
    let line = self.line(of: min(Int(offset), bytes.count))
    var end = line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count
    if end > starts[line], bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return SourceRange(starts[line], end)
  }

  /// The index of the last line that begins at an offset or before.
  private func line(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private func scalars(before offset: Int) -> Int {
    guard !scalars.isEmpty else { return offset }
    let block = offset / LineIndex.stride
    return scalars[block] + LineIndex.count(bytes[(block * LineIndex.stride)..<offset])
  }

  private static func count(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}

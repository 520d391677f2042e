import KBSource
import KBTestSupport
import Testing

@Suite struct `The lines of a file` {
  /// Line, column and the line's range, found by looking at every byte before the offset.
  private func slow(_ bytes: [UInt8], _ offset: Int) -> (line: Int, column: Int, lower: Int, upper: Int) {
    let at = min(offset, bytes.count)
    let first = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let lower = bytes[..<at].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? first
    var upper = bytes[max(lower, at)...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if upper > lower, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    let line = 1 + bytes[..<at].count { $0 == UInt8(ascii: "\n") }
    return (line, 1 + bytes[lower..<max(lower, at)].count { $0 & 0xC0 != 0x80 }, lower, upper)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `are found for every offset, whatever the bytes`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabets: [[UInt8]] = [
      Array("ab \n".utf8), Array("a\r\n".utf8), Array("äß€𝄞\n".utf8), [0, 0x0A, 0x0D, 0x80, 0xC3, 0xFC, 0xFF],
      Array("x".utf8),
    ]
    let alphabet = alphabets[Int(seed) % alphabets.count]
    var bytes = (0..<Int.random(in: 0...1500, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0
    }
    if seed % 3 == 0 { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    let lines = LineIndex(bytes)
    for offset in 0...(bytes.count + 3) {
      let expected = slow(bytes, offset)
      let position = lines.position(of: UInt32(offset))
      #expect(position == (expected.line, expected.column), "\(seed) \(offset)")
      #expect(lines.line(around: UInt32(offset)) == SourceRange(expected.lower, expected.upper), "\(seed) \(offset)")
    }
  }

  @Test func `end where the file ends, for offsets far past it`() {
    let file = SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array("a\r\nbc".utf8))
    #expect(file.position(of: .max) == (2, 3))
    #expect(file.text(file.line(around: .max)) == "bc")
    #expect(file.text(SourceRange(4, .max)) == "c" && file.text(SourceRange(99, 100)) == "")
  }

  @Test func `are those of repaired bytes where a file is not UTF-8`() {
    let file = SourceFile(path: RepoPath(normalized: "kb.yml"), bytes: [0x61, 0xFC, 0x62])
    #expect(file.readable.bytes == Array("a\u{FFFD}b".utf8))
    #expect(SourceFile(path: file.path, bytes: Array("aüb".utf8)).readable.bytes == Array("aüb".utf8))
  }
}

import KBSheet
import KBSource
import KBTestSupport
import Testing

@Suite struct `Any input as a sheet` {
  /// Reads a file; every row is as long as the heading.
  private func read(_ bytes: [UInt8]) -> Bool {
    do throws(SheetFailure) {
      for table in try SheetFile(bytes).tables {
        #expect(table.rows.allSatisfy { $0.count == table.columns.count })
        #expect(table.lines.count == table.rows.count)
      }
      return true
    } catch {
      #expect(!error.message.english.isEmpty)
      return false
    }
  }

  @Test func `is read or refused without a trap, as CSV`() {
    var texts = InputGenerator(
      seed: 6,
      pieces: [
        ";", ",", "\t", "\"", "\"\"", "\r\n", "\n", "\r", "sep=;", "\u{FEFF}", "\0", "é", "=", "'", "1,5", "2026-11-29",
        "PK",
      ], models: ["id;titel;am\r\nerp;\"ERP\";2026-11-29\r\n", "a,b\n\"1\n2\",3\n", "sep=,\r\na,b\r\n"])
    let count = inputs(of: 3000)
    let understood = (0..<count).count { _ in read(texts.next()) }
    #expect(understood > count / 2)
  }

  @Test func `is read or refused without a trap, as a workbook`() {
    let table = Table(columns: ["id", "Größe"], rows: [[.text("a"), .number(1.5)], [.text("<b>"), .bool(true)]])
    let whole = Workbook(sheets: [.init(name: "A", table: table, choices: [0: ["x"]])], properties: [("c", "d")]).bytes
    #expect(read(whole))
    var random = SeededGenerator(seed: 7)
    for _ in 0..<inputs(of: 1000) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[at] = .random(in: 0...255, using: &random)
        case 1: bytes.insert(.random(in: 0...255, using: &random), at: at)
        case 2: bytes.removeSubrange(at..<min(bytes.count, at + 3))
        default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      _ = read(bytes)
    }
  }
}

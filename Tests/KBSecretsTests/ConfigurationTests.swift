import Testing

@testable import KBSecrets

/// Configurations and commands, as they are copied into notes.
@Suite struct `Secrets in configurations` {
  private func found(_ bytes: [UInt8]) -> [Range<Int>] {
    SecretScanner.builtIn.secrets(in: bytes).map(\.range)
  }

  @Test(arguments: SecretSets.configured)
  func `are found, and covered to the last byte`(marked: String) {
    let plain = Array(marked.filter { !"«»".contains($0) }.utf8)
    let covered = Set(found(plain).flatMap { Array($0) })
    var offset = 0
    for (number, part) in marked.split(whereSeparator: { "«»".contains($0) }).enumerated() {
      let range = offset..<(offset + part.utf8.count)
      offset = range.upperBound
      let isSecret = number % 2 == (marked.hasPrefix("«") ? 0 : 1)
      if isSecret { #expect(covered.isSuperset(of: range), "\(part)") }
    }
  }

  @Test(arguments: SecretSets.configuredClean)
  func `are not seen where a manual or a script has something else`(text: String) {
    let bytes = Array(text.utf8)
    #expect(found(bytes).map { String(decoding: bytes[$0], as: UTF8.self) } == [])
  }

  @Test func `are masked whole where two findings overlap`() {
    // "Passwort: ..." ends at the blank; the form of a table of logins begins within.
    let text = Array("pw=Turm,uhr77 * Kellerkind9 *\n".utf8)
    let ranges = found(text)
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
  }
}

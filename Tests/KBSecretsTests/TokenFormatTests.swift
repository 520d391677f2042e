import KBSource
import KBTestSupport
import Testing

@testable import KBSecrets

@Suite struct `The form of a token` {
  /// A made-up token of a form: as few characters as it may have.
  private func token(_ format: TokenFormat, seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    let bytes = format.pieces.flatMap { piece in
      let members = piece.bytes.filter { (0x21..<0x7F).contains($0) }
      return (0..<max(piece.least, piece.most < 3 ? piece.most : 0)).compactMap { _ in
        members.randomElement(using: &random).map { UInt8($0) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func found(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    return SecretScanner.builtIn.secrets(in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test func `is recognised alone, in a sentence, between marks, and in an address`() {
    #expect(TokenFormat.builtIn.count > 150)
    for (number, format) in TokenFormat.builtIn.enumerated() {
      let isFound = (0..<3).contains { seed in
        let token = token(format, seed: UInt64(number * 10 + seed))
        let lines = [
          token, "It is \(token) for now.", "key \"\(token)\", rotated", "<https://x.example/?a=1&t=\(token)>",
          "| a | \(token) |",
        ]
        return lines.allSatisfy { line in
          found(in: line).contains { $0.contains(token.trimmingSuffix { ".-".contains($0) }) }
        }
      }
      #expect(isFound, "\(format.name): \(token(format, seed: UInt64(number * 10)))")
    }
  }

  @Test func `is recognised in the query of an address`() {
    let signature = "uxV5EbOApZOXzcycDeZ6dqmVe5Mvxrv99NcqVTSu7rt%3D"
    #expect(
      found(in: "https://a.example/c?sv=2022-11-02&se=2027-01-01T00:00:00Z&sig=\(signature)") == ["&sig=\(signature)"])
  }

  @Test(arguments: [
    "Die Datei runbook_2026.md und der Server re_ist_online_2026 sind bekannt.", "2026-12-01 10:00:00 500:200:404:::",
    "fe80:0:0:5432:1:2:3:4 ist eine Adresse", "localhost:5432:erp", "435127-209913-382844 ist eine Bestellnummer",
    "https://x.example/?sig=1&v=2", "WIFI:T:nopass;S:Gast;;", "0123456789abcdef0123456789abcdef", "u+1F600 und U+00E4",
    "hook.eu1.make.com",
    "v1.0-beta", "sl.no, dp.de, r8_und", "Die Adresse hooks.zapier.com/hooks/catch/ID/KEY",
    "MyVeryLongClassNameForTests.method.anotherVeryLongMethodName",
  ])
  func `is not what only looks like its beginning`(_ text: String) { #expect(found(in: text).isEmpty) }
}

extension String {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> String {
    String(reversed().drop(while: isTrimmed).reversed())
  }
}

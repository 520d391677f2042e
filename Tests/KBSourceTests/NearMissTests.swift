import KBSource
import KBTestSupport
import Testing

@Suite struct `A near miss` {
  @Test(arguments: [
    ("sso-lgoin", ["erp", "sso-login", "sso-logon"], "sso-login"),
    ("ERP-Produktion", ["erp-produktiv", "erp-produktion"], "erp-produktion"),
    ("ab", ["ac", "ad"], "ac"), ("mail", ["Mail"], "Mail"), ("kuehlhaus", ["Kühlhaus"], "Kühlhaus"),
  ]) func `is the nearest name, and of two the first`(_ word: String, _ names: [String], _ expected: String) {
    #expect(NearMiss(word, among: names).nearest == expected)
  }

  @Test(arguments: [
    ("erp", ["crm", "dns"]), ("a", ["a"]), ("", ["x"]), ("abcdef", [""]), ("abc", ["abcdefgh"]),
    (String(repeating: "a", count: 65), [String(repeating: "a", count: 65)]),
  ]) func `is not made when more than a third would have to change, nor for words that are no names`(
    _ word: String, _ names: [String]
  ) {
    #expect(NearMiss(word, among: names).nearest == nil)
  }

  @Test func `asks, advises and fixes where a name is near, and only there`() {
    let sentence = Message(de: "es gibt kein 'ownr'", en: "there is no 'ownr'")
    let other = Message(de: "löschen", en: "delete it")
    let near = NearMiss("ownr", among: ["owner", "deputy"])
    #expect(near.asked(after: sentence).german == "es gibt kein 'ownr'; meinten Sie 'owner'?")
    #expect(near.asked(after: sentence).english == "there is no 'ownr'; did you mean 'owner'?")
    #expect(
      near.remedy(else: other) == Message(de: "durch \(code: "owner") ersetzen", en: "replace with \(code: "owner")"))
    let range = SourceRange(3, 7)
    #expect(near.fixes(at: range) == [FixIt(replacing: range, with: "owner", isSafe: false)])
    let far = NearMiss("xyz", among: ["owner"])
    #expect(far.asked(after: sentence) == sentence)
    #expect(far.remedy(else: other) == other)
    #expect(far.fixes(at: range) == [])
  }

  @Test(arguments: 0..<8) func `counts what the table of the definition counts`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func word() -> [UInt8] {
      (0..<Int.random(in: 1...64, using: &random)).map { _ in UInt8.random(in: 97...100, using: &random) }
    }
    for _ in 0..<400 {
      let (left, right) = (word(), word())
      let expected = table(left, right)
      let pattern = try #require(AlignmentPattern(left))
      #expect(pattern.distance(to: right, atMost: 64) == expected)
      let limit = Int.random(in: 0...40, using: &random)
      #expect(pattern.distance(to: right, atMost: limit) == (expected <= limit ? expected : nil))
    }
  }

  /// Optimal string alignment, cell by cell.
  private func table(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var rows = [Array(0...right.count)]
    for i in 1...left.count {
      var row = [i]
      for j in 1...right.count {
        var least = min(
          rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          least = min(least, rows[i - 2][j - 2] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}

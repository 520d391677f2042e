import KBDocument
import KBEditing
import KBSource
import KBTestSupport
import KBYAML
import Testing

@Suite struct `A text in YAML` {
  private func read(_ yaml: String) -> String? {
    let file = YAMLFile(parsing: SourceFile(path: RepoPath(normalized: "x.yml"), bytes: Array(yaml.utf8)))
    #expect(file.diagnostics.map(\.message.english) == [], "\(yaml.debugDescription)")
    return file.root?["k"]?.scalar ?? file.root?["k"]?.sequence?.first?.scalar
  }

  @Test(
    arguments: [
      "ERP", "Größe und Maß", "NO", "yes", "0049 40 123", "1.10", "2026-11-21", "https://example.org/a?b=c#d", "C#",

      "+49 40 123456", "4h", "5 % Rabatt", "=1+1", "vault:it/erp", "-x", "10:30",
    ])
  func `stands without quotes where it reads as it is`(text: String) {
    #expect(YAMLScalar.written(text) == text)
    #expect(YAMLScalar.written(text, in: .flow) == text)
  }

  @Test(arguments: [
    ("", "\"\""), ("~", "\"~\""), ("null", "\"null\""), ("IT: Leitung", "\"IT: Leitung\""), ("a #b", "\"a #b\""),
    ("# a", "\"# a\""), ("- a", "\"- a\""), ("[[erp]]", "\"[[erp]]\""), ("*wichtig", "\"*wichtig\""),
    ("&a", "\"&a\""), ("!a", "\"!a\""), ("@a", "\"@a\""), ("%a", "\"%a\""), ("'a'", "\"'a'\""),
    ("\"a\"", "\"\\\"a\\\"\""), (" a", "\" a\""), ("a ", "\"a \""), ("a:", "\"a:\""), ("a\tb", "\"a\\x09b\""),
    ("{a", "\"{a\""), ("|", "\"|\""), (">", "\">\""), ("a\u{7}", "\"a\\x07\""),
    ("a\u{2028}b", "\"a\\u2028b\""), ("\u{FEFF}a", "\"\\uFEFFa\""), ("C:\\x: y", "\"C:\\\\x: y\""),
    ("\\server: y", "'\\server: y'"), ("FIRMA\neumann\t", "\"FIRMA\\x0Aeumann\\x09\""),
  ])
  func `stands in quotes where it would read as something else`(text: String, written: String) {
    #expect(YAMLScalar.written(text) == written)
    #expect(read("k: \(written)\n") == text)
    #expect(read("k: [\(YAMLScalar.written(text, in: .flow))]\n") == text)
  }

  @Test func `with commas and brackets needs quotes only between brackets`() {
    #expect(YAMLScalar.written("a, b [c]") == "a, b [c]")
    #expect(YAMLScalar.written("a, b [c]", in: .flow) == "\"a, b [c]\"")
  }

  @Test(arguments: [
    ("a\nb", "|-\n  a\n  b"), ("a\nb\n", "|\n  a\n  b"), ("a\n\nb\n\n", "|+\n  a\n\n  b\n"),
    (" a\nb", "\" a\\nb\""), ("a \nb", "\"a \\nb\""), ("a\r\nb", "\"a\\r\\nb\""), ("\n", "\"\\n\""),
  ])
  func `of several lines keeps them where one sees their ends`(text: String, written: String) {
    #expect(YAMLScalar.written(text) == written)
    #expect(read("k: \(written)\n") == text)
    #expect(read("k: [\(YAMLScalar.written(text, in: .flow))]\n") == text)
  }

  @Test(arguments: UInt64(0)..<400)
  func `reads as the same text again, whatever it is`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "a", "ü", " ", "\n", ":", "#", "-", "'", "\"", "\\", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "%", "@",
      "`",
      "?", "~", "\t", "\r", "\u{85}", "\u{2028}", "\u{1F600}", "\u{0}", "0", "---", "...", "null", "<<", "=", "\u{300}",
    ]
    let text = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? ""
    }.joined()
    let block = read("k: \(YAMLScalar.written(text))\n")
    #expect(block.map { Array($0.utf8) } == Array(text.utf8))
    let flow = read("k: [\(YAMLScalar.written(text, in: .flow))]\n")
    #expect(flow.map { Array($0.utf8) } == Array(text.utf8))
  }
}

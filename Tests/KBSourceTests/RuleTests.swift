import Foundation
import KBSource
import Testing

@Suite struct `The file of a rule` {
  @Test(arguments: Rule.codes)
  func `says in both languages what the rule is about`(code: String) {
    let rule = Rule(code)
    for text in [rule.title, rule.explanation] {
      #expect(!text.german.isEmpty && !text.english.isEmpty && text.german != text.english)
    }
    #expect(rule.title.english.count < 60 && rule.title.german.count < 60)
    #expect(!rule.explanation.german.contains("##") && !rule.explanation.english.contains("##"))
    #expect(rule.example.isEmpty == code.hasPrefix("file/"), "only what no text shows has no example")
    #expect(rule.example.allSatisfy { RepoPath($0.path) != nil && !$0.text.isEmpty })
  }

  /// The text of every source file.
  private func sources() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
  }

  @Test func `is there for each rule of the sources, and each is declared once`() throws {
    let declared = try sources().flatMap { $0.matches(of: /\bRule\("([^"]+)"\)/).map { String($0.1) } }
    #expect(declared.sorted() == Rule.codes)
  }

  @Test func `is there for each code that the sources name`() throws {
    let groups = Set(Rule.codes.map { String($0.prefix { $0 != "/" }) })
    let named = try sources().flatMap { $0.matches(of: /"([a-z]+)\/([a-z0-9-]+)"/).map { ($0.1, $0.2) } }
    let codes = Set(named.filter { groups.contains(String($0.0)) }.map { "\($0.0)/\($0.1)" })
    #expect(codes.subtracting(Rule.codes).isEmpty)
    #expect(codes.count > 60)
  }

  @Test func `holds characters that an editor hides as their numbers, and long texts as repetitions`() {
    #expect(Rule("form/bidi").example.first?.text == "# Richtung\n\nrm \u{202E}txt.x\n")
    #expect(Rule("form/encoding").example.first?.text == "# NUL\n\nText \u{0} Text.\n")
    #expect(Rule("form/too-large").example.first?.text.utf8.count == 60_000 * "Sehr langer Text.\n".utf8.count)
  }

  @Test func `quotes what Markdown sets as code`() {
    #expect(Rule("form/unknown-key").explanation.english.hasSuffix(" 'x-'."))
  }
}

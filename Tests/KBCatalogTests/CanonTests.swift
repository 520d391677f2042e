@testable import KBSchema
import KBSource
import Testing

@testable import KBCatalog

@Suite struct `What a build judges by` {
  private func text(_ files: (path: String, text: String)...) -> String { Canon.text(of: files) }

  @Test func `is another when a rule or a kind is another`() {
    let today = text(("rules/a/b.md", "severity: hint"), ("kinds/system.yml", "kind: system"))
    #expect(today != text(("rules/a/c.md", "severity: hint"), ("kinds/system.yml", "kind: system")))
    #expect(today != text(("rules/a/b.md", "severity: error"), ("kinds/system.yml", "kind: system")))
    #expect(today != text(("rules/a/b.md", "severity: hint"), ("kinds/system.yml", "kind: box")))
    #expect(today != text(("rules/a/b.md", "severity: hint")))
  }

  @Test func `is the same in whatever order the files come`() {
    let (one, other) = (("rules/a/b.md", "severity: hint"), ("rules/a/c.md", "severity: error"))
    #expect(text(one, other) == text(other, one))
  }

  @Test func `holds every rule and every kind`() {
    let text = Canon.text
    for rule in Rule.all {
      #expect(text.contains("\nrules/\(rule.code).md\n---\nseverity: \(rule.severity.rawValue)\n"))
    }
    for kind in Schema.builtIn.kinds { #expect(text.contains("kind: \(kind.id)\n")) }
  }
}

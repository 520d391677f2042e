import KBSource
import Testing

@testable import KBCatalog

@Suite struct `What a build judges by` {
  private func rule(_ code: String, _ severity: Severity, explanation: String = "Why.") -> Rule {
    let words = { (text: String) in Message(de: text, en: text) }
    return Rule(code, severity, title: words("title"), explanation: words(explanation), example: [])
  }

  private func text(_ rules: Rule..., kind: String = "kind: system") -> String {
    Canon.text(of: rules, kinds: [("kinds/system.yml", kind)])
  }

  @Test func `is another when a rule or a kind is another`() {
    let today = text(rule("a/b", .hint))
    #expect(today != text(rule("a/c", .hint)))
    #expect(today != text(rule("a/b", .warning)))
    #expect(today != text(rule("a/b", .hint, explanation: "More.")))
    #expect(today != text(rule("a/b", .hint), rule("a/c", .hint)))
    #expect(today != text(rule("a/b", .hint), kind: "kind: box"))
  }

  @Test func `is the same in whatever order the rules come`() {
    let (one, other) = (rule("a/b", .hint), rule("a/c", .error))
    #expect(text(one, other) == text(other, one))
  }

  @Test func `holds every rule and every kind`() {
    let text = Canon.text(of: Check.allRules)
    for rule in Check.allRules { #expect(text.contains("\n\(rule.code)\n\(rule.severity.rawValue)\n")) }
    for kind in Schema.builtIn.kinds { #expect(text.contains("kind: \(kind.id)\n")) }
  }
}

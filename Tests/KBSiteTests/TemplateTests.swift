import KBCatalog
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

/// A knowledge base's own frame, `templates/page.mustache`.
@Suite struct `A frame of one's own` {
  private static let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{policy}}\">"

  private func site(_ template: String) async throws -> (page: String, findings: [String]) {
    let catalog = try await catalog([("templates/page.mustache", template), page("a", "# Titel\n\nText.\n")])
    let findings = Site(catalog).diagnostics.map { "\($0.rule.code) \($0.path.string): \($0.message.english)" }
    return (try #require(try await built(catalog)["pages/a.html"]), findings)
  }

  @Test func `breaks its rule in the rule's example`() async throws {
    let example = try #require(Rule("template/invalid").example.first)
    let (_, findings) = try await site(example.text)
    #expect(example.path == "templates/page.mustache")
    #expect(findings.map { $0.hasPrefix("template/invalid ") } == [true])
  }

  @Test func `stands around every page`() async throws {
    let (page, findings) = try await site(
      "<!doctype html><html lang=\"{{lang}}\"><head>\(Self.policy)<title>{{title}}</title></head><body>{{{sprite}}}<p>Eigenes</p><main>{{{body}}}</main></body></html>"
    )
    #expect(findings.isEmpty)
    #expect(page.hasPrefix("<!doctype html><html lang=\"de\"><head><meta http-equiv=\"Content-Security-Policy\""))
    #expect(page.contains("<p>Eigenes</p><main>"))
    #expect(page.contains("<h1 id=\"titel\">Titel</h1>"))
  }

  @Test(arguments: [
    ("<html>{{#sections}}", "can't be read"), ("<html>{{title}}{{{sprite}}}{{{body}}}", "lacks the policy"),
    ("<html><meta charset=utf-8>\(policy){{title}}{{{sprite}}}{{{body}}}", "lacks the policy"),
    ("<html><!-- Content-Security-Policy -->{{title}}{{{sprite}}}{{{body}}}", "lacks the policy"),
    (
      "<html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src *\">{{title}}{{{sprite}}}{{{body}}}",
      "lacks the policy"
    ),
    ("<html>\(policy){{title}}{{{body}}}", "lacks {{title}}"),
    ("<html>\(policy){{{body}}}{{title}}{{{sprite}}}", "lacks {{title}}"), ("", "lacks the policy"),
  ]) func `that is unfit is a finding, and the built-in one counts`(_ template: String, _ words: String) async throws {
    let (page, findings) = try await site(template)
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("template/invalid templates/page.mustache:") == true)
    #expect(findings.first?.contains(words) == true, "\(findings)")
    #expect(page.contains(PageFrame.policy.replacing("'", with: "&#39;")))
    #expect(page.contains("<link rel=\"stylesheet\" href=\"../kb.css\">"))
  }
}

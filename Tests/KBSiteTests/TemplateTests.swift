import KBCatalog
import KBSchema
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

/// A knowledge base's own frame, `templates/page.mustache`.
@Suite struct `A frame of one's own` {
  private static let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{policy}}\">"

  private static let rest = "<title>{{title}}</title>{{{sprite}}}{{{body}}}"

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

  @Test func `may be the built-in one`() async throws {
    let (_, findings) = try await site(EmbeddedTemplates.text("site/page.mustache"))
    #expect(findings == [])
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
    ("<html>{{#sections}}", "has no end"), ("{{> other}}", "does not understand"), ("{{title", "not closed"),
    ("{{/links}}", "ends no section"), ("{{#links}}{{#sections}}{{/links}}", "ends no section"),
    ("{{today}}", "no value named"), (String(repeating: "{{#links}}", count: 50_000), "inside each other"),
    ("<html>{{title}}{{{sprite}}}{{{body}}}", "lacks the policy"),
    ("<html><meta charset=utf-8>\(policy){{title}}{{{sprite}}}{{{body}}}", "lacks the policy"),
    ("<html><!-- Content-Security-Policy -->{{title}}{{{sprite}}}{{{body}}}", "lacks the policy"),
    (
      "<html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src *\">{{title}}{{{sprite}}}{{{body}}}",
      "lacks the policy"
    ),
    ("<html>\(policy)<title>{{title}}</title>{{{body}}}", "lacks {{title}}"),
    ("<html>\(policy){{title}}{{{sprite}}}{{{body}}}", "lacks {{title}}"),
    ("<html>\(policy){{{body}}}{{title}}{{{sprite}}}", "lacks {{title}}"), ("", "lacks the policy"),
    ("<!-- \(policy) --><script>alert(1)</script>\(rest)", "lacks the policy"),
    ("<script>alert(1)</script>\(policy)\(rest)", "lacks the policy"),
    ("<noscript>\(policy)</noscript><script>alert(1)</script>\(rest)", "'<noscript>' is not allowed"),
    ("<template>\(policy)</template>\(rest)", "'<template>' is not allowed"),
    ("<title>\(policy)</title>\(rest)", "lacks the policy"),
    ("<textarea>\(policy)</textarea>\(rest)", "'<textarea>' is not allowed"),
    ("x\(policy)\(rest)", "lacks the policy"), ("<p>\(policy)\(rest)", "lacks the policy"),
    ("<body>\(policy)\(rest)", "lacks the policy"), ("<head></head>\(policy)\(rest)", "lacks the policy"),
    ("\(policy)<meta http-equiv=refresh content='0;url=https://evil.example/'>\(rest)", "'<meta>' is not allowed"),
    ("\(policy)<base href='https://evil.example/'>\(rest)", "'<base>' is not allowed"),
    ("\(policy)\(rest)<script src=\"{{root}}files/a.js\"></script>", "'<script>' is not allowed"),
    ("\(policy)\(rest)<script src=\"{{root}}kb.js\">alert(1)</script>", "'<script>' is not allowed"),
    ("\(policy)<title><!-- {{title}}</title><script>x</script> -->{{{sprite}}}{{{body}}}", "'<title>' is not allowed"),
    ("\(policy)\(rest)<link rel=stylesheet href=https://evil.example/a.css>", "'href' is not allowed"),
    ("\(policy)\(rest){{#alarm}}<script src=\"x.js\"></script>{{/alarm}}", "'<script>' is not allowed"),
    ("\(policy)\(rest){{#root}}<iframe></iframe>{{/root}}", "'<iframe>' is not allowed"),
    ("\(policy)\(rest)<a href=\"javascript:x\">a</a>", "'href' is not allowed"),
    ("\(policy)\(rest)<a href=\"java&#115;cript:x\">a</a>", "'href' is not allowed"),
    ("\(policy)\(rest)<p onclick=\"x\">a</p>", "'onclick' is not allowed"),
    ("\(policy)\(rest)<form action=\"https://evil.example/\"></form>", "'action' is not allowed"),
    ("\(policy)\(rest)<!-- a --!><script>x</script> -->", "'<!--' is not allowed"),
    ("\(policy)\(rest)<!--><script>x</script> -->", "'<!--' is not allowed"),
    ("\(policy)<title>{{title}}</title>{{{sprite}}}<p title=\"{{{body}}}\">", "'title' is not allowed"),
    ("\(policy)<title>{{title}}</title>{{{sprite}}}<!-- {{{body}}} -->", "'<!--' is not allowed"),
    ("\(policy)\(rest)<svg><script>x</script></svg>", "'<svg>' is not allowed"),
    ("\(policy)\(rest)<p/onclick=x>", "is not allowed"),
  ]) func `that is unfit is a finding, and the built-in one counts`(_ template: String, _ words: String) async throws {
    let (page, findings) = try await site(template)
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("template/invalid templates/page.mustache:") == true)
    #expect(findings.first?.contains(words) == true, "\(findings)")
    #expect(page.contains(PageFrame.policy.replacing("'", with: "&#39;")))
    #expect(page.contains("<link rel=\"stylesheet\" href=\"../kb.css\">"))
  }
}

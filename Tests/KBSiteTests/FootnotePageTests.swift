import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `A page with more than Markdown` {
  @Test func `has footnotes that lead both ways`() async throws {
    let html = try await rendered("A[^x] B[^x]\n\n[^x]: Note *two*\n")
    #expect(
      html.contains("<sup class=\"fn\"><a id=\"kb.fnref-1\" href=\"#kb.fn-1\" aria-label=\"Fußnote 1\">1</a></sup>"))
    #expect(html.contains("<a id=\"kb.fnref-1-2\" href=\"#kb.fn-1\""))
    #expect(
      html.contains(
        "<section class=\"fns\" aria-label=\"Fußnoten\"><ol><li id=\"kb.fn-1\"><p>Note <em>two</em> <a class=\"fnback\""
      ))
    #expect(
      html.contains("href=\"#kb.fnref-1\" aria-label=\"Zurück zum Text 1\"") && html.contains("href=\"#kb.fnref-1-2\""))
  }

  @Test func `has no link in a link, and no way back to what is not shown`() async throws {
    let html = try await rendered("# Seite[^1]\n\n[a[^2]](ziel.md)\n\n[^1]: N\n[^2]: M\n", head: "title: Seite")
    #expect(html.contains(">a<sup class=\"fn\">2</sup></a>"))
    #expect(!html.contains("href=\"#kb.fnref-2\"") && !html.contains("href=\"#kb.fnref-1\""))
  }

  @Test func `numbers no step in a footnote`() async throws {
    let html = try await rendered("1. A[^1]\n\n[^1]: N\n\n    1. B\n", kind: "runbooks")
    #expect(html.components(of: "class=\"tick\"") == 1)
  }

  @Test func `shows a picture in the size that was written`() async throws {
    let files: [File] = [page("p", "<img src=\"a.png\" alt=\"A\" width=\"300\"> ![[a.png|120x80]] ![[a.png|Plan]]\n")]
    let main = try await mainPart(#require(built(files + [("pages/a.png", "picture")])["pages/p.html"]))
    #expect(main.contains("alt=\"A\" loading=\"lazy\" width=\"300\">"))
    #expect(main.contains("alt=\"a.png\" loading=\"lazy\" width=\"120\" height=\"80\">"))
    #expect(main.contains("alt=\"Plan\" loading=\"lazy\">"))
  }

  @Test func `hides the name of a hidden record in a link with its text first`() async throws {
    let pages = try await built([
      page("a", "[[Der Text|geheim]] und [[geheim]]\n"), page("geheim", "---\naudience: restricted\n---\n\n# CANARY\n"),
    ])
    let main = mainPart(try #require(pages["pages/a.html"]))
    #expect(main.contains("Der Text") && !main.contains("geheim") && !main.contains("CANARY"))
  }

  @Test func `runs nothing of what is written in pictures, notes and addresses`() async throws {
    let html = try await rendered(
      """
      <img src="javascript:alert(1)" onerror="alert(2)"> <img src=x.png alt='"><script>alert(3)</script>'>
      A[^"onmouseover=alert(4)] "http://nas/"onclick=alert(5)" ![[x.png"onerror=alert(6)]]

      [^"onmouseover=alert(4)]: <script>alert(7)</script>
      """)
    for attack in ["<script", "src=\"javascript", " onerror=\"", " onclick=\"", " onmouseover=\""] {
      #expect(!html.contains(attack), "\(html)")
    }
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

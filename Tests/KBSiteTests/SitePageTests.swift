import KBSource
import KBTestSupport
import Testing

@testable import KBPages
@testable import KBSite

@Suite struct `The table of the site's pages` {
  @Test func `has a file for each page that needs no history, and lists it where it says`() async throws {
    let pages = try await built(fixture)
    let (index, map) = (try #require(pages["index.html"]), try #require(pages["sitemap.xml"]))
    for page in SitePage.all {
      #expect((pages[page.path] != nil) == !page.needsHistory, "\(page.path)")
      let isListed = page.group != nil && !page.needsHistory
      #expect(index.contains("<li><a href=\"\(page.path)\"") == isListed, "\(page.path)")
      #expect(map.contains("/\(page.path)</loc>") == isListed, "\(page.path)")
    }
  }

  @Test func `marks the page that one is on, and says on which one is in an incident`() async throws {
    let pages = try await built(fixture)
    for page in SitePage.all where !page.needsHistory {
      let text = try #require(pages[page.path])
      #expect(text.contains("<header class=\"bar alarm\">") == page.isAlarm, "\(page.path)")
      #expect(text.contains("<a href=\"\(page.path)\" aria-current=\"page\">") == (page.group != nil), "\(page.path)")
    }
  }

  @Test func `gives the script the pages that lead on where the search can't`() {
    #expect(Site.script.contains("[\"emergency.html\", \"a-z.html\", \"types.html\", \"tags.html\"]"))
  }
}

@Suite struct `An English knowledge base` {
  @Test func `has no German in anchors and labels`() async throws {
    let pages = try await built(
      [("kb.yml", "language: en\n")] + fixture.filter { $0.path != "kb.yml" && !$0.path.hasPrefix("pages/") } + [
        page("text", "# Text\n\n```cmd\ndir\n```\n")
      ])
    let letters = try #require(pages["a-z.html"])
    #expect(letters.contains("href=\"#letter-a\"") && letters.contains("<h2 id=\"letter-a\">A</h2>"))
    #expect(try #require(pages["systems/erp.html"]).contains("<h2 id=\"facts\">Facts</h2>"))
    #expect(try #require(pages["accesses/zugang.html"]).contains("<h2 id=\"field-holders\">"))
    #expect(try #require(pages["pages/text.html"]).contains("Command Prompt"))
    for (path, text) in pages where path.hasSuffix(".html") {
      for word in ["buchstabe", "eckdaten", "umfeld", "beziehungen", "feld-", "Eingabeaufforderung", "Befund"] {
        #expect(!text.contains(word), "\(path): \(word)")
      }
    }
  }
}

import KBCatalog
import KBHistory
import KBSource
import KBTestSupport
import Testing

@testable import KBPages
@testable import KBSite

@Suite struct `The page of a review` {
  private func page(_ old: String?, _ new: String) async throws -> String {
    func side(_ text: String?) async throws -> Catalog {
      try await catalog([("kb.yml", "language: de\n"), team()] + (text.map { [("systems/erp.md", $0)] } ?? []))
    }
    let (before, after) = (try await side(old), try await side(new))
    let review = Review(
      difference: CatalogDifference(from: before, to: after), before: before, after: after, from: "v1", to: nil,
      commits: [], touched: [:])
    return String(decoding: ReviewPage(review).bytes, as: UTF8.self)
  }

  private func erp(owner: String = "it", rto: String = "4h", body: String = "Text.") -> String {
    """
    ---
    title: ERP
    summary: Aufträge.
    type: application
    criticality: medium
    owner: \(owner)
    operated_by: it
    recovery:
      rto: \(rto)
      rpo: 1h
    ---

    Anfang.

    \(body)

    """
  }

  /// The lines that are folded below each sentence.
  private func folds(_ page: String) -> [[String]] {
    page.matches(of: #/<pre class="diff"[^>]*>(.*?)<\/pre>/#.dotMatchesNewlines()).map { match in
      match.1.matches(of: #/<span[^>]*>(.*?)<\/span>/#.dotMatchesNewlines()).map {
        String($0.1).replacing(#/<[^>]*>/#, with: "")
      }
    }
  }

  @Test func `folds below each sentence the lines that it speaks of, and no others`() async throws {
    let page = try await page(erp(), erp(rto: "8h", body: "Mehr Text."))
    #expect(
      folds(page) == [
        ["@@ systems/erp.md", "  recovery:", "-   rto: 4h", "+   rto: 8h", "    rpo: 1h"],
        ["@@ systems/erp.md", "  Anfang.", "  ", "- Text.", "+ Mehr Text."],
      ])
  }

  @Test func `shows the whole file of a record that is new`() async throws {
    let new = try await page(nil, erp())
    #expect(new.contains("ERP ist neu (System)."))
    #expect(folds(new).first?.contains("+ criticality: medium") == true)
  }

  @Test func `writes what findings quote as a name or as code`() async throws {
    let page = try await page(erp(), erp(owner: "niemand"))
    #expect(page.contains("mit der Kennung <code>niemand</code>"))
    #expect(page.contains("<dt>Befund neu, 0 behoben"))
  }

  @Test func `names the line where findings would read alike`() async throws {
    let body = "[eins](weg.md)\n\n[zwei](weg.md)"
    let findings = mainPart(try await page(erp(), erp(body: body)))
    let lines = findings.matches(of: #/ERP, Zeile (\d+)/#).map { String($0.1) }
    #expect(lines == ["15", "17"])
  }

  @Test func `asks nothing of any other file`() async throws {
    let page = try await page(erp(), erp(rto: "8h"))
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("<script") && !page.contains("<link rel=\"stylesheet\"") && !page.contains("src="))
  }
}

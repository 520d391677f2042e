import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `The sheet of an incident` {
  private let base: [File] = [
    provider("acme", "support: { phone: 030 11, emergency_phone: 030 112233 }"), team("it", "phone: 040 123456"),
    team("stab", "type: body\nphone: 0171 999"), person("eva", "phone: 040 1"), person("ulf", "phone: 040 2"),
    person("geheim", "title: Quittenbrot\naudience: restricted\nphone: 040 3"),
    system(
      "erp",
      "title: ERP\nowner: eva\ndeputy: geheim\noperated_by: [acme]\nrecovery: { rto: 4h }\ndata: { personal: yes }"),
    runbook(
      "erp-steht",
      "title: ERP steht\ntype: incident\nsystems: erp\nsymptoms: ['<b>Kreis</b> dreht sich', FBK-5012]\nescalate_to: [{ to: ulf, when: nach 30 Minuten }]",
      body:
        "## Diagnose\n\n1. **Anmelden.** An zwei Plätzen.\n   Erwartet: Es gelingt.\n   Sonst: weiter mit Schritt 3.\n2. Dienste prüfen\n\n   **Expected:** running\n\n   ```text\n   Erwartet: nichts\n   ```\n"
    ),
  ]

  private func page(_ path: String) async throws -> String {
    mainPart(try #require(try await built(base)[path], "\(path)"))
  }

  @Test func `offers what people see as choices, each with its runbook`() async throws {
    let page = try await page("down/erp.html")
    #expect(
      page.contains(
        "<a href=\"../runbooks/erp-steht.html\"><b>„&lt;b&gt;Kreis&lt;/b&gt; dreht sich“</b><span class=\"what\">ERP steht</span></a>"
      ))
    #expect(page.contains("„FBK-5012“") && page.contains("<a href=\"../incident.html\">"))
  }

  @Test func `shows what to expect, and what to do otherwise, on lines of their own`() async throws {
    let page = try await page("runbooks/erp-steht.html")
    #expect(
      page.contains(
        "<p>An zwei Plätzen.</p><p class=\"expected\">Erwartet: Es gelingt.</p><p class=\"otherwise\">Sonst: weiter mit Schritt 3.</p>"
      ))
    #expect(page.contains("<p class=\"expected\"><strong>Expected:</strong> running</p>"))
    #expect(page.contains(">Dienste prüfen</label>"))
  }

  @Test func `has three roles with numbers, and nobody of a smaller circle`() async throws {
    let page = try await page("runbooks/erp-steht.html")
    let roles = try #require(page.firstRange(of: "<div class=\"roles\">")).upperBound
    let cards = page[roles...].split(separator: "</details>")[0].split(separator: "<section>").map { "\($0)" }
    #expect(cards.count == 3)
    #expect(cards[0].contains("Leitet") && cards[0].contains("tel:+49401\"") && cards[0].contains("STAB"))
    #expect(cards[1].contains("Handelt") && cards[1].contains("tel:+4930112233"))
    #expect(
      cards[2].contains("Informiert") && cards[2].contains("nach 30 Minuten") && cards[2].contains("tel:+49402\""))
    #expect(!page.contains("Quittenbrot") && !page.contains("tel:+49403"))
  }

  @Test func `has a clock to start for each promise and duty`() async throws {
    let page = try await page("runbooks/erp-steht.html")
    for expected in [
      "data-due=\"4h\"", "data-name=\"RTO\"", "data-name=\"DSGVO Art. 33\"", "data-due=\"72h 1M\"",
      "keine Rechtsberatung",
    ] {
      #expect(page.contains(expected), "\(expected)")
    }
  }

  @Test func `tells the log what an incident needs to know`() async throws {
    let page = try await page("runbooks/erp-steht.html")
    #expect(page.contains("data-facts=\"Runbook: erp-steht\nSysteme: erp\""))
    #expect(
      page.contains(
        "data-type=\"Typ\" data-real=\"Ernstfall\" data-drill=\"Übung\" data-beginning=\"Beginn\" data-ending=\"Ende\"")
    )
  }

  @Test func `is there without a runbook too`() async throws {
    let page = try await page("incident.html")
    #expect(page.contains("<h1>Einsatzblatt</h1>") && page.contains("tel:+49171999"))
    #expect(page.contains("<ol class=\"steps\" start=\"4\">") && page.contains("class=\"expected\""))
  }
}

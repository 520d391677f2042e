import KBCatalog
import KBDisk
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

/// The bytes of each file of a site, as text; files that are copied have the path of their source.
func built(_ catalog: Catalog) async throws -> [String: String] {
  Dictionary(
    uniqueKeysWithValues: try await Site(catalog, options: .init(commit: "1a2b3c4")).files().map { file in
      switch file.content {
      case .rendered(let render): (file.path, String(decoding: render(), as: UTF8.self))
      case .copied(let source, let size): (file.path, "copy of \(source.string), \(size) bytes")
      }
    })
}

func built(_ files: [File], today: CalendarDate = today) async throws -> [String: String] {
  try await built(try await catalog(files, today: today))
}

/// What stands in a page's main part.
func mainPart(_ page: String) -> String {
  guard let start = page.firstRange(of: "<main"), let stop = page.firstRange(of: "</main>") else { return page }
  return String(page[start.lowerBound..<stop.upperBound])
}

/// The body of a page's text, as HTML.
func rendered(_ markdown: String, kind: String = "pages", head: String = "title: Seite") async throws -> String {
  let pages = try await built([
    ("\(kind)/seite.md", "---\n\(head)\n---\n\n\(markdown)\n"), page("ziel", "# Das Ziel\n\n## Ein Teil\n\nText.\n"),
  ])
  let main = mainPart(try #require(pages["\(kind)/seite.html"]))
  guard let start = main.firstRange(of: "<div class=\"sec prose\">") else { return main }
  // The text ends where its container does.
  var depth = 1
  var rest = main[start.upperBound...]
  while depth > 0, let tag = rest.firstRange(of: "div") {
    let before = rest[..<tag.lowerBound].suffix(2)
    if before.hasSuffix("</") { depth -= 1 } else if before.hasSuffix("<") { depth += 1 }
    rest = rest[tag.upperBound...]
  }
  return String(main[start.upperBound..<rest.startIndex].dropLast("</div".count))
}

/// A small knowledge base with a record of each kind, and with everything that a text can hold.
let fixture: [File] = [
  (
    "kb.yml",
    "title: Prüf & Söhne IT\nlanguage: de\nbase_url: https://kb.example.org/wissen\nedit: https://git.example.org/edit/{path}\n"
  ),
  team("it", "phone: 040 123456\nlead: anna"),
  (
    "people/anna.md",
    "---\ntitle: Anna Åberg\ntype: internal\nfunction: Leitung\nphone: \"+49 (0)40 123457\"\nemail: anna@example.org\n---\n"
  ),
  (
    "providers/acme.md",
    "---\ntitle: ACME <b>AG</b>\nsummary: Betreibt & berät\ntype: msp\nowner: it\nsupport: { phone: 040 654321, emergency: 040 654322, hours: rund um die Uhr }\nscope: { responsible_for: alles }\naccount_number: K-1\n---\n"
  ),
  system(
    "erp",
    """
    title: '<script>alert("ERP")</script> & "Söhne"'
    aliases: [alt-erp]
    criticality: critical
    deputy: anna
    operated_by: [acme, it]
    business_impact: Es steht alles.
    depends_on: [{ system: db, note: täglich }, { system: netz, strength: soft }]
    recovery: { rto: 4h, rpo: 1h }
    tags: [kern, netz]
    reviewed: 2026-10-01
    links: [{ title: Anmeldung, url: "https://erp.example.org/?a=1&b=2" }]
    """),
  system("db", "title: Datenbank\ncriticality: high\nstatus: planned"),
  system("netz", "title: Netz\ncriticality: low\nstatus: retired"),
  access(
    "zugang",
    "title: Zugang ERP\ntype: admin\nmfa: enforced\nsecret_ref: vault:erp\napprover: anna\nholders: [{ to: anna, since: 2026-01-05, until: 2026-06-30 }, it]"
  ),
  contract(
    "wartung",
    "title: Wartung ERP\ncovers: erp\ncontract_number: V-7\nnotice: 3M\nrenewal: automatic\nrenewal_months: 12\ncost: { amount: 4800, per: year }"
  ),
  process("auftrag", "title: Auftrag bis Rechnung"),
  runbook(
    "erp-steht",
    "title: ERP steht\ntype: incident\nsymptoms: ['ORA-00600 <x>', steht]\nneeds_access: [zugang]\nescalate_to: [{ to: acme, when: sofort }]",
    body: """
      Nichts geht.

      ## Auswirkung

      Alles.

      ## Diagnose

      1. **Dienst ansehen.** Läuft er?

         ```powershell title="srv1"
         Get-Service "ERP*" | Where { $_.Status -ne 'Running' }
         ```
      2. Neu starten

      ## Schritte

      1. **Datenbank** prüfen, siehe [[db]]
         - [ ] leer
         - [x] voll

      > [!CAUTION]
      > Nie im Betrieb.

      ## Prüfung

      1. Läuft?

      ## Eskalation

      E.
      """),
  (
    "decisions/cloud.md",
    "---\ntitle: In die Cloud\nsummary: Wir ziehen um.\nstatus: accepted\ndate: 2026-03-02\nowner: it\ndeciders: anna\naffects: erp\n---\n\nWeil.\n"
  ),
  (
    "topics/langsam.md",
    "---\ntitle: ERP langsam\nsummary: Montags.\ntype: problem\nstate: running\nowner: anna\naffects: erp\n---\n\nVerlauf.\n"
  ),
  page(
    "text",
    """
    # Alles, was ein Text kann

    Ein Absatz mit *Betonung*, **Kraft**, ~~Irrtum~~, `code & <b>`, hartem  
    Umbruch, &copy; und https://example.org/?a=1&b=2 sowie a@example.org.

    ## Überschrift & „Anker“

    ### Dritte

    ##### Fünfte

    [[erp]], [[erp|mit Text]], [[text#dritte]], [Datei](../systems/erp.md#eckdaten), [Bild](bild.png), ![Ein "Bild"](bild.png "Titel"),
    [tot](nirgends.md), [böse](javascript:alert(1)), <https://example.org>, [fern](https://example.org "Ein Titel").

    - eins
      - zwei

        Absatz
    - [x] getan
    - [ ] offen

    3. drei
    4. vier

    | links | Mitte | rechts |
    |:------|:-----:|-------:|
    | a \\| b | `c`   | 1      |

    | noch | eine |
    |---|---|
    | x | y |

    > Zitat

    > [!NOTE]
    > Hinweis mit [[db]].

    ```
    nackt
    ```

        eingerückt

    ---

    <kbd>Strg</kbd>+<kbd>C</kbd>, H<sub>2</sub>O<br>neu, <script>alert(1)</script>, <b onclick="x">fett</b>, <!-- weg --> da.

    <details><summary>Mehr</summary>

    Inhalt

    </details>

    <iframe src="https://example.org"></iframe>
    """),
  ("pages/bild.png", "PNG"),
  (
    "pages/falsch.md",
    "---\ntitle: Mit Fehlern\nowner: niemand\nx-eigenes: <i>wert</i>\nreviewed: 05.01.2024\n---\n\n[[fehlt]]\n"
  ),
  ("pages/geheim.md", "---\ntitle: Sonnenwende\naudience: restricted\n---\n\nQuittenbrot.\n"),
]

import KBCatalog
import KBDocument
import KBSource
import KBTestSupport
import Testing

/// Files as nobody would write them: nothing traps, and every finding has a place in its file.
@Suite struct `Any input as a knowledge base` {
  private static let pieces = [
    "---\n", "...\n", ": ", "- ", "[[", "]]", "{", "}", "[", "]", "&a ", "*a", "!t ", "|", "> ", "#", "\"", "'", "\\", "\n", "\r", "\r\n",
    "\t", "  ", "\u{FEFF}", "\u{2028}", "\u{202E}", "é", "e\u{301}", "😀", "\0", "owner: ", "title: ", "type: ", "id: ", "null", "~", "true",
    "2026-02-30", "2026-02-29", "4h", "99999999999999999999", "-1", "1e9", "vault:a/b", "Mo-Fr 8-17", "24/7", "+49 40 1", "amount: ",
    "holders:\n  - who: ", "steps:\n  - do: ", "```", "<!-- ", "-->", "![", "](", "[^1]", "[^1]: ", "| a | b |\n|---|---|\n", "1. ", "- [x] ",
    "password: Sommer2026! ", "-----BEGIN PRIVATE KEY-----", "://a:b@", "AKIA", "kb-allow: ", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n",
    "fields:\n  a: { type: text, role: ", "extends: system\n", "relation: ", "expected_when: ", "values: { a: { de: b } }", "paths:\n  - path: ",
  ]
  private static let documents = [
    "---\ntitle: ERP\ntype: application\ncriticality: high\nowner: it\noperated_by: [acme]\ndepends_on: [{ to: db, strength: soft }]\nrecovery: { rto: 4h, rpo: 1h }\nbackup: { by: db, cycle: 1d }\n---\n\n# ERP\n\nText [l](db.md#a) [[db|x]].\n",
    "---\ntitle: W\ntype: support\nprovider: acme\nend: 2030-12-31\nnotice: 3M\ncost: { amount: 48, per: month }\nsla: [{ priority: 1, response: 1h }]\n---\n",
    "---\ntitle: Z\nsystem: erp\ntype: admin\nholders:\n  - { who: eva, since: 2026-01-01 }\nsecret_ref: vault:it/x\n---\n\n1. a\n2. b\n",
    "# Seite\n\nText\n\n## A\n\n- [ ] b\n",
  ]
  private static let settings = [
    "title: T\nlanguage: de\naudience: internal\ncountry: de\ncurrency: EUR\nrules:\n  form/missing: off\nfolders: { alerts: runbook }\npaths:\n  - { path: a.md }\n",
  ]
  private static let kinds = [
    "kind: room\nfolder: rooms\nlabel: { de: Raum, en: Room }\nplural: { de: Räume, en: Rooms }\nfields:\n  floor: { type: integer, label: { de: Etage, en: Floor } }\n  holds: { type: list, of: { type: ref, to: [system] } }\n",
  ]

  @Test func `is read without a trap`() async throws {
    var documents = InputGenerator(seed: 1, pieces: Self.pieces, models: Self.documents)
    var settings = InputGenerator(seed: 2, pieces: Self.pieces, models: Self.settings)
    var kinds = InputGenerator(seed: 3, pieces: Self.pieces, models: Self.kinds)
    let folders = ["systems", "contracts", "accesses", "people", "runbooks", "pages", "rooms", "topics", "incidents"]
    let perBase = 48
    for base in 0..<(inputs(of: 12_000) / (perBase + 2)) {
      var files = (0..<perBase).map { number in
        SourceFile(
          path: RepoPath(normalized: "\(folders[number % folders.count])/\(["erp", "db", "acme", "it", "eva"][number % 5])\(number / 5).md"),
          bytes: documents.next())
      }
      files.append(SourceFile(path: RepoPath(normalized: "kb.yml"), bytes: settings.next()))
      files.append(SourceFile(path: RepoPath(normalized: "kinds/room.yml"), bytes: kinds.next()))
      let sizes = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes.count) })
      let catalog = try await Catalog(Snapshot(files: files), today: today)
      for finding in catalog.diagnostics {
        // A text in another encoding is read as UTF-8, which may be longer.
        let size = max(sizes[finding.path] ?? 0, catalog.file(finding.path)?.bytes.count ?? 0)
        #expect(Int(finding.range.upper) <= size && finding.range.lower <= finding.range.upper, "base \(base): \(finding.rule.code) \(finding.path)")
      }
    }
  }
}

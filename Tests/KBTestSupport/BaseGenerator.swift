public import KBSource

/// Knowledge bases as nobody would write them: records, settings, rules, a kind and a questionnaire made of pieces that a reader
/// stumbles over.
public struct BaseGenerator {
  /// The number of files of each.
  public static let fileCount = recordCount + 3
  private static let recordCount = 47
  private static let folders = [
    "systems", "contracts", "accesses", "people", "runbooks", "pages", "rooms", "topics", "incidents", "providers",
    "teams",
    "processes", "decisions",
  ]
  private static let pieces = [
    "---\n", "...\n", ": ", "- ", "[[", "]]", "{", "}", "[", "]", "&a ", "*a", "!t ", "|", "> ", "#", "\"", "'", "\\",
    "\n", "\r", "\r\n",
    "\t", "  ", "\u{FEFF}", "\u{2028}", "\u{202E}", "é", "e\u{301}", "😀", "\0", "owner: ", "title: ", "type: ", "id: ",
    "null", "~", "true",
    "2026-02-30", "2026-02-29", "4h", "99999999999999999999", "-1", "1e9", "vault:a/b", "Mo-Fr 8-17", "24/7",
    "+49 40 1", "amount: ",
    "holders:\n  - who: ", "steps:\n  - do: ", "```", "<!-- ", "-->", "![", "](", "[^1]", "[^1]: ",
    "| a | b |\n|---|---|\n", "1. ", "- [x] ",
    "password: Sommer2026! ", "-----BEGIN PRIVATE KEY-----", "://a:b@", "AKIA", "kb-allow: ", "<<<<<<< a\n",
    "=======\n", ">>>>>>> b\n",
    "fields:\n  a: { type: text, role: ", "extends: system\n", "relation: ", "expected_when: ",
    "values: { a: { de: b } }", "paths:\n  - path: ", "rules:\n  ", "\"*\": off", "form/*: error", "each: ", "where: ",
    "<=12M", " or ",
    "queries:\n      - ", "evidence: ",
  ]
  private static let documents = [
    "---\ntitle: ERP\ntype: application\ncriticality: high\nowner: it\noperated_by: [acme]\ndepends_on: [{ to: db, strength: soft }]\nrecovery: { rto: 4h, rpo: 1h }\nbackup: { by: db, cycle: 1d }\n---\n\n# ERP\n\nText [l](db.md#a) [[db|x]].\n",
    "---\ntitle: W\ntype: support\nprovider: acme\nend: 2030-12-31\nnotice: 3M\ncost: { amount: 48, per: month }\nsla: [{ priority: 1, response: 1h }]\n---\n",
    "---\ntitle: Z\nsystem: erp\ntype: admin\nholders:\n  - { who: eva, since: 2026-01-01 }\nsecret_ref: vault:it/x\n---\n\n1. a\n2. b\n",
    "# Seite\n\nText\n\n## A\n\n- [ ] b\n",
  ]
  private static let settings = [
    "title: T\nlanguage: de\naudience: internal\ncountry: de\ncurrency: EUR\nrules:\n  form/missing: off\nfolders: { alerts: runbook }\npaths:\n  - { path: a.md }\n"
  ]
  private static let kinds = [
    "kind: room\nfolder: rooms\nlabel: { de: Raum, en: Room }\nplural: { de: Räume, en: Rooms }\nfields:\n  floor: { type: integer, label: { de: Etage, en: Floor } }\n  holds: { type: list, of: { type: ref, to: [system] } }\n"
  ]
  private static let questionnaires = [
    "evidence: own\nlabel: { de: A, en: B }\nlead: { de: A, en: B }\nquestions:\n  - id: \"1\"\n    ask: { de: A?, en: B? }\n    queries:\n      - { each: system, where: [\"criticality=high|critical\", backup-by], needs: [owner, \"restore-tested<=12M\", \"backup-by or backup-none\"], rules: [access/expired] }\n"
  ]

  private var documents: InputGenerator
  private var settings: InputGenerator
  private var kinds: InputGenerator
  private var questionnaires: InputGenerator

  public init(seed: UInt64) {
    documents = InputGenerator(seed: seed, pieces: Self.pieces, models: Self.documents)
    settings = InputGenerator(seed: seed + 1000, pieces: Self.pieces, models: Self.settings)
    kinds = InputGenerator(seed: seed + 2000, pieces: Self.pieces, models: Self.kinds)
    questionnaires = InputGenerator(seed: seed + 3000, pieces: Self.pieces, models: Self.questionnaires)
  }

  public mutating func next() -> [SourceFile] {
    func file(_ path: String, _ bytes: [UInt8]) -> SourceFile {
      SourceFile(path: RepoPath(normalized: path), bytes: bytes)
    }
    var files = (0..<Self.recordCount).map { number in
      let name = ["erp", "db", "acme", "it", "eva"][number % 5]
      return file("\(Self.folders[number % Self.folders.count])/\(name)\(number / 5).md", documents.next())
    }
    files.append(file("kb.yml", settings.next()))
    files.append(file("kinds/room.yml", kinds.next()))
    files.append(file("evidence/own.yml", questionnaires.next()))
    return files
  }
}

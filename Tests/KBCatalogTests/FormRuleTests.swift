import KBDocument
@testable import KBSchema
import KBSource
import KBTestSupport
import KBYAML
import Testing

@testable import KBCatalog

@Suite struct `Fields` {
  @Test func `that are required are missed`() async throws {
    try await expect(
      "form/missing",
      in: [("systems/erp.md", "---\ntitle: 1️⃣ERP\nowner: it\ncriticality: low\n---\n\nText.\n"), team()],
      Finding(
        "form/missing", .error, "1️⃣", "ERP",
        de: "in 'ERP' fehlen 'type' und 'operated_by'",
        en: "'ERP' lacks 'type' and 'operated_by'"))
  }

  @Test func `that are required unless another is there are missed only then`() async throws {
    let lines = "title: 1️⃣Wartung\nprovider: acme\ntype: support\nowner: it"
    try await expect(
      "form/missing", in: [("contracts/w.md", "---\n\(lines)\n---\n\nText.\n"), provider("acme"), team()],
      Finding(
        "form/missing", .error, "1️⃣", "Wartung",
        de: "'Wartung' braucht 'end' oder 'open_ended: true'",
        en: "'Wartung' needs 'end' or 'open_ended: true'"))
    try await expect(
      "form/missing",
      in: [("contracts/w.md", "---\n\(lines)\nopen_ended: true\n---\n\nText.\n"), provider("acme"), team()])
  }

  @Test func `that criticality calls for are expected, of what is in use`() async throws {
    let complete = "deputy: it\nbusiness_impact: alles steht\nbackup: { none: zustandslos }\nauth: { mfa: enforced }"
    try await expect(
      "form/expected",
      in: [
        system("a", "title: A\n\(complete)\ncriticality: high\n1️⃣recovery: { rto: 4h }"),
        system("b", "criticality: critical\nstatus: planned"), system("c"), team(),
      ],
      Finding(
        "form/expected", .warning, "1️⃣", "recovery",
        de: "in 'A' fehlt 'recovery.rpo' (nötig bei Kritikalität 'hoch')",
        en: "'A' lacks 'recovery.rpo' (needed with criticality 'high')"))
  }

  @Test func `that powerful accesses need are expected`() async throws {
    try await expect(
      "form/expected",
      in: [access("a", "title: 1️⃣Adm\ntype: admin\nmfa: enforced"), access("b"), system("erp"), team()],
      Finding(
        "form/expected", .warning, "1️⃣", "Adm",
        de: "in 'Adm' fehlen 'secret_ref' und 'approver' (nötig bei Typ 'Administration')",
        en: "'Adm' lacks 'secret_ref' and 'approver' (needed with type 'Administration')"))
  }

  @Test func `that are recommended are hinted at`() async throws {
    try await expect(
      "form/recommended", in: [("teams/it.md", "---\ntitle: 1️⃣IT\ntype: team\n---\n\nText.\n")],
      Finding(
        "form/recommended", .hint, "1️⃣", "IT",
        de: "in 'IT' fehlt 'summary'",
        en: "'IT' lacks 'summary'"))
  }

  @Test func `know their values, in German too`() async throws {
    try await expect(
      "form/unknown-value", in: [system("a", "criticality: 1️⃣kritisch\ntype: 2️⃣aplication\nhosting: 3️⃣xyz"), team()],
      Finding(
        "form/unknown-value", .error, "1️⃣", "kritisch",
        de: "'kritisch' wird in 'criticality' als 'critical' geschrieben",
        en: "'kritisch' is written 'critical' in 'criticality'"),
      Finding(
        "form/unknown-value", .error, "2️⃣", "aplication",
        de: "'aplication' ist kein gültiger Wert für 'type'; meinten Sie 'application'?",
        en: "'aplication' is not a valid value for 'type'; did you mean 'application'?"),
      Finding(
        "form/unknown-value", .error, "3️⃣", "xyz",
        de: "'xyz' ist kein gültiger Wert für 'hosting'",
        en: "'xyz' is not a valid value for 'hosting'"))
  }

  @Test func `know their keys, with German aliases`() async throws {
    try await expect(
      "form/unknown-key",
      in: [
        system("a", "1️⃣depend_on: x\nx-eigenes: 1\n2️⃣quux: 2\nhängt_ab_von: []\nbackup: { cycle: 1d, 3️⃣cicle: 2d }"),
        page("b", "---\nfoo: 1\n---\n\nText.\n"), team(),
      ],
      Finding(
        "form/unknown-key", .warning, "1️⃣", "depend_on",
        de: "die Art System kennt keinen Schlüssel 'depend_on'; meinten Sie 'depends_on'?",
        en: "the kind system has no key 'depend_on'; did you mean 'depends_on'?"),
      Finding(
        "form/unknown-key", .warning, "2️⃣", "quux",
        de: "die Art System kennt keinen Schlüssel 'quux'",
        en: "the kind system has no key 'quux'"),
      Finding(
        "form/unknown-key", .warning, "3️⃣", "cicle",
        de: "'backup' kennt keinen Schlüssel 'cicle'; meinten Sie 'cycle'?",
        en: "'backup' has no key 'cicle'; did you mean 'cycle'?"))
  }

  @Test func `hold values of their type`() async throws {
    try await expect(
      "form/bad-value",
      in: [
        system(
          "a", "reviewed: 1️⃣05.01.2024\nrecovery: { rto: 2️⃣4 Stunden, order: 3️⃣eins }\ntags: [4️⃣Ä b]\nlinks: [5️⃣example.org]"
        ),
        person("p", "email: 6️⃣max\nphone: 7️⃣zwölf\nactive_until: 8️⃣2026-02-30"),
        access("z", "secret_ref: 9️⃣geheim"), system("erp"), team(),
      ],
      Finding(
        "form/bad-value", .error, "9️⃣", "xxxxxx",
        de: "'secret_ref' braucht einen Verweis in einen Tresor, 'xxxxxx' ist keiner",
        en: "'secret_ref' needs a pointer into a vault, but 'xxxxxx' is not one"),
      Finding(
        "form/bad-value", .error, "6️⃣", "max",
        de: "'email' braucht eine E-Mail-Adresse, 'max' ist keine",
        en: "'email' needs an email address, but 'max' is not one"),
      Finding(
        "form/bad-value", .error, "7️⃣", "zwölf",
        de: "'phone' braucht eine einzelne Rufnummer, 'zwölf' ist keine",
        en: "'phone' needs a single phone number, but 'zwölf' is not one"),
      Finding(
        "form/bad-value", .error, "8️⃣", "2026-02-30",
        de: "'active_until' braucht ein gültiges Datum, '2026-02-30' ist keines",
        en: "'active_until' needs a valid date, but '2026-02-30' is not one"),
      Finding(
        "form/bad-value", .error, "1️⃣", "05.01.2024",
        de: "'reviewed' braucht ein Datum wie '2024-01-05', nicht '05.01.2024'",
        en: "'reviewed' needs a date such as '2024-01-05', not '05.01.2024'"),
      Finding(
        "form/bad-value", .error, "2️⃣", "4 Stunden",
        de: "'rto' braucht eine Dauer, '4 Stunden' ist keine",
        en: "'rto' needs a duration, but '4 Stunden' is not one"),
      Finding(
        "form/bad-value", .error, "3️⃣", "eins",
        de: "'order' braucht eine ganze Zahl, 'eins' ist keine",
        en: "'order' needs a whole number, but 'eins' is not one"),
      Finding(
        "form/bad-value", .error, "4️⃣", "Ä b",
        de: "'tags' braucht einen Kurznamen, 'Ä b' ist keiner",
        en: "'tags' needs a short name, but 'Ä b' is not one"),
      Finding(
        "form/bad-value", .error, "5️⃣", "example.org",
        de: "'url' braucht eine vollständige Adresse, 'example.org' ist keine",
        en: "'url' needs a complete address, but 'example.org' is not one"))
  }

  @Test func `are hours that can be read, or text with a hint`() async throws {
    try await expect(
      "form/unread-hours",
      in: [
        (
          "providers/a.md",
          "---\ntitle: A\ntype: saas\nowner: it\nsupport: { phone: 040 1234, hours: 1️⃣meistens }\n---\n\nT.\n"
        ),
        (
          "providers/b.md",
          "---\ntitle: B\ntype: saas\nowner: it\nsupport: { phone: 040 1234, hours: Mo-Fr 8-17 }\n---\n\nT.\n"
        ),
        team(),
      ],
      Finding(
        "form/unread-hours", .hint, "1️⃣", "meistens",
        de: "'meistens' lässt sich nicht als Zeiten lesen: ob gerade jemand erreichbar ist, bleibt offen",
        en: "'meistens' can't be read as hours: kb can't tell whether anyone can be reached now"))
  }

  @Test func `take a single value where one is expected`() async throws {
    try await expect(
      "form/bad-value", in: [team("it", "lead: 1️⃣[eva, kim]\nphone: 040 1234"), person("eva"), person("kim")],
      Finding(
        "form/bad-value", .error, "1️⃣", "[",
        de: "'lead' erwartet einen einzelnen Wert, keine Liste oder Gruppe",
        en: "'lead' takes a single value, not a list or group"))
  }

  @Test func `explain an unquoted wiki link`() async throws {
    try await expect(
      "form/bad-value", in: [team("it", "lead: 1️⃣[[eva]]\nphone: 040 1234"), person("eva")],
      Finding(
        "form/bad-value", .error, "1️⃣", "[[eva]]",
        de: "'[[eva]]' liest YAML als Liste in einer Liste",
        en: "YAML reads '[[eva]]' as a list in a list"))
    // In a list it is as good as the id.
    try await expect("reference/", in: [team("it", "members:\n  - \"[[eva]]\"\nphone: 040 1234"), person("eva")])
  }

  @Test func `keep what looks like another type`() async throws {
    let catalog = try await catalog([system("a", "location: NO\nnetwork: { address: 1.10, vlan: 0123 }"), team()])
    let record = try #require(catalog.record(id: "a"))
    #expect(record.value(.location)?.text == "NO")
    #expect(record["network"]?["address"]?.text == "1.10")
    #expect(record["network"]?["vlan"]?.text == "0123")
  }
}

@Suite struct `Records` {
  @Test func `have an id that works everywhere`() async throws {
    try await expect(
      "form/bad-id",
      in: [team("a", "id: 1️⃣Größe 1"), team("b", "id: 2️⃣../it"), team("c", "id: 3️⃣con"), team("d", "id: gut-1")],
      Finding(
        "form/bad-id", .error, "1️⃣", "Größe 1",
        de: "'Größe 1' ist als Kennung nicht erlaubt",
        en: "'Größe 1' is not allowed as an id"),
      Finding(
        "form/bad-id", .error, "2️⃣", "../it",
        de: "'../it' ist als Kennung nicht erlaubt",
        en: "'../it' is not allowed as an id"),
      Finding(
        "form/bad-id", .error, "3️⃣", "con",
        de: "'con' ist als Kennung nicht erlaubt",
        en: "'con' is not allowed as an id"))
  }

  @Test func `share their id with nobody`() async throws {
    try await expect(
      "form/duplicate-id", in: [person("it"), ("teams/it.md", "---\ntitle: 1️⃣IT\ntype: team\n---\n\nText.\n")],
      Finding(
        "form/duplicate-id", .error, "1️⃣", "IT",
        de: "die Kennung 'it' ist schon vergeben an 'people/it.md'",
        en: "the id 'it' is already taken by 'people/it.md'"))
  }

  @Test func `share their path with nobody, not even in another case or Unicode form`() async throws {
    try await expect(
      "form/path-clash", in: [page("Netz", "# A\n\nT.\n"), page("netz", "1️⃣# B\n\nT.\n")],
      Finding(
        "form/path-clash", .error, "1️⃣", "",
        de: "unter Windows und macOS ist das dieselbe Datei wie 'pages/Netz.md'",
        en: "on Windows and macOS this is the same file as 'pages/Netz.md'"))
    let found = try await findings(
      "form/path-clash",
      in: [page("gr\u{FC}n", "# A\n\nT.\n"), page("gru\u{308}n", "# B\n\nT.\n"), page("blau", "# C\n\nT.\n")])
    #expect(found.count == 1)
  }

  @Test func `have a text`() async throws {
    try await expect(
      "form/empty-body", in: [("teams/it.md", "---\ntitle: 1️⃣IT\ntype: team\n---\n\n"), team("b"), page("c", "")],
      Finding(
        "form/empty-body", .warning, "pages/c.md:1:1", "",
        de: "'C' hat noch keinen Text",
        en: "'C' has no text yet"),
      Finding(
        "form/empty-body", .warning, "1️⃣", "IT",
        de: "'IT' hat noch keinen Text",
        en: "'IT' has no text yet"))
  }

  @Test func `may be plain Markdown, and are hinted at describing themselves`() async throws {
    try await expect(
      "", in: [("runbooks/neustart.md", "1️⃣# Neustart\n\nText.\n"), page("notiz", "# Notiz\n\nText.\n")],
      Finding(
        "form/undescribed", .hint, "1️⃣", "",
        de: "'Neustart' ist noch nicht beschrieben",
        en: "'Neustart' is not described yet"))
  }
}

@Suite struct `References` {
  @Test func `lead somewhere`() async throws {
    try await expect(
      "reference/missing",
      in: [
        system("a", "owner: 1️⃣itt\ndepends_on: [2️⃣x-y-z, { to: 3️⃣b-system }]"), system("b", "title: B-System"), team("it"),
      ],
      Finding(
        "reference/missing", .error, "1️⃣", "itt",
        de: "es gibt keinen Eintrag der Art Person oder Team mit der Kennung 'itt'; meinten Sie 'it'?",
        en: "there is no person or team called 'itt'; did you mean 'it'?"),
      Finding(
        "reference/missing", .error, "2️⃣", "x-y-z",
        de: "es gibt keinen Eintrag der Art System mit der Kennung 'x-y-z'",
        en: "there is no system called 'x-y-z'"),
      Finding(
        "reference/missing", .error, "3️⃣", "b-system",
        de: "es gibt keinen Eintrag der Art System mit der Kennung 'b-system'; meinten Sie 'b'?",
        en: "there is no system called 'b-system'; did you mean 'b'?"))
  }

  @Test func `lead to a record of the right kind`() async throws {
    try await expect(
      "reference/wrong-kind",
      in: [system("a", "owner: 1️⃣b\ndepends_on: [2️⃣person/eva, system/b]"), system("b"), person("eva"), team()],
      Finding(
        "reference/wrong-kind", .error, "1️⃣", "b",
        de: "'b' ist ein Eintrag der Art System, erwartet ist Person oder Team",
        en: "'b' is of kind system, but must be of kind person or team"),
      Finding(
        "reference/wrong-kind", .error, "2️⃣", "person/eva",
        de: "'eva' ist ein Eintrag der Art Person, erwartet ist System",
        en: "'eva' is of kind person, but must be of kind system"))
  }

  @Test func `by an old id still lead there`() async throws {
    try await expect(
      "reference/", in: [system("a", "owner: 1️⃣edv"), team("it", "aliases: [edv]\nphone: 040 1234")],
      Finding(
        "reference/old-id", .hint, "1️⃣", "edv",
        de: "'edv' heißt jetzt 'it'",
        en: "'edv' is now called 'it'"))
  }

  @Test(arguments: [
    ("040 123456", true), ("+49 40 123456", true), ("+49 (0)40 123456-0", true), ("(+49) 40 123456", true),
    ("040/123456", true), ("0049 5121/123456", true), ("+49 (0)35123/4567", true), ("040 / 123456", true),
    ("0351-23 / 456", true), ("110", true),
    ("040 123456 / 0171 2345678", false), ("040 123456 / 57", false), ("040 123456-0 / -57", false),
    ("+49 40 1234 / +49 171 1", false), ("0171 2345678 040 123456", false), ("++49 40 123", false), ("40+123", false),
  ])
  func `take one phone number, not two`(_ number: String, _ isOne: Bool) async throws {
    let found = try await findings("form/bad-value", in: [team("it", "phone: \(number)")])
    #expect(found.isEmpty == isOne)
  }

  @Test(arguments: [
    system("a", "operated_by: []"), system("a", "operated_by: [~]"),
    record(
      "decisions/d.md", "title: D\nsummary: S.\nowner: it\nstatus: accepted\ndate: 2026-01-01\ndeciders: []",
      defaults: []),
  ])
  func `that are required are not there when they are empty`(_ file: File) async throws {
    #expect(try await findings("form/missing", in: [file, team()]).count == 1)
  }

  @Test func `that are safe to mend keep what was meant`() async throws {
    let base = try await catalog([system("a", "tags: vpn, firewall\nreviewed: 01.04.98"), team()])
    #expect(base.diagnostics.filter { $0.rule.code == "form/bad-value" }.count == 2)
    #expect(!base.diagnostics.contains { $0.rule.code == "form/bad-value" && $0.fixes.contains(where: \.isSafe) })
  }

  @Test func `name somebody who is still there as long as the record is in use`() async throws {
    let files = [
      system("a", "owner: max\nstatus: deprecated\ndepends_on: [b]"), system("b", "status: retired"),
      person("max", "active_until: 2026-10-31"), team(),
    ]
    #expect(try await findings("reference/retired", in: files).map(\.covers) == ["max"])
  }

  @Test func `lead to nothing retired, and to nobody who has left`() async throws {
    try await expect(
      "reference/retired",
      in: [
        system("a", "owner: 1️⃣max\ndepends_on: 2️⃣b"), system("b", "status: retired\nowner: max"),
        person("max", "active_until: 2026-11-20"),
        system("c", "deputy: eva\nlifecycle: { replaced_by: b }"), person("eva", "active_until: 2026-11-21"), team(),
      ],
      Finding(
        "reference/retired", .warning, "1️⃣", "max",
        de: "'Max' ist ausgeschieden",
        en: "'Max' has left"),
      Finding(
        "reference/retired", .warning, "2️⃣", "b",
        de: "'B' ist abgeschaltet",
        en: "'B' is retired"))
  }

  @Test func `in part_of do not run in a circle, dependencies seldom`() async throws {
    try await expect(
      "reference/", in: [system("a", "part_of: b"), system("b", "part_of: c"), system("c", "part_of: 1️⃣a"), team()],
      Finding(
        "reference/part-of-cycle", .error, "1️⃣", "a",
        de: "'part_of' im Kreis: 'A' → 'B' → 'C' → 'A'",
        en: "circular 'part_of': 'A' → 'B' → 'C' → 'A'"))
    let teams = [("x", "[y, it]"), ("y", "1️⃣x")].map { id, members in
      record("teams/\(id).md", "title: \(id)\ntype: team\nmembers: \(members)", defaults: [("summary", "Team.")])
    }
    try await expect(
      "reference/", in: teams + [team()],
      Finding(
        "reference/part-of-cycle", .error, "1️⃣", "x",
        de: "Mitgliedschaften im Kreis: 'x' → 'y' → 'x'",
        en: "circular membership: 'x' → 'y' → 'x'"))
    try await expect(
      "reference/",
      in: [
        system("a", "depends_on: b"), system("b", "depends_on: [1️⃣a, { to: c, strength: soft }]"),
        system("c", "depends_on: b"), team(),
      ],
      Finding(
        "reference/dependency-cycle", .hint, "1️⃣", "a",
        de: "Abhängigkeiten im Kreis: 'A' → 'B' → 'A'",
        en: "circular dependency: 'A' → 'B' → 'A'"))
  }

  @Test func `connect every record to another`() async throws {
    try await expect(
      "reference/orphan",
      in: [
        ("teams/a.md", "---\ntitle: 1️⃣Allein\ntype: team\n---\n\nText.\n"), team("it"), page("b", "# B\n\n[[it]]\n"),
        page("c", "# C\n\nText.\n"),
      ],
      Finding(
        "reference/orphan", .warning, "1️⃣", "Allein",
        de: "'Allein' ist mit keinem anderen Eintrag verknüpft",
        en: "'Allein' has no relations"))
  }
}

@Suite struct `Links in a text` {
  @Test func `lead somewhere`() async throws {
    try await expect(
      "reference/",
      in: [
        page(
          "a",
          "# A\n\n[x](1️⃣b2.md) [y](b.md) [z](../pages/b.md#über-b) [w](b) [v](2️⃣b.md#unter-b) [u](3️⃣#oben) [t](#a) ![i](4️⃣i.png) ![j](j.png) [d](5️⃣d.pdf)\n"
        ),
        page("b", "# B\n\n## Über B\n"), ("pages/j.png", "x"),
      ],
      Finding(
        "reference/dead-link", .error, "1️⃣", "b2.md",
        de: "der Link 'b2.md' führt ins Leere; meinten Sie '[[b]]'?",
        en: "the link 'b2.md' leads nowhere; did you mean '[[b]]'?"),
      Finding(
        "reference/dead-anchor", .error, "2️⃣", "b.md#unter-b",
        de: "'B' hat keine Überschrift '#unter-b'",
        en: "'B' has no heading '#unter-b'"),
      Finding(
        "reference/dead-anchor", .error, "3️⃣", "#oben",
        de: "'A' hat keine Überschrift '#oben'",
        en: "'A' has no heading '#oben'"),
      Finding(
        "reference/missing-file", .error, "4️⃣", "i.png",
        de: "das Bild 'i.png' gibt es nicht",
        en: "there is no image 'i.png'"),
      Finding(
        "reference/missing-file", .error, "5️⃣", "d.pdf",
        de: "der Link 'd.pdf' führt ins Leere",
        en: "the link 'd.pdf' leads nowhere"))
  }

  @Test func `to a record not yet written are a reminder`() async throws {
    try await expect(
      "reference/",
      in: [page("a", "# A\n\n[[1️⃣seite-c]], [[b]], [[b|B]], [[pages/b]], `[[nie]]`\n"), page("b", "# B\n")],
      Finding(
        "reference/unwritten", .warning, "1️⃣", "seite-c",
        de: "es gibt keinen Eintrag 'seite-c'",
        en: "there is no record 'seite-c'"))
  }

  @Test func `lead only where a page may lead`() async throws {
    try await expect(
      "reference/",
      in: [
        page(
          "a",
          "# A\n\n[x](1️⃣javascript:alert(1)) ![y](2️⃣https://example.org/a.png) [z](3️⃣b.html) [w](4️⃣//evil.example) [m](mailto:a@example.org) [u](5️⃣file:///etc/passwd) [v](6️⃣../../etc/passwd)\n"
        ),
        ("pages/b.html", "<p>"),
      ],
      Finding(
        "reference/forbidden-address", .error, "1️⃣", "javascript:alert(1)",
        de: "Links auf 'javascript:alert(1)' sind nicht erlaubt",
        en: "links to 'javascript:alert(1)' are not allowed"),
      Finding(
        "reference/remote-image", .error, "2️⃣", "https://example.org/a.png",
        de: "das Bild 'https://example.org/a.png' liegt im Internet",
        en: "the image 'https://example.org/a.png' is on the internet"),
      Finding(
        "reference/unsafe-file", .warning, "3️⃣", "b.html",
        de: "'b.html' kann Skripte enthalten, die ein Browser ausführen würde",
        en: "'b.html' can hold scripts that a browser would run"),
      Finding(
        "reference/forbidden-address", .error, "4️⃣", "//evil.example",
        de: "der Link '//evil.example' führt ins Leere: davor fehlt 'https://'",
        en: "the link '//evil.example' leads nowhere: 'https://' is missing before it"),
      Finding(
        "reference/forbidden-address", .error, "5️⃣", "file:///etc/passwd",
        de: "Links auf 'file:///etc/passwd' sind nicht erlaubt",
        en: "links to 'file:///etc/passwd' are not allowed"),
      Finding(
        "reference/missing-file", .error, "6️⃣", "../../etc/passwd",
        de: "'../../etc/passwd' führt aus der Wissensbasis hinaus",
        en: "'../../etc/passwd' leads out of the knowledge base"))
  }
}

@Suite struct `kb.yml and kind files` {
  @Test func `that come with the tool are without fault`() {
    let files = Schema.builtInTexts.map {
      SourceFile(path: RepoPath(normalized: $0.path), bytes: Array($0.text.utf8))
    }
    #expect(CatalogSettings(Snapshot(files: files)).diagnostics.map(\.message.english) == [])
    #expect(Schema.builtIn.kinds.count == Kind.Behaviour.allCases.count + 2)
    #expect(Configuration.declarations.count == 16)
  }

  @Test func `know every role of a field, each in some kind`() {
    let used = Set(Schema.builtIn.kinds.flatMap { kind in Role.allCases.filter { kind.field($0) != nil } })
    #expect(Set(Role.allCases).subtracting(used).map(\.rawValue) == [])
  }

  @Test func `hold references in the Markdown of fields like those in bodies`() async throws {
    try await expect(
      "reference/unwritten",
      in: [
        process("auftrag", "steps:\n  - do: 'Im [[erp]] buchen, [[1️⃣kasse]] zählen, `[[ok]]`'"), system("erp"),
        team("it"),
      ],
      Finding(
        "reference/unwritten", .warning, "1️⃣", "kasse",
        de: "es gibt keinen Eintrag 'kasse'", en: "there is no record 'kasse'"))
    let base = try await catalog([process("auftrag", "uses: []\nsteps:\n  - do: 'Im [[erp]] buchen'"), system("erp")])
    #expect(base.relations.filter { $0.name == "mentions" }.map(\.target) == [1])
  }

  @Test func `change severities, for all or for a path`() async throws {
    let files = [page("a", "# A\n\n[[x]]\n"), page("alt/b", "# B\n\n[[x]]\n")]
    let config: File = (
      "kb.yml",
      "rules: { reference/unwritten: error }\npaths:\n  - { path: alt/, rules: { \"reference/*\": \"off\" } }\n"
    )
    let found = try await findings("", in: files + [config])
    #expect(found.map { "\($0.code) \($0.severity) \($0.place)" } == ["reference/unwritten error pages/a.md:3:3"])
  }

  @Test func `are held against the keys that there are`() async throws {
    try await expect(
      "",
      in: [
        ("kb.yml", "1️⃣titel_: X\nlanguage: 2️⃣deu\nfolders: { alerts: 3️⃣runbok }\nrules: { 4️⃣form/mising: error }\n"),
        page("a", "# A\n\nT.\n"),
      ],
      Finding(
        "form/unknown-key", .warning, "1️⃣", "titel_",
        de: "'kb.yml' kennt keinen Schlüssel 'titel_'; meinten Sie 'title'?",
        en: "'kb.yml' has no key 'titel_'; did you mean 'title'?"),
      Finding(
        "form/unknown-value", .error, "2️⃣", "deu",
        de: "'deu' ist kein gültiger Wert für 'language'; meinten Sie 'de'?",
        en: "'deu' is not a valid value for 'language'; did you mean 'de'?"),
      Finding(
        "form/unknown-value", .error, "3️⃣", "runbok",
        de: "es gibt keine Art 'runbok'",
        en: "there is no kind 'runbok'"),
      Finding(
        "form/unknown-key", .warning, "4️⃣", "form/mising",
        de: "es gibt keine Regel 'form/mising'; meinten Sie 'form/missing'?",
        en: "there is no rule 'form/mising'; did you mean 'form/missing'?"))
  }

  @Test func `name a country whose phone numbers are known`() async throws {
    guard case .choice(let choices)? = Configuration.declarations.named("country")?.type else {
      Issue.record("'country' is no enum")
      return
    }
    #expect(Country.all.map(\.code) == choices.map(\.value))
    try await expect(
      "", in: [("kb.yml", "country: 1️⃣schweiz\n"), page("a", "# A\n\nT.\n")],
      Finding(
        "form/unknown-value", .error, "1️⃣", "schweiz",
        de: "'schweiz' ist kein gültiger Wert für 'country'", en: "'schweiz' is not a valid value for 'country'"))
    #expect(try await findings("", in: [("kb.yml", "country: \"no\"\n"), page("a", "# A\n\nT.\n")]).isEmpty)
  }

  @Test func `never do nothing in silence`() async throws {
    func found(_ text: String) async throws -> [String] {
      try await findings("", in: [("kb.yml", text), page("a", "# A\n\nT.\n")]).map { "\($0.place) \($0.german)" }
    }
    let lone = "ein Synonym braucht mindestens zwei Wörter"
    #expect(try await found("synonyms: Drucker\n") == ["kb.yml:1:11 \(lone)"])
    #expect(try await found("synonyms: [Drucker]\n") == ["kb.yml:1:12 \(lone)"])
    #expect(try await found("synonyms: [[Drucker]]\n") == ["kb.yml:1:12 \(lone)"])
    #expect(try await found("synonyms: [[Drucker, Kopierer]]\n") == [])
    let many = (0..<101).map { "wort\($0)" }.joined(separator: ", ")
    #expect(try await found("synonyms: [[\(many)]]\n").allSatisfy { $0.contains("die Liste hat 101 Synonyme") })
    #expect(try await found("synonyms: [[\(many)]]\n").count == 1)
    #expect(try await found("rules: hint\n") == ["kb.yml:1:8 'rules' besteht aus Zeilen 'Schlüssel: Wert'"])
    #expect(try await found("folders: [runbook]\n") == ["kb.yml:1:10 'folders' besteht aus Zeilen 'Schlüssel: Wert'"])
    #expect(
      try await found("folders: { ../x: runbook }\n") == ["kb.yml:1:12 '../x' ist kein Ordner dieser Wissensbasis"])
    #expect(
      try await found("navigation: [{ url: \"https://a.example\" }]\n") == [
        "kb.yml:1:14 hier fehlt 'title': der Eintrag bewirkt nichts"
      ])
    #expect(
      try await found("paths: [{ rules: { \"*\": \"off\" } }]\n").contains(
        "kb.yml:1:9 hier fehlt 'path': der Eintrag bewirkt nichts"))
    #expect(
      try await found("edit: https://a.example/edit/\n") == [
        "kb.yml:1:7 in der Adresse zum Bearbeiten fehlt '{path}': jeder Link führte zur selben Seite"
      ])
    #expect(try await found("currency: Euros\n") == ["kb.yml:1:11 'Euros' ist kein Währungskürzel"])
    #expect(
      try await found("title: A\n<<<<<<< HEAD\nlanguage: de\n=======\nlanguage: en\n>>>>>>> andere\n")
        == ["kb.yml:2:1 hier beginnt ein ungelöster Git-Konflikt"])
  }

  @Test func `add a kind`() async throws {
    let kind: File = (
      "kinds/vehicle.yml",
      "kind: vehicle\nfolder: vehicles\nfields:\n  plate: { type: text, required: true }\n  driver: { type: ref, to: [person] }\n"
    )
    try await expect(
      "",
      in: [
        kind, ("vehicles/bus.md", "---\ntitle: 1️⃣Bus\nsummary: S\nowner: eva\ndriver: 2️⃣niemand\n---\n\nText.\n"),
        person("eva"),
      ],
      Finding(
        "form/missing", .error, "1️⃣", "Bus",
        de: "in 'Bus' fehlt 'plate'",
        en: "'Bus' lacks 'plate'"),
      Finding(
        "reference/missing", .error, "2️⃣", "niemand",
        de: "es gibt keinen Eintrag der Art Person mit der Kennung 'niemand'",
        en: "there is no person called 'niemand'"))
  }

  @Test func `say what is wrong with a kind`() async throws {
    try await expect(
      "schema/",
      in: [
        ("kinds/a.yml", "kind: a\n1️⃣foldr: x\nfields:\n  plate: { type: 2️⃣txet }\n  b: { type: text, role: 3️⃣ownr }\n"),
        ("kinds/b.yml", "label: B\n"),
      ],
      Finding(
        "schema/invalid", .error, "1️⃣", "foldr",
        de: "'a' kennt keinen Schlüssel 'foldr'; meinten Sie 'folder'?",
        en: "'a' has no key 'foldr'; did you mean 'folder'?"),
      Finding(
        "schema/invalid", .error, "2️⃣", "txet",
        de: "'txet' ist kein gültiger Wert für 'type'; meinten Sie 'text'?",
        en: "'txet' is not a valid value for 'type'; did you mean 'text'?"),
      Finding(
        "schema/invalid", .error, "3️⃣", "ownr",
        de: "'ownr' ist kein gültiger Wert für 'role'; meinten Sie 'owner'?",
        en: "'ownr' is not a valid value for 'role'; did you mean 'owner'?"),
      Finding(
        "schema/invalid", .error, "kinds/b.yml:1:1", "",
        de: "die Art hat keinen Namen",
        en: "the kind has no name"))
  }

  @Test(arguments: [
    ("columns: [title, 1️⃣plaet]", "plaet", "'plaet' is not a valid value for 'columns'"),
    ("traits: [1️⃣nope]", "nope", "'nope' is not a valid value for 'traits'"),
    ("headings: [{ when: { 1️⃣nope: [x] }, expect: [{ de: A, en: B }] }]", "nope", "'vehicle' has no key 'nope'"),
    ("folder: 1️⃣systems", "systems", "the folder 'systems' already belongs to the kind 'system'"),
    ("fields: { a: { type: text, group: 1️⃣none } }", "none", "'none' is not a valid value for 'group'"),
    ("fields: { a: { type: text, expected_when: { 1️⃣fule: [x] } } }", "fule", "'vehicle' has no key 'fule'"),
    (
      "fields: { a: { type: ref, to: [1️⃣persn] } }", "persn",
      "'persn' is not a valid value for 'to'; did you mean 'person'?"
    ),
    ("fields: { a: { type: integer, min: 5, max: 1️⃣1 } }", "1", "'max' is less than 'min'"),
    (
      "fields: { a: { type: integer, default: 1️⃣five } }", "five",
      "'default' needs a whole number, but 'five' is not one"
    ),
    ("fields: { a: { type: enum, default: 1️⃣x, values: [y] } }", "x", "'x' is not a valid value for 'default'"),
    ("fields: { a: { type: 1️⃣enum } }", "enum", "'enum' lacks 'values'"),
    ("fields: { a: { type: 1️⃣object } }", "object", "'object' lacks 'fields'"),
    ("fields: { a: { type: text }, b: { type: text, aka: [1️⃣a] } }", "a", "'a' is already the name of the field 'a'"),
    (
      "fields: { a: { type: text, required_unless_present: 1️⃣b } }", "b",
      "'b' is not a valid value for 'required_unless_present'"
    ),
    ("fields: { a: { type: text, required: 1️⃣maybe } }", "maybe", "'required' needs yes or no, not 'maybe'"),
    (
      "fields: { a: { type: enum, values: { x: { rnk: 1️⃣1 } } } }", "rnk",
      "'values' has no key 'rnk'; did you mean 'rank'?"
    ),
    ("groups: [{ id: g, labl: 1️⃣G }]", "labl", "'groups' has no key 'labl'; did you mean 'label'?"),
    ("fields: { a: 1️⃣text }", "text", "the field 'a' lacks its type"),
    ("fields: { a: { type: ref, relation: 1️⃣{ de: A, en: B } } }", "{ de: A, en: B }", "a relation needs four names"),
  ])
  func `say what a kind refers to and is not there`(_ line: String, _ text: String, _ message: String) async throws {
    let found = try await findings("schema/", in: [("kinds/vehicle.yml", "kind: vehicle\n\(line)\n")])
    #expect(found.map(\.covers) == [text])
    #expect(found.map(\.english) == [message])
  }

  @Test func `find nothing wrong with the kinds that come with kb`() {
    for (path, text) in Schema.builtInTexts {
      let file = YAMLFile(parsing: SourceFile(path: RepoPath(normalized: path), bytes: Array(text.utf8)))
      #expect(KindFileCheck.diagnostics(of: file, among: Schema.builtIn.kinds).isEmpty, "\(path)")
    }
  }
}

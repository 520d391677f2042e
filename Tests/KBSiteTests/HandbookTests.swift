import KBAnswers
import KBCatalog
import KBSchema
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `The emergency handbook` {
  private func file(_ files: [File]) async throws -> HandbookFile {
    HandbookFile(
      Answers(try await catalog(files)),
      edition: .init(commit: "1a2b3c4", validUntil: today.adding(CalendarDuration(3, .months))))
  }

  private func handbook(_ files: [File]) async throws -> String {
    String(decoding: try await file(files).bytes, as: UTF8.self)
  }

  private func pocket(_ files: [File]) async throws -> String {
    let pocket = PocketFile(Answers(try await catalog(files)), edition: .init(commit: nil, validUntil: today))
    return String(decoding: pocket.bytes, as: UTF8.self)
  }

  /// What is after the style.
  private func body(_ text: String) throws -> Substring {
    text[try #require(text.firstRange(of: "<body")).lowerBound...]
  }

  private let base: [File] = [
    (
      "kb.yml",
      "title: Prüf & Söhne\nlanguage: de\nhelpers:\n  phone: { system: netz, title: Tischtelefone, instead: Handys }\n"
    ),
    team("it", "emergency_phone: 040 111\nhours: rund um die Uhr\nmembers: [anna]\nphone: 040 112"),
    team(
      "stab", "title: Notfallstab\ntype: body\nphone: 0171 113\nhours: rund um die Uhr\nmembers: [anna]\nlead: anna"),
    person("anna", "function: Leitung\nphone: 040 114\nmobile: 0171 115"),
    provider("acme", "support: { phone: 040 116, emergency_phone: 040 117 }\ncustomer_no: K-4711"),
    system("erp", "criticality: critical\ndepends_on: [db, { to: netz, strength: soft }]\nrecovery: { rto: 4h }"),
    system("db", "depends_on: [netz]\noperated_by: [acme]"), system("netz"),
    process("auftrag", "title: Aufträge\nfallback: papier"), process("lohn", "title: Löhne\nfallback: Abschlag zahlen"),
    runbook(
      "erp-weg", "title: ERP ist weg\nneeds_access: konto",
      body: runbookBody
        + "\n\nSiehe [[papier]], [[erp]], [[erp|hier]], [oben](#diagnose) und [Status](https://status.example.org/)."),
    runbook("papier", "title: Auf Papier\ntype: emergency\nsystems: erp"),
    runbook("patchen", "title: Server patchen\ntype: operation"),
    runbook("gedruckt", "title: Auch gedruckt\ntype: operation\nprint: true"),
    runbook("nicht-gedruckt", "title: Nicht gedruckt\nprint: false"),
    access("konto", "title: Adminkonto\ntype: admin\nmfa: enforced\nholders: [anna]\nsecret_ref: vault:erp/admin"),
  ]

  @Test func `is one file that leads nowhere else`() async throws {
    for text in [try await handbook(base), try await pocket(base)] {
      let body = try body(text)
      #expect(
        !text.contains("src=") && !text.contains("<script") && !text.contains("<link") && !text.contains("@import"))
      let targets = body.matches(of: #/href="([^"]*)"/#).map { String($0.1) }
      #expect(targets.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("tel:") }, "\(targets)")
      let ids = body.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
      #expect(Set(ids).count == ids.count, "\(ids)")
      for target in targets where target.hasPrefix("#") && !target.hasPrefix("#kb.i-") {
        #expect(ids.contains(String(target.dropFirst())), "\(target)")
      }
      #expect(text.contains("data-address=\"https://status.example.org/\""))
    }
  }

  @Test func `has every runbook that is to be printed, every emergency number and the crisis team`() async throws {
    let text = try await handbook(base)
    for word in [
      "ERP ist weg", "Auf Papier", "Auch gedruckt", "040\u{A0}111", "040\u{A0}117", "0171\u{A0}113", "Notfallstab",
      "K-4711",
      "Adminkonto", "vault:erp/admin", "Abschlag zahlen", "Tischtelefone", "Handys", "NIS2", "Keine Rechtsberatung",
      "Gültig bis", "Commit 1a2b3c4",
    ] {
      #expect(text.contains(word), "\(word)")
    }
    for word in ["Server patchen", "Nicht gedruckt"] { #expect(!text.contains(word), "\(word)") }
    let pocket = try await pocket(base)
    for word in ["ERP ist weg", "Auf Papier", "Auch gedruckt", "040\u{A0}111", "040\u{A0}117", "0171\u{A0}113"] {
      #expect(pocket.contains(word), "\(word)")
    }
  }

  @Test func `says on each page what it is, when it was made, and how long it is valid`() async throws {
    let text = try await handbook(base)
    for match in try body(text).matches(of: #/class="sheet (s-[a-z0-9-]+)"/#) {
      #expect(text.contains("@page \(match.1) { @bottom-left { content: "), "\(match.1)")
      #expect(text.contains(".\(match.1) { page: \(match.1); }"))
    }
    #expect(text.contains("Stand 21.11.2026, Commit 1a2b3c4 \\b7  Gültig bis 21.02.2027"))
  }

  @Test func `starts systems again after what they need`() async throws {
    var generator = SeededGenerator(seed: 7)
    let systems = (0..<40).map { number in
      let needs = (0..<3).map { _ in Int.random(in: 0..<40, using: &generator) }.filter { $0 < number }
      return system(
        "s\(number)",
        needs.isEmpty ? "" : "depends_on: [\(Set(needs).sorted().map { "s\($0)" }.joined(separator: ", "))]")
    }
    let catalog = try await catalog(systems.shuffled(using: &generator) + [team()])
    let restart = Handbook(Answers(catalog)).restart
    var steps: [Int: Int] = [:]
    for (step, systems) in restart.enumerated() { for system in systems { steps[system.index] = step } }
    #expect(steps.count == 40)
    for relation in catalog.relations(.dependency) {
      #expect(try #require(steps[relation.source]) > (try #require(steps[relation.target])))
    }
  }

  @Test func `takes in what people write as text only`() async throws {
    let hostile = [
      provider(
        "schlimm", "title: '<b>AG</b>'\nsupport: { phone: '040 1<b>', emergency_phone: 040 5 }\ncustomer_no: '<i>1'"),
      system("boese", "title: '</style><script>alert(1)</script>'\nbusiness_impact: '<b>x</b>'"),
      runbook(
        "evil", "title: '<img src=x onerror=alert(1)>\"; } @page { } </style>'\nsystems: db\nsymptoms: ['<script>']"),
    ]
    for text in [try await handbook(base + hostile), try await pocket(base + hostile)] {
      #expect(
        !text.contains("<script") && !text.contains("<img") && !text.contains("<b>x") && !text.contains("<b>AG")
          && !text.contains("<i>1"))
      #expect(text.ranges(of: "</style>").count == 1)
    }
  }

  @Test func `tells nothing of hidden records`() async throws {
    let hidden: [File] = [
      person("stachelbeere", "audience: restricted\nphone: 0800 998877"),
      team("holunder", "audience: restricted\nphone: 0800 112233\nemergency_phone: 0800 112234\ntype: body"),
      provider(
        "schlehe", "audience: restricted\nsupport: { phone: 0800 5, emergency_phone: 0800 445566 }\ncustomer_no: W-99"),
      system("johannis", "title: Johannisbeere\naudience: restricted\ndepends_on: erp\ncriticality: critical"),
      runbook("weissdorn", "title: Weißdorn\naudience: restricted\ntype: emergency", body: "Quittenbrot."),
      access("mond", "title: Mondlicht\naudience: restricted\nsecret_ref: vault:mond"),
      system("crm", "owner: stachelbeere\noperated_by: holunder\ndepends_on: [johannis]\ncriticality: critical"),
      process("ablauf", "fallback: weissdorn\nuses: johannis"),
      runbook(
        "crm-weg", "systems: [johannis, crm]\nneeds_access: [mond]\nescalate_to: [{ to: stachelbeere, when: sofort }]",
        body: "1. [[weissdorn]] und [[johannis]]."),
    ]
    for text in [try await handbook(base + hidden), try await pocket(base + hidden)] {
      let lowered = text.lowercased()
      for word in [
        "stachelbeere", "0800", "998877", "holunder", "schlehe", "w-99", "johannis", "weissdorn", "weißdorn",
        "quittenbrot", "mond",
      ] {
        #expect(!lowered.contains(word), "\(word)")
      }
      #expect(lowered.contains("runbook crm-weg"))
    }
  }

  @Test func `fits into a phone, and names the runbooks that do not`() async throws {
    let long = runbookBody + "\n\n" + String(repeating: "Ein langer Satz über alles, was zu tun ist. ", count: 60)
    let many = (0..<300).map { runbook("r\($0)", "title: Fall \($0)", body: long) }
    let text = try await pocket(base + many)
    #expect(text.utf8.count <= 300_000 && text.utf8.count > 200_000)
    #expect(text.contains("Runbooks passen nicht in diese Datei") && text.contains("Auf Papier"))
  }

  @Test func `is written also of a knowledge base without anything`() async throws {
    for files in [[page("a", "# A\n")], [system("erp")]] as [[File]] {
      #expect(try await handbook(files).contains("Keine Notfallnummer eingetragen"))
      #expect(try await pocket(files).contains("Keine Notfallnummer eingetragen"))
    }
  }

  @Test func `says which sheets replace those of an earlier print`() async throws {
    let old = try await file(base)
    let changed =
      base.filter { $0.path != "runbooks/papier.md" && $0.path != "providers/acme.md" } + [
        runbook("neu", "title: Neues Runbook"),
        provider("acme", "support: { phone: 040 116, emergency_phone: 040 118 }\ncustomer_no: K-4711"),
      ]
    let text = String(
      decoding: try await file(changed).exchange(since: old, from: today), as: UTF8.self)
    let cover = try body(text).prefix { $0 != "\u{0}" }
    let lists = try #require(cover.firstRange(of: "<h2>Austauschen</h2>")).lowerBound
    let contents = try #require(cover.firstRange(of: "class=\"contents\"")).lowerBound
    let told = cover[lists..<contents]
    #expect(told.contains("Dienstleister") && told.contains("Alarm und Eskalation"))
    #expect(told.contains("<h2>Neu einlegen</h2>") && told.contains("Neues Runbook"))
    #expect(told.contains("<h2>Herausnehmen</h2>") && told.contains("Auf Papier"))
    #expect(!told.contains("Rollen und Personen"))
    #expect(!cover.contains("id=\"kb.people\"") && cover.contains("id=\"kb.providers\""))
    let same = String(decoding: try await file(base).exchange(since: old, from: today), as: UTF8.self)
    #expect(same.contains("Kein Blatt hat sich geändert") && !same.contains("class=\"sheet"))
  }
}

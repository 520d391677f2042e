import KBAnswers
import KBCatalog
import KBSource
import KBTestSupport
import Testing

/// Reads a knowledge base and answers about it.
func answers(_ files: [File], audience: Audience = .restricted) async throws -> Answers {
  Answers(try await catalog(files + [team("it")]), audience: audience)
}

extension Answers {
  func outage(_ ids: String..., up: [String] = []) throws -> Outage {
    func record(_ id: String) throws -> Record { try #require(catalog.record(id: id), "\(id)") }
    return Outage(of: try ids.map(record), up: try up.map(record), graph: OutageGraph(self), answers: self)
  }
}

extension Outage {
  /// The ids of what is affected, each with its way.
  func told(_ strength: Strength) -> [String] {
    affected(strength).map { entry in
      path(to: entry).map { step in
        switch step {
        case .record(let record): record.id
        case .place(let place): place.name
        case .hidden: "?"
        case .omitted(let count): "…\(count)"
        }
      }.joined(separator: " ")
    }
  }
}

@Suite struct `An outage` {
  private let chain: [File] = [
    system("san"), system("cluster", "depends_on: [san]"),
    system("db", "depends_on: [cluster, san]\ncriticality: critical"),
    system("erp", "depends_on: [db, { to: drucker, strength: soft }]\ncriticality: high"), system("drucker"),
    system("shop", "depends_on: [{ to: erp, strength: soft, note: puffert }]"), system("seite", "depends_on: [shop]"),
    system("neu", "depends_on: [san]\nstatus: planned"), system("alt", "depends_on: [san]\nstatus: retired"),
    process("auftrag", "uses: [erp, { to: shop, strength: soft }]"),
  ]

  @Test func `stops what needs it, and limits what can do without for a while, each by the shortest way`() async throws
  {
    let outage = try await answers(chain).outage("san")
    #expect(outage.told(.hard) == ["san db", "san db erp", "san cluster", "san db erp auftrag"])
    #expect(outage.told(.soft) == ["san db erp shop", "san db erp shop seite"])
    #expect(outage.affected(.soft).first.flatMap { outage.effect(on: $0) } == "puffert")
  }

  @Test func `of something that others can do without limits them`() async throws {
    let outage = try await answers(chain).outage("drucker")
    #expect(outage.told(.hard) == [])
    #expect(outage.told(.soft) == ["drucker erp", "drucker erp shop", "drucker erp shop seite", "drucker erp auftrag"])
  }

  @Test func `of a whole stops its parts, and of a service for signing in only new sign-ins`() async throws {
    let base = try await answers([
      system("m365", "depends_on: [{ to: netz, strength: soft }]"), system("netz"),
      system("idp", "part_of: m365"), system("vpn", "depends_on: [idp]"),
      system("zeit", "auth: { method: sso, idp: idp }"),
      system("geplant", "auth: { method: sso, idp: idp }\nstatus: planned"),
      system("mail", "depends_on: [idp]\nauth: { method: sso, idp: idp }"),
    ])
    let outage = try base.outage("m365")
    #expect(outage.told(.hard) == ["m365 idp", "m365 idp mail", "m365 idp vpn"])
    #expect(outage.told(.signIn) == ["m365 idp zeit"])
    // A whole that is only limited goes on with its parts.
    #expect(try base.outage("netz").told(.soft) == ["netz m365"])
    #expect(try base.outage("netz").told(.hard) == [])
  }

  @Test func `does not reach what is known to run, nor by way of it`() async throws {
    let outage = try await answers(chain).outage("san", up: ["db"])
    #expect(outage.told(.hard) == ["san cluster"])
    #expect(outage.told(.soft) == [])
  }

  @Test func `of a provider stops what runs at its place, and limits what it looks after`() async throws {
    let base = try await answers([
      provider("acme"), person("eva", "provider: acme\ntype: external"),
      system("shop", "operated_by: acme\nhosting: saas"), system("kasse", "depends_on: [shop]"),
      system("erp", "operated_by: [acme, it]"), system("druck", "vendor: acme"), system("lager"),
      contract("w", "covers: [lager, erp]"),
      access("rein", "holders: [acme]"), access("fern", "holders: [eva, it]"),
      access("weg", "holders: [{ who: eva, until: 2026-01-01 }]"),
    ])
    let outage = try base.outage("acme")
    #expect(outage.told(.hard) == ["acme shop", "acme kasse".replacing(" ", with: " shop "), "acme rein"])
    #expect(Set(outage.told(.soft)) == ["acme erp", "acme druck", "acme lager", "acme fern"])
  }

  @Test func `of a person stops what nobody else can do`() async throws {
    let base = try await answers([
      person("eva"), person("kim"), system("erp", "owner: eva\ndeputy: kim"), system("netz", "owner: eva"),
      system("druck", "owner: kim\ndeputy: eva"), access("allein", "holders: [eva]"),
      access("beide", "holders: [eva, kim]"),
    ])
    let outage = try base.outage("eva")
    #expect(outage.told(.hard) == ["eva netz", "eva allein"])
    #expect(Set(outage.told(.soft)) == ["eva erp", "eva druck", "eva beide"])
    #expect(outage.title.german == "Eva ist nicht erreichbar")
  }

  @Test func `of a person has nobody to call who can't be reached, and stops no decision`() async throws {
    let base = try await answers([
      person("eva", "phone: 040 1\nmobile: 0171 1\non_call: { phone: 0171 2 }"), person("kim", "phone: 040 3"),
      team("nacht", "lead: eva\nmembers: [eva, kim]"), team("tag", "lead: eva\nphone: 040 9"),
      system("netz", "owner: eva\ndeputy: nacht"), system("erp", "owner: eva\ndeputy: kim"),
      system("druck", "owner: eva\ndeputy: tag"),
      record(
        "decisions/d.md", "owner: eva",
        defaults: [
          ("title", "D"), ("summary", "S."), ("status", "accepted"), ("date", "2026-01-01"), ("deciders", "[eva]"),
        ]),
      contract("c", "owner: eva"),
    ])
    let outage = try base.outage("eva")
    #expect(outage.contacts(at: nil).map { "\($0.name) \($0.phone.written)" }.sorted() == ["Kim 040 3", "TAG 040 9"])
    #expect(outage.told(.hard) == [])
    #expect(Set(outage.told(.soft)) == ["eva netz", "eva erp", "eva druck"])
  }

  @Test func `takes along the vault into which nobody can sign in`() async throws {
    let base = try await answers([
      ("kb.yml", "helpers: { vault: tresor }\n"), system("idp"),
      system("tresor", "auth: { method: sso, idp: idp }"), system("zeit", "auth: { method: sso, idp: idp }"),
      access("rein", "system: zeit\nholders: [it]"), runbook("r", "systems: idp\nneeds_access: rein"),
    ])
    let outage = try base.outage("idp")
    #expect(outage.helpers(for: outage.accesses(for: outage.runbooks(most: 9))).map(\.record.id) == ["tresor", "rein"])
  }

  @Test func `calls of closed lines the one first that opens first`() async throws {
    let base = try await answers([
      provider(
        "acme",
        "support: { phone: 040 1, hours: Mo–Do 7:30–16 Uhr, emergency_phone: 040 2, emergency_hours: Mo–Fr 22–24 Uhr }"),
      system("web", "operated_by: acme\nowner: acme"),
    ])
    let sunday = try #require(LocalMoment(iso: "2026-11-29T05:00"))
    #expect(try base.outage("web").contacts(at: sunday).map(\.phone.written) == ["040 1", "040 2"])
  }

  @Test func `can be that of systems and people, not of what is only agreed`() async throws {
    let base = try await answers([system("erp"), provider("acme"), person("eva"), contract("c", "covers: erp")])
    let graph = OutageGraph(base)
    #expect(base.records.filter(graph.canFail).map(\.id).sorted() == ["acme", "erp", "eva", "it"])
  }

  @Test func `of a place stops what is there`() async throws {
    let base = try await answers([
      system("san", "location: 'Serverraum EG, Schrank 2'"), system("netz", "location: Serverraum EG"),
      system("erp", "depends_on: [san]"), system("alt", "location: Serverraum EG\nstatus: retired"),
      system("fern", "location: Köln"),
    ])
    #expect(base.places.map(\.name) == ["Köln", "Serverraum EG"])
    #expect(base.places.map(\.id) == ["koeln", "serverraum-eg"])
    let place = try #require(base.place(named: "serverraum eg"))
    let outage = Outage(of: place, graph: OutageGraph(base), answers: base)
    #expect(outage.told(.hard) == ["Serverraum EG netz", "Serverraum EG san", "Serverraum EG san erp"])
    #expect(base.place(named: "Serverraum EG, Schrank 2")?.systems.map(\.id) == ["san"])
    #expect(base.place(named: "Keller") == nil && base.place(named: "") == nil)
  }

  @Test func `ends in a circle, at itself, and after a chain of any length`() async throws {
    let circle = try await answers([
      system("a", "depends_on: [c, a]"), system("b", "depends_on: [a]"), system("c", "depends_on: [b]"),
    ]).outage("a")
    #expect(circle.told(.hard) == ["a b", "a b c"])
    #expect(circle.restart.map { $0.map(\.id) } == [["a", "b", "c"]])
    #expect(circle.suspects(most: 9, on: today).map(\.system.id) == ["c", "b"])
    let long = try await answers(
      [system("s0")] + (1..<5000).map { system("s\($0)", "depends_on: [s\($0 - 1)]") })
    let outage = try long.outage("s0")
    #expect(outage.affected.count == 4999 && outage.affected.allSatisfy { $0.strength == .hard })
    #expect(outage.affected.last.map { outage.path(to: $0).count } == 41)
    #expect(try long.outage("s4999").suspects(most: 2, on: today).map(\.system.id) == ["s4998", "s4997"])
    // So many are started again by a plan of their own: what is down comes first.
    #expect(outage.restart.map { $0.map(\.id) } == [["s0"]])
    #expect(try long.outage("s4700").restart.count == 5000)
  }

  @Test func `tells nobody of records that are not for them, and hands itself on by way of them`() async throws {
    let base = try await answers(
      [
        system("san"), system("geheim", "title: Geheimes\naudience: restricted\ndepends_on: [san]"),
        system("erp", "depends_on: [geheim]"), process("lohn", "uses: [geheim]\naudience: restricted"),
        runbook("geheim-steht", "systems: san\naudience: restricted\nescalate_to: [{ to: eva, when: sofort }]"),
        person("eva", "phone: 040 998877\naudience: restricted"),
      ], audience: .internal)
    let outage = try base.outage("san")
    #expect(outage.told(.hard) == ["san ? erp"])
    #expect(outage.runbooks(most: 9).isEmpty)
    #expect(!outage.contacts(at: nil).contains { $0.phone.written == "040 998877" })
    #expect(
      outage.restart.map { $0.map(\.id) } == [["san"], ["erp"]]
        || outage.restart.map { $0.map(\.id) } == [["erp", "san"]])
    #expect(try base.outage("erp").suspects(most: 9, on: today).map(\.system.id) == ["san"])
  }
}

@Suite struct `Suspects` {
  private let base: [File] = [
    system("usv"), system("netz", "depends_on: [usv]"), system("san", "depends_on: [netz, usv]"),
    system("cluster", "depends_on: [san, netz]"), system("ad", "depends_on: [cluster]"),
    system("erp", "depends_on: [ad, cluster]"), system("mes", "depends_on: [cluster, netz]"),
    system("datei", "depends_on: [cluster, ad]"), system("telefon", "depends_on: [netz]"),
    system("wlan", "depends_on: [netz, { to: ad, strength: soft }]\ncriticality: high"),
  ]

  @Test func `explain most of what is down, contradict nothing that runs, and the nearest is first`() async throws {
    let outage = try await answers(base).outage("erp", "mes", "datei", up: ["telefon"])
    #expect(outage.suspects(most: 9, on: today).map(\.system.id) == ["cluster", "san"])
    let blind = try await answers(base).outage("erp", "mes", "datei")
    #expect(blind.suspects(most: 9, on: today).map(\.system.id) == ["cluster", "netz", "san", "usv"])
    #expect(blind.suspects(most: 2, on: today).map(\.system.id) == ["cluster", "netz"])
    #expect(blind.suspectCount == 4 && outage.suspectCount == 2)
    #expect(outage.suspects(most: 1, on: today).first?.explained.map(\.id) == ["erp", "mes", "datei"])
  }

  @Test func `may be one of several that are down, and of one are its needs`() async throws {
    let both = try await answers(base).outage("ad", "erp")
    #expect(both.suspects(most: 1, on: today).map(\.system.id) == ["ad"])
    let one = try await answers(base).outage("erp")
    #expect(one.suspects(most: 2, on: today).map(\.system.id) == ["ad", "cluster"])
    // If the file server runs, the directory does.
    #expect(one.suspects(most: 1, on: today).first?.check?.id == "datei")
    #expect(try await answers(base).outage("erp", up: ["datei"]).suspects(most: 9, on: today).isEmpty)
  }

  @Test func `share nothing where nothing explains more than one`() async throws {
    let outage = try await answers([system("a"), system("b")]).outage("a", "b")
    #expect(outage.suspects(most: 9, on: today).isEmpty)
  }

  @Test func `say what was changed in the days before`() async throws {
    let base = try await answers([
      system("san", "patch: { last: 2026-11-15 }"), system("erp", "depends_on: [san]"),
    ])
    func changes(_ day: String) throws -> [String] {
      try base.outage("erp").suspects(most: 1, on: try #require(CalendarDate(iso: day)))
        .flatMap(\.changes).map { "\($0.day) \($0.text.english)" }
    }
    #expect(try changes("2026-11-22") == ["2026-11-15 patched"])
    #expect(try changes("2026-11-23") == [])
    #expect(try changes("2026-11-14") == [])
  }
}

@Suite struct `Help in an outage` {
  private let base: [File] = [
    provider(
      "acme",
      "support: { phone: 030 11, emergency_phone: 030 112233, hours: Mo-Fr 8-17, emergency_hours: Mo-Sa 6-22 }\ncustomer_no: K-1"
    ),
    provider(
      "tang",
      "support: { phone: 040 11, emergency_phone: 040 112233, emergency_hours: 24/7 }\nescalation: [{ contact: Bereitschaft, phone: 040 112233, after: 30m }]"
    ),
    person("eva", "phone: 040 5551\non_call: { phone: 0171 5551, hours: Sa-So 8-20 }"),
    person("kim", "phone: 040 5552"),
    team("edv", "phone: 040 777\nhours: Mo-Fr 7-17\nmembers: [eva, kim]"),
    team("stab", "type: body\nphone: 0171 999\nhours: 24/7"), system("netz"),
    system(
      "erp",
      "operated_by: [acme, edv]\nowner: eva\ndeputy: kim\ndepends_on: [netz]\nrecovery: { rto: 8h }\ndata: { personal: \"yes\" }"
    ),
    runbook(
      "erp-steht",
      "type: incident\nsystems: erp\nneeds_access: [adm]\nescalate_to: [{ to: tang, when: wenn die Datenbank steht }]\nduration: 40m"
    ),
    runbook("netz-steht", "systems: netz"),
    runbook("erp-gehackt", "type: incident\nsystems: erp\nsituation: [security]"),
    access("adm", "system: netz\ntype: admin\nholders: [edv]\nsecret_ref: vault:it/adm"),
    contract(
      "w",
      "covers: erp\nservice_hours: Mo-Sa 6-22\nsla: [{ priority: P1, response: 1h, resolution: 12h }, { priority: P2, response: 8h }]"
    ),
    ("kb.yml", "helpers: { phone: { system: erp, title: Tischtelefone, instead: Handy }, vault: netz }\n"),
  ]

  private func moment(_ text: String) throws -> LocalMoment { try #require(LocalMoment(iso: text)) }

  @Test func `does not reckon in service hours that nobody understands`() async throws {
    let files: [File] = [
      team(), system("erp", "recovery: { rto: 4h }"),
      contract("w", "covers: erp\nservice_hours: werktags 8-17\nsla: [{ priority: P1, response: 1h, resolution: 8h }]"),
      contract("v", "covers: erp\nsla: [{ priority: P1, resolution: 8h }]"),
    ]
    let clocks = try await answers(files).outage("erp").clocks(from: try moment("2026-11-28T12:00"))
    let told = clocks.filter { !$0.isDuty }.map { "\($0.name.english) \($0.due?.description ?? "?")" }
    #expect(
      told.sorted() == [
        "RTO 2026-11-28T16:00", "resolution: Vertrag v 2026-11-28T20:00", "resolution: Vertrag w ?", "response ?",
      ])
  }

  @Test func `calls for several systems that are down at once who knows most of them`() async throws {
    let files: [File] = [
      team("haus", "phone: 040 1"), provider("netz", "support: { emergency_phone: 040 2, emergency_hours: 24/7 }"),
      provider("alles", "support: { emergency_phone: 040 3, emergency_hours: 24/7 }"),
      system("leitung", "owner: haus\noperated_by: netz\nlocation: Keller"),
      system("a", "owner: haus\noperated_by: alles\nlocation: Keller"),
      system("b", "owner: haus\noperated_by: alles\nlocation: Keller"),
      runbook("r", "systems: leitung\nsituation: [outage]\nescalation: [{ to: netz, when: Lampe rot }]"),
    ]
    let answers = try await answers(files)
    let place = try #require(answers.place(named: "Keller"))
    let outage = Outage(of: place, graph: OutageGraph(answers), answers: answers)
    let contacts = outage.contacts(at: nil)
    #expect(contacts.map(\.phone.written) == ["040 3", "040 2", "040 1"])
    // What the runbook for the line says of its lamp means nothing when the whole room is dark.
    #expect(contacts.allSatisfy { $0.condition == nil })
  }

  @Test func `calls who answers now first, and a closed line last`() async throws {
    let outage = try await answers(base).outage("erp")
    func called(_ begin: String) throws -> [String] {
      let begin = try moment(begin)
      return outage.contacts(at: begin).map { contact in
        "\(contact.phone.written) \(contact.isOpen(at: begin).map { $0 ? "open" : "closed" } ?? "?")"
      }
    }
    // Of closed lines the one that opens first: that of the weekend before those of Monday.
    let atNight = try called("2026-11-29T03:00")
    #expect(
      atNight == [
        "040 112233 open", "040 5551 ?", "040 5552 ?", "040 11 ?", "0171 999 open", "0171 5551 closed",
        "030 112233 closed", "040 777 closed", "030 11 closed",
      ])
    #expect(
      try called("2026-11-30T10:00") == [
        "040 112233 open", "030 112233 open", "030 11 open", "040 777 open", "040 5551 ?", "040 5552 ?", "040 11 ?",
        "0171 999 open", "0171 5551 closed",
      ])
    let night = try moment("2026-11-29T03:00")
    let first = try #require(outage.contacts(at: night).first)
    #expect(first.condition == "wenn die Datenbank steht")
    let closed = try #require(outage.contacts(at: night).first { $0.phone.written == "030 112233" })
    #expect(closed.opens(after: night)?.description == "2026-11-30T06:00")
    #expect(closed.customerNumber == "K-1")
    #expect(closed.state(at: night, Format(language: .german))?.german == "geschlossen bis Mo\u{A0}06:00")
    #expect(first.state(at: night, Format(language: .german))?.german == "jetzt erreichbar")
    // Without a moment, what is always answered comes first.
    #expect(outage.contacts(at: nil).first?.phone.written == "040 112233")
  }

  @Test func `is a runbook for an outage, of the system and then of what it needs`() async throws {
    let outage = try await answers(base).outage("erp")
    let runbooks = outage.runbooks(most: 9)
    #expect(runbooks.map(\.runbook.id) == ["erp-steht", "netz-steht"])
    #expect(runbooks.map(\.system.id) == ["erp", "netz"])
    let accesses = outage.accesses(for: runbooks)
    #expect(accesses.map(\.access.id) == ["adm"])
    #expect(accesses[0].holders.map(\.id) == ["eva", "kim"] && accesses[0].secret == "vault:it/adm")
    #expect(outage.helpers(for: accesses).map(\.key) == ["phone"])
    let both = try await answers(base).outage("netz")
    let helpers = both.helpers(for: both.accesses(for: both.runbooks(most: 9)))
    #expect(
      helpers.map { "\($0.key) \($0.title.german) \($0.instead ?? "-")" } == [
        "phone Tischtelefone Handy", "vault Tresor -",
      ])
  }

  @Test func `runs by clocks that know service time`() async throws {
    let outage = try await answers(base).outage("erp")
    let clocks = try outage.clocks(from: moment("2026-11-29T03:00")).map {
      "\($0.name.english) \($0.due?.description ?? "?")"
    }
    #expect(
      clocks == [
        "RTO 2026-11-29T11:00", "response 2026-11-30T07:00", "resolution 2026-11-30T18:00",
        "NIS2 early warning 2026-11-30T03:00", "NIS2 notification 2026-12-02T03:00", "GDPR Art. 33 2026-12-02T03:00",
        "NIS2 final report 2027-01-02T03:00",
      ])
  }

  @Test func `is nobody where nobody is named`() async throws {
    let outage = try await answers([system("x", "operated_by: keiner\nowner: keiner")]).outage("x")
    #expect(outage.contacts(at: nil).isEmpty && outage.runbooks(most: 3).isEmpty)
    #expect(try outage.clocks(from: moment("2026-11-29T03:00")).allSatisfy(\.isDuty))
  }
}

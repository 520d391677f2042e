import KBAnswers
import KBCatalog
import KBSchema
import KBSource
import KBTestSupport
import Testing

@Suite struct `Somebody with accesses` {
  /// A team may list teams where a knowledge base says so.
  private static let nesting: File = (
    "kinds/team.yml",
    """
    kind: team
    fields:
      members:
        type: list
        role: member
        label: { de: Mitglieder, en: Members }
        of:
          type: ref
          to: [person, team]
          relation: { de: hat Mitglied, de_inverse: Mitglied von, en: has member, en_inverse: member of }
    """
  )

  private func answers(_ files: [File]) async throws -> Answers {
    Answers(try await catalog(files), audience: .restricted)
  }

  private func lines(_ held: [HeldAccess]) -> [String] {
    held.map { line in
      "\(line.access.id): \(([line.who] + line.teams).map(\.id).joined(separator: " < "))"
    }
  }

  @Test func `gets in by way of teams in teams, also where they contain each other`() async throws {
    let answers = try await answers([
      Self.nesting, system("erp"), team("it", "members: [dev]"), team("dev", "members: [ops, ada]"),
      team("ops", "members: [it, ben]"), person("ada"), person("ben"), access("konto", "holders: [it]"),
    ])
    #expect(lines(answers.heldAccesses()) == ["konto: ada < it < dev", "konto: ben < it < dev < ops"])
    let ben = try #require(answers.catalog.record(id: "ben"))
    #expect(lines(answers.heldAccesses(of: ben)) == ["konto: ben < it < dev < ops"])
    #expect(Set(answers.teams(of: ben).map(\.id)) == ["ops", "dev", "it"])
    #expect(answers.teams(of: ben).first?.id == "ops")
  }

  @Test func `is told of with how many of a team are recorded`() async throws {
    let answers = try await answers([
      system("erp"), team("it", "members: [ada, gone]\nheadcount: 46"), team("big", "headcount: 12"), person("ada"),
      person("gone", "active_until: 2026-01-31"), access("konto", "holders: [it, big]"),
    ])
    let held = answers.heldAccesses()
    #expect(lines(held) == ["konto: ada < it", "konto: gone < it", "konto: big"])
    #expect(held.map { $0.gap?.message.english } == ["1 of 46 recorded", "1 of 46 recorded", "0 of 12 recorded"])
  }

  @Test func `of a provider is listed with it`() async throws {
    let answers = try await answers([
      system("erp"), team("it"), provider("acme"), person("tarek", "type: external\nprovider: acme"), person("ada"),
      access("fern", "holders: [acme]"), access("konto", "holders: [tarek, ada]"),
    ])
    let acme = try #require(answers.catalog.record(id: "acme"))
    #expect(lines(answers.heldAccesses(of: acme)) == ["fern: acme", "konto: tarek"])
  }

  @Test func `may have 400 of them, in a team of 2,000`() async throws {
    let people = (0..<2_000).map { person("p\($0)") }
    let members = (0..<2_000).map { "p\($0)" }.joined(separator: ", ")
    let accesses = (0..<400).map { access("a\($0)", "holders: [it]") }
    let answers = try await answers(
      people + accesses + [system("erp"), team("it", "phone: 040 1\nmembers: [\(members)]")])
    let someone = try #require(answers.catalog.record(id: "p1999"))
    #expect(answers.departure(of: someone).accesses.count == 400)
  }
}

@Suite struct `Somebody who leaves` {
  private let files = [
    system("erp", "owner: ada\ndeputy: ben"), system("shop", "owner: ben\ndeputy: ada"), system("old", "owner: ada"),
    team("it", "phone: 040 1\nmembers: [ada, ben]"), person("ada"), person("ben"),
    access("admin", "type: admin\nowner: it\nholders: [{ who: ada }, { who: ben }]\napprover: ada\ndeputy: ben"),
    access("svc", "type: service\naccount: svc\nsecret_ref: vault:it/svc\nholders: [it]"),
    access("late", "holders: [{ who: ada, since: 2027-01-01 }]"),
    access("over", "holders: [{ who: ada, until: 2026-01-01 }]"),
    process("p", "owner: ben\nparticipants: [ada, ben]\nescalation: [{ to: ada, how: Anruf }]"),
  ]

  private func departure(_ id: String = "ada") async throws -> Departure {
    let answers = Answers(try await catalog(files), audience: .restricted)
    return answers.departure(of: try #require(answers.catalog.record(id: id)))
  }

  @Test func `holds what begins later, and not what has ended`() async throws {
    let departure = try await departure()
    #expect(departure.accesses.map(\.access.id) == ["admin", "late", "svc"])
    #expect(departure.accesses.filter(\.isOwn).count == 2)
    #expect(departure.teams.map(\.id) == ["it"])
  }

  @Test func `knows the secrets of shared accounts`() async throws {
    #expect(try await departure().secrets.map(\.access.id) == ["svc"])
  }

  @Test func `leaves duties, each with who is there besides`() async throws {
    let departure = try await departure()
    func said(_ sort: Duty.Sort) -> [String] {
      departure.duties(sort).map { "\($0.record.id) > \($0.standIn?.id ?? "-")" }
    }
    #expect(said(.ownership) == ["erp > ben", "old > -"])
    #expect(said(.deputyship) == ["shop > ben"])
    #expect(said(.approval) == ["admin > ben"])
    #expect(said(.escalation) == ["p > ben"])
    #expect(said(.participation) == ["p > ben"])
  }

  @Test func `hands over to deputies, and what nobody takes stays open`() async throws {
    let answers = Answers(try await catalog(files), audience: .restricted)
    let handover = answers.handover(of: try #require(answers.catalog.record(id: "ada")), to: .deputies)
    let changes = handover.changes.map { "\($0.duty.sort.rawValue) \($0.duty.record.id) > \($0.to?.id ?? "-")" }
    #expect(
      changes == ["ownership erp > ben", "escalation p > ben", "participation p > -"])
    // Ben holds the access himself: he approves it for nobody.
    #expect(
      handover.open.map { "\($0.sort.rawValue) \($0.record.id)" } == [
        "deputyship erp", "ownership old", "deputyship shop", "approval admin",
      ])
    #expect(handover.deputiesBecomingOwners.map(\.record.id) == ["erp"])
  }
}

@Suite struct `Somebody who joins` {
  @Test func `reads what is for anyone, and what is for those who run or administer its systems`() async throws {
    let files = [
      team("it", "phone: 040 1\nmembers: [ada]"), team("lager", "members: [ben]"), person("ada"), person("ben"),
      person("kim"), provider("acme"), person("tom", "type: external\nprovider: acme"),
      system("erp", "business_owner: lager"), system("netz", "operated_by: acme"),
      access("admin", "system: erp\ntype: admin\nholders: [kim]"),
      runbook("alle", "for: anyone"), runbook("erp-neu", "for: admin"),
      runbook("netz-neu", "for: admin\nsystems: netz"),
      runbook("steuern", "for: coordinator"), runbook("hilfe", "for: provider\nsystems: netz"), runbook("ohne"),
    ]
    let answers = Answers(try await catalog(files), audience: .restricted)
    func reading(_ id: String) throws -> [String] {
      answers.arrival(of: try #require(answers.catalog.record(id: id))).reading.map(\.id).sorted()
    }
    #expect(try reading("it") == ["alle", "erp-neu", "netz-neu", "steuern"])
    #expect(try reading("ada") == reading("it"))
    #expect(try reading("lager") == ["alle", "steuern"])
    #expect(try reading("kim") == ["alle", "erp-neu"])
    #expect(try reading("tom") == ["alle", "hilfe"])
  }
}

@Suite struct `Several who leave` {
  @Test func `on the same day do not stand in for each other`() async throws {
    let files = [
      system("erp", "owner: ada\ndeputy: ben"), system("shop", "owner: ben\ndeputy: eva"), team("it", "phone: 040 1"),
      person("ada", "active_until: 2026-12-31"), person("ben", "active_until: 2026-12-31"), person("eva"),
    ]
    let answers = Answers(try await catalog(files), audience: .restricted)
    let (ada, ben) = (try #require(answers.catalog.record(id: "ada")), try #require(answers.catalog.record(id: "ben")))
    #expect(answers.departure(of: ada).duties.map { $0.standIn?.id } == [nil])
    #expect(answers.departure(of: ben).duties(.ownership).map { $0.standIn?.id } == ["eva"])
    #expect(answers.handover(of: ada, to: .deputies).open.map(\.record.id) == ["erp"])
    // Before the last day of the other one, that one still stands in.
    let early = try #require(CalendarDate(iso: "2026-11-30"))
    #expect(answers.departure(of: ada, on: early).duties.map { $0.standIn?.id } == ["ben"])
  }

  @Test func `and are still in a team still have what it has`() async throws {
    let answers = Answers(
      try await catalog([
        system("erp"), team("it", "members: [ada, weg]\nheadcount: 3"), person("ada"),
        person("weg", "active_until: 2026-11-01"), access("konto", "holders: [it]"),
      ]), audience: .restricted)
    let held = answers.heldAccesses().map { "\($0.who.id) \($0.who.lifecycle == .retired) \($0.gap?.recorded ?? 0)" }
    #expect(held == ["ada false 1", "weg true 1"])
    let leaver = try #require(answers.leavers().first)
    let teams = answers.teamsStillListing(leaver)
    #expect(teams.map(\.team.id) == ["it"] && teams.flatMap(\.accesses).map(\.id) == ["konto"])
  }

  @Test func `and are gone are still named where they hold something`() async throws {
    let answers = Answers(
      try await catalog([
        system("erp"), team("it", "phone: 040 1"), person("weg", "active_until: 2026-01-31"),
        access("konto", "holders: [weg, niemand]"),
      ]), audience: .restricted)
    let held = answers.heldAccesses()
    #expect(held.map { "\($0.access.id): \($0.who.id) \($0.who.lifecycle == .retired)" } == ["konto: weg true"])
    let gone = try #require(answers.catalog.record(id: "weg"))
    #expect(answers.departure(of: gone).accesses.map(\.access.id) == ["konto"])
  }
}

@Suite struct `Seats and emergency accesses` {
  @Test func `count also those of a team who are not recorded`() async throws {
    let catalog = try await catalog([
      system("erp"), provider("acme"), team("it", "phone: 040 1"), team("werk", "members: [ada]\nheadcount: 9"),
      person("ada"),
      contract("c", "seats: { bought: 10 }"), access("konto", "holders: [werk, it]\ncontract: c"),
      access("not", "type: emergency\nholders: [werk]"),
    ])
    #expect(Answers(catalog, audience: .restricted).seats().map(\.held) == [10])
    #expect(!catalog.diagnostics.contains { $0.rule.code == "access/single-holder" })
  }
}

@Suite struct `Somebody who gets a role` {
  private let files = [
    system("erp"), team("office", "type: role\nmembers: [ada]"), team("plant", "type: role\nmembers: [ben]"),
    person("ada"), person("ben"), person("eva"),
    access("mail", "default_for: [office, plant]\nholders: [{ who: ada }, { who: ben }]"),
    access("desk", "holders: [office]"), access("press", "default_for: [plant]\nholders: [{ who: ben }]"),
    access("extra", "holders: [{ who: ada }]"),
  ]

  @Test func `needs what comes with it`() async throws {
    let answers = Answers(try await catalog(files), audience: .restricted)
    let role = try #require(answers.catalog.record(id: "office"))
    #expect(
      answers.arrival(of: role).accesses.map { "\($0.access.id) \($0.isByMembership)" } == ["desk true", "mail false"])
  }

  @Test func `loses, gets, keeps, and has what somebody must decide on`() async throws {
    let answers = Answers(try await catalog(files), audience: .restricted)
    let ada = try #require(answers.catalog.record(id: "ada"))
    let transfer = answers.transfer(of: ada, to: try #require(answers.catalog.record(id: "plant")))
    #expect(transfer.from.map(\.id) == ["office"])
    #expect(transfer.revoked.map(\.access.id) == ["desk"])
    #expect(transfer.granted.map(\.access.id) == ["press"])
    #expect(transfer.kept.map(\.access.id) == ["mail"])
    #expect(transfer.undecided.map(\.access.id) == ["extra"])
  }

  @Test func `keeps what both teams hold, and gets it no second time`() async throws {
    let files = [
      system("erp"), team("alt", "members: [emil]"), team("neu"), person("emil"),
      access("konto", "holders: [alt, neu]"),
    ]
    let answers = Answers(try await catalog(files), audience: .restricted)
    let (emil, new) = (
      try #require(answers.catalog.record(id: "emil")), try #require(answers.catalog.record(id: "neu"))
    )
    let transfer = answers.transfer(of: emil, to: new)
    #expect(transfer.granted.isEmpty && transfer.revoked.isEmpty)
    #expect(transfer.kept.map(\.access.id) == ["konto"])
  }
}

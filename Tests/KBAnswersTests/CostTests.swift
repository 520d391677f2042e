import KBAnswers
import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Costs` {
  private let base = [team(), provider("acme"), provider("odrun"), system("erp"), system("crm"), system("db")]

  private func answers(_ files: [File], _ audience: Audience? = nil) async throws -> Answers {
    Answers(try await catalog(base + files), audience: audience)
  }

  private func told(_ answers: Answers, _ grouping: CostGrouping) -> [String] {
    answers.costs(by: grouping).rows.map { row in
      let covered = row.covered.map { "\($0.contract.id) \($0.cost.perYear["EUR"] / 100)" }
      return ([row.id ?? "-", String(row.cost.perYear["EUR"] / 100)] + covered).joined(separator: " ")
    }
  }

  private let contracts = [
    contract("a", "cost: { amount: 100, per: month }\ncovers: erp\ncost_centre: \"10\""),
    contract("b", "provider: odrun\ncost: { amount: 250, per: quarter }\ncovers: [erp, crm]"),
    contract(
      "c",
      "cost: { amount: 5, per: month, unit: seat }\nseats: { bought: 10, used: 8 }\ncovers: [crm, db]\ncost_split: [{ system: crm, share: 3 }, db]"
    ),
    contract(
      "d",
      "cost: { amount: 1, per: year }\npositions: [{ what: voll, seats: 2, cost: { amount: 20, per: month, unit: seat } }, { what: Grund, cost: { amount: 100 } }]"
    ),
  ]

  @Test func `are those of a year, by provider, cost centre and type`() async throws {
    let answers = try await answers(contracts)
    #expect(told(answers, .provider) == ["acme 2380", "odrun 1000"])
    #expect(told(answers, .costCentre) == ["- 2180", "10 1200"])
    #expect(told(answers, .type) == ["support 3380"])
    #expect(told(answers, .record) == ["a 1200", "b 1000", "c 600", "d 580"])
    #expect(answers.costs(by: .provider).total.perYear["EUR"] == 338_000)
  }

  @Test func `by system are only what is known to be one system's`() async throws {
    #expect(
      told(try await answers(contracts), .system) == ["erp 1200 b 1000", "- 580", "crm 450 b 1000", "db 150"])
  }

  @Test func `are of what is in force, and a plan has none`() async throws {
    let money = "cost: { amount: 100 }\n"
    let files = [
      contract("over", money + "end: 2026-10-31"), contract("later", money + "start: 2027-01-01"),
      contract("gone", money + "status: retired"), contract("draft", money + "status: draft"),
      ("topics/t.md", "---\ntitle: T\ntype: project\nowner: it\nbudget: 5000\n---\n\nText.\n"),
    ]
    #expect(told(try await answers(files), .record) == [])
  }

  @Test func `of a kind of one's own are its money, whatever the field is called`() async throws {
    let kind: File = (
      "kinds/vehicle.yml",
      "kind: vehicle\nfolder: vehicles\nlabel: Fahrzeug\nplural: Fahrzeuge\nfields:\n  rate: { type: money, label: Rate }\n  garage: { type: ref, to: [provider], label: Werkstatt }\n"
    )
    let file: File = (
      "vehicles/bulli.md",
      "---\ntitle: Bulli\nowner: it\nrate: { amount: 300, per: month }\ngarage: odrun\n---\n\nText.\n"
    )
    #expect(told(try await answers([kind, file]), .provider) == ["odrun 3600"])
  }

  @Test func `that are paid once are apart, and currencies are not mixed without a rate`() async throws {
    let files = [
      contract("a", "cost: { amount: 100, currency: USD }"), contract("b", "cost: { amount: 7, per: once }"),
      contract("c", "cost: { amount: 100, currency: CHF }"), ("kb.yml", "rates: { CHF: 1.05 }\n"),
    ]
    let total = try await answers(files).costs(by: .provider).total
    #expect(total.perYear.currencies(first: "EUR") == ["EUR", "USD"])
    #expect(total.perYear["EUR"] == 10_500 && total.perYear["USD"] == 10_000)
    #expect(total.once["EUR"] == 700)
  }

  @Test func `that nobody can count are said to be incomplete`() async throws {
    let files = [
      contract("a", "cost: { amount: 5, unit: seat }"),
      contract("b", "cost: { amount: 5, unit: seat }\nseats: { bought: -3 }"), contract("c"),
    ]
    let costs = try await answers(files).costs(by: .record)
    #expect(costs.rows.isEmpty)
    #expect(costs.incomplete.map(\.id) == ["a", "b"])
  }

  @Test func `of seats are those that nobody uses`() async throws {
    let files = [
      person("ada"), person("ben"),
      contract("a", "cost: { amount: 10, per: month, unit: seat }\nseats: { bought: 5 }"),
      access("konto", "contract: a\nholders: [ada, ben]"),
      contract("b", "cost: { amount: 10 }\nseats: { bought: 5, used: 9 }"), contract("c", "seats: { bought: 5 }"),
    ]
    let seats = try await answers(files).seats()
    #expect(
      seats.map { "\($0.contract.id) \($0.bought) \($0.unused) \($0.unusedCost["EUR"] / 100)" } == [
        "a 5 3 360", "b 5 0 0",
      ])
    #expect(seats.map(\.held) == [2, nil])
  }

  @Test func `ahead follow renewals, ends and announced prices`() async throws {
    let files = [
      contract("a", "cost: { amount: 1200 }\nend: 2027-01-31"),
      contract(
        "b",
        "cost: { amount: 2400 }\nend: 2026-12-31\nrenewal: automatic\nrenewal_months: 12\nnotice: 1M\nprice_changes: [{ from: 2027-03-01, cost: 3600 }]"
      ),
      contract("c", "cost: { amount: 120 }\nstart: 2027-02-01"),
    ]
    let outlook = try await answers(files).outlook(months: 6)
    #expect(outlook.months.map { $0.cost["EUR"] / 100 } == [300, 300, 300, 210, 310, 310])
    #expect(
      outlook.events.map { "\($0.date) \($0.change.rawValue) \($0.record.id) \($0.perYear["EUR"] / 100)" } == [
        "2027-01-01 renews b 2400", "2027-01-31 ends a 1200", "2027-02-01 begins c 120", "2027-03-01 price b 3600",
      ])
  }

  @Test func `of a system itself, or of what names one system alone, are its own`() async throws {
    let kind: File = (
      "kinds/system.yml", "kind: system\nfields:\n  price: { type: money, role: cost, label: Preis }\n"
    )
    let lease: File = (
      "kinds/lease.yml",
      """
      kind: lease
      folder: leases
      label: { de: Leasing, en: Lease }
      plural: { de: Leasings, en: Leases }
      fields:
        what: { type: ref, to: system, label: Was }
        price: { type: money, role: cost, label: Preis }
      """
    )
    let files = [
      kind, lease, system("sonde", "price: 100"),
      record("leases/l.md", "what: sonde\nprice: 50", defaults: [("title", "L"), ("owner", "it")]),
    ]
    let found = told(try await answers(files), .system)
    #expect(found == ["sonde 150"])
  }

  @Test func `ahead name a renewal that nobody can prevent any more`() async throws {
    let files = [
      contract("a", "cost: 100\nend: 2026-12-31\nrenewal: automatic\nrenewal_months: 12\nnotice: 6M"),
      contract("b", "cost: 100\nend: 2026-12-31\nrenewal: automatic\nrenewal_months: 6\nnotice: 6w"),
      contract(
        "c", "cost: 100\nend: 2026-12-31\nrenewal: automatic\nrenewal_months: 12\nnotice: 6M\ncancelled_on: 2026-06-01"),
    ]
    let events = try await answers(files).outlook(months: 14).events
    #expect(
      events.map { "\($0.date) \($0.change.rawValue) \($0.record.id)" }
        == [
          "2026-12-31 ends c", "2027-01-01 renews a", "2027-01-01 renews b", "2027-07-01 renews b",
          "2028-01-01 renews a", "2028-01-01 renews b",
        ].filter { $0 < "2028" })
  }

  @Test func `of positions are counted by their seats, and more than any number is no number`() async throws {
    let huge = "positions: [{ what: x, seats: 9223372036854775807 }, { what: y, seats: 9223372036854775807 }]"
    let files = [
      contract(
        "a",
        "positions: [{ what: voll, seats: 3 }, { what: klein, seats: 2 }]\ncost: { amount: 10, unit: seat }\nseats: { used: 1 }"
      ),
      contract("b", "cost: { amount: 1, unit: seat }\n\(huge)\nseats: { used: 1 }"),
    ]
    let answers = try await answers(files)
    #expect(told(answers, .record) == ["a 50"])
    #expect(answers.costs(by: .record).incomplete.map(\.id) == ["b"])
    #expect(answers.seats().map { "\($0.contract.id) \($0.bought) \($0.unused)" } == ["a 5 4"])
  }

  @Test func `of a day are compared with those of an earlier one`() async throws {
    let old = [
      contract("a", "cost: 100"), contract("b", "cost: 200"), contract("c", "cost: 300"), contract("d", "cost: 5"),
      contract("geheim", "cost: 70"), contract("f", "cost: { amount: 10, currency: CHF }"),
    ]
    let new = [
      contract("a", "cost: 100"), contract("b-neu", "aliases: [b]\ncost: 250"),
      contract("d", "cost: 5\nend: 2026-01-31"),
      contract("e", "cost: 40"), contract("geheim", "audience: restricted\ncost: 90"),
      contract("f", "cost: { amount: 12, currency: CHF }"),
    ]
    let past = try await answers(old).paid(by: .record)
    let change = try await answers(new).costChange(since: past)
    #expect(change.before["EUR"] == 60_500 && change.after["EUR"] == 39_000)
    #expect(
      change.rows.map { "\($0.id ?? "-") \($0.before["EUR"] / 100) \($0.after["EUR"] / 100) \($0.record == nil)" } == [
        "c 300 0 true", "b-neu 200 250 false", "e 0 40 false", "d 5 0 false", "f 0 0 false",
      ])
    let covering = [contract("a", "cost: 100\ncovers: [erp, crm]")]
    #expect(try await answers(covering).costChange(since: answers(covering).paid(by: .system)).before["EUR"] == 10_000)
    let same = try await answers(new)
    #expect(same.costChange(since: same.paid(by: .provider)).rows.isEmpty)
  }

  @Test func `are told to those alone who may read of them`() async throws {
    let files = [
      contract("geheim", "audience: restricted\ncost: 100\ncovers: erp"),
      provider("holunder", "audience: restricted"), contract("a", "provider: holunder\ncost: 50\ncovers: erp"),
      system("johannis", "audience: restricted"), contract("b", "cost: 30\ncovers: [johannis, erp]"),
    ]
    let answers = try await answers(files)
    #expect(told(answers, .provider) == ["- 50", "acme 30"])
    #expect(told(answers, .system) == ["erp 50 b 30"])
    #expect(answers.costs(by: .system).total.perYear["EUR"] == 8000)
  }
}

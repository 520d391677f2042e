import KBAnswers
import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Deadlines` {
  private let base = [team(), provider("acme"), system("erp")]

  private func answers(_ files: [File], today: CalendarDate = today, _ audience: Audience? = nil) async throws
    -> Answers
  {
    Answers(try await catalog(base + files, today: today), audience: audience)
  }

  private func told(_ answers: Answers, _ categories: [Deadline.Category] = Deadline.Category.allCases) -> [String] {
    answers.deadlines().filter { categories.contains($0.category) }.map {
      "\($0.date) \($0.category.rawValue) \($0.record.id)\($0.isOverdue ? " overdue" : "")"
    }
  }

  /// The rows of the table in MODEL.md, with their days.
  @Test(arguments: [
    ("2025-08-28", 12, "2M", "2026-02-11", "2026-06-28"), ("2023-07-31", 12, "3M", "2023-10-31", "2024-04-30"),
    ("2021-09-26", 12, "3M", "2019-06-07", "2021-06-26"), ("2026-12-31", 12, "6M", "2026-07-15", "2027-06-30"),
    ("2026-08-28", 12, "2M", "2026-06-28", "2026-06-28"), ("2026-08-28", 12, "2M", "2026-06-29", "2027-06-28"),
    ("2024-02-29", 12, "1M", "2025-01-01", "2025-01-31"), ("2026-08-31", 6, "3M", "2026-06-15", "2026-11-30"),
  ])
  func `of a contract are the days by which notice must be received`(
    row: (end: String, months: Int, notice: String, today: String, expected: String)
  ) async throws {
    let text = "end: \(row.end)\nrenewal: automatic\nrenewal_months: \(row.months)\nnotice: \(row.notice)"
    let answers = try await answers([contract("a", text)], today: try #require(CalendarDate(iso: row.today)))
    #expect(told(answers) == ["\(row.expected) cancel-by a"])
  }

  @Test func `are all dates with such a role, in any kind and at any depth`() async throws {
    let kind: File = (
      "kinds/vehicle.yml",
      """
      kind: vehicle
      folder: vehicles
      label: { de: Fahrzeug, en: Vehicle }
      plural: { de: Fahrzeuge, en: Vehicles }
      fields:
        leasing: { type: date, role: end, label: Leasing }
        inspections: { type: list, of: { type: object, fields: { on: { type: date, role: deadline, label: TÜV } } } }
        papers: { type: object, fields: { until: { type: date, role: deadline, label: Papiere } } }
        visits: { type: list, role: due, of: { type: date } }
      """
    )
    let vehicle: File = (
      "vehicles/bulli.md",
      "---\ntitle: Bulli\nowner: it\nleasing: 2026-12-20\ninspections: [{ on: 2027-05-31 }, { on: 2026-10-31 }]\npapers: { until: 2028-02-29 }\nvisits: [2026-12-01, 2027-06-01]\n---\n\nText.\n"
    )
    #expect(
      told(try await answers([kind, vehicle])) == [
        "2026-10-31 deadline bulli overdue", "2026-12-01 due bulli", "2026-12-20 end bulli",
        "2027-05-31 deadline bulli", "2027-06-01 due bulli", "2028-02-29 deadline bulli",
      ])
    let ids = try await answers([kind, vehicle]).deadlines().map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  @Test func `follow from the last time and an interval`() async throws {
    let files = [
      system(
        "db",
        "reviewed: 2026-01-15\nreview_every: 6M\npatch: { cycle: 1M, last: 2026-10-31 }\nbackup: { by: erp, restore_tested: 2026-02-28, restore_test_every: 6M }"
      ),
      system("web", "patch: { last: 2026-01-01 }"),
      runbook("r", "tested: 2026-08-31\ntest_every: 6M\nduration: 2h"),
    ]
    #expect(
      told(try await answers(files), [.review, .patch, .restoreTest, .test]) == [
        "2026-07-15 review db overdue", "2026-08-28 restore-test db overdue", "2026-11-30 patch db",
        "2027-02-28 test r",
      ])
  }

  @Test func `of accesses are those of holders who are still there, and name only who may be named`() async throws {
    let files = [
      person("ada"), person("ben", "active_until: 2026-01-31"), person("eva", "audience: restricted"),
      person("cem", "active_until: 2026-01-31"),
      access(
        "konto",
        "holders: [{ who: ada, until: 2026-12-31 }, { who: ben, until: 2026-01-31 }, { who: eva, until: 2026-12-31 }, { who: cem, until: 2027-01-15 }]"
      ),
    ]
    // Somebody who has left may have one for a while longer: it ends on a day of its own.
    #expect(
      told(try await answers(files), [.accessEnd]) == ["2026-12-31 access-end konto", "2027-01-15 access-end konto"])
    #expect(try await answers(files, .restricted).deadlines().filter { $0.category == .accessEnd }.count == 3)
  }

  @Test func `are those of what is in use, and of plans that have a day`() async throws {
    let topic = { (id: String, state: String) -> File in
      (
        "topics/\(id).md",
        "---\ntitle: \(id)\nsummary: S.\ntype: project\nstate: \(state)\nowner: it\ndue: 2026-12-31\n---\n\nText.\n"
      )
    }
    let files = [
      topic("plan", "planned"), topic("done", "done"), contract("old", "end: 2026-01-31\nstatus: retired"),
      contract("draft", "end: 2026-12-31\nstatus: draft"), contract("over", "end: 2026-10-31"),
      contract(
        "cancelled", "end: 2026-12-31\nrenewal: automatic\nrenewal_months: 12\nnotice: 1M\ncancelled_on: 2026-11-01"),
    ]
    #expect(
      told(try await answers(files)) == [
        "2026-10-31 end over overdue", "2026-12-31 end cancelled", "2026-12-31 due plan",
      ])
  }

  @Test func `of an open-ended contract are told as what follows from cancelling today`() async throws {
    let files = [
      contract("offen", "open_ended: true\nnotice: 3M"), contract("ohne", "open_ended: true"),
      contract("monat", "open_ended: true\nnotice: 1M\nnotice_to: month_end"),
      contract("jahr", "open_ended: true\nnotice: 3M\nnotice_to: year_end\nstart: 2020-01-01"),
      contract("danach", "end: 2026-03-31\nrenewal: automatic\nrenewal_months: 1\nnotice: 1M"),
    ]
    let answers = try await answers(files, today: try #require(CalendarDate(iso: "2026-11-29")))
    #expect(told(answers) == ["2027-09-30 cancel-by jahr"])
    #expect(
      answers.rollingContracts().map { "\($0.record.id) \($0.end)" } == [
        "danach 2026-12-31", "monat 2026-12-31", "offen 2027-02-28",
      ])
    let open = try #require(answers.rollingContracts().first { $0.record.id == "offen" })
    #expect(answers.text(of: open).german == "heute gekündigt, endet der Vertrag am 28.02.2027")
  }

  @Test func `say what happens if nobody acts, and how to act`() async throws {
    let term = "end: 2026-12-31\nrenewal: automatic\nrenewal_months: 24\nnotice: 1M\n"
    let files = [
      contract(
        "a",
        term
          + "notice_form: Schriftform\ncost: { amount: 10, per: month, unit: seat }\nseats: { bought: 20, used: 15 }"),
      contract("b", term + "notice_form: Textform an ende@acme.example"),
      contract(
        "c",
        term
          + "cost: { amount: 1000, per: quarter }\nprice_changes: [{ from: 2026-12-31, cost: { amount: 2000, per: quarter } }]"
      ),
    ]
    let answers = try await answers(files)
    let said = answers.deadlines().map { deadline in
      "\(answers.consequence(of: deadline).german) · \(answers.action(of: deadline)?.german ?? "")"
    }
    #expect(
      said == [
        "Verlängert sich um 24 Monate für 4.800\u{A0}€; 5 Plätze ungenutzt · Schriftform an ACME; bis 25.11.2026 absenden",
        "Verlängert sich um 24 Monate · Textform an ende@acme.example",
        "Verlängert sich um 24 Monate für 16.000\u{A0}€ · an ACME",
      ])
  }

  @Test func `are for the owner, and for the deputy where the owner has left`() async throws {
    let files = [
      person("ada", "active_until: 2026-01-31"), person("ben"),
      contract("a", "owner: ada\ndeputy: ben"), contract("b", "owner: ben"), contract("c", "owner: ada"),
    ]
    // Nobody writes to those who have left.
    #expect(try await answers(files).deadlines().map { $0.owner?.id } == ["ben", "ben", nil])
  }

  @Test func `are told to those alone who may read of them`() async throws {
    let files = [
      contract("geheim", "audience: restricted"), person("eva", "audience: restricted"), contract("a", "owner: eva"),
      provider("holunder", "audience: restricted"),
      contract("b", "provider: holunder\nend: 2027-12-31\nrenewal: automatic\nrenewal_months: 12\nnotice: 1M"),
    ]
    let answers = try await answers(files)
    #expect(answers.deadlines().map(\.record.id) == ["b", "a"])
    #expect(answers.deadlines().map { $0.owner?.id } == ["it", nil])
    #expect(answers.deadlines().compactMap(answers.action(of:)).isEmpty)
  }
}

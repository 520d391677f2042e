import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Contracts` {
  private let files = [provider("acme"), team(), system("erp")]

  // MARK: Dates

  @Test func `start before they end`() async throws {
    try await expect(
      "contract/",
      in: [contract("a", "start: 2027-01-01\nend: 1️⃣2026-12-31"), contract("b", "start: 2026-01-01\nend: 2026-01-01")]
        + files,
      Finding(
        "contract/end-before-start", .error, "1️⃣", "2026-12-31",
        de: "'Vertrag a' endet am 31.12.2026, beginnt aber erst am 01.01.2027",
        en: "'Vertrag a' ends on 31\u{A0}Dec\u{A0}2026, but only starts on 1\u{A0}Jan\u{A0}2027"))
  }

  @Test func `that renew by themselves say for how long and with which notice`() async throws {
    try await expect(
      "contract/",
      in: [
        contract("a", "renewal: 1️⃣automatic"), contract("b", "renewal: 2️⃣automatic\nnotice: 3M"),
        contract("c", "renewal: 3️⃣automatic\nrenewal_months: 12"), contract("d", "renewal: manual"),
      ] + files,
      Finding(
        "contract/renewal-incomplete", .error, "1️⃣", "automatic",
        de: "'Vertrag a' verlängert sich automatisch, aber 'renewal_months' und 'notice' fehlen",
        en: "'Vertrag a' renews automatically, but lacks 'renewal_months' and 'notice'"),
      Finding(
        "contract/renewal-incomplete", .error, "2️⃣", "automatic",
        de: "'Vertrag b' verlängert sich automatisch, aber 'renewal_months' fehlt",
        en: "'Vertrag b' renews automatically, but lacks 'renewal_months'"),
      Finding(
        "contract/renewal-incomplete", .error, "3️⃣", "automatic",
        de: "'Vertrag c' verlängert sich automatisch, aber 'notice' fehlt",
        en: "'Vertrag c' renews automatically, but lacks 'notice'"))
  }

  @Test(arguments: [
    "open_ended: true\nrenewal: automatic\nnotice: 3M", "renewal: automatic\nnotice: 3M\nnotice_to: month_end",
  ])
  func `need no months of renewal when notice is possible to fixed days`(term: String) async throws {
    try await expect("contract/renewal-incomplete", in: [contract("a", term)] + files)
  }

  @Test func `are recalled ninety days before the day to cancel by`() async throws {
    func renewed(_ id: String, _ end: String, _ more: String = "") -> File {
      contract(id, "end: \(end)\nrenewal: automatic\nrenewal_months: 12\nnotice: 1M\(more)")
    }
    try await expect(
      "contract/",
      in: [
        renewed("a", "1️⃣2027-03-19"), renewed("b", "2027-03-20"), renewed("c", "2️⃣2026-12-21"),
        renewed("d", "3️⃣2026-12-22"), renewed("e", "4️⃣2027-05-31", "\nremind_before: [30d, 6M]"),
        renewed("f", "2027-03-01", "\nremind_before: 30d"), renewed("g", "2027-01-31", "\ncancelled_on: 2026-11-01"),
      ] + files,
      Finding(
        "contract/cancel-soon", .warning, "1️⃣", "2027-03-19",
        de:
          "'Vertrag a' ist bis 19.02.2027 zu kündigen (noch 90 Tage), sonst läuft der Vertrag über den 19.03.2027 hinaus",
        en:
          "'Vertrag a' must be cancelled by 19\u{A0}Feb\u{A0}2027 (90 days left), or it continues past 19\u{A0}Mar\u{A0}2027"
      ),
      Finding(
        "contract/cancel-soon", .warning, "2️⃣", "2026-12-21",
        de: "'Vertrag c' ist bis 21.11.2026 zu kündigen (heute), sonst läuft der Vertrag über den 21.12.2026 hinaus",
        en: "'Vertrag c' must be cancelled by 21\u{A0}Nov\u{A0}2026 (today), or it continues past 21\u{A0}Dec\u{A0}2026"
      ),
      Finding(
        "contract/cancel-soon", .warning, "3️⃣", "2026-12-22",
        de: "'Vertrag d' ist bis 22.11.2026 zu kündigen (morgen), sonst läuft der Vertrag über den 22.12.2026 hinaus",
        en:
          "'Vertrag d' must be cancelled by 22\u{A0}Nov\u{A0}2026 (tomorrow), or it continues past 22\u{A0}Dec\u{A0}2026"
      ),
      Finding(
        "contract/cancel-soon", .warning, "4️⃣", "2027-05-31",
        de:
          "'Vertrag e' ist bis 30.04.2027 zu kündigen (noch 160 Tage), sonst läuft der Vertrag über den 31.05.2027 hinaus",
        en:
          "'Vertrag e' must be cancelled by 30\u{A0}Apr\u{A0}2027 (160 days left), or it continues past 31\u{A0}May\u{A0}2027"
      ))
  }

  @Test func `are recalled for thirty days after the day to cancel by was missed`() async throws {
    func renewed(_ id: String, _ end: String, _ more: String = "") -> File {
      contract(id, "end: \(end)\nrenewal: automatic\nrenewal_months: 12\nnotice: 1M\(more)")
    }
    try await expect(
      "contract/",
      in: [
        renewed("a", "1️⃣2026-12-20"), renewed("b", "2️⃣2026-11-22"), renewed("c", "2026-11-21"),
        renewed("d", "2026-12-20", "\ncancelled_on: 2026-11-20"),
      ] + files,
      Finding(
        "contract/cancel-missed", .warning, "1️⃣", "2026-12-20",
        de:
          "'Vertrag a' hätte bis 20.11.2026 gekündigt werden müssen; nächste Gelegenheit: bis 20.11.2027 zum 20.12.2027 kündigen",
        en:
          "'Vertrag a' should have been cancelled by 20\u{A0}Nov\u{A0}2026; next chance: cancel by 20\u{A0}Nov\u{A0}2027, ending 20\u{A0}Dec\u{A0}2027"
      ),
      Finding(
        "contract/cancel-missed", .warning, "2️⃣", "2026-11-22",
        de:
          "'Vertrag b' hätte bis 22.10.2026 gekündigt werden müssen; nächste Gelegenheit: bis 22.10.2027 zum 22.11.2027 kündigen",
        en:
          "'Vertrag b' should have been cancelled by 22\u{A0}Oct\u{A0}2026; next chance: cancel by 22\u{A0}Oct\u{A0}2027, ending 22\u{A0}Nov\u{A0}2027"
      ))
  }

  @Test func `with a day to cancel by every month are not recalled all the time`() async throws {
    try await expect(
      "contract/",
      in: [
        contract("a", "end: 2026-01-31\nrenewal: automatic\nrenewal_months: 1\nnotice: 14d"),
        contract("b", "open_ended: true\nnotice: 1M\nnotice_to: month_end"),
        contract("c", "open_ended: true\nnotice: 6w\nnotice_to: quarter_end"),
      ] + files)
  }

  @Test func `that renew every quarter are recalled thirty days before, and after`() async throws {
    let found = try await findings(
      "contract/cancel",
      in: [
        contract("a", "end: 2026-12-31\nrenewal: automatic\nrenewal_months: 3\nnotice: 6w"),
        contract("b", "end: 2027-01-15\nrenewal: automatic\nrenewal_months: 3\nnotice: 1M"),
      ] + files)
    #expect(found.map(\.code) == ["contract/cancel-missed", "contract/cancel-soon"])
  }

  // MARK: Seats

  @Test func `do not sell more seats than were bought`() async throws {
    try await expect(
      "contract/seats",
      in: [contract("a", "seats: { bought: 10, used: 1️⃣12 }"), contract("b", "seats: { bought: 10, used: 10 }")] + files,
      Finding(
        "contract/seats-exceeded", .warning, "1️⃣", "12",
        de: "'Vertrag a': 12 Plätze belegt, aber nur 10 gekauft",
        en: "'Vertrag a': 12 seats used, but only 10 bought"))
  }

  @Test func `count the people who hold an access, each once`() async throws {
    let people = [person("eva"), person("kim"), person("lou")]
    try await expect(
      "contract/seats",
      in: [
        contract("a", "seats: { bought: 1️⃣2, used: 1 }"), access("x", "contract: a\nholders: [eva, vertrieb]"),
        access("y", "contract: a\nholders: [eva, { who: kim, until: 2026-01-01 }]"),
        team("vertrieb", "members: [eva, kim, lou]"),
      ] + people + files,
      Finding(
        "contract/seats-exceeded", .warning, "1️⃣", "2",
        de: "'Vertrag a': 3 Plätze belegt, aber nur 2 gekauft",
        en: "'Vertrag a': 3 seats used, but only 2 bought"))
    try await expect(
      "contract/seats",
      in: [contract("a", "seats: { bought: 2 }"), access("x", "contract: a\nholders: [eva, kim]")] + people + files)
  }

  @Test func `have seats to give back when a fifth is free`() async throws {
    try await expect(
      "contract/seats",
      in: [
        contract("a", "seats: { bought: 1️⃣10, used: 8 }"), contract("b", "seats: { bought: 10, used: 9 }"),
        contract("c", "seats: { bought: 3, used: 3 }"), contract("d", "seats: { bought: 50 }"),
        contract("e", "seats: { bought: 2️⃣7, used: 5 }"),
        contract("f", "seats: { bought: 3️⃣9223372036854775807, used: 0 }"),
        contract("g", "seats: { bought: 0, used: 0 }"),
      ] + files,
      Finding(
        "contract/seats-unused", .hint, "1️⃣", "10",
        de: "'Vertrag a': 2 von 10 Plätzen frei",
        en: "'Vertrag a': 2 of 10 seats free"),
      Finding(
        "contract/seats-unused", .hint, "2️⃣", "7",
        de: "'Vertrag e': 2 von 7 Plätzen frei",
        en: "'Vertrag e': 2 of 7 seats free"),
      Finding(
        "contract/seats-unused", .hint, "3️⃣", "9223372036854775807",
        de: "'Vertrag f': 9.223.372.036.854.775.807 von 9.223.372.036.854.775.807 Plätzen frei",
        en: "'Vertrag f': 9,223,372,036,854,775,807 of 9,223,372,036,854,775,807 seats free"))
  }

  // MARK: contract/no-dpa

  @Test func `for personal data are signed by whoever operates or supplies the system`() async throws {
    try await expect(
      "contract/no-dpa",
      in: [
        record(
          "providers/a.md", "",
          defaults: [("title", "1️⃣Anna"), ("type", "saas"), ("owner", "it"), ("support", "{ phone: 040 1234 }")]),
        provider("b", "privacy: { dpa: 2️⃣missing }"), provider("c", "privacy: { dpa: signed }"),
        provider("d", "privacy: { dpa: not-needed }"),
        provider("e"), system("x", "operated_by: [a, b, c, d]\ndata: { personal: yes }"),
        system("y", "vendor: b\ndata: { personal: special }"), system("z", "vendor: e\ndata: { personal: none }"),
        system("alt", "status: retired\nvendor: e\ndata: { personal: yes }"),
      ] + files,
      Finding(
        "contract/no-dpa", .warning, "1️⃣", "Anna",
        de:
          "'Anna' verarbeitet personenbezogene Daten ('X'), aber der Vertrag zur Auftragsverarbeitung fehlt",
        en: "'Anna' handles personal data ('X'), but no data processing agreement is signed"),
      Finding(
        "contract/no-dpa", .warning, "2️⃣", "missing",
        de:
          "'B' verarbeitet personenbezogene Daten ('X' und ein weiteres System), aber der Vertrag zur Auftragsverarbeitung fehlt",
        en: "'B' handles personal data ('X' and one more system), but no data processing agreement is signed"))
  }

  @Test func `with huge numbers do not stop the tool`() async throws {
    try await expect(
      "contract/",
      in: [
        contract(
          "a",
          "end: 2026-01-31\nrenewal: automatic\nrenewal_months: 9223372036854775807\nnotice: 100000y\nremind_before: 100000y"
        ),
        contract("b", "end: 0001-01-01\nrenewal: automatic\nrenewal_months: 1\nnotice: 100000w"),
        contract(
          "c", "open_ended: true\nstart: 9999-12-31\nnotice: 100000M\nnotice_to: month_end\ncancelled_on: 9999-12-31"),
      ] + files)
  }
}

import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Days that have passed` {
  private let kind: File = (
    "kinds/asset.yml",
    """
    kind: asset
    folder: assets
    label: { de: Gerät, en: Asset }
    plural: { de: Geräte, en: Assets }
    fields:
      eos: { type: date, role: end-of-support, label: Support bis }
      tested: { type: date, role: tested, label: Geprüft }
      test_every: { type: duration, role: test-every, label: Prüfen alle }
      restored: { type: date, role: restore-tested, label: Zurückgespielt }
      restore_every: { type: duration, role: restore-test-every, label: Zurückspielen alle }
      patched: { type: date, role: patch-last, label: Gepatcht }
      patch_every: { type: duration, role: patch-cycle, label: Patchen alle }
      lent:
        type: list
        label: Verliehen
        of:
          type: object
          fields:
            who: { type: ref, to: person, role: holder, label: Wer }
            until: { type: date, role: holder-until, label: Bis }
    """
  )

  private func asset(_ lines: String) -> File {
    record("assets/bohrer.md", lines, defaults: [("title", "Bohrer"), ("summary", "Ein Gerät."), ("owner", "it")])
  }

  @Test func `are findings in any kind, by each role that has no rule of its own there`() async throws {
    let files = [
      kind, team(), person("ada"), person("weg", "active_until: 2026-01-31"),
      asset(
        """
        eos: 1️⃣2026-10-31
        tested: 2️⃣2026-01-31
        test_every: 6M
        restored: 3️⃣2025-10-31
        patched: 4️⃣2026-10-01
        patch_every: 1M
        lent: [{ who: ada, until: 5️⃣2026-11-20 }, { who: weg, until: 2026-01-31 }, { who: ada, until: 2026-11-21 }]
        """),
    ]
    try await expect(
      "deadline/", in: files,
      Finding(
        "deadline/overdue", .warning, "1️⃣", "2026-10-31",
        de: "der Support für 'Bohrer' ist am 31.10.2026 ausgelaufen",
        en: "support for 'Bohrer' ended on 31\u{A0}Oct\u{A0}2026"),
      Finding(
        "deadline/overdue", .warning, "2️⃣", "2026-01-31",
        de: "'Bohrer': zuletzt geprobt am 31.01.2026, überfällig seit 31.07.2026 (alle 6 Monate)",
        en: "'Bohrer': last rehearsed on 31\u{A0}Jan\u{A0}2026, overdue since 31\u{A0}Jul\u{A0}2026 (every 6 months)"),
      Finding(
        "deadline/overdue", .warning, "3️⃣", "2025-10-31",
        de: "'Bohrer': Rücksicherung zuletzt geprobt am 31.10.2025, überfällig seit 31.10.2026 (alle 12 Monate)",
        en:
          "'Bohrer': restore last tested on 31\u{A0}Oct\u{A0}2025, overdue since 31\u{A0}Oct\u{A0}2026 (every 12 months)"
      ),
      Finding(
        "deadline/overdue", .warning, "4️⃣", "2026-10-01",
        de: "'Bohrer': zuletzt gepatcht am 01.10.2026, überfällig seit 01.11.2026 (jeden Monat)",
        en: "'Bohrer': last patched on 1\u{A0}Oct\u{A0}2026, overdue since 1\u{A0}Nov\u{A0}2026 (every month)"),
      Finding(
        "deadline/overdue", .warning, "5️⃣", "2026-11-20",
        de: "'Bohrer': der Zugang von 'Ada' galt bis 20.11.2026, ist aber noch eingetragen",
        en: "'Bohrer': the access of 'Ada' ended on 20\u{A0}Nov\u{A0}2026, but is still listed"))
  }

  @Test func `are told ahead where a replacement takes time`() async throws {
    try await expect(
      "deadline/", in: [kind, team(), asset("eos: 1️⃣2027-05-20")],
      Finding(
        "deadline/soon", .warning, "1️⃣", "2027-05-20",
        de: "der Support für 'Bohrer' endet am 20.05.2027 (noch 180 Tage)",
        en: "support for 'Bohrer' ends on 20\u{A0}May\u{A0}2027 (180 days left)"))
    try await expect("deadline/", in: [kind, team(), asset("eos: 2027-05-21")])
    try await expect("deadline/", in: [kind, team(), asset("eos: 2026-01-01\nstatus: planned")])
  }

  @Test func `of systems and runbooks have one finding, not two`() async throws {
    let files = [
      team(),
      system(
        "erp",
        "criticality: high\nlifecycle: { end_of_support: 2026-10-01 }\nbackup: { by: erp, restore_tested: 2020-01-01 }\npatch: { last: 1️⃣2026-01-01, cycle: 1M }"
      ),
      runbook("r", "tested: 2020-01-01"), access("k", "holders: [{ who: it, until: 2026-01-01 }]"),
    ]
    try await expect(
      "deadline/", in: files,
      Finding(
        "deadline/overdue", .warning, "1️⃣", "2026-01-01",
        de: "'ERP': zuletzt gepatcht am 01.01.2026, überfällig seit 01.02.2026 (jeden Monat)",
        en: "'ERP': last patched on 1\u{A0}Jan\u{A0}2026, overdue since 1\u{A0}Feb\u{A0}2026 (every month)"))
  }

  @Test func `by which to cancel are findings in any kind with terms`() async throws {
    let lease: File = (
      "kinds/lease.yml",
      """
      kind: lease
      folder: leases
      label: { de: Leasing, en: Lease }
      plural: { de: Leasings, en: Leases }
      fields:
        from: { type: date, role: start, label: Von }
        to: { type: date, role: end, label: Bis }
        renews: { type: enum, role: renewal, label: Verlängerung, values: [none, automatic] }
        months: { type: integer, role: renewal-months, label: Monate }
        period: { type: duration, role: notice, label: Frist }
        given: { type: date, role: cancelled-on, label: Gekündigt }
      """
    )
    func lent(_ id: String, _ lines: String) -> File {
      record("leases/\(id).md", lines, defaults: [("title", id), ("summary", "S."), ("owner", "it")])
    }
    let files = [
      lease, team(), lent("a", "to: 1️⃣2026-12-31\nrenews: automatic\nmonths: 12\nperiod: 1M"),
      lent("b", "to: 2030-12-31\nrenews: 2️⃣automatic\nmonths: 12"), lent("c", "from: 2031-01-01\nto: 3️⃣2030-12-31"),
    ]
    let found = try await findings("contract/", in: files)
    #expect(
      found.map { "\($0.code) \($0.place)" }.sorted() == [
        "contract/cancel-soon 1️⃣", "contract/end-before-start 3️⃣", "contract/renewal-incomplete 2️⃣",
      ])
  }
}

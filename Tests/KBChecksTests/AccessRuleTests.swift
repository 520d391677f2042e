import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Accesses` {
  private let files = [
    system("erp"), team(), person("eva"), person("max", "active_until: 2026-09-30"),
    person("neu", "active_from: 2027-01-01"),
  ]

  // MARK: access/holder-left, access/expired

  @Test func `end when their holder leaves`() async throws {
    try await expect(
      "access/",
      in: [access("a", "holders:\n  - eva\n  - { who: 1️⃣max, since: 2020-01-01 }\n  - { who: max, until: 2026-12-31 }")]
        + files,
      Finding(
        "access/holder-left", .error, "1️⃣", "max",
        de: "'Max' ist am 30.09.2026 ausgeschieden, aber noch als Inhaber in 'Zugang a' eingetragen",
        en: "'Max' left on 30\u{A0}Sep\u{A0}2026, but is still listed as a holder of 'Zugang a'"))
  }

  @Test func `that name a retired provider are found too`() async throws {
    try await expect(
      "access/", in: [access("a", "holders: [1️⃣acme]"), provider("acme", "status: retired")] + files,
      Finding(
        "access/holder-left", .error, "1️⃣", "acme",
        de: "'ACME' ist nicht mehr in Gebrauch, aber noch als Inhaber in 'Zugang a' eingetragen",
        en: "'ACME' is retired, but is still listed as a holder of 'Zugang a'"))
  }

  @Test func `are struck off after their last day, unless they say when somebody left`() async throws {
    try await expect(
      "access/",
      in: [
        access(
          "a",
          "holders:\n  - { who: eva, until: 1️⃣2026-11-20 }\n  - { who: max, until: 2026-09-30 }\n  - { who: it, until: 2026-11-21 }"
        )
      ] + files,
      Finding(
        "access/expired", .warning, "1️⃣", "2026-11-20",
        de: "'Zugang a': der Zugang von 'Eva' galt bis 20.11.2026, ist aber noch eingetragen",
        en: "'Zugang a': the access of 'Eva' ended on 20\u{A0}Nov\u{A0}2026, but is still listed"))
  }

  @Test func `of the past are not judged`() async throws {
    try await expect(
      "access/", in: [access("a", "status: retired\nholders: [max, { who: eva, until: 2020-01-01 }]")] + files)
  }

  @Test func `whose last day can't be read are reported once, as that`() async throws {
    try await expect("access/", in: [access("a", "holders: [{ who: max, until: 30.09.2026 }]")] + files)
  }

  // MARK: access/no-mfa

  @Test(arguments: ["admin", "remote", "external", "emergency"])
  func `with power ask for a second factor`(type: String) async throws {
    let found = try await findings("access/no-mfa", in: [access("a", "type: \(type)\nmfa: 1️⃣none")] + files)
    #expect(found.map(\.place) == ["1️⃣"])
    #expect(found.map(\.covers) == ["none"])
  }

  @Test func `say which factor is missing`() async throws {
    try await expect(
      "access/no-mfa",
      in: [access("a", "type: admin\nmfa: 1️⃣none"), access("b", "type: external\nmfa: 2️⃣impossible")] + files,
      Finding(
        "access/no-mfa", .warning, "1️⃣", "none",
        de: "'Zugang a' (Administration) ist nicht durch MFA geschützt ('mfa: none')",
        en: "'Zugang a' (administration) is not protected by MFA ('mfa: none')"),
      Finding(
        "access/no-mfa", .warning, "2️⃣", "impossible",
        de: "'Zugang b' (Extern) ist nicht durch MFA geschützt ('mfa: impossible')",
        en: "'Zugang b' (external) is not protected by MFA ('mfa: impossible')"))
  }

  @Test func `of users, or with a second factor, or without a word about it, are none of this rule's business`()
    async throws
  {
    try await expect(
      "access/no-mfa",
      in: [access("a", "type: user\nmfa: none"), access("b", "type: admin\nmfa: optional"), access("c", "type: admin")]
        + files)
  }

  // MARK: access/review-overdue

  @Test func `are confirmed every six months, those of admins every three`() async throws {
    try await expect(
      "access/review",
      in: [
        access("a", "reviewed: 1️⃣2026-05-20"), access("b", "reviewed: 2026-05-21"),
        access("c", "type: admin\nmfa: enforced\nreviewed: 2️⃣2026-08-20"),
        access("d", "reviewed: 2025-06-01\nreview_every: 2y"), access("e"),
      ] + files,
      Finding(
        "access/review-overdue", .warning, "1️⃣", "2026-05-20",
        de: "'Zugang a': zuletzt bestätigt am 20.05.2026, überfällig seit 20.11.2026 (alle 6 Monate)",
        en: "'Zugang a': last confirmed on 20\u{A0}May\u{A0}2026, overdue since 20\u{A0}Nov\u{A0}2026 (every 6 months)"),
      Finding(
        "access/review-overdue", .warning, "2️⃣", "2026-08-20",
        de: "'Zugang c': zuletzt bestätigt am 20.08.2026, überfällig seit 20.11.2026 (alle 3 Monate)",
        en: "'Zugang c': last confirmed on 20\u{A0}Aug\u{A0}2026, overdue since 20\u{A0}Nov\u{A0}2026 (every 3 months)")
    )
  }

  // MARK: access/retired-system

  @Test func `to a retired system are revoked`() async throws {
    try await expect(
      "access/retired-system",
      in: [
        access("a", "system: 1️⃣alt\nholders: [eva, it]"), access("b", "system: alt"),
        access("c", "system: alt\nholders: [{ who: eva, until: 2026-01-31 }]"), system("alt", "status: retired"),
      ] + files,
      Finding(
        "access/retired-system", .warning, "1️⃣", "alt",
        de: "'ALT' ist abgeschaltet, 'Zugang a' hat aber noch 2 Inhaber",
        en: "'ALT' is retired, but 'Zugang a' still has 2 holders"))
  }

  // MARK: access/outside-role

  @Test func `that come with a role stay within it`() async throws {
    try await expect(
      "access/outside-role",
      in: [
        access("a", "default_for: [vertrieb, einkauf]\nholders: [kim, 1️⃣eva, lou, vertrieb]"),
        team("vertrieb", "members: [kim]"),
        team("einkauf", "lead: lou"), person("kim"), person("lou"),
      ] + files,
      Finding(
        "access/outside-role", .warning, "1️⃣", "eva",
        de: "'Zugang a' ist Standard für 'VERTRIEB' und 'EINKAUF', aber 'Eva' gehört nicht dazu",
        en: "'Zugang a' is the default for 'VERTRIEB' and 'EINKAUF', but 'Eva' is not a member"))
  }

  @Test func `that come with a role whose members nobody names are not judged`() async throws {
    try await expect(
      "access/outside-role", in: [access("a", "default_for: [vertrieb]\nholders: [eva]"), team("vertrieb")] + files)
  }

  // MARK: access/single-holder

  @Test func `for emergencies have two holders`() async throws {
    try await expect(
      "access/single-holder",
      in: [
        access("a", "type: emergency\nholders: [1️⃣eva]"), access("b", "type: emergency\n2️⃣holders: []"),
        access("c", "type: emergency\nholders: [3️⃣eva, max, neu, { who: it, until: 2026-01-01 }]"),
      ] + files,
      Finding(
        "access/single-holder", .hint, "1️⃣", "eva",
        de: "nur 'Eva' hat den Notfallzugang 'Zugang a'",
        en: "only 'Eva' has the emergency access 'Zugang a'"),
      Finding(
        "access/single-holder", .hint, "2️⃣", "holders",
        de: "niemand hat den Notfallzugang 'Zugang b'",
        en: "nobody has the emergency access 'Zugang b'"),
      Finding(
        "access/single-holder", .hint, "3️⃣", "eva",
        de: "nur 'Eva' hat den Notfallzugang 'Zugang c'",
        en: "only 'Eva' has the emergency access 'Zugang c'"))
  }

  @Test func `for emergencies are fine with a team of two`() async throws {
    try await expect(
      "access/single-holder",
      in: [
        access("a", "type: emergency\nholders: [wache]"), team("wache", "members: [eva, kim]"), person("kim"),
        access("b", "holders: [eva]"),
      ] + files)
  }
}

import KBTestSupport
import Testing

@Suite struct `kb incident` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("language: de\n", to: "kb.yml")
    try folder.write("---\ntitle: IT\ntype: team\nphone: 040 123456\nsummary: S.\n---\n\nText.\n", to: "teams/it.md")
    try folder.write("---\ntitle: Lena Brandt\ntype: internal\n---\n", to: "people/lena-brandt.md")
    try folder.write(
      "---\ntitle: ERP\nsummary: S.\ntype: application\ncriticality: low\nowner: it\noperated_by: [it]\n---\n\nText.\n",
      to: "systems/erp.md")
    try folder.write(
      "---\ntitle: ERP steht\nsummary: S.\ntype: incident\nowner: it\nsystems: [erp]\nsymptoms: [x]\n---\n\n1. Es muss gehen.\n",
      to: "runbooks/erp-steht.md")
    try folder.write(
      "---\ntitle: Montags langsam\nsummary: S.\ntype: problem\nstate: running\nowner: it\naffects: [erp]\noccurrences: [2026-01-05]\n---\n\nText.\n",
      to: "topics/langsam.md")
  }

  private func log(_ type: String, done: String = "x", what: String = "Dienst steht \\| neu gestartet") throws {
    try folder.write(
      """
      # Protokoll: ERP steht

      - Runbook: erp-steht
      - Systeme: erp
      - Typ: \(type)
      - Beginn: 2026-11-29 03:00
      - Ende: 2026-11-29 03:52
      - Stand: 2026-11-29 04:00, 1 von 2 erledigt

      ## Schritte

      - [x] 1. Anmelden (2026-11-29 03:02)
      - [\(done)] 2. Neu starten

      ## Verlauf

      | Wann | Wer | Was |
      |---|---|---|
      | 2026-11-29 03:00 |  | Begonnen |
      | 2026-11-29 03:04 | Lena Brandt | \(what) |
      | 2026-11-29 03:09 | Jemand von außen | Übergabe |

      """, to: "log.md")
  }

  @Test func `leaves a later rehearsal as it is`() async throws {
    let runbook = try #require(folder.text("runbooks/erp-steht.md"))
    try folder.write(
      runbook.replacing("symptoms: [x]", with: "symptoms: [x]\ntested: 2026-12-05\ntest_result: fail"),
      to: "runbooks/erp-steht.md")
    try log("Übung")
    let ran = try await Tool.kb("incident", "log.md", "--today", "2026-12-10", in: folder)
    #expect(ran.status == 0, "\(ran.errors)")
    #expect(ran.errors.contains("'ERP steht': am 05.12.2026 erneut geprobt"))
    let after = try #require(folder.text("runbooks/erp-steht.md"))
    #expect(after.contains("tested: 2026-12-05\ntest_result: fail"))
  }

  @Test(arguments: [
    ("Ernstfall", ["--result", "pass"], "'--result' passt nur zu einer Übung"),
    ("Übung", ["--problem", "langsam"], "'--problem' passt nur zu einem Ernstfall"),
    ("Ernstfall", ["--problem", "projekt"], "'Umzug' ist kein Problem"),
  ])
  func `refuses an option that says nothing of the log`(_ type: String, _ options: [String], _ why: String) async throws
  {
    try folder.write(
      "---\ntitle: Umzug\nsummary: S.\ntype: project\nstate: running\nowner: it\n---\n\nText.\n",
      to: "topics/projekt.md")
    try log(type)
    let ran = try await Tool.kb(["incident", "log.md"] + options + ["--today", "2026-11-30"], in: folder)
    #expect(ran.status != 0 && ran.errors.contains(why), "\(ran.errors)")
    #expect(folder.text("incidents/erp-steht-2026-11-29.md") == nil)
  }

  @Test func `makes a record of a log, with people where they are known`() async throws {
    try log("Ernstfall")
    let ran = try await Tool.kb(
      "incident", "log.md", "--set", "summary=Neu gestartet", "--today", "2026-11-30", in: folder)
    #expect(ran.status == 0 && ran.output == "incidents/erp-steht-2026-11-29.md\n", "\(ran.errors)")
    let text = try #require(folder.text("incidents/erp-steht-2026-11-29.md"))
    for expected in [
      "title: ERP steht, 29.11.2026", "type: real", "owner: it", "began: 2026-11-29", "ended: 2026-11-29",
      "systems: [erp]", "runbook: erp-steht", "who: lena-brandt", "Dienst steht | neu gestartet",
      "who: Jemand von außen",
    ] { #expect(text.contains(expected), "\(expected) in\n\(text)") }
    #expect(folder.text("runbooks/erp-steht.md")?.contains("tested") == false)
    #expect(ran.errors.contains("kb set langsam occurrences+=2026-11-29"))
    let checked = try await Tool.kb("check", "--today", "2026-11-30", in: folder)
    #expect(!checked.output.contains("incidents/"), "\(checked.output)")
  }

  @Test func `enters a drill that passed in its runbook, and no other`() async throws {
    try log("Übung", done: " ")
    let partial = try await Tool.kb("incident", "log.md", "--dry-run", "--today", "2026-11-30", in: folder)
    #expect(partial.status == 0 && !partial.output.contains("tested") && partial.errors.contains("1 von 2 Schritten"))
    #expect(partial.output.contains("type: drill"))
    let failed = try await Tool.kb(
      "incident", "log.md", "--dry-run", "--result", "fail", "--today", "2026-11-30", in: folder)
    #expect(failed.output.contains("+test_result: fail"))
    try log("Übung")
    let passed = try await Tool.kb("incident", "log.md", "--today", "2026-11-30", in: folder)
    #expect(passed.status == 0, "\(passed.errors)")
    let runbook = try #require(folder.text("runbooks/erp-steht.md"))
    #expect(runbook.contains("tested: 2026-11-29") && runbook.contains("test_result: pass"))
    #expect(runbook.contains("tested_by: lena-brandt"))
    // A second one on the same day has an id of its own.
    let again = try await Tool.kb("incident", "log.md", "--today", "2026-11-30", in: folder)
    #expect(again.output == "incidents/erp-steht-2026-11-29-2.md\n", "\(again.errors)")
  }

  @Test func `enters a real one in the problem that is named`() async throws {
    try log("Ernstfall")
    let ran = try await Tool.kb("incident", "log.md", "--problem", "langsam", "--today", "2026-11-30", in: folder)
    #expect(ran.status == 0, "\(ran.errors)")
    #expect(folder.text("topics/langsam.md")?.contains("occurrences: [2026-01-05, 2026-11-29]") == true)
  }

  @Test func `writes nothing of what is no log, and no secret`() async throws {
    try folder.write("# Notiz\n\nText.\n", to: "log.md")
    let none = try await Tool.kb("incident", "log.md", in: folder)
    #expect(none.status == 2 && none.errors.contains("ist kein Protokoll"))
    try log("Ernstfall", what: "Kennwort: password=Xk92mfLq81Zz7TtQ")
    let secret = try await Tool.kb("incident", "log.md", in: folder)
    #expect(secret.status == 2 && !folder.exists("incidents/erp-steht-2026-11-29.md"), "\(secret.errors)")
  }
}

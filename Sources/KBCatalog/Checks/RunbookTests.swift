import KBSource

extension Check {
  private static let headings =
    "## Auswirkung\n\nKein Versand.\n\n## Diagnose\n\nMeldung lesen.\n\n## Schritte\n\n1. Neu starten.\n\n## Prüfung\n\nAnmelden.\n\n## Eskalation\n\nIT anrufen."

  private static func example(_ lines: String) -> [Rule.Example] {
    [
      .record(
        "runbooks/erp-zurueck.md", "title: ERP wiederherstellen\ntype: recovery\nowner: it\nsystems: erp\n\(lines)",
        body: headings),
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .team,
    ]
  }

  private static let overdue = Rule(
    "runbook/test-overdue", .warning,
    title: Message(de: "Probe überfällig", en: "rehearsal overdue"),
    explanation: Message(
      de: """
        Ein Runbook veraltet mit jedem Update. Darum wird es regelmäßig geprobt, sonst alle zwölf Monate ('test_every'); ein echter Einsatz zählt
        als Probe. Am besten probt jemand, der es nicht geschrieben hat.
        """,
      en: """
        A runbook ages with every update. So it is rehearsed regularly, every twelve months unless 'test_every' says otherwise; real use counts.
        Best by somebody who did not write it.
        """),
    example: example("tested: 2025-05-01\ntest_result: pass"))

  private static let failed = Rule(
    "runbook/test-failed", .warning,
    title: Message(de: "letzte Probe gescheitert", en: "last rehearsal failed"),
    explanation: Message(
      de:
        "Die letzte Probe ist gescheitert: so, wie das Runbook heute dasteht, hilft es im Ernstfall nicht. Überarbeiten und noch einmal proben.",
      en:
        "The last rehearsal failed: as the runbook stands today, it will not help when it matters. Revise it and rehearse again."
    ),
    example: example("tested: 2026-10-01\ntest_result: fail"))

  private static let untested = Rule(
    "runbook/untested", .warning,
    title: Message(de: "nie geprobt", en: "never rehearsed"),
    explanation: Message(
      de: """
        Runbooks für Notfall und Wiederherstellung werden selten gebraucht und müssen dann auf Anhieb stimmen. Eine Probe zeigt, was fehlt: der
        Zugang, das Kennwort, der Schritt, den alle zu kennen glauben.
        """,
      en: """
        Runbooks for emergency and recovery are rarely needed, and then must be right at once. A rehearsal shows what is missing: the access, the
        password, the step that everybody believes to know.
        """),
    example: example("duration: 2h"))

  /// Runbooks that were never tried, long ago, or in vain.
  static let runbookTests = Check(overdue, failed, untested) { catalog in
    catalog.inUse(.runbook).filter(\.isDescribed).flatMap { runbook -> [Diagnostic] in
      var findings: [Diagnostic] = []
      if let result = runbook.value(.testResult), result.choice?.value == "fail" {
        let day = runbook.value(.tested)?.date
        findings.append(
          Diagnostic(
            failed, at: runbook.path, result.range,
            Message(
              de: "die letzte Probe von '\(runbook.title)'\(day.map { " am \($0)" } ?? "") ist gescheitert",
              en: "the last rehearsal of '\(runbook.title)'\(day.map { " on \($0)" } ?? "") failed"),
            remedy: Message(de: "überarbeiten und noch einmal proben", en: "revise it and rehearse again")))
      }
      guard let tested = runbook.value(.tested) else {
        if runbook.isCategory("emergency", "recovery"), findings.isEmpty, let category = runbook.value(.category) {
          findings.append(
            Diagnostic(
              untested, at: runbook.path, category.range,
              Message(
                de: "'\(runbook.title)' wurde noch nie geprobt", en: "'\(runbook.title)' was never rehearsed"),
              remedy: Message(
                de: "einmal durchspielen und den Tag als 'tested' eintragen",
                en: "play it through once and enter the day as 'tested'")))
        }
        return findings
      }
      let every = runbook.interval(.testEvery)
      if let day = tested.date, case let due = day.adding(every), due < catalog.today {
        findings.append(
          Diagnostic(
            overdue, at: runbook.path, tested.range,
            Message(
              de:
                "'\(runbook.title)' wurde zuletzt am \(day) geprobt und war am \(due) wieder fällig, nach \(every.dativeWords.german)",
              en:
                "'\(runbook.title)' was last rehearsed on \(day) and was due again on \(due), after \(every.words.english)"
            ),
            remedy: Message(
              de: "proben und 'tested' und 'test_result' eintragen",
              en: "rehearse it and enter 'tested' and 'test_result'")))
      }
      return findings
    }
  }
}

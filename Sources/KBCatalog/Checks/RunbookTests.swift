import KBSource

extension Check {
  private static let overdue = Rule("runbook/test-overdue")
  private static let failed = Rule("runbook/test-failed")
  private static let untested = Rule("runbook/untested")

  /// Runbooks that were never tried, long ago, or in vain.
  static let runbookTests = Check { catalog in
    catalog.inUse(.runbook).filter(\.isDescribed).flatMap { runbook -> [Diagnostic] in
      var findings: [Diagnostic] = []
      if let result = runbook.value(.testResult), result.choice?.value == "fail" {
        let day = runbook.value(.tested)?.date
        findings.append(
          Diagnostic(
            failed, at: runbook.path, result.range,
            Message(
              de: "die letzte Probe von \(runbook)\(day, { " am \($0)" }) ist gescheitert",
              en: "the last rehearsal of \(runbook)\(day, { " on \($0)" }) failed"),
            remedy: Message(de: "überarbeiten und noch einmal proben", en: "revise it and rehearse again")))
      }
      guard let tested = runbook.value(.tested) else {
        if runbook.isCategory("emergency", "recovery"), findings.isEmpty, let category = runbook.value(.category) {
          findings.append(
            Diagnostic(
              untested, at: runbook.path, category.range,
              Message(
                de: "\(runbook) wurde noch nie geprobt", en: "\(runbook) has never been rehearsed"),
              remedy: Message(
                de: "einmal durchspielen und den Tag als \(code: "tested") eintragen",
                en: "play it through once and enter the day as \(code: "tested")")))
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
                "\(runbook): zuletzt geprobt am \(day), überfällig seit \(due) (\(every.every))",
              en:
                "\(runbook): last rehearsed on \(day), overdue since \(due) (\(every.every))"
            ),
            remedy: Message(
              de: "proben und \(code: "tested") und \(code: "test_result") eintragen",
              en: "rehearse it and enter \(code: "tested") and \(code: "test_result")")))
      }
      return findings
    }
  }
}

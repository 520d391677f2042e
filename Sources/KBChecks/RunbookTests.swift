import KBCatalog
import KBSchema
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
                en: "walk through it once and enter the day as \(code: "tested")")))
        }
        return findings
      }
      if let turn = RepeatedDuty.test.turn(of: runbook), turn.due < catalog.today {
        findings.append(
          Diagnostic(
            overdue, at: runbook.path, tested.range, late(.test, turn, of: runbook),
            remedy: Message(
              de: "proben und \(code: "tested") und \(code: "test_result") eintragen",
              en: "rehearse it and enter \(code: "tested") and \(code: "test_result")")))
      }
      return findings
    }
  }
}

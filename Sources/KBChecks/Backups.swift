import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let tooRare = Rule("recovery/backup-too-rare")
  private static let untested = Rule("recovery/restore-untested")
  private static let overdue = Rule("recovery/restore-overdue")

  /// Backups that lose more than they may.
  static let backupCycle = Check { catalog in
    catalog.inUse(.system).compactMap { system in
      guard let value = system.value(.backupCycle), let cycle = value.duration, let limit = system.value(.rpo),
        let rpo = limit.duration, cycle.isLonger(than: rpo)
      else { return nil }
      return Diagnostic(
        tooRare, at: system.path, value.range,
        Message(
          de:
            "\(system) wird nur \(cycle.every) gesichert, aber die RPO ist \(rpo)",
          en:
            "\(system) is only backed up \(cycle.every), but its RPO is \(rpo)"
        ),
        remedy: Message(
          de: "mindestens \(rpo.every) sichern oder die RPO auf \(code: "\(cycle)") setzen",
          en: "back up at least \(rpo.every), or set the RPO to \(code: "\(cycle)")"),
        notes: [Note(at: system.path, limit.range, Message(de: "die RPO", en: "the RPO"))])
    }
  }

  /// Backups of vital systems that nobody has restored lately.
  static let restoreTest = Check { catalog in
    catalog.inUse(.system).filter(\.isVital).compactMap { system in
      guard let backup = system.value(.backup)?.fields, !backup.isEmpty, system.value(.backupNone) == nil else {
        return nil
      }
      guard let tested = system.value(.restoreTested) else {
        return Diagnostic(
          untested, at: system.path, system.key(.backup),
          Message(
            de: "\(system): die Rücksicherung wurde noch nie geprobt",
            en: "\(system): a restore has never been tested"),
          remedy: Message(
            de: "eine Rücksicherung proben und den Tag als \(code: "restore_tested") eintragen",
            en: "test a restore and enter the day as \(code: "restore_tested")"))
      }
      guard let turn = RepeatedDuty.restoreTest.turn(of: system), turn.due < catalog.today else { return nil }
      return Diagnostic(
        overdue, at: system.path, tested.range, late(.restoreTest, turn, of: system),
        remedy: Message(
          de: "die Rücksicherung proben und den Tag als \(code: "restore_tested") eintragen",
          en: "test a restore and enter the day as \(code: "restore_tested")"))
    }
  }
}

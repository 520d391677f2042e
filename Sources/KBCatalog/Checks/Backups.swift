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
            "'\(system.title)' wird im Abstand von \(cycle.dativeWords.german) gesichert, verlieren darf es aber höchstens \(rpo.words.german)",
          en:
            "'\(system.title)' is backed up at an interval of \(cycle.words.english), but may lose \(rpo.words.english) at most"
        ),
        remedy: Message(
          de: "mindestens alle \(rpo) sichern, oder die RPO auf \(cycle) setzen",
          en: "back up at least every \(rpo), or set the RPO to \(cycle)"),
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
            de: "die Rücksicherung von '\(system.title)' wurde noch nie geprobt",
            en: "restoring '\(system.title)' was never tested"),
          remedy: Message(
            de: "eine Rücksicherung proben und den Tag als 'restore_tested' eintragen",
            en: "test a restore and enter the day as 'restore_tested'"))
      }
      let every = system.interval(.restoreTestEvery)
      guard let day = tested.date, case let due = day.adding(every), due < catalog.today else { return nil }
      return Diagnostic(
        overdue, at: system.path, tested.range,
        Message(
          de:
            "die Rücksicherung von '\(system.title)' wurde zuletzt am \(day) geprobt und war am \(due) wieder fällig, nach \(every.dativeWords.german)",
          en:
            "restoring '\(system.title)' was last tested on \(day) and was due again on \(due), after \(every.words.english)"
        ),
        remedy: Message(
          de: "die Rücksicherung proben und 'restore_tested' auf den Tag setzen",
          en: "test the restore and set 'restore_tested' to the day"))
    }
  }
}

extension Library {
  /// Whether a restore of a system was tested, and the test still counts.
  public func holdsRestoreTest(_ system: Record) -> Bool {
    guard let day = system.value(.restoreTested)?.date else { return false }
    return day.adding(system.interval(.restoreTestEvery)) >= today
  }
}

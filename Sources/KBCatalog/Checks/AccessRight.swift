import KBSource

extension Check {
  private static let noMFA = Rule(
    "access/no-mfa", .warning,
    title: Message(de: "mächtiger Zugang ohne MFA", en: "powerful access without MFA"),
    explanation: Message(
      de: """
        Administration, Fernzugang, Notfallzugang und der Zugang Externer sind das erste Ziel von Angreifern. Sie brauchen einen zweiten
        Faktor. Geht das im Zielsystem nicht, hilft ein Sprungserver oder ein VPN mit MFA davor; die Regel lässt sich in 'kb.yml' für
        einen Pfad abschalten.
        """,
      en: """
        Admin, remote and emergency access and the access of externals are what attackers try first. They need a second factor. If the
        target can't do that, a jump host or a VPN with MFA in front of it helps; 'kb.yml' can switch the rule off for a path.
        """),
    example: [
      .record(
        "accesses/erp-admin.md",
        "title: ERP-Administration\nsystem: erp\ntype: admin\nowner: it\napprover: it\nsecret_ref: vault:it/erp\nmfa: none\nholders: []"
      ),
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .team,
    ])

  private static let overdue = Rule(
    "access/review-overdue", .warning,
    title: Message(de: "Bestätigung der Zugänge überfällig", en: "access review overdue"),
    explanation: Message(
      de: """
        Zugänge werden regelmäßig bestätigt (ISO 27001, A.5.18): Stimmt die Liste der Inhaber, braucht es jeden noch? Sonst alle sechs,
        bei Administration, Externen und Notfall alle drei Monate. Danach 'reviewed' auf den Tag setzen.
        """,
      en: """
        Accesses are confirmed regularly (ISO 27001, A.5.18): is the list of holders right, is each still needed? Every six months, for admin,
        external and emergency access every three. Then set 'reviewed' to the day.
        """),
    example: [
      .record(
        "accesses/erp-zugang.md",
        "title: ERP-Zugang\nsystem: erp\ntype: user\nowner: it\nreviewed: 2026-01-15\nholders: [it]"),
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .team,
    ])

  private static let retiredSystem = Rule(
    "access/retired-system", .warning,
    title: Message(de: "Zugang zu Abgeschaltetem", en: "access to something retired"),
    explanation: Message(
      de: """
        Das System ist abgeschaltet, der Zugang hat aber noch Inhaber. Konten auf vergessenen Systemen bemerkt niemand, wenn sie
        missbraucht werden. Entziehen, dann den Zugang auf 'retired' setzen oder löschen.
        """,
      en: """
        The system is switched off, but the access still has holders. Nobody notices when accounts on forgotten systems are abused. Revoke
        it, then set the access to 'retired' or delete it.
        """),
    example: [
      .record("accesses/erp-zugang.md", "title: ERP-Zugang\nsystem: erp\ntype: user\nowner: it\nholders: [it]"),
      .record(
        "systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nstatus: retired\nowner: it\noperated_by: it"
      ),
      .team,
    ])

  /// Powerful accesses that a password alone opens.
  static let accessMFA = Check(noMFA) { catalog in
    catalog.inUse(.access).compactMap { access in
      guard access.isCategory("admin", "remote", "external", "emergency"), let value = access.value(.mfa),
        let mfa = value.choice,
        mfa.value == "none" || mfa.value == "impossible", let category = access.choice(.category)
      else { return nil }
      return Diagnostic(
        noMFA, at: access.path, value.range,
        Message(
          de: "'\(access.title)' (\(category.label.german)) hat keinen zweiten Faktor: MFA ist '\(mfa.label.german)'",
          en:
            "'\(access.title)' (\(category.label.english.lowercased())) has no second factor: MFA is '\(mfa.label.english)'"
        ),
        remedy: mfa.value == "none"
          ? Message(de: "MFA einschalten und 'enforced' eintragen", en: "switch MFA on and enter 'enforced'")
          : Message(
            de: "einen Zugangsweg mit MFA davorsetzen, etwa VPN oder Sprungserver",
            en: "put a way in with MFA before it, such as a VPN or a jump host"))
    }
  }

  /// Accesses whose confirmation is past due.
  static let accessReview = Check(overdue) { catalog in
    catalog.inUse(.access).compactMap { access in
      guard let reviewed = access.value(.reviewed), let day = reviewed.date, let due = access.reviewDue,
        due < catalog.today,
        let every = access.reviewEvery
      else { return nil }
      return Diagnostic(
        overdue, at: access.path, reviewed.range,
        Message(
          de:
            "'\(access.title)' wurde zuletzt am \(day) bestätigt und war am \(due) wieder fällig, nach \(every.dativeWords.german)",
          en: "'\(access.title)' was last confirmed on \(day) and was due again on \(due), after \(every.words.english)"
        ),
        remedy: Message(
          de: "die Inhaber durchgehen und 'reviewed' auf den Tag setzen",
          en: "go through the holders and set 'reviewed' to the day"))
    }
  }

  /// Accesses to systems that are no more, with holders.
  static let accessToRetired = Check(retiredSystem) { catalog in
    catalog.inUse(.access).flatMap { access in
      catalog.relations(.accessTo, from: access).compactMap { relation -> Diagnostic? in
        let system = catalog.records[relation.target]
        guard system.lifecycle == .retired, case let count = catalog.currentHoldings(of: access).count, count > 0 else {
          return nil
        }
        return Diagnostic(
          retiredSystem, at: access.path, relation.range,
          Message(
            de:
              "'\(system.title)' ist abgeschaltet, '\(access.title)' hat aber noch \(count == 1 ? "einen Inhaber" : "\(count) Inhaber")",
            en:
              "'\(system.title)' is retired, but '\(access.title)' still has \(count == 1 ? "one holder" : "\(count) holders")"
          ),
          remedy: Message(
            de: "den Zugang entziehen und 'status: retired' setzen", en: "revoke the access and set 'status: retired'"),
          notes: [Note(at: system.path, system.place(.status), Message(de: "hier abgeschaltet", en: "retired here"))])
      }
    }
  }
}

import KBSource

extension Check {
  private static let noMFA = Rule("access/no-mfa")
  private static let overdue = Rule("access/review-overdue")
  private static let retiredSystem = Rule("access/retired-system")

  /// Powerful accesses that a password alone opens.
  static let accessMFA = Check { catalog in
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
  static let accessReview = Check { catalog in
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
  static let accessToRetired = Check { catalog in
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

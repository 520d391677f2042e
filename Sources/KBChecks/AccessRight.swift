import KBCatalog
import KBSchema
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
          de: "\(access) (\(category.label)) ist nicht durch MFA geschützt (\(code: "mfa: \(mfa.value)"))",
          en:
            "\(access) (\(category.label.english.lowercased())) is not protected by MFA (\(code: "mfa: \(mfa.value)"))"
        ),
        remedy: mfa.value == "none"
          ? Message(
            de: "MFA einschalten und \(code: "mfa: enforced") eintragen",
            en: "turn on MFA and set \(code: "mfa: enforced")")
          : Message(
            de: "MFA vorschalten, etwa mit VPN oder Sprungserver",
            en: "put MFA in front of it, for example with a VPN or a jump host"))
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
            "\(access): zuletzt bestätigt am \(day), überfällig seit \(due) (\(every.every))",
          en: "\(access): last confirmed on \(day), overdue since \(due) (\(every.every))"
        ),
        remedy: Message(
          de: "die Inhaber prüfen und \(code: "reviewed") auf den heutigen Tag setzen",
          en: "check the holders and set \(code: "reviewed") to today"))
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
              "\(system) ist abgeschaltet, \(access) hat aber noch \(Noun.holder.spelled(count, .accusative))",
            en:
              "\(system) is retired, but \(access) still has \(Noun.holder.spelled(count))"
          ),
          remedy: Message(
            de: "den Zugang entziehen und \(code: "status: retired") setzen",
            en: "revoke the access and set \(code: "status: retired")"),
          notes: [Note(at: system.path, system.place(.status), Message(de: "hier abgeschaltet", en: "retired here"))])
      }
    }
  }
}

import KBSource

extension Check {
  private static let left = Rule(
    "access/holder-left", .error,
    title: Message(de: "Ausgeschiedene haben noch Zugang", en: "somebody who left still has access"),
    explanation: Message(
      de: """
        Wer ausgeschieden ist, darf keinen Zugang mehr haben. Den Zugang im Zielsystem entziehen und die Zeile löschen; gilt er bewusst noch
        eine Weile, etwa für ein Postfach zur Übergabe, steht der letzte Tag unter 'until'.
        """,
      en: """
        Whoever has left must not have access any more. Revoke it in the target system and delete the line; if it is meant to go on for a
        while, such as a mailbox for the handover, the last day stands under 'until'.
        """),
    example: [
      .record("accesses/erp-zugang.md", "title: ERP-Zugang\nsystem: erp\ntype: user\nowner: it\nholders:\n  - max"),
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .record("people/max.md", "title: Max Muster\ntype: internal\nactive_until: 2026-09-30"),
      .team,
    ])

  private static let expired = Rule(
    "access/expired", .warning,
    title: Message(de: "Befristung abgelaufen", en: "fixed term is over"),
    explanation: Message(
      de: """
        Der letzte Tag unter 'until' ist vorbei, die Zeile steht aber noch da. Entweder wurde der Zugang entzogen, dann gehört die Zeile
        gelöscht (die Geschichte bewahrt git), oder er gilt noch: dann mit neuem Datum und neuer Genehmigung.
        """,
      en: """
        The last day under 'until' has passed, but the line still stands. Either the access was revoked, then delete the line (git keeps the
        history), or it still holds: then with a new date and a new approval.
        """),
    example: [
      .record(
        "accesses/erp-zugang.md",
        "title: ERP-Zugang\nsystem: erp\ntype: user\nowner: it\nholders:\n  - { who: max, until: 2026-10-31 }"),
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .record("people/max.md", "title: Max Muster\ntype: external\nprovider: acme"),
      .record("providers/acme.md", "title: ACME\ntype: msp\nowner: it\nsupport: { phone: 040 654321 }"),
      .team,
    ])

  /// Lines of accesses that should be gone.
  static let accessHolders = Check(left, expired) { catalog in
    catalog.inUse(.access).flatMap { access in
      catalog.holdings(of: access).compactMap { holding -> Diagnostic? in
        let name = holding.holder.title
        guard let until = holding.until else { return reportLeft(holding, access) }
        // The ended line of somebody who has left is the record of it.
        guard let day = until.date, day < catalog.today, holding.holder.lifecycle != .retired else { return nil }
        return Diagnostic(
          expired, at: access.path, until.range,
          Message(
            de: "der Zugang von '\(name)' zu '\(access.title)' galt bis \(day), steht aber noch da",
            en: "the access of '\(name)' to '\(access.title)' ended on \(day), but still stands here"),
          remedy: Message(
            de: "die Zeile löschen, wenn entzogen; sonst neu genehmigen und 'until' verlängern",
            en: "delete the line if it was revoked; else approve it again and extend 'until'"))
      }
    }
  }

  private static func reportLeft(_ holding: Holding, _ access: Record) -> Diagnostic? {
    let holder = holding.holder
    guard holder.lifecycle == .retired else { return nil }
    let message: Message
    if holder.kind.behaviour == .person {
      let day = holder.value(.activeUntil)?.date
      message = Message(
        de:
          "'\(holder.title)' ist \(day.map { "am \($0) " } ?? "")ausgeschieden, steht aber noch als Inhaber in '\(access.title)'",
        en: "'\(holder.title)' left\(day.map { " on \($0)" } ?? ""), but still holds '\(access.title)'")
    } else {
      message = Message(
        de: "'\(holder.title)' ist nicht mehr in Gebrauch, steht aber noch als Inhaber in '\(access.title)'",
        en: "'\(holder.title)' is retired, but still holds '\(access.title)'")
    }
    return Diagnostic(
      left, at: access.path, holding.relation.range, message,
      remedy: Message(
        de: "den Zugang entziehen und die Zeile löschen, oder den letzten Tag als 'until' angeben",
        en: "revoke the access and delete the line, or give the last day as 'until'"),
      notes: [Note(at: holder.path, holder.place(.activeUntil), Message(de: "hier beschrieben", en: "described here"))])
  }
}

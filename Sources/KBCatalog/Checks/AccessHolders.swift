import KBSource

extension Check {
  private static let left = Rule("access/holder-left")
  private static let expired = Rule("access/expired")

  /// Lines of accesses that should be gone.
  static let accessHolders = Check { catalog in
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

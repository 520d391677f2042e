import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let left = Rule("access/holder-left")
  private static let expired = Rule("access/expired")

  /// Lines of accesses that should be gone.
  static let accessHolders = Check { catalog in
    catalog.inUse(.access).flatMap { access in
      catalog.holdings(of: access).compactMap { holding -> Diagnostic? in
        guard let until = holding.until else { return reportLeft(holding, access) }
        // The ended line of somebody who has left is the record of it.
        guard let day = until.date, day < catalog.today, holding.holder.lifecycle != .retired else { return nil }
        return Diagnostic(
          expired, at: access.path, until.range,
          Message(
            de: "\(access): der Zugang von \(holding.holder) galt bis \(day), ist aber noch eingetragen",
            en: "\(access): the access of \(holding.holder) ended on \(day), but is still listed"),
          remedy: Message(
            de: "die Zeile löschen, wenn der Zugang entzogen ist; sonst neu genehmigen und \(code: "until") verlängern",
            en: "delete the line if it was revoked; else approve it again and extend \(code: "until")"))
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
          "\(holder) ist \(day, { "am \($0) " })ausgeschieden, aber noch als Inhaber in \(access) eingetragen",
        en: "\(holder) left\(day, { " on \($0)" }), but is still listed as a holder of \(access)")
    } else {
      message = Message(
        de: "\(holder) ist nicht mehr in Gebrauch, aber noch als Inhaber in \(access) eingetragen",
        en: "\(holder) is retired, but is still listed as a holder of \(access)")
    }
    return Diagnostic(
      left, at: access.path, holding.relation.range, message,
      remedy: Message(
        de: "den Zugang entziehen und die Zeile löschen oder den letzten Tag als \(code: "until") angeben",
        en: "revoke the access and delete the line, or give the last day as \(code: "until")"),
      notes: [Note(at: holder.path, holder.place(.activeUntil), Message(de: "hier beschrieben", en: "described here"))])
  }
}

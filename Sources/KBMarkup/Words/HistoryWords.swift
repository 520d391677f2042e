package import KBSource

/// The words of the pages about the past.
extension Words {
  package static let history = Message(de: "Verlauf", en: "History")
  package static let changes = Message(de: "Änderungen", en: "Changes")
  package static let somebody = Message(de: "jemand", en: "somebody")
  package static let unknownDay = Message(de: "Datum unbekannt", en: "date unknown")
  package static let lastEdited = Message(de: "Zuletzt geändert von", en: "Last changed by")
  package static let wholeHistory = Message(de: "Gesamter Verlauf", en: "Full history")
  package static let compareTexts = Message(de: "Texte vergleichen", en: "Compare the texts")
  package static let olderEdits = Message(de: "Ältere Änderungen", en: "Older changes")
  package static let showLines = Message(de: "Text vergleichen", en: "Compare text")
  package static let day = Message(de: "Tag", en: "Day")
  package static let whatChanged = Message(de: "Was sich geändert hat", en: "What changed")
  package static let changed = Message(de: "geändert", en: "changed")
  package static let theLast = Message(de: "Die letzten", en: "The last")
  package static let oneChange = Message(de: "Änderung", en: "change")
  package static let manyChanges = Message(de: "Änderungen", en: "changes")
  package static let who = Message(de: "Wer", en: "Who")
  package static let kind = Message(de: "Art", en: "Kind")
  package static let cutHistory = Message(
    de: "Der Verlauf endet hier: Dieser Klon enthält keine älteren Commits.",
    en: "The history ends here: this clone contains no older commits.")
  package static let changesLead = Message(
    de: "Wer was geändert hat, Tag für Tag, das Neueste zuerst.", en: "Who changed what, day by day, newest first.")
  package static let newRecord = Message(de: "angelegt", en: "created")
  package static let toConfirm = Message(de: "Zu bestätigen", en: "To confirm")
  package static let toConfirmLead = Message(
    de:
      "Noch nie bestätigt, fällig oder seit der Bestätigung geändert. \(code: "kb confirm KENNUNG") bestätigt einen Eintrag.",
    en: "Never confirmed, due, or changed since they were confirmed. \(code: "kb confirm ID") confirms a record.")
  package static let nothingToConfirm = Message(de: "Alles ist bestätigt.", en: "Everything is confirmed.")
  package static let due = Message(de: "Fällig", en: "Due")
  package static let since = Message(de: "Seitdem", en: "Since then")
  package static let leavers = Message(de: "Ausgeschiedene", en: "Leavers")
  package static let leaversLead = Message(
    de: "Wer in den letzten zwölf Monaten ausgeschieden ist, welche Zugänge entzogen wurden und in welchem Commit.",
    en: "Who left in the last twelve months, which access was revoked, and in which commit.")
  package static let noLeavers = Message(
    de: "In den letzten zwölf Monaten ist niemand ausgeschieden.", en: "Nobody has left in the last twelve months.")
  package static let noEndings = Message(de: "Kein Entzug dokumentiert.", en: "No revocation recorded.")
  package static func endedOn(_ day: String) -> Message {
    Message(de: "Von vornherein befristet bis \(day).", en: "Time-limited from the start, until \(day).")
  }
  package static let stillMember = Message(de: "Noch Mitglied in:", en: "Still a member of:")
  package static let stillHolds = Message(de: "Noch als Inhaber eingetragen in:", en: "Still listed as a holder of:")
  package static let whoGranted = Message(de: "Vergeben durch", en: "Granted by")
  package static func commits(_ count: Int) -> Message {
    Message(de: "\(count) \(count == 1 ? "Commit" : "Commits")", en: "\(count) \(count == 1 ? "commit" : "commits")")
  }
  package static let nobodyConfirmed = Message(
    de: "Noch nie bestätigt", en: "Never confirmed")
  package static func confirmedOn(_ day: String) -> Message {
    Message(de: "Bestätigt am \(day)", en: "Confirmed on \(day)")
  }
  package static func overdueSince(_ day: String) -> Message {
    Message(de: "überfällig seit \(day)", en: "overdue since \(day)")
  }
  package static func confirmedBy(_ author: String) -> Message {
    Message(de: "Eingetragen von \(author).", en: "Entered by \(author).")
  }
  package static func editsSince(_ count: Int) -> Message {
    Message(
      de: "Seitdem \(count == 1 ? "hat 1 Commit" : "haben \(count) Commits") den Eintrag geändert.",
      en: "Since then, \(count == 1 ? "1 commit has" : "\(count) commits have") changed the record.")
  }
  package static let changedDependencies = Message(
    de: "Seitdem geändert, und dieser Eintrag hängt davon ab: ",
    en: "Changed since then, and this record depends on it: ")
}

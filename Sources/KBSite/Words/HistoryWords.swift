import KBSource

/// The words of the pages about the past.
extension Words {
  static let history = Message(de: "Verlauf", en: "History")
  static let changes = Message(de: "Änderungen", en: "Changes")
  static let somebody = Message(de: "jemand", en: "somebody")
  static let unknownDay = Message(de: "Tag unbekannt", en: "day unknown")
  static let lastEdited = Message(de: "Zuletzt geändert von", en: "Last changed by")
  static let wholeHistory = Message(de: "Ganzer Verlauf", en: "Whole history")
  static let compareTexts = Message(de: "Texte vergleichen", en: "Compare the texts")
  static let olderEdits = Message(de: "Ältere Änderungen", en: "Older changes")
  static let showLines = Message(de: "Text vergleichen", en: "Compare the text")
  static let day = Message(de: "Tag", en: "Day")
  static let whatChanged = Message(de: "Was sich geändert hat", en: "What changed")
  static let changed = Message(de: "geändert", en: "changed")
  static let theLast = Message(de: "Die letzten", en: "The last")
  static let oneChange = Message(de: "Änderung", en: "change")
  static let manyChanges = Message(de: "Änderungen", en: "changes")
  static let who = Message(de: "Wer", en: "Who")
  static let kind = Message(de: "Art", en: "Kind")
  static let cutHistory = Message(
    de: "Der Verlauf ist hier abgeschnitten: Älteres fehlt diesem Klon, und was davor war, ist unbekannt.",
    en: "The history is cut here: this clone lacks what is older, and what came before is unknown.")
  static let changesLead = Message(
    de: "Wer was geändert hat, Tag für Tag, das Neueste zuerst.",
    en: "Who changed what, day by day, the newest first.")
  static let newRecord = Message(de: "angelegt", en: "created")
  static let toConfirm = Message(de: "Zu bestätigen", en: "To confirm")
  static let toConfirmLead = Message(
    de:
      "Was niemand bestätigt hat, was fällig ist, und was sich seit der Bestätigung geändert hat. 'kb confirm KENNUNG' bestätigt einen Eintrag.",
    en:
      "What nobody has confirmed, what is due, and what has changed since it was confirmed. 'kb confirm ID' confirms a record."
  )
  static let nothingToConfirm = Message(de: "Alles ist bestätigt.", en: "Everything is confirmed.")
  static let due = Message(de: "Fällig", en: "Due")
  static let since = Message(de: "Seitdem", en: "Since then")
  static let leavers = Message(de: "Ausgeschiedene", en: "Leavers")
  static let leaversLead = Message(
    de: "Wer im letzten Jahr gegangen ist, welche Zugänge damit endeten, und welcher Commit das festhält.",
    en: "Who left in the last year, which accesses ended with that, and which commit says so.")
  static let noLeavers = Message(de: "Im letzten Jahr ist niemand gegangen.", en: "Nobody has left in the last year.")
  static let noEndings = Message(
    de: "Es ist kein Ende eines Zugangs festgehalten.", en: "No end of an access is recorded.")
  static func endedOn(_ day: String) -> Message {
    Message(de: "Nach der Zeile darin bis \(day).", en: "Until \(day), as the line there says.")
  }
  static let stillHolds = Message(de: "Steht noch als Inhaber in:", en: "Still stands as a holder in:")
  static let whoGranted = Message(de: "Wer das vergeben hat", en: "Who granted that")
  static func commits(_ count: Int) -> Message {
    Message(de: "\(count) \(count == 1 ? "Commit" : "Commits")", en: "\(count) \(count == 1 ? "commit" : "commits")")
  }
  static let nobodyConfirmed = Message(
    de: "Niemand hat bisher bestätigt, dass das hier stimmt.", en: "Nobody has confirmed yet that this is right.")
  static func confirmedOn(_ day: String, by author: String?) -> Message {
    Message(
      de: "Bestätigt am \(day)\(author.map { ", eingetragen von \($0)" } ?? "")",
      en: "Confirmed on \(day)\(author.map { ", entered by \($0)" } ?? "")")
  }
  static func editsSince(_ count: Int) -> Message {
    Message(
      de: "seitdem \(count == 1 ? "hat 1 Commit" : "haben \(count) Commits") den Eintrag geändert",
      en: "since then \(count == 1 ? "1 commit has" : "\(count) commits have") changed it")
  }
  static func systemsSince(_ count: Int) -> Message {
    Message(
      de:
        "\(count == 1 ? "1 System, von dem er abhängt, hat" : "\(count) Systeme, von denen er abhängt, haben") sich geändert",
      en: "\(count == 1 ? "1 system that it depends on has" : "\(count) systems that it depends on have") changed")
  }
  static let changedDependencies = Message(
    de: "Geändert, und dieser Eintrag hängt davon ab: ", en: "Changed, and this record depends on it: ")
}

package import KBSource

/// The words of the overview.
package enum OverviewWords {
  static let members = Message(de: "Mitglieder", en: "Members")
  static let member = Message(de: "Mitglied", en: "Member")
  static let commit = Message(de: "Commit", en: "Commit")
  static let records = Message(de: "Einträge", en: "Records")
  static let errors = Message(de: "Fehler", en: "Errors")
  static let warnings = Message(de: "Warnungen", en: "Warnings")
  static let hints = Message(de: "Hinweise", en: "Hints")
  static let unreadable = Message(
    de: "nicht lesbar, fehlt in diesen Seiten", en: "can't be read, is missing in this site")
  static let noCommit = Message(de: "ohne Commit", en: "no commit")
  static let cancel = Message(de: "Zu kündigen", en: "Contracts to cancel")
  static let nothingToCancel = Message(
    de: "In den nächsten sechs Monaten ist nichts zu kündigen.",
    en: "There is nothing to cancel in the next six months.")
  static let findings = Message(de: "Befunde", en: "Findings")
  static let noFindings = Message(de: "Keine Befunde.", en: "No findings.")
  static let rule = Message(de: "Regel", en: "Rule")
  static let place = Message(de: "Wo", en: "Where")
  static let systems = Message(de: "Wer hat welches System", en: "Who has which system")
  static let providers = Message(de: "Wer hat welchen Dienstleister", en: "Who has which provider")
  static let runbooks = Message(
    de: "Runbooks, die vom gemeinsamen abweichen", en: "Runbooks that differ from the shared one")
  static let runbook = Message(de: "Runbook", en: "Runbook")
  static let difference = Message(de: "Unterschied", en: "Difference")
  static let otherText = Message(
    de: "die Schritte sind gleich, der übrige Text weicht ab", en: "same steps, but the other text differs")
  static let noneDiffers = Message(de: "Kein Runbook weicht ab.", en: "No runbook differs.")
  static let day = Message(de: "Kündigen bis", en: "Cancel by")
  static let contract = Message(de: "Vertrag", en: "Contract")
  static let consequence = Message(de: "Wenn nichts geschieht", en: "If nobody acts")
  static let more = Message(de: "nicht gezeigt:", en: "not shown:")

  /// Who the page is for.
  static let lead = Message(
    de:
      "Nur für den, der alle betreut: Diese Seite nennt jedes Mitglied. Wer die Seiten eines Mitglieds weitergibt, baut sie mit \(code: "kb build --member").",
    en:
      "Only for those who look after all of them: this page names every member. To hand out the site of one member, build it with \(code: "kb build --member")."
  )

  package static func uncommitted(_ count: Int) -> Message {
    Message(
      de: "\(Noun.file.counted(count)) in keinem Commit", en: "\(Noun.file.counted(count)) in no commit")
  }

  static func same(_ count: Int) -> Message {
    Message(
      de: "\(count) \(count == 1 ? "Runbook ist gleich" : "Runbooks sind gleich").",
      en: "\(count) \(count == 1 ? "runbook is" : "runbooks are") the same.")
  }
}

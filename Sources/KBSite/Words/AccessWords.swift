import KBAnswers
import KBSource

/// The words of the pages about accesses and privacy.
enum AccessWords {
  static let title = Message(de: "Zugangsmatrix", en: "Access matrix")
  static func lead(_ people: Int, _ systems: Int) -> Message {
    Message(
      de: "Wer hat was. \(people) Inhaber, \(Noun.system.counted(systems)).",
      en: "Who has what. \(Noun.holder.counted(people)), \(Noun.system.counted(systems)).")
  }
  static let toSettle = Message(de: "Zu klären", en: "To settle")
  static let matrix = Message(de: "Personen und Systeme", en: "People and systems")
  static let admins = Message(de: "Administration", en: "Administration")
  static let external = Message(de: "Externe Inhaber", en: "External holders")
  static let elsewhere = Message(de: "Ohne System", en: "Without a system")
  static let who = Message(de: "Wer", en: "Who")
  static let system = Message(de: "System", en: "System")
  static let access = Message(de: "Zugang", en: "Access")
  static let what = Message(de: "Was zu tun ist", en: "What to do")
  static let until = Message(de: "Bis", en: "Until")
  static let since = Message(de: "Seit", en: "Since")
  static let there = Message(de: "Noch da?", en: "Still there?")
  static let right = Message(de: "Stimmt", en: "Right")
  static let sum = Message(de: "Summe", en: "Sum")
  static let gone = Message(de: "ausgeschieden", en: "left")
  static let employed = Message(de: "ja", en: "yes")
  static let nobody = Message(de: "Niemand hat diesen Zugang.", en: "Nobody has this access.")
  static let noOwner = Message(de: "Ohne Verantwortliche", en: "Without an owner")
  static let neverConfirmed = Message(de: "nie bestätigt", en: "never confirmed")
  static func confirmed(_ day: String) -> Message { Message(de: "bestätigt am \(day)", en: "confirmed on \(day)") }
  static func due(_ day: String) -> Message { Message(de: "fällig am \(day)", en: "due on \(day)") }
  static func more(_ count: Int) -> Message {
    Message(
      de: "\(count) weitere: \(code: "kb access --format csv")", en: "\(count) more: \(code: "kb access --format csv")")
  }
  static let reviewTitle = Message(de: "Zugangsprüfung", en: "Access review")
  static let reviewLead = Message(
    de: "Ein Blatt je verantwortlicher Person, zum Drucken und Abhaken. Was nicht mehr stimmt, aus der Liste streichen; dann bestätigen.",
    en: "A sheet for each owner, to print and tick. Delete what is no longer right from the list; then confirm.")
  static let register = Message(de: "Verarbeitungen", en: "Processing activities")
  static let registerLead = Message(
    de: "Verzeichnis nach Art. 30 Abs. 1 DSGVO, aus den Abläufen. Als CSV: kb privacy --format csv.",
    en: "Register under Art. 30(1) GDPR, from the processes. As CSV: kb privacy --format csv.")
  static let noActivities = Message(de: "Keine Verarbeitungen eingetragen.", en: "No processing activities recorded.")
  static let unregistered = Message(de: "Ohne Eintrag", en: "Without an entry")

  /// A sign of the matrix, and what it means.
  static let signs: [(letter: Message, style: String, text: Message)] = [
    (Message(de: "B", en: "U"), "", Message(de: "Anfang des Typs, hier Benutzer", en: "first letter of the type, here user")),
    (Message("A"), "m-a", Message(de: "Administration", en: "Administration")),
    (Message(de: "N", en: "E"), "m-n", Message(de: "Notfall", en: "Emergency")),
    (Message("A"), "m-bad", Message(de: "ohne MFA", en: "without MFA")),
  ]

  /// The teams that lead to a person, and how many of the first one's people are recorded.
  static func through(_ line: HeldAccess) -> Message? {
    let path = line.teams.map { Message.Text(verbatim: $0.title) }
    switch (path.isEmpty, line.gap) {
    case (true, nil): return nil
    case (true, let gap?): return gap.message
    case (false, nil): return Message(de: "durch \(list: path, .arrow)", en: "through \(list: path, .arrow)")
    case (false, let gap?):
      return Message(
        de: "durch \(list: path, .arrow) (\(gap.message))", en: "through \(list: path, .arrow) (\(gap.message))")
    }
  }
}

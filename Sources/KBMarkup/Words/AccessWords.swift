import KBAnswers
package import KBSource

/// The words of the pages about accesses and privacy.
package enum AccessWords {
  package static let title = Message(de: "Zugangsmatrix", en: "Access matrix")
  package static func lead(_ people: Int, _ systems: Int) -> Message {
    guard people > 0 || systems > 0 else {
      return Message(
        de: "Noch keine Zugänge. Anlegen mit \(code: "kb new access").",
        en: "No accesses yet. Create one with \(code: "kb new access").")
    }
    return Message(
      de: "Wer hat was. \(people) Inhaber, \(Noun.system.counted(systems)).",
      en: "Who has what. \(Noun.holder.counted(people)), \(Noun.system.counted(systems)).")
  }
  package static let toSettle = Message(de: "Zu klären", en: "To settle")
  package static let matrix = Message(de: "Personen und Systeme", en: "People and systems")
  package static let admins = Message(de: "Administration", en: "Administration")
  package static let external = Message(de: "Externe Inhaber", en: "External holders")
  package static let elsewhere = Message(de: "Ohne System", en: "Without a system")
  package static let who = Message(de: "Wer", en: "Who")
  package static let system = Message(de: "System", en: "System")
  package static let access = Message(de: "Zugang", en: "Access")
  package static let what = Message(de: "Was zu tun ist", en: "What to do")
  package static let until = Message(de: "Bis", en: "Until")
  package static let since = Message(de: "Seit", en: "Since")
  package static let there = Message(de: "Noch da", en: "Still here")
  package static let right = Message(de: "Stimmt", en: "Right")
  package static let sum = Message(de: "Summe", en: "Sum")
  package static let gone = Message(de: "ausgeschieden", en: "left")
  package static let employed = Message(de: "ja", en: "yes")
  package static let nobody = Message(de: "Niemand hat diesen Zugang.", en: "Nobody has this access.")
  package static let noOwner = Message(de: "Ohne Verantwortliche", en: "Without an owner")
  package static let neverConfirmed = Message(de: "nie bestätigt", en: "never confirmed")
  package static func confirmed(_ day: String) -> Message {
    Message(de: "bestätigt am \(day)", en: "confirmed on \(day)")
  }
  package static func due(_ day: String) -> Message { Message(de: "fällig am \(day)", en: "due on \(day)") }
  package static func moreRows(_ count: Int) -> Message {
    Message(
      de: count == 1
        ? "1 weiterer Inhaber wird hier nicht gezeigt." : "\(count) weitere Inhaber werden hier nicht gezeigt.",
      en: count == 1 ? "1 more holder is not shown here." : "\(count) more holders are not shown here.")
  }
  package static func moreColumns(_ count: Int) -> Message {
    Message(
      de: count == 1
        ? "1 weiteres System wird hier nicht gezeigt." : "\(count) weitere Systeme werden hier nicht gezeigt.",
      en: count == 1 ? "1 more system is not shown here." : "\(count) more systems are not shown here.")
  }
  package static func moreLines(_ count: Int, _ id: String) -> Message {
    Message(de: "\(count) weitere: \(code: "kb access \(id)")", en: "\(count) more: \(code: "kb access \(id)")")
  }
  package static let allInCSV = Message(de: "Die CSV-Datei enthält alles.", en: "The CSV file has everything.")
  package static let signature = Message(
    de: "Geprüft am ______________ von ____________________", en: "Reviewed on ______________ by ____________________")
  package static let reviewTitle = Message(de: "Zugangsprüfung", en: "Access review")
  package static let reviewLead = Message(
    de: "Wer prüft die Zugänge zu seinen Systemen, und bis wann? Je Person ein Blatt zum Drucken und Abhaken.",
    en: "Who reviews the accesses to their systems, and by when? One sheet per person, to print and tick off.")
  package static let sheetLead = Message(
    de: "Braucht jede dieser Personen den Zugang noch? Was stimmt, abhaken; was nicht mehr stimmt, streichen.",
    en: "Does each of these people still need the access? Tick what is right, cross out what no longer is.")
  package static let noAccesses = Message(de: "Keine Zugänge eingetragen.", en: "No accesses recorded.")
  package static let isOver = Message(de: "abgelaufen, noch eingetragen", en: "expired, still listed")
  package static let holders = Message(de: "Inhaber", en: "Holders")
  package static let register = Message(de: "Verarbeitungen", en: "Processing activities")
  package static let registerLead = Message(
    de: "Verzeichnis nach Art. 30 Abs. 1 DSGVO, aus den Abläufen.",
    en: "Register under Art. 30(1) GDPR, from the processes.")
  package static let noActivities = Message(
    de: "Keine Verarbeitungen eingetragen.", en: "No processing activities recorded.")
  package static let unregistered = Message(de: "Ohne Eintrag", en: "Without an entry")

  package static let accesses = Message(de: "Zugänge", en: "Accesses")
  package static let members = Message(de: "Mitglieder", en: "Members")
  package static let comesWith = Message(de: "Zugänge mit dieser Rolle", en: "Accesses with this role")
  package static let how = Message(de: "Wie", en: "How")
  package static let byMembership = Message(de: "durch Zugehörigkeit", en: "by membership")
  package static let byDefault = Message(
    de: "als Standard, eine Zeile je Person", en: "by default, a line for each person")
  package static let reading = Message(de: "Leseliste", en: "Reading list")
  package static let roadmap = Message(de: "Vorhaben", en: "Roadmap")
  package static let coverage = Message(de: "Abdeckung", en: "Coverage")
  package static let nothingYet = Message(de: "Noch nichts eingetragen.", en: "Nothing recorded yet.")
  package static let meetingLink = Message(de: "Blatt für den Jour fixe", en: "Sheet for the regular meeting")
  package static func meeting(_ name: String) -> Message {
    Message(de: "Jour fixe: \(name)", en: "Regular meeting: \(name)")
  }
  package static let csv = Message(de: "Als CSV", en: "As CSV")
  package static let people = Message(de: "Inhaber", en: "Holders")
  package static func hiddenColumns(_ count: Int) -> Message {
    Message(
      de: "\(Noun.system.counted(count)) ohne eingetragene Inhaber \(count == 1 ? "ist" : "sind") ausgeblendet.",
      en: "\(Noun.system.counted(count)) without recorded holders \(count == 1 ? "is" : "are") left out.")
  }
  package static let withoutFactor = Message(de: "Ohne MFA", en: "Without MFA")
  package static let expired = Message(de: "Abgelaufen, noch eingetragen", en: "Expired, still listed")
  package static let toReview = Message(de: "Nie oder zu lange nicht bestätigt", en: "Never confirmed, or too long ago")
  package static let withoutSSO = Message(de: "Systeme ohne SSO", en: "Systems without SSO")
  package static let method = Message(de: "Anmeldung", en: "Sign-in")
  package static let dueColumn = Message(de: "Fällig", en: "Due")
  package static let owner = Message(de: "Verantwortlich", en: "Owner")
  package static let withdrawn = Message(
    de: "Zeilen, die nicht mehr stimmen, in den Dateien löschen; dann im selben Commit bestätigen:",
    en: "In the files, delete the lines that are no longer right; then confirm in the same commit:")

  /// A sign of the matrix, and what it means.
  package static let signs: [(letter: Message, style: String, text: Message)] = [
    (
      Message(de: "B", en: "U"), "",
      Message(de: "Anfangsbuchstabe des Typs, hier Benutzer", en: "first letter of the type, here user")
    ),
    (Message("A"), "m-a", Message(de: "Administration", en: "Administration")),
    (Message(de: "N", en: "E"), "m-n", Message(de: "Notfall", en: "Emergency")),
    (Message("A"), "m-bad", Message(de: "ohne MFA", en: "without MFA")),
  ]
}

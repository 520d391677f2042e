import KBSource

/// The words of the emergency handbook.
enum HandbookWords {
  static let handbook = Message(de: "Notfallhandbuch", en: "Emergency handbook")
  static let validUntil = Message(de: "Gültig bis", en: "Valid until")
  static let replaced = Message(
    de: "Danach neu drucken. Handschriftliche Änderungen in die Wissensbasis nachtragen.",
    en: "Print again after that. Copy handwritten changes into the knowledge base.")
  static let contents = Message(de: "Inhalt", en: "Contents")
  static let index = Message(de: "Stichwörter", en: "Index")
  static let card = Message(de: "Notfallkarte", en: "Emergency card")
  static let alarm = Message(de: "Alarm und Eskalation", en: "Alarm and escalation")
  static let people = Message(de: "Rollen und Personen", en: "Roles and people")
  static let measures = Message(de: "Sofortmaßnahmen", en: "Immediate measures")
  static let restart = Message(de: "Wiederanlauf", en: "Restart order")
  static let runbooks = Message(de: "Runbooks", en: "Runbooks")
  static let providers = Message(de: "Dienstleister", en: "Providers")
  static let fallbacks = Message(de: "Notbetrieb der Prozesse", en: "Fallbacks of processes")
  static let duties = Message(de: "Meldepflichten", en: "Duties to report")
  static let callHere = Message(de: "Notfall melden", en: "Report an emergency")
  static let whatToReport = Message(de: "Was melden", en: "What to report")
  static let howToBehave = Message(de: "Wie verhalten", en: "How to behave")
  static let crisisTeam = Message(de: "Notfallstab", en: "Crisis team")
  static let emergencyNumbers = Message(de: "Notfallnummern", en: "Emergency numbers")
  static let noNumber = Message(
    de: "Keine Notfallnummer eingetragen: Bereitschaft eines Teams oder Notfallnummer eines Dienstleisters ergänzen.",
    en: "No emergency number recorded: add a team's on-call number or a provider's emergency number.")
  static let noRunbooks = Message(
    de: "Noch kein Runbook für den Druck. Runbooks vom Typ Notfall oder Wiederherstellung kommen automatisch hinein.",
    en: "No runbook to print yet: those of type emergency or recovery are included automatically.")
  static let helpers = Message(de: "Wenn die üblichen Hilfsmittel fehlen", en: "If the usual tools are down")
  static let helper = Message(de: "Hilfsmittel", en: "Tool")
  static let instead = Message(de: "Ersatz", en: "Instead")
  static let name = Message(de: "Name", en: "Name")
  static let hours = Message(de: "Erreichbar", en: "Hours")
  static let function = Message(de: "Aufgabe", en: "Function")
  static let numbers = Message(de: "Nummern", en: "Numbers")
  static let members = Message(de: "Mitglieder", en: "Members")
  static let step = Message(de: "Schritt", en: "Step")
  static let system = Message(de: "System", en: "System")
  static let recoverable = Message(de: "RTO", en: "RTO")
  static let reason = Message(
    de:
      "Was ein System braucht, kommt in einem früheren Schritt. Innerhalb eines Schritts zählt die eingetragene Reihenfolge.",
    en: "What a system needs is in an earlier step. Within a step the recorded order counts.")
  static let running = Message(de: "läuft", en: "running")
  static let firstStep = Message(de: "Erster Schritt", en: "First step")
  static let forSystems = Message(de: "Für", en: "For")
  static let duration = Message(de: "Dauer", en: "Duration")
  static let tested = Message(de: "Geprobt", en: "Rehearsed")
  static let escalate = Message(de: "Wen anrufen", en: "Who to call")
  static let process = Message(de: "Prozess", en: "Process")
  static let maxDowntime = Message(de: "Längster Ausfall", en: "Longest outage")
  static let goesOn = Message(de: "So geht es weiter", en: "What happens next")
  static let duty = Message(de: "Pflicht", en: "Duty")
  static let within = Message(de: "Frist", en: "Within")
  static let atOnce = Message(de: "sofort", en: "at once")
  static let source = Message(de: "Quelle", en: "Source")
  static let noAdvice = Message(
    de: "Keine Rechtsberatung. Ob eine Pflicht gilt, entscheidet das Unternehmen mit seinen Beratern.",
    en: "No legal advice. Whether a duty applies is for the company and its advisers to decide.")
  static let operates = Message(de: "Betreibt", en: "Operates")
  static let pocket = Message(de: "Notfall auf dem Handy", en: "Emergency on the phone")
  static let pocketLead = Message(
    de: "Eine Datei für unterwegs. Sie funktioniert ohne Netz.", en: "One file to carry. It works without a network.")
  static let exchange = Message(de: "Austauschblätter", en: "Exchange sheets")
  static let replace = Message(de: "Austauschen", en: "Replace")
  static let insert = Message(de: "Neu einlegen", en: "Insert")
  static let takeOut = Message(de: "Herausnehmen", en: "Take out")
  static let nothingChanged = Message(
    de: "Kein Blatt hat sich geändert; der Ausdruck ist noch aktuell.",
    en: "No sheet has changed; the printout is still up to date.")
  static let toContents = Message(de: "Zum Inhalt", en: "To the contents")

  static func leftOut(_ count: Int) -> Message {
    Message(
      de: "\(count) Runbooks passen nicht in diese Datei; sie sind im Notfallhandbuch:",
      en: "\(count) runbooks do not fit into this file; they are in the emergency handbook:")
  }
}

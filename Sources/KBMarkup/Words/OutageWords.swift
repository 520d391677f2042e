package import KBSource

/// The words of the pages about an outage.
extension Words {
  package static let down = Message(de: "Ausgefallen?", en: "Is it down?")
  package static let outagePage = Message(de: "Ist ausgefallen: was tun", en: "It is down: what to do")
  package static func effects(hard: Int, soft: Int) -> Message {
    if hard == 0 && soft == 0 {
      return Message(de: "Nichts anderes hängt davon ab.", en: "Nothing else depends on it.")
    }
    // Systems, accesses, processes: they have no noun in common.
    let isBoth = hard > 0 && soft > 0
    return Message(
      de:
        "Mit betroffen: \(when: hard > 0, "\(hard) ausgefallen")\(when: isBoth, ", ")\(when: soft > 0, "\(soft) eingeschränkt").",
      en: "Also affected: \(when: hard > 0, "\(hard) down")\(when: isBoth, ", ")\(when: soft > 0, "\(soft) limited").")
  }
  package static let clockHead = Message(de: "Uhr", en: "Clock")
  package static let beganAt = Message(de: "Beginn", en: "Began")
  package static let holidays = Message(
    de: "Feiertage sind nicht berücksichtigt.", en: "Public holidays are not taken into account.")
  package static func moreNumbers(_ count: Int) -> Message {
    Message(
      de: "\(count) weitere \(count == 1 ? "Nummer" : "Nummern")",
      en: "\(count) more \(count == 1 ? "number" : "numbers")")
  }
  package static let openNow = Message(de: "jetzt erreichbar", en: "open now")
  package static let untilTime = Message(de: "jetzt erreichbar, bis {t}", en: "open now, until {t}")
  package static let closedUntil = Message(de: "geschlossen bis {t}", en: "closed until {t}")
  package static let deputy = Message(de: "Vertretung", en: "Deputy")
  package static let crisisTeam = Message(de: "Krisenstab", en: "Crisis team")
  package static let onCall = Message(de: "Bereitschaft", en: "On call")
  package static let emergencyLine = Message(de: "Notfallnummer", en: "Emergency line")
  package static let response = Message(de: "Reaktion", en: "Response")
  package static let resolution = Message(de: "Lösung", en: "Resolution")
  package static let hoursNotUnderstood = Message(
    de: "Servicezeit nicht verständlich", en: "service hours not understood")
  package static let harmedAfter = Message(de: "danach entsteht Schaden", en: "beyond this, the business suffers")
  package static func promisedBy(_ contract: String) -> Message {
    Message(de: "zugesagt: \(contract)", en: "promised: \(contract)")
  }
  package static func slower(than contract: String) -> Message {
    Message(
      de: "\(contract): Die zugesagte Lösung kann nach der RTO kommen. Notbetrieb früh entscheiden.",
      en: "\(contract): the promised resolution can come after the RTO. Decide early on the fallback.")
  }
  package static let reporting = Message(de: "Meldepflichten", en: "Reporting duties")
  package static let noAdvice = Message(
    de: "Ob eine Pflicht gilt, entscheidet das Unternehmen; keine Rechtsberatung.",
    en: "Whether a duty applies is for the company to decide; no legal advice.")
  package static let atOnce = Message(de: "sofort", en: "at once")
  package static let mayI = Message(de: "Darf ich", en: "May I")
  package static let kindOf = Message(de: "Art", en: "Kind")
  package static let criticality = Message(de: "Kritikalität", en: "Criticality")
  package static let whatIt = Message(de: "Was", en: "What")
  package static let way = Message(de: "Weg", en: "Path")
  package static func waySteps(_ count: Int) -> Message {
    Message(de: "Weg über \(count) Schritte", en: "Path of \(count) steps")
  }
  package static let fallback = Message(de: "Notbetrieb:", en: "Fallback:")
  package static let suspects = Message(de: "Mögliche Ursachen", en: "Possible causes")
  package static let check = Message(de: "Prüfen:", en: "Check:")
  package static func stillRuns(_ title: String) -> Message {
    Message(de: "Läuft \(title) noch?", en: "Is \(title) still running?")
  }
  package static let helpersDown = Message(de: "Auch diese Hilfsmittel fehlen", en: "These helpers are down too")
  package static let instead = Message(de: "Ersatz:", en: "Instead:")
  package static let recovery = Message(de: "Wiederherstellung", en: "Recovery")
  package static let goals = Message(de: "Ziele", en: "Goals")
  package static let restartOrder = Message(de: "Neustart in dieser Reihenfolge", en: "Restart in this order")
  package static let noOutageRunbook = Message(
    de: "Für diesen Ausfall gibt es noch kein Runbook. Anlegen: \(code: "kb new runbook"), mit situation: [outage].",
    en: "There is no runbook for this outage yet. Create one: \(code: "kb new runbook"), with situation: [outage].")
  package static func rehearsed(_ day: String, _ doubt: Message?) -> Message {
    Message(de: "Geprobt \(day)\(doubt, { ", \($0)" }).", en: "Rehearsed \(day)\(doubt, { ", \($0)" }).")
  }
  package static func moreAffected(_ count: String, _ id: String) -> Message {
    Message(
      de:
        "\(count) weitere. Alle nennt \(code: "kb impact \(id)"); die unmittelbaren sind auf der Seite unter Beziehungen",
      en: "\(count) more. \(code: "kb impact \(id)") lists them all; the direct ones are under relations on the page")
  }
  package static func moreSteps(_ count: String) -> Message {
    Message(de: "\(count) weitere Schritte", en: "\(count) more steps")
  }
  package static let places = Message(de: "Orte", en: "Places")
  package static let crisis = Message(de: "Krisenstab und Meldungen", en: "Crisis team and reports")
  package static let insurer = Message(de: "Versicherung", en: "Insurer")
  package static let dataProtection = Message(de: "Datenschutz", en: "Data protection")
}

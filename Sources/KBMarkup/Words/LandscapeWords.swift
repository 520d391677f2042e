package import KBAnswers
package import KBSource

/// The words of pictures and of the landscape.
package enum LandscapeWords {
  package static let landscape = Message(de: "Landschaft", en: "Landscape")
  package static let lead = Message(
    de: "Alle Systeme in Gruppen, was die Gruppen voneinander brauchen und welche Daten fließen.",
    en: "All systems in groups, what the groups need from each other, and which data flows.")
  package static let asList = Message(de: "Dasselbe als Liste", en: "The same as a list")
  package static let dataFlows = Message(de: "Datenflüsse", en: "Data flows")
  package static let flowLegend = Message(
    de: "Pfeile: Richtung der Daten. Balken: Kritikalität.", en: "Arrows: direction of the data. Bars: criticality.")
  package static let dependencies = Message(
    de: "Abhängigkeiten zwischen den Gruppen", en: "Dependencies between the groups")
  package static let readMatrix = Message(
    de: "Zahl der Abhängigkeiten: Zeile hängt von Spalte ab.", en: "Number of dependencies: row depends on column.")
  package static let readFlowMatrix = Message(
    de: "Zahl der Datenflüsse: Zeile liefert an Spalte.", en: "Number of data flows: row sends to column.")
  package static let soft = Message(de: "weich", en: "soft")
  package static let from = Message(de: "Von", en: "From")
  package static let to = Message(de: "An", en: "To")
  package static let what = Message(de: "Was und wie", en: "What and how")
  package static let group = Message(de: "Gruppe", en: "Group")
  package static let systems = Message(de: "Systeme", en: "Systems")
  package static let noSystems = Message(de: "Noch keine Systeme.", en: "No systems yet.")

  package static func title(of basis: Grouping.Basis) -> Message {
    switch basis {
    case .whole: Message(de: "Nach Zugehörigkeit", en: "By what they are part of")
    case .type: Message(de: "Nach Typ", en: "By type")
    case .operator: Message(de: "Nach Betreiber", en: "By operator")
    case .place: Message(de: "Nach Ort", en: "By place")
    }
  }

  package static func counted(_ count: Int) -> Message {
    Message(
      de: count == 1 ? "1 System" : "\(count) Systeme", en: count == 1 ? "1 system" : "\(count) systems")
  }

  /// A link to what a picture leaves out.
  package static func more(_ count: Int) -> Message { Message(de: "+\(count) weitere", en: "+\(count) more") }

  package static func tooMany(_ count: Int) -> Message {
    Message(
      de: "\(count) Einträge sind zu viele für ein Bild.", en: "\(count) records are too many for a picture.")
  }

  package static func tooManyForBoxes(_ count: Int) -> Message {
    Message(
      de: "\(count) Systeme sind zu viele für Kästen. Gezeigt wird die Zahl je Gruppe; sie führt zur Liste.",
      en: "\(count) systems are too many for boxes. Shown is the number per group, which leads to the list.")
  }

  package static func otherGroups(_ count: Int) -> Message {
    Message(
      de: count == 1 ? "1 weitere Gruppe" : "\(count) weitere Gruppen",
      en: count == 1 ? "1 more group" : "\(count) more groups")
  }
}

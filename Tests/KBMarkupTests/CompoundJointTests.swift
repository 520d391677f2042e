import Testing

@testable import KBMarkup

@Suite struct `A long word` {
  /// The text with a bar at each place where a word may break.
  private func joints(_ text: String) -> String {
    CompoundJoints.marked(text).map { $0 == CompoundJoints.softHyphen ? "|" : String($0) }.joined()
  }

  @Test(arguments: [
    "Auftrags|abwicklung", "Rücksicherungs|intervall", "Berechtigungs|verwaltung", "Dokumenten|management|system",
    "Lohn|abrechnung", "Etiketten|drucker", "Multifunktions|drucker", "Sicherungs|speicher außer Haus",
    "Zeit|erfassung",
    "Rechen|zentrum", "Wieder|herstellungs|ziel", "Geräte|verwaltung (Geräte|verwaltung)", "Internet|leitung Glasfaser",
    "Arbeits|platz|rechner", "Informations|sicherheits|beauftragter", "Telefonie|anbindung", "Kunden|dienst|leiterin",
  ]) func `breaks at its joints`(_ text: String) {
    #expect(joints(text.replacing("|", with: "")) == text)
  }

  @Test(arguments: [
    "Versicherung", "Verarbeitung", "Bearbeitung", "Administration", "Organisation", "Reorganisation", "Integration",
    "Transformation", "Professionell", "Microsoft 365", "Beeinträchtigung", "International standardization",
    "getElementsByTagName", "Straßenbahnhaltestelle", "kurz", "",
  ]) func `without a known joint stays whole`(_ text: String) { #expect(joints(text) == text) }

  @Test func `keeps its letters, whatever they are`() {
    for text in ["AUFTRAGSABWICKLUNG", "Auftra\u{308}gsabwicklung", "ﬁnanzbuchhaltungﬁnanz", "İİİİİİİİİİİİİİİ"] {
      #expect(CompoundJoints.marked(text).filter { $0 != CompoundJoints.softHyphen } == text)
    }
  }
}

import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Steps of runbooks` {
  private let files = [system("erp"), team(), person("eva")]

  private func body(_ steps: String, _ verification: String = "Anmelden.") -> String {
    "## Auswirkung\n\nA.\n\n## Diagnose\n\nD.\n\n## Schritte\n\n\(steps)\n\n## Rückweg\n\nR.\n\n## Prüfung\n\n\(verification)\n\n## Eskalation\n\nE."
  }

  @Test func `say what to expect`() async throws {
    try await expect(
      "runbook/",
      in: [
        runbook(
          "a",
          body: body("1. Alle Dienste müssen laufen.\n2. 1️⃣Neu starten.\n3. Warten.\n   - eine Minute\n4. Läuft es?")),
        runbook(
          "b",
          body: body("1. Neu starten.\n   Erwartet: grün.\n   Sonst: anrufen.\n2. Warten.\n\n   **Expected:** green.")),
        runbook("c", body: body("1. Läuft es?", "2. Anmelden.\n3. Abmelden.")),
        runbook("d", "type: operation", body: "1. Neu starten."),
      ] + files,
      Finding(
        "runbook/no-result", .hint, "1️⃣", "Neu starten.",
        de: "in 'Runbook a' sagen die Schritte 2 und 3 nicht, was danach zu sehen sein soll",
        en: "in 'Runbook a', steps 2 and 3 do not say what to expect"))
  }

  @Test func `are in groups of at most twelve`() async throws {
    let thirteen = (1...13).map { "\($0). \($0 == 13 ? "1️⃣" : "")Es muss gehen." }.joined(separator: "\n")
    let twice = (1...12).map { "\($0). Es muss gehen." }.joined(separator: "\n")
    try await expect(
      "runbook/",
      in: [
        runbook("a", body: body(thirteen)), runbook("b", body: body(twice + "\n\n### Weiter\n\n13. Es muss gehen.")),
      ] + files,
      Finding(
        "runbook/long-group", .hint, "1️⃣", "Es muss gehen.",
        de: "in 'Runbook a' folgen 13 Schritte ohne Zwischenüberschrift aufeinander",
        en: "'Runbook a' has 13 consecutive steps without a heading between them"))
  }

  @Test func `end with a verification`() async throws {
    try await expect(
      "runbook/no-verification",
      in: [
        runbook("a", "title: A\ntype: change", body: "1. Es muss gehen.\n\n## Rückweg\n\nR."),
        runbook("b", body: body("1. Es muss gehen.", "").replacing("## Prüfung", with: "## 1️⃣Prüfung")),
        runbook("c", "type: operation", body: "1. Nur ein Handgriff."),
      ].map { file in (file.0, file.1.replacing("title: A", with: "title: 2️⃣A")) } + files,
      Finding(
        "runbook/no-verification", .hint, "2️⃣", "A", de: "'A' endet ohne Prüfung", en: "'A' ends without a verification"),
      Finding(
        "runbook/no-verification", .hint, "1️⃣", "Prüfung", de: "in 'Runbook b' ist der Abschnitt 'Prüfung' leer",
        en: "in 'Runbook b', the section 'Prüfung' is empty"))
  }

  @Test func `of a change or a recovery name the way back`() async throws {
    try await expect(
      "runbook/no-way-back",
      in: [
        runbook("a", "type: 1️⃣change", body: "1. Es muss gehen.\n\n## Prüfung\n\nP."),
        runbook(
          "b", body: body("1. Es muss gehen.").replacing("## Rückweg\n\nR.", with: "2. Rollback: Schnappschuss.")),
        runbook("c", "type: incident\nsymptoms: [x]", body: runbookBody.replacing("## Rückweg", with: "## Weiter")),
      ] + files,
      Finding(
        "runbook/no-way-back", .hint, "1️⃣", "change", de: "'Runbook a' beschreibt keinen Rückweg",
        en: "'Runbook a' describes no rollback"))
  }

  @Test func `need only accesses that the head announces`() async throws {
    try await expect(
      "runbook/late-access",
      in: [
        runbook(
          "a", "needs_access: [x]", body: body("1. Mit [[x]] muss es gehen.\n2. Mit [[1️⃣y]] und [[y]] auch.\n3. [[z]]?")),
        access("x", "type: admin"), access("y", "type: emergency"), access("z", "type: user"),
      ] + files,
      Finding(
        "runbook/late-access", .hint, "1️⃣", "y", de: "'Runbook a' nennt 'Zugang y' erst in Schritt 2",
        en: "'Runbook a' first names 'Zugang y' in step 2"))
  }
}

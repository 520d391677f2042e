package import KBAnswers
package import KBCatalog
import KBEditing
import KBSchema
import KBSource

/// A sheet for an exercise with a runbook, in Markdown.
package struct DrillSheet {
  package let runbook: Record
  package let answers: Answers

  package init(runbook: Record, answers: Answers) {
    self.runbook = runbook
    self.answers = answers
  }

  private func words(_ german: Message.Text, _ english: Message.Text) -> String {
    Message(de: german, en: english)[answers.language]
  }

  private var format: KBSource.Format { KBSource.Format(language: answers.language) }

  /// The lines of the sheet.
  package var lines: [String] { head + situation + roles + accesses + steps + afterwards }

  private var head: [String] {
    let duration = runbook.value(.duration)?.duration.map { format.duration($0) } ?? "–"
    let tested = runbook.value(.tested)?.date.map { format.date($0) } ?? words("nie", "never")
    return [
      words("# Übung: \(runbook.title)", "# Drill: \(runbook.title)"), "",
      words(
        "Datum ____________   Beginn ________   Ende ________   Leitung ______________________",
        "Date ____________   Start ________   End ________   Led by ______________________"), "",
      words(
        "Dauer nach Runbook: \(duration). Zuletzt geprobt: \(tested).",
        "Duration by the runbook: \(duration). Last rehearsed: \(tested)."),
    ]
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", "## \(title)", ""] + lines
  }

  private var situation: [String] {
    let systems = answers.records(.handles, of: runbook)
    let impacts = systems.compactMap { system in
      system.value(.impact)?.text.map { "- **\(system.title)**: \($0)" } ?? "- **\(system.title)**"
    }
    let symptoms = runbook.values(.symptoms).compactMap(\.text).map {
      words("- Jemand meldet: „\($0)“", "- Somebody reports: “\($0)”")
    }
    return section(words("Lage", "Situation"), impacts + symptoms)
  }

  private var roles: [String] {
    let contacts = answers.contacts(forRunbook: runbook).map { contact in
      let note = [contact.condition, contact.hours].compactMap(\.self).joined(separator: "; ")
      return "- \(contact.name), \(contact.phone.written)\(note.isEmpty ? "" : " (\(note))")"
    }
    let cards = [
      words(
        "- Leitet (entscheidet, sieht auf die Uhr): ______________________",
        "- Leads (decides, watches the clock): ______________________"),
      words(
        "- Handelt (liest und führt aus): ______________________",
        "- Acts (reads and carries out): ______________________"),
      words(
        "- Informiert (Fachbereich, Leitung, Dienstleister): ______________________",
        "- Informs (departments, management, providers): ______________________"),
    ]
    return section(words("Rollen", "Roles"), cards)
      + section(
        words(
          "Wen anrufen (in der Übung: Nummer prüfen, nicht anrufen)",
          "Who to call (in a drill: check the number, do not call)"), contacts)
  }

  private var accesses: [String] {
    let lines = answers.records(.needsAccess, of: runbook).filter(\.lifecycle.isInUse).map { access in
      let holders = answers.holders(of: access).map(\.title).joined(separator: ", ")
      let secret = access.value(.secret)?.text.map { ", `\($0)`" } ?? ""
      return "- [ ] \(access.title): \(holders.isEmpty ? words("niemand", "nobody") : holders)\(secret)"
    }
    return section(words("Zugänge, die heute gehen müssen", "Accesses that must work today"), lines)
  }

  private var steps: [String] {
    let room = words(
      "Uhrzeit ______   Ergebnis ______________________________________",
      "Time ______   Result ______________________________________")
    let lines = answers.steps(of: runbook).enumerated().flatMap { number, step -> [String] in
      let mark = "\(number + 1). "
      // What belongs to an item begins where its text does.
      return ["\(mark)[ ] \(step)", "", String(repeating: " ", count: mark.count) + room, ""]
    }
    return section(words("Schritte", "Steps"), lines)
  }

  private var afterwards: [String] {
    let title = ShellWord.quoted(words("Übung \(runbook.title)", "Drill \(runbook.title)"))
    return section(
      words("Danach festhalten", "Record afterwards"),
      [
        words(
          "- [ ] Was hat gefehlt oder war unklar? An welchem Schritt?",
          "- [ ] What was missing or unclear? At which step?"),
        words(
          "- [ ] Wie lange hat es gedauert, gegen Dauer und RTO?",
          "- [ ] How long did it take, against duration and RTO?"),
        words("- [ ] Ergebnis: bestanden / teilweise / gescheitert", "- [ ] Result: passed / partly / failed"),
        "", "```sh",
        "kb set \(runbook.id) tested=\(answers.today) tested_by=… test_result=pass",
        "kb new incident \(title) --set type=drill --set began=\(answers.today) --set runbook=\(runbook.id)",
        "```",
      ])
  }
}

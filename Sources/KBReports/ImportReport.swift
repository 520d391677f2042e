package import KBCatalog
import KBChecks
package import KBEditing
import KBHistory
package import KBSource
import KBTerminal

/// What an import does, in sentences.
package struct ImportReport {
  let base: Catalog
  package let plan: ImportPlan
  package let language: Language

  package init(base: Catalog, plan: ImportPlan, language: Language) {
    self.base = base
    self.plan = plan
    self.language = language
  }

  private static let mostLines = 200
  private static let mostNames = 30
  private var output: Console { .standardOutput }

  package func remark(_ message: Message) { Console.standardError.line("kb: \(Console.harmless(message[language]))") }

  /// Where the columns go, and which are left out.
  package func write(_ mappings: [ColumnMapping]) {
    for mapping in mappings {
      let targets = mapping.targets.filter { !$0.heading.isEmpty }
      for target in targets where target.column != nil && target.column != target.heading {
        Console.standardError.line(Console.harmless("kb: \(target.heading) → \(target.column ?? "")"))
      }
      writeLeft(targets.filter { $0.column == nil && !["kind", "path"].contains($0.heading) }.map(\.heading))
    }
  }

  /// The headings of columns that are not taken over.
  package func writeLeft(_ headings: [String]) {
    guard !headings.isEmpty else { return }
    let names = headings.prefix(Self.mostNames).joined(separator: ", ")
    let more = headings.count - Self.mostNames
    let rest = more <= 0 ? "" : Message(de: " und \(more) weitere", en: " and \(more) more")[language]
    let words = Message(de: "nicht übernommen", en: "not taken over")[language]
    Console.standardError.line(Console.harmless("kb: \(words): \(names)\(rest)"))
  }

  /// Conflicts, cells that can't be read, and values that stay.
  package func writeFaults() {
    for conflict in plan.conflicts { output.line(Console.harmless(told(conflict))) }
    for fault in plan.faults.prefix(Self.mostLines) {
      let place = Message(de: "Zeile \(String(fault.line))", en: "line \(String(fault.line))")[language]
      let heading = fault.heading.isEmpty ? "" : ", \(fault.heading)"
      let remedy = fault.remedy.map { "; \($0[language])" } ?? ""
      output.line(Console.harmless("\(place)\(heading): \(fault.message[language])\(remedy)"))
    }
    more(plan.faults.count)
    for (column, lines) in plan.skipped.sorted(by: { $0.key < $1.key }) {
      let places = lines.prefix(Self.mostNames).map(String.init).joined(separator: ", ")
      let rest = lines.count > Self.mostNames ? ", …" : ""
      output.line(
        Message(
          de: "Übersprungen, weil \(column) leer ist: Zeile \(places)\(rest)",
          en: "Skipped since \(column) is empty: line \(places)\(rest)")[language])
    }
    for kept in plan.kept.prefix(Self.mostLines) {
      output.line(
        Console.harmless(
          Message(
            de:
              "bleibt: \(kept.record.title), \(kept.field): '\(kept.ours)', nicht '\(kept.sheet)' (--overwrite ersetzt es)",
            en:
              "stays: \(kept.record.title), \(kept.field): '\(kept.ours)', not '\(kept.sheet)' (--overwrite replaces it)"
          )[language]
        ))
    }
    more(plan.kept.count)
  }

  private func told(_ conflict: ImportPlan.Conflict) -> String {
    let (record, field) = (conflict.record.title, conflict.field)
    let past =
      conflict.before.map { Message(de: "beim Export '\($0)'", en: "when exported '\($0)'") }
      ?? Message(
        de: "beim Export in keinem Commit und seither hier geändert",
        en: "in no commit when exported, and changed here since")
    return Message(
      de: "Konflikt: \(record), \(field): im Blatt '\(conflict.sheet)', hier '\(conflict.ours)' (\(past))",
      en: "Conflict: \(record), \(field): in the sheet '\(conflict.sheet)', here '\(conflict.ours)' (\(past))")[
        language]
  }

  private func more(_ count: Int) {
    guard count > Self.mostLines else { return }
    output.line(
      Message(de: "… und \(count - Self.mostLines) weitere", en: "… and \(count - Self.mostLines) more")[language])
  }

  /// The changes as 'kb review' says them.
  package func writeSentences(
    _ changes: ChangeSet, _ snapshot: Snapshot, isDone: Bool, reusing drafts: inout CatalogDrafts
  ) async throws {
    guard !changes.isEmpty else {
      return output.line(
        (isDone
          ? Message(de: "Nichts hat sich geändert.", en: "Nothing has changed.")
          : Message(de: "Nichts würde sich ändern.", en: "Nothing would change."))[language])
    }
    let after = try await Catalog(changes.applied(to: snapshot), today: base.today, reusing: &drafts)
    let difference = CatalogDifference(from: base, to: after, disturbed: [], in: after)
    let review = Review(
      difference: difference, before: base, after: after, from: "", to: nil, commits: [], touched: [:])
    var count = 0
    for (_, sentences) in review.groups {
      for change in sentences {
        count += 1
        guard count <= Self.mostLines else { continue }
        output.line(Console.harmless("\(change.sign.glyph) \(change.text[language])"))
      }
    }
    more(count)
    let created = changes.changes.count(where: \.isNew)
    let changed = changes.changes.count - created
    let verb = isDone ? "" : Message(de: " (noch nicht geschrieben)", en: " (not yet written)")[language]
    output.line(
      Message(de: "\(created) neu, \(changed) geändert\(verb)", en: "\(created) new, \(changed) changed\(verb)")[
        language])
  }

  package func writeMissing(_ missing: [Record]) {
    guard !missing.isEmpty else { return }
    let names = missing.prefix(20).map(\.id).joined(separator: ", ") + (missing.count > 20 ? ", …" : "")
    output.line(
      Console.harmless(
        Message(
          de: "Nicht mehr im Blatt: \(names). Sie bleiben hier, wie sie sind; stilllegen: kb set ID status=retired",
          en: "No longer in the sheet: \(names). Here they stay as they are; to retire one: kb set ID status=retired")[
            language]))
  }
}

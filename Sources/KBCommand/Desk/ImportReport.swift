import KBCatalog
import KBEditing
import KBHistory
import KBSource

/// What an import does, in sentences.
struct ImportReport {
  let base: Workspace
  let plan: ImportPlan
  let language: Language

  private static let mostLines = 200
  private var output: Console { .standardOutput }
  private var isGerman: Bool { language == .german }

  func remark(_ message: Message) { Console.standardError.line("kb: \(Console.harmless(message[language]))") }

  /// Where the columns go, and which are left out.
  func write(_ mappings: [ColumnMapping]) {
    for mapping in mappings {
      let targets = mapping.targets.filter { !$0.heading.isEmpty }
      for target in targets where target.column != nil && target.column != target.heading {
        Console.standardError.line(Console.harmless("kb: \(target.heading) → \(target.column ?? "")"))
      }
      let left = targets.filter { $0.column == nil && !["kind", "path"].contains($0.heading) }.map(\.heading)
      guard !left.isEmpty else { continue }
      let words = isGerman ? "nicht übernommen" : "not taken over"
      Console.standardError.line(Console.harmless("kb: \(words): \(left.joined(separator: ", "))"))
    }
  }

  /// Conflicts, cells that can't be read, and values that stay.
  func writeFaults() {
    for conflict in plan.conflicts {
      output.line(
        Console.harmless(
          isGerman
            ? "Konflikt: \(conflict.record.title), \(conflict.field): im Blatt '\(conflict.sheet)', hier '\(conflict.ours)' (beim Export '\(conflict.before)')"
            : "Conflict: \(conflict.record.title), \(conflict.field): in the sheet '\(conflict.sheet)', here '\(conflict.ours)' (when exported '\(conflict.before)')"
        ))
    }
    for fault in plan.faults.prefix(Self.mostLines) {
      let place = isGerman ? "Zeile \(fault.line)" : "line \(fault.line)"
      let heading = fault.heading.isEmpty ? "" : ", \(fault.heading)"
      let remedy = fault.remedy.map { "; \($0[language])" } ?? ""
      output.line(Console.harmless("\(place)\(heading): \(fault.message[language])\(remedy)"))
    }
    more(plan.faults.count)
    for kept in plan.kept.prefix(Self.mostLines) {
      output.line(
        Console.harmless(
          isGerman
            ? "bleibt: \(kept.record.title), \(kept.field): '\(kept.ours)', nicht '\(kept.sheet)' (--overwrite ersetzt es)"
            : "stays: \(kept.record.title), \(kept.field): '\(kept.ours)', not '\(kept.sheet)' (--overwrite replaces it)"
        ))
    }
    more(plan.kept.count)
  }

  private func more(_ count: Int) {
    guard count > Self.mostLines else { return }
    output.line(isGerman ? "… und \(count - Self.mostLines) weitere" : "… and \(count - Self.mostLines) more")
  }

  /// The changes as 'kb review' says them.
  func writeSentences(
    _ changes: ChangeSet, _ snapshot: Snapshot, isDone: Bool, reusing drafts: inout CatalogDrafts
  ) async throws {
    guard !changes.isEmpty else {
      return output.line(
        isGerman
          ? isDone ? "Nichts hat sich geändert." : "Nichts würde sich ändern."
          : isDone ? "Nothing has changed." : "Nothing would change.")
    }
    let after = try await Catalog(changes.applied(to: snapshot), today: base.catalog.today, reusing: &drafts)
    let difference = CatalogDifference(from: base.catalog, to: after, disturbed: [], in: after)
    let review = Review(
      difference: difference, before: base.catalog, after: after, from: "", to: nil, commits: [], touched: [:])
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
    let verb = isGerman ? (isDone ? "" : " (noch nicht geschrieben)") : isDone ? "" : " (not yet written)"
    output.line(
      isGerman
        ? "\(created) neu, \(changed) geändert\(verb)" : "\(created) new, \(changed) changed\(verb)")
  }

  func writeMissing(_ missing: [Record]) {
    guard !missing.isEmpty else { return }
    let names = missing.prefix(20).map(\.id).joined(separator: ", ") + (missing.count > 20 ? ", …" : "")
    output.line(
      Console.harmless(
        isGerman
          ? "Nicht mehr im Blatt: \(names). Sie bleiben hier, wie sie sind; stilllegen: kb set ID status=retired"
          : "No longer in the sheet: \(names). Here they stay as they are; to retire one: kb set ID status=retired"))
  }
}

import KBCatalog
import KBSource

/// The authors of a change: those of the commits that touched what it speaks of, never others.
extension Review {
  /// The maximum number of commits that are named.
  private static let mostNamed = 3

  /// Returns who brought a change, when and why; `nil` where no commit is known to have done so.
  public func source(of change: Change) -> String? {
    guard let path = change.newPath ?? change.oldPath, let edits = touched[path], !edits.isEmpty else { return nil }
    // Up to a commit, what one commit alone did is its work.
    if to != nil, edits.count == 1 { return named(edits) }
    let own = self.edits(edits, that: change)
    if !own.isEmpty { return named(own) }
    guard to != nil else { return nil }
    let isTold = edits.contains { !$0.changes.isEmpty }
    let whole = Message(de: "Commits an dieser Datei: ", en: "commits to this file: ")[language]
    return (isTold ? whole : "") + named(edits)
  }

  /// The edits that say the same; else those that say something of the same field.
  private func edits(_ edits: [RecordEdit], that change: Change) -> [RecordEdit] {
    func among(_ isMeant: (Change) -> Bool) -> [RecordEdit] { edits.filter { $0.changes.contains(where: isMeant) } }
    // Of texts and steps a sentence only counts.
    let isCounted = change.field == "body" || change.field == "steps"
    let same =
      isCounted
      ? []
      : among {
        isAboutTheSame(change, $0) && $0.sign == change.sign && $0.before == change.before && $0.after == change.after
      }
    if let newest = same.first { return [newest] }
    if let holder = change.holder.map(today) {
      let lines = among { $0.sign == change.sign && $0.holder.map(today) == holder }
      if let newest = lines.first { return [newest] }
    }
    return among { isAboutTheSame(change, $0) && (change.field != nil || $0.sign == change.sign) }
  }

  /// Whether two changes of one record are about the same field and the same holder; where there is no field, in the same group.
  private func isAboutTheSame(_ one: Change, _ other: Change) -> Bool {
    one.field == other.field && one.holder.map(today) == other.holder.map(today)
      && (one.field != nil || one.group == other.group)
  }

  /// The id of today of a holder who may have had another one.
  private func today(_ id: String) -> String { after.record(Reference(written: id))?.id ?? id }

  /// "Tobias Quast am 04.11.2026, „Indexpflege“; Eva Beispiel am 02.11.2026, „Umzug“ und 2 weitere".
  private func named(_ edits: [RecordEdit]) -> String {
    let names = edits.prefix(Review.mostNamed).map { edit in
      let commit = edit.commit
      let day = commit.date.map { Format(language: language).date($0) } ?? ""
      return Message(
        de: "\(commit.author)\(day.isEmpty ? "" : " am \(day)"), „\(commit.subject)“",
        en: "\(commit.author)\(day.isEmpty ? "" : " on \(day)"), “\(commit.subject)”")[language]
    }
    let more = edits.count - names.count
    return names.joined(separator: "; ")
      + (more > 0 ? Message(de: " und \(more) weitere", en: " and \(more) more")[language] : "")
  }
}

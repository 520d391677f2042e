import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// Finds records whose files were renamed, so that their ids are others now: the same text, or half of its lines.
enum RenamedRecords {
  /// The maximum number of comparisons of records whose ids others may have.
  private static let mostComparisons = 40_000

  /// Pairs of a record that is gone and one that is new, of the same kind.
  static func pairs(_ gone: [Record], _ new: [Record]) -> [(before: Record, after: Record)] {
    guard !gone.isEmpty, !new.isEmpty else { return [] }
    let (old, now) = (gone.map(outline), new.map(outline))
    return LineSimilarity.pairs(gone.map(\.title), new.map(\.title)) { before, after in
      gone[before].kind.id == new[after].kind.id ? old[before].similarity(to: now[after]) : 0
    }.map { (gone[$0.old], new[$0.new]) }
  }

  private static func outline(_ record: Record) -> LineSimilarity { LineSimilarity(record.document.file.bytes) }

  /// Pairs of a record whose id another one has now, and itself under a new id.
  static func displaced(_ old: Catalog, _ new: Catalog) -> [(before: Record, after: Record)] {
    let strangers = new.records.filter { old.record(id: $0.id) == nil }
    guard !strangers.isEmpty else { return [] }
    let formerIDs = Set(strangers.flatMap { $0.values(.aliases).compactMap(\.text) })
    // A record that kept its title and that no other one claims to have been is the one that it was.
    let suspects = new.records.compactMap { after -> (before: Record, after: Record)? in
      guard let before = old.record(id: after.id), !after.document.isDisturbed, !before.document.isDisturbed,
        before.title != after.title || before.kind.id != after.kind.id || formerIDs.contains(after.id)
      else { return nil }
      return (before, after)
    }
    guard !suspects.isEmpty, suspects.count * strangers.count <= mostComparisons else { return [] }
    let outlines = strangers.map(outline)
    var taken: Set<Int> = []
    return suspects.compactMap { before, after in
      let own = outline(before)
      let kept = before.kind.id == after.kind.id ? own.similarity(to: outline(after)) : 0
      let likeliest = strangers.indices.compactMap { number -> (score: Int, number: Int)? in
        let stranger = strangers[number]
        guard stranger.kind.id == before.kind.id, !taken.contains(number) else { return nil }
        let score = own.similarity(to: outlines[number])
        let isNamed =
          (stranger.title == before.title && after.title != before.title)
          || stranger.values(.aliases).contains { $0.text == before.id }
        return score > kept
          && (isNamed || (score >= LineSimilarity.least && kept < LineSimilarity.least && after.title != before.title))
          ? (score, number) : nil
      }.max { $0.score < $1.score }
      guard let likeliest else { return nil }
      taken.insert(likeliest.number)
      return (before, strangers[likeliest.number])
    }
  }
}

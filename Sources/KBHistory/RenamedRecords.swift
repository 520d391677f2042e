import KBCatalog
import KBDocument
import KBSource

/// Finds records whose files were renamed, so that their ids are others now: the same text, or half of its lines.
enum RenamedRecords {
  /// More comparisons are not made: only records that kept their title are compared then.
  private static let mostComparisons = 40_000

  /// Pairs of a record that is gone and one that is new, of the same kind.
  static func pairs(_ gone: [Record], _ new: [Record]) -> [(before: Record, after: Record)] {
    guard !gone.isEmpty, !new.isEmpty else { return [] }
    let outlines = (gone + new).map { Outline($0) }
    let comparesAll = gone.count * new.count <= mostComparisons
    let byTitle = Dictionary(grouping: gone.indices) { gone[$0].title }
    var found: [(score: Int, before: Int, after: Int)] = []
    for after in new.indices {
      let candidates = comparesAll ? Array(gone.indices) : byTitle[new[after].title] ?? []
      for before in candidates where gone[before].kind.id == new[after].kind.id {
        let score = outlines[before].similarity(to: outlines[gone.count + after])
        if score >= 50 { found.append((score, before, after)) }
      }
    }
    found.sort { ($1.score, $0.before, $0.after) < ($0.score, $1.before, $1.after) }
    var (takenBefore, takenAfter): (Set<Int>, Set<Int>) = ([], [])
    return found.compactMap { pair in
      guard !takenBefore.contains(pair.before), !takenAfter.contains(pair.after) else { return nil }
      takenBefore.insert(pair.before)
      takenAfter.insert(pair.after)
      return (gone[pair.before], new[pair.after])
    }
  }

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
    let outlines = strangers.map { Outline($0) }
    var taken: Set<Int> = []
    return suspects.compactMap { before, after in
      let outline = Outline(before)
      let kept = before.kind.id == after.kind.id ? outline.similarity(to: Outline(after)) : 0
      let likeliest = strangers.indices.compactMap { number -> (score: Int, number: Int)? in
        let stranger = strangers[number]
        guard stranger.kind.id == before.kind.id, !taken.contains(number) else { return nil }
        let score = outline.similarity(to: outlines[number])
        let isNamed =
          (stranger.title == before.title && after.title != before.title)
          || stranger.values(.aliases).contains { $0.text == before.id }
        return score > kept && (isNamed || (score >= 50 && kept < 50 && after.title != before.title))
          ? (score, number) : nil
      }.max { $0.score < $1.score }
      guard let likeliest else { return nil }
      taken.insert(likeliest.number)
      return (before, strangers[likeliest.number])
    }
  }

  /// The lines of a file and how often each is there.
  private struct Outline {
    private var lines: [ArraySlice<UInt8>: Int] = [:]
    private let size: Int

    init(_ record: Record) {
      let bytes = record.document.file.bytes
      size = bytes.count
      for line in bytes.split(separator: UInt8(ascii: "\n")) { lines[line, default: 0] += line.count + 1 }
    }

    /// How much of the larger file both have, in hundredths.
    func similarity(to other: Outline) -> Int {
      let larger = max(size, other.size)
      guard larger > 0, min(size, other.size) * 2 >= larger else { return 0 }
      let shared = lines.reduce(0) { $0 + min($1.value, other.lines[$1.key] ?? 0) }
      return min(100, shared * 100 / larger)
    }
  }
}

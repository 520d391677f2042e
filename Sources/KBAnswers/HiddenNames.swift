public import KBCatalog
import KBSource

/// The names of the records that are not published.
///
/// A finding in a published record may name another that is not; the site then keeps the finding to itself.
public struct HiddenNames: Sendable {
  /// Ids and former ids.
  private var ids: Set<String> = []
  private var titles: Set<String> = []
  /// Titles that a message in quotes would cut in two.
  private var titlesWithQuotes: [String] = []

  public init(_ records: some Sequence<Record>) {
    for record in records {
      ids.insert(record.id)
      ids.formUnion(record.values(.aliases).compactMap(\.text))
      if record.title.contains("'") { titlesWithQuotes.append(record.title) } else { titles.insert(record.title) }
    }
  }

  /// Those of records that are there, and of some that are gone, unless a published record is called the same today.
  public init(_ records: some Sequence<Record>, gone: [Record], published: [Record]) {
    self.init(records)
    guard !gone.isEmpty else { return }
    let past = HiddenNames(gone)
    let known = HiddenNames(published)
    ids.formUnion(past.ids.subtracting(known.ids))
    titles.formUnion(past.titles.subtracting(known.titles))
    titlesWithQuotes += past.titlesWithQuotes.filter { !known.titlesWithQuotes.contains($0) }
  }

  /// Whether every record is published.
  public var isEmpty: Bool { ids.isEmpty }

  /// Whether a text of a finding names one of them; messages put names into single quotes.
  public func areNamed(in text: String) -> Bool {
    if isEmpty { return false }
    return text.utf8.split { !$0.isIDCharacter }.contains { ids.contains(String(Substring($0))) }
      || text.split(separator: "'").contains { titles.contains(String($0)) }
      || titlesWithQuotes.contains { text.contains($0) }
  }

  /// Whether a text that people wrote, such as a commit's message, holds one of them anywhere.
  public func areMentioned(in text: String) -> Bool {
    areNamed(in: text) || titles.contains { text.contains($0) }
  }
}

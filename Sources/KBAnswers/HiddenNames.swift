public import KBCatalog
public import KBSource

/// The names of the records that are not published.
///
/// A finding in a published record may name another that is not; the site then keeps the finding to itself.
public struct HiddenNames: Sendable {
  /// Ids and former ids.
  private var ids: Set<String> = []
  private var titles: Set<String> = []

  public init(_ records: some Sequence<Record>) {
    for record in records {
      ids.insert(record.id)
      ids.formUnion(record.values(.aliases).compactMap(\.text))
      titles.insert(record.title)
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
  }

  /// Whether every record is published.
  public var isEmpty: Bool { ids.isEmpty }

  /// Returns whether a message names one of them, or quotes from it.
  public func areNamed(in message: Message) -> Bool { !isEmpty && message.names(ids.contains) }

  /// Returns whether a finding names one of them: in its message, its remedy, or its notes.
  public func areNamed(in finding: Diagnostic) -> Bool {
    !isEmpty
      && (areNamed(in: finding.message) || finding.remedy.map(areNamed) ?? false
        || finding.notes.contains { areNamed(in: $0.message) })
  }

  /// Returns whether a text that people wrote, such as a commit's message, holds one of them anywhere.
  public func areMentioned(in text: String) -> Bool {
    if isEmpty { return false }
    return text.utf8.split { !$0.isIDCharacter }.contains { ids.contains(String(Substring($0))) }
      || titles.contains { text.contains($0) }
  }
}

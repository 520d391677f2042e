public import KBCatalog
import KBSchema
public import KBSource

/// The names of the records that are not published.
///
/// A finding in a published record may name another that is not; the site then keeps the finding to itself.
public struct HiddenNames: Sendable {
  /// Ids and former ids.
  private var ids: Set<String> = []
  /// The same, titles and other names, in lower case: those of one word, and those that are found anywhere in a text.
  private var words: Set<String> = []
  private var phrases: Set<String> = []

  public init(_ records: some Sequence<Record>) {
    for record in records {
      let own = [record.id] + record.values(.aliases).compactMap(\.text)
      ids.formUnion(own)
      for name in own { insert(name) }
      phrases.insert(record.title.lowercased())
    }
  }

  /// Those of records that are there, and of some that are gone, and names that they had, unless a published record is called the same
  /// today.
  public init(_ records: some Sequence<Record>, gone: [Record], former: [String] = [], published: [Record]) {
    self.init(records)
    guard !gone.isEmpty || !former.isEmpty else { return }
    var past = HiddenNames(gone)
    for name in former { past.insert(name) }
    let known = HiddenNames(published)
    ids.formUnion(past.ids.subtracting(known.ids))
    words.formUnion(past.words.subtracting(known.words))
    phrases.formUnion(past.phrases.subtracting(known.phrases))
  }

  /// A name of several words is found anywhere, one of a single word as a word of its own.
  private mutating func insert(_ name: String) {
    let folded = name.lowercased()
    if folded.utf8.allSatisfy(\.isIDCharacter) { words.insert(folded) } else { phrases.insert(folded) }
  }

  /// Whether every record is published.
  public var isEmpty: Bool { ids.isEmpty && words.isEmpty && phrases.isEmpty }

  /// Returns whether a message names one of them, or quotes from it.
  public func areNamed(in message: Message) -> Bool {
    !isEmpty && (message.names(ids.contains) || message.quotes(where: isLink))
  }

  /// Whether a text is a wiki link, or several, one of which leads to one of them.
  private func isLink(_ text: String) -> Bool {
    text.contains("[[")
      && text.matches(of: #/\[\[([^\[\]\n|#]{1,300})/#).contains { match in
        let id = String(match.1.split(separator: "/").last ?? match.1).trimmingBlanks()
        return ids.contains(id) || phrases.contains(id.lowercased())
      }
  }

  /// Returns whether a finding names one of them: in its message, its remedy, or its notes.
  public func areNamed(in finding: Diagnostic) -> Bool {
    !isEmpty
      && (areNamed(in: finding.message) || finding.remedy.map(areNamed) ?? false
        || finding.notes.contains { areNamed(in: $0.message) })
  }

  /// Returns whether a text that people wrote, such as a commit's message, holds one of them anywhere, however it is capitalised.
  public func areMentioned(in text: String) -> Bool {
    if isEmpty { return false }
    let folded = text.lowercased()
    return folded.utf8.split { !$0.isIDCharacter }.contains { words.contains(String(Substring($0))) }
      || phrases.contains { folded.contains($0) }
  }
}

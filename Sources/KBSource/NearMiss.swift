/// A name that nothing has, and the name that was probably meant.
public struct NearMiss: Sendable, Hashable {
  public let written: String
  /// The nearest of the names that there are; `nil` when none is near.
  public let nearest: String?
  /// Whether the names are ids of records.
  private let isOfRecords: Bool

  /// Looks for the nearest of some names.
  ///
  /// Optimal string alignment distance, at most a third of the word's length; the nearest one wins, then the first.
  public init(_ written: String, among candidates: some Sequence<String>) {
    var search = NearestName(to: written)
    for candidate in candidates {
      guard search != nil, search?.isSettled == false else { break }
      search?.try(candidate)
    }
    self.init(written, nearest: search?.best)
  }

  /// `isOfRecords`: whether the name is the id of a record.
  public init(_ written: String, nearest: String?, isOfRecords: Bool = false) {
    (self.written, self.nearest, self.isOfRecords) = (written, nearest, isOfRecords)
  }

  /// The near name as a text shows it.
  private func shown(_ name: String) -> Message.Text { isOfRecords ? "\(id: name)" : "\(code: name)" }

  /// The sentence with a question at its end, where a name is near.
  public func asked(after sentence: Message) -> Message {
    guard let nearest else { return sentence }
    return Message(
      de: "\(sentence); meinten Sie \(shown(nearest))?", en: "\(sentence); did you mean \(shown(nearest))?")
  }

  /// The advice to replace what is written with the near name; without one, other advice.
  public func remedy(else other: Message) -> Message {
    nearest.map { Message(de: "durch \(shown($0)) ersetzen", en: "replace with \(shown($0))") } ?? other
  }

  /// The change to the near name, for a person to decide.
  public func fixes(at range: SourceRange) -> [FixIt] {
    nearest.map { [FixIt(replacing: range, with: $0, isSafe: false)] } ?? []
  }
}

/// A search for the name that is nearest to a word, candidate by candidate.
private struct NearestName {
  private(set) var best: String?
  /// The largest distance that still beats what was found.
  private var limit: Int
  private let length: Int
  private let word: AlignmentPattern

  /// A search for a word of 2 to 64 bytes; `nil` for others, to which no name is near.
  init?(to text: String) {
    let word = Array(text.lowercased().utf8)
    guard word.count >= 2, let pattern = AlignmentPattern(word) else { return nil }
    self.word = pattern
    length = word.count
    limit = max(1, word.count / 3)
  }

  /// Whether no candidate can be nearer.
  var isSettled: Bool { limit < 0 }

  mutating func `try`(_ candidate: String) {
    var text = candidate
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 && !$0.isASCIIUppercase }
    if !isPlain { text = text.lowercased() }
    guard abs(text.utf8.count - length) <= limit, !text.isEmpty else { return }
    guard let distance = word.distance(to: text.utf8, atMost: limit) else { return }
    best = candidate
    limit = distance - 1
  }
}

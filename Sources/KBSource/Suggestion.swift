/// The name among `candidates` that `word` was probably meant to be.
///
/// Optimal string alignment distance, at most a third of the word's length; the nearest one wins, then the first.
public func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
  guard var search = NearestName(to: word) else { return nil }
  for candidate in candidates where !search.isSettled { search.try(candidate) }
  return search.best
}

/// Looks for the name that is nearest to a word, candidate by candidate.
private struct NearestName {
  private(set) var best: String?
  /// The largest distance that still beats what was found.
  private var limit: Int
  private let length: Int
  private let word: AlignmentPattern

  /// A search for a word of 2 to 64 bytes; nothing for others, to which no name is near.
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

extension Message {
  /// The question at the end of a sentence about a name that nothing has; empty where none is near.
  public init(asking near: String?) {
    self.init(
      de: near.map { "; meinten Sie '\($0)'?" } ?? "", en: near.map { "; did you mean '\($0)'?" } ?? "")
  }
}

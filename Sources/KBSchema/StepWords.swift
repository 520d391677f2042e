package import KBDocument
import KBSource
import KBYAML

/// The words that the steps of a runbook are read by, from `templates/steps.yml`.
public struct StepWords: Sendable {
  /// What a line of a step is about: what is to be seen afterwards, or what to do where it is not.
  public enum Mark: String, Sendable { case expected, otherwise }

  private let marks: [(word: String, mark: Mark)]
  private let says: Set<String>
  /// For each place whether one of these falls there: of most words that alone says that they are others.
  private var sieve = [Bool](repeating: false, count: 256)
  private let verification: [String]
  private let back: [String]
  /// No word of a list has more characters.
  private static let longest = 24

  private init(marks: [(word: String, mark: Mark)], says: Set<String>, verification: [String], back: [String]) {
    (self.marks, self.says, self.verification, self.back) = (marks, says, verification, back)
    for word in says { sieve[StepWords.place(of: word.utf8)] = true }
  }

  /// Where a word falls in the sieve; capitals do not matter.
  private static func place(of word: some Sequence<UInt8>) -> Int {
    word.reduce(0) { ($0 &* 31 &+ Int($1.asciiLowercased)) & 255 }
  }

  /// The words that come with this version.
  public static let standard: StepWords = {
    let root = EmbeddedTemplates.yaml("steps.yml")
    func words(_ key: String) -> [String] {
      guard let list = root[key]?.sequence else { preconditionFailure("templates/steps.yml: '\(key)' is missing") }
      return list.compactMap { $0.scalar?.lowercased() }
    }
    return StepWords(
      marks: words("expected").map { ($0 + ":", .expected) } + words("otherwise").map { ($0 + ":", .otherwise) },
      says: Set(words("says")), verification: words("verification"), back: words("back"))
  }()

  /// Returns what a line is about that begins with one of the words and a colon.
  public func mark(of line: some StringProtocol) -> Mark? {
    let line = line.drop { $0 == " " || $0 == "*" }.prefix(StepWords.longest).lowercased()
    return marks.first { line.hasPrefix($0.word) }?.mark
  }

  /// Returns what the line of a body is about that begins at an event; `file`: the bytes that it is read from.
  package func mark(at start: Int, of body: Markdown, in file: [UInt8]) -> Mark? {
    let text = body.events[start...].first { $0.phase != .enter || ($0.kind != .strong && $0.kind != .emphasis) }
    guard let text, text.kind == .text else { return nil }
    return mark(of: String(decoding: body.content(of: text, in: file).prefix(48), as: UTF8.self))
  }

  /// Whether the text of a step says what is to be seen afterwards.
  package func saysResult(_ text: String) -> Bool {
    let bytes = text.utf8
    if bytes.contains(UInt8(ascii: "?")) { return true }
    // A mark may follow a sentence in its line.
    if bytes.contains(UInt8(ascii: ":")),
      text.split(whereSeparator: { "\n.;!".contains($0) }).contains(where: { mark(of: $0) != nil })
    {
      return true
    }
    // Every step of every runbook is read: letters of ASCII are told apart as bytes, others as characters.
    return Array(bytes).split { $0 < 0x80 && !$0.isASCIILetter }.contains { word in
      let isPlain = word.allSatisfy(\.isASCIILetter)
      if isPlain, !sieve[StepWords.place(of: word)] { return false }
      let word = String(decoding: word, as: UTF8.self).lowercased()
      return says.contains(word) || !isPlain && word.split { !$0.isLetter }.contains { says.contains(String($0)) }
    }
  }

  /// Whether a heading is that of the verification.
  package func isVerification(_ heading: String) -> Bool { StepWords.begins(heading, with: verification) }

  /// Whether a line or a heading names the way back.
  package func isBack(_ line: some StringProtocol) -> Bool { StepWords.begins(line, with: back) }

  private static func begins(_ line: some StringProtocol, with words: [String]) -> Bool {
    let text = line.drop { !$0.isLetter }.prefix(longest + 1).lowercased()
    return words.contains { text.hasPrefix($0) && !(text.dropFirst($0.count).first?.isLetter ?? false) }
  }
}

/// The reason why something was not done, in words for a person, and what helps.
///
/// Mistakes in the text of a knowledge base are findings; a refusal is thrown, passes through whatever called, and is told
/// in one place: where the command line, the page or the hook ends.
public protocol Refusal: Error, Sendable {
  var message: Message { get }
  /// What can be done about it; `nil` where nobody can say.
  var remedy: Message? { get }
}

extension Refusal {
  public var remedy: Message? { nil }

  /// The message and the remedy in one line.
  public var sentence: Message {
    guard let remedy else { return message }
    return Message(de: "\(message); \(remedy)", en: "\(message); \(remedy)")
  }

  /// Returns the message and, on a line of its own, the remedy.
  public func words(in language: Language) -> String {
    message[language] + (remedy.map { "\n    \($0[language])" } ?? "")
  }
}

/// The language of messages, labels and pages.
public enum Language: String, Sendable, CaseIterable {
  case german = "de"
  case english = "en"
}

/// One text in both languages.
public struct Message: Hashable, Sendable {
  public let german: String
  public let english: String

  public init(de german: String, en english: String) {
    self.german = german
    self.english = english
  }

  /// The same text in both languages, such as a name.
  public init(_ text: String) { self.init(de: text, en: text) }

  public subscript(language: Language) -> String {
    switch language {
    case .german: german
    case .english: english
    }
  }
}

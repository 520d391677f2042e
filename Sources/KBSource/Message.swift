/// The language of messages, labels and pages.
public enum Language: String, Sendable, CaseIterable {
  case german = "de"
  case english = "en"

  /// A text in quotes: „ERP“, “ERP”.
  public func quoted(_ text: String) -> String { self == .german ? "„\(text)“" : "“\(text)”" }
}

/// One text in both languages, which keeps its parts until it is shown.
public struct Message: Hashable, Sendable {
  private let de: Text
  private let en: Text

  public init(de: Text, en: Text) {
    self.de = de
    self.en = en
  }

  /// Creates a message that is the same in both languages, such as a name.
  public init(_ text: Text) { self.init(de: text, en: text) }

  /// Creates a message of words that are the same in both languages and have no parts.
  public init(verbatim text: String) { self.init(Text(verbatim: text)) }

  /// Creates a message from what `text` returns for each language.
  public static func both(_ text: (Language) -> Text) -> Message { Message(de: text(.german), en: text(.english)) }

  /// The text with its parts.
  public func text(_ language: Language) -> Text {
    switch language {
    case .german: de
    case .english: en
    }
  }

  /// The text as a terminal shows it: names and code in single quotes.
  public subscript(language: Language) -> String { text(language).plain(in: language) }

  public var german: String { self[.german] }
  public var english: String { self[.english] }

  /// Returns whether a text in a language names, or quotes from, a record whose id satisfies a condition.
  public func names(_ isMeant: (String) -> Bool) -> Bool { de.names(isMeant) || en.names(isMeant) }

  /// Returns whether it quotes a text that is meant.
  public func quotes(where isMeant: (String) -> Bool) -> Bool { de.quotes(where: isMeant) || en.quotes(where: isMeant) }

  /// Returns the message with each record as `name` calls it: findings about a record that was renamed are then equal.
  public func namingRecords(_ name: (String) -> String) -> Message {
    Message(de: de.namingRecords(name), en: en.namingRecords(name))
  }
}

extension Message {
  /// A piece of a text, and how it is shown.
  public struct Span: Hashable, Sendable {
    public enum Look: Sendable {
      /// Words of a sentence.
      case plain
      /// Something with a name: a record's title, a heading, a label. In quotes.
      case name
      /// Something that is typed: a key, an id, a path, a command. In single quotes, or in another typeface.
      case code
    }

    public var text: String
    public let look: Look
    /// The id of the record that it names; `nil` where it names none.
    public let record: String?

    public init(_ text: String, _ look: Look, record: String? = nil) {
      self.text = text
      self.look = look
      self.record = record
    }
  }
}

extension Message {
  /// A text in one language, in parts.
  ///
  /// Written as a string: `"\(record) needs \(code: "owner")"`.
  public struct Text: Hashable, Sendable {
    public private(set) var parts: [Part]

    public init(_ parts: [Part] = []) { self.parts = parts }

    /// Creates a text of words that have no parts.
    public init(verbatim text: String) { parts = text.isEmpty ? [] : [.plain(text)] }

    public var isEmpty: Bool { parts.isEmpty }

    public static func + (left: Text, right: Text) -> Text { Text(left.parts + right.parts) }
    public static func += (left: inout Text, right: Text) { left.parts += right.parts }
  }

  /// A part of a text.
  public enum Part: Hashable, Sendable {
    case plain(String)
    /// A record, by its id, its title, or in another form.
    case record(id: String, title: String, RecordForm)
    /// Words that are shown with a look of their own; `source` is the id of the record that they were copied from, where that is another
    /// one than the text is about.
    case quote(String, Message.Span.Look, source: String?)
    case day(CalendarDate)
    case duration(CalendarDuration, GrammaticalCase)
    case number(Int)
    /// "A, B and C"; of more than `most` elements the first, and how many there are besides.
    case list([Text], Conjunction, most: Int)
    case message(Message)
    /// A name in both languages.
    case name(Message)
  }

  /// How a text names a record.
  public enum RecordForm: Sendable {
    /// The title, in quotes.
    case title
    /// The title, as a name without quotes.
    case name
    /// The title, in the typographic quotes of the language.
    case work
    /// The id, as code.
    case id
  }

  /// The word before the last element of a list.
  public enum Conjunction: Sendable {
    case and, or
    /// Nothing but commas.
    case none
    /// Arrows, and of more than `most` elements the first ones and the last.
    case arrow

    func word(_ language: Language) -> String {
      switch (self, language) {
      case (.and, .german): " und "
      case (.and, .english): " and "
      case (.or, .german): " oder "
      case (.or, .english): " or "
      case (.none, _): ", "
      case (.arrow, _): " → "
      }
    }
  }
}

extension Message.Text: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) { self.init(verbatim: text) }
  public init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.parts) }

  /// Takes in the parts of a text that is written as a string.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Message.Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(2 * interpolationCount + 1)
    }

    public mutating func append(_ part: Message.Part) { parts.append(part) }

    public mutating func appendLiteral(_ text: String) {
      // A value may be a sentence of its own, in quotes or not.
      if [".", "“.", "”."].contains(text), parts.last?.endsSentence == true {
        return appendLiteral(String(text.dropLast()))
      }
      if !text.isEmpty { parts.append(.plain(text)) }
    }

    /// Words of the sentence.
    public mutating func appendInterpolation(_ text: some StringProtocol) { appendLiteral(String(text)) }

    public mutating func appendInterpolation(_ number: Int) { parts.append(.number(number)) }
    public mutating func appendInterpolation(_ text: Message.Text) { parts += text.parts }
    public mutating func appendInterpolation(_ message: Message) { parts.append(.message(message)) }

    /// A text that only belongs there under a condition.
    public mutating func appendInterpolation(when isTrue: Bool, _ text: @autoclosure () -> Message.Text) {
      if isTrue { parts += text().parts }
    }

    /// A text about a value, where there is one.
    public mutating func appendInterpolation<Value>(_ value: Value?, _ text: (Value) -> Message.Text) {
      if let value { parts += text(value).parts }
    }

    /// A day, in the reader's format.
    public mutating func appendInterpolation(_ day: CalendarDate) { parts.append(.day(day)) }

    /// A duration in words; in German in its case.
    public mutating func appendInterpolation(_ duration: CalendarDuration, _ form: GrammaticalCase = .nominative) {
      parts.append(.duration(duration, form))
    }

    public mutating func appendInterpolation(_ id: ObjectID) { appendLiteral(id.description) }

    /// A path, as code.
    public mutating func appendInterpolation(_ path: RepoPath) { appendInterpolation(code: path.shown) }
    public mutating func appendInterpolation(code path: RepoPath) { appendInterpolation(code: path.shown) }

    /// Something that is typed: a key, a value, a path, a command; `id` is the record that it leads to or was copied from.
    public mutating func appendInterpolation(code: some StringProtocol, id: String? = nil) {
      parts.append(.quote(String(code), .code, source: id))
    }

    /// Something that has a name; `id` is the record that it was copied from.
    public mutating func appendInterpolation(name: some StringProtocol, id: String? = nil) {
      parts.append(.quote(String(name), .name, source: id))
    }

    /// The name of something in both languages, such as a field's label.
    public mutating func appendInterpolation(name: Message) { parts.append(.name(name)) }

    /// The id of a record, also of one that is not there, as code.
    public mutating func appendInterpolation(id: String) { parts.append(.record(id: id, title: id, .id)) }

    /// "A, B and C".
    public mutating func appendInterpolation(
      list texts: [Message.Text], _ conjunction: Message.Conjunction = .and, most: Int = .max
    ) {
      parts.append(.list(texts, conjunction, most: most))
    }

    /// "'a', 'b' and 'c'", as code.
    public mutating func appendInterpolation(codes: [String], _ conjunction: Message.Conjunction = .and) {
      appendInterpolation(list: codes.map { "\(code: $0)" }, conjunction)
    }
  }
}

extension Message.Text {
  /// Calls `body` with each piece of the text, as it reads in a language.
  public func forEachSpan(in language: Language, _ body: (Message.Span) -> Void) {
    for part in parts { part.forEachSpan(in: language, body) }
  }

  /// The pieces of the text, as it reads in a language.
  public func spans(in language: Language) -> [Message.Span] {
    var spans: [Message.Span] = []
    spans.reserveCapacity(parts.count)
    forEachSpan(in: language) { spans.append($0) }
    return spans
  }

  /// The text as a terminal shows it.
  func plain(in language: Language) -> String {
    if case .plain(let text) = parts.first, parts.count == 1 { return text }
    var text = ""
    forEachSpan(in: language) { span in
      if span.look == .plain { text += span.text } else { text += "'\(span.text)'" }
    }
    return text
  }

  func names(_ isMeant: (String) -> Bool) -> Bool {
    parts.contains { part in
      switch part {
      case .record(let id, _, _): isMeant(id)
      case .quote(_, _, let source): source.map(isMeant) ?? false
      case .list(let texts, _, _): texts.contains { $0.names(isMeant) }
      case .message(let message), .name(let message): message.names(isMeant)
      case .plain, .day, .duration, .number: false
      }
    }
  }

  func quotes(where isMeant: (String) -> Bool) -> Bool {
    parts.contains { part in
      switch part {
      case .quote(let text, _, _): isMeant(text)
      case .list(let texts, _, _): texts.contains { $0.quotes(where: isMeant) }
      case .message(let message), .name(let message): message.quotes(where: isMeant)
      case .plain, .day, .duration, .number, .record: false
      }
    }
  }

  func namingRecords(_ name: (String) -> String) -> Message.Text {
    Message.Text(
      parts.map { part in
        switch part {
        case .record(let id, _, let form):
          let id = name(id)
          return .record(id: id, title: id, form)
        case .quote(let text, let look, let source): return .quote(text, look, source: source.map(name))
        case .list(let texts, let word, let most): return .list(texts.map { $0.namingRecords(name) }, word, most: most)
        case .message(let message): return .message(message.namingRecords(name))
        case .plain, .day, .duration, .number, .name: return part
        }
      })
  }
}

extension Message.Part {
  /// Whether it ends with a full stop, or with what stands for one.
  fileprivate var endsSentence: Bool {
    let text: String
    switch self {
    case .plain(let words): text = words
    case .message(let message): text = message.german
    case .record, .quote, .day, .duration, .number, .list, .name: return false
    }
    return text.last.map { ".!?…".contains($0) } ?? false
  }

  fileprivate func forEachSpan(in language: Language, _ body: (Message.Span) -> Void) {
    switch self {
    case .plain(let text): body(Message.Span(text, .plain))
    case .record(let id, let title, let form):
      switch form {
      case .title: body(Message.Span(title, .name, record: id))
      case .name: body(Message.Span(title, .plain, record: id))
      case .work: body(Message.Span(language.quoted(title), .plain, record: id))
      case .id: body(Message.Span(id, .code, record: id))
      }
    case .quote(let text, let look, _): body(Message.Span(text, look))
    case .day(let day): body(Message.Span(Format(language: language).date(day), .plain))
    case .duration(let duration, let form): body(Message.Span(duration.words(in: language, form), .plain))
    case .number(let number): body(Message.Span(Format(language: language).integer(number), .plain))
    case .list(let texts, let conjunction, let most):
      let isPath = conjunction == .arrow
      let shown = isPath && texts.count > most ? texts.prefix(most - 2) + ["…"] + texts.suffix(1) : texts.prefix(most)
      let rest = isPath ? 0 : texts.count - shown.count
      for (number, text) in shown.enumerated() {
        if number > 0 {
          let isLast = number == shown.count - 1 && rest == 0
          body(Message.Span(isPath || isLast ? conjunction.word(language) : ", ", .plain))
        }
        text.forEachSpan(in: language, body)
      }
      if rest > 0 { body(Message.Span(Message(de: " und \(rest) weitere", en: " and \(rest) more")[language], .plain)) }
    case .message(let message): message.text(language).forEachSpan(in: language, body)
    case .name(let name): body(Message.Span(name[language], .name))
    }
  }
}

extension DefaultStringInterpolation {
  @available(*, unavailable, message: "choose a language: message[language]")
  public mutating func appendInterpolation(_ message: Message) {}

  @available(*, unavailable, message: "a text is shown through its message: message[language]")
  public mutating func appendInterpolation(_ text: Message.Text) {}
}

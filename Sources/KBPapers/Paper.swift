public import KBCatalog
public import KBSchema
public import KBSource

/// A paper for an occasion: sections of things to do or to know, which pages, terminal, Markdown and JSON show alike.
public struct Paper: Sendable {
  /// The shape beside a cell; its words say the same.
  public enum Mark: String, Sendable {
    case good, soon, bad
  }

  /// What a row says in one column.
  public struct Cell: Sendable {
    /// The records that it names; a page leads to them.
    public var records: [Record] = []
    public var text = Message("")
    /// Further lines, quieter.
    public var details: [Message] = []
    public var mark: Mark?
    public var isNumber = false
    /// What a script sorts by, where that is not the text.
    public var sortKey: String?

    public init(_ text: Message, mark: Mark? = nil, details: [Message] = []) {
      (self.text, self.mark, self.details) = (text, mark, details)
    }

    public init(_ records: [Record], details: [Message] = []) { (self.records, self.details) = (records, details) }

    public init(_ record: Record, _ text: Message = Message(""), details: [Message] = []) {
      (records, self.text, self.details) = ([record], text, details)
    }

    /// A text of one's own, which has no other language.
    public init(verbatim text: String?) { self.text = Message(verbatim: text ?? "") }

    /// A day, or nothing.
    public init(_ day: CalendarDate?, mark: Mark? = nil) {
      text = day.map { Message("\($0)") } ?? Message("")
      sortKey = day?.description
      self.mark = mark
    }

    /// A choice by its label; those with a rank are sorted by it.
    public init(_ choice: Choice?) {
      text = choice?.label ?? Message("")
      sortKey = choice?.rank.map { String(9 - $0) }
    }

    public init(_ number: Int) {
      text = Message("\(number)")
      sortKey = String(number)
      isNumber = true
    }

    /// The text with the titles of its records, in a language.
    public func plain(_ language: Language) -> String {
      let names = records.map(\.title).joined(separator: ", ")
      let words = text[language]
      return names.isEmpty || words.isEmpty ? names + words : "\(names) \(words)"
    }
  }

  public struct Section: Sendable {
    public let heading: Message
    /// What the section is about.
    public var note: Message?
    /// The headings of the columns; a list has none, and rows of one cell.
    public var columns: [Message] = []
    public var rows: [[Cell]]
    /// Whether the rows are ticked off.
    public var isTicked = false
    /// Whether a reader sorts the rows.
    public var isSortable = false

    public init(_ heading: Message, note: Message? = nil, items: [Cell], isTicked: Bool = false) {
      (self.heading, self.note, rows, self.isTicked) = (heading, note, items.map { [$0] }, isTicked)
    }

    public init(_ heading: Message, note: Message? = nil, columns: [Message], rows: [[Cell]]) {
      (self.heading, self.note, self.columns, self.rows) = (heading, note, columns, rows)
    }

    public var isEmpty: Bool { rows.isEmpty && note == nil }
  }

  public let title: Message
  public var facts: [Message] = []
  public var sections: [Section]

  /// Sections without rows and notes are left out.
  public init(_ title: Message, facts: [Message] = [], _ sections: [Section]) {
    (self.title, self.facts, self.sections) = (title, facts, sections.filter { !$0.isEmpty })
  }
}

public import KBSource

extension Message.Text.StringInterpolation {
  /// A record, by its title in quotes.
  public mutating func appendInterpolation(_ record: Record) {
    append(.record(id: record.id, title: record.title, .title))
  }

  /// A record, by its id, as code.
  public mutating func appendInterpolation(id record: Record) { appendInterpolation(id: record.id) }

  /// "'A', 'B' and 'C'".
  public mutating func appendInterpolation(_ records: [Record]) {
    appendInterpolation(list: records.map { "\($0)" })
  }
}

extension DefaultStringInterpolation {
  @available(*, unavailable, message: "a record has a title and an id")
  public mutating func appendInterpolation(_ record: Record) {}
}

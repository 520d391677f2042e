import KBCatalog
package import KBSource

/// Writes the messages of findings into pages.
package struct MessageText {
  package let format: Format

  /// Whether the first word begins with a capital letter.
  var isCapitalized = false
  /// Whether a full stop ends it.
  var endsWithStop = false
  /// The record whose page it is on: there the message does not begin with its name.
  package var subject: String?
  /// Whether the name stays where it is the subject of the sentence: "ERP is new."
  var keepsSentences = false
  /// Writes a text as a link to the record that it names; returns whether there is such a page.
  package var link: (inout HTML, _ record: String, _ text: String) -> Bool = { _, _, _ in false }

  package init(
    format: Format, isCapitalized: Bool = false, endsWithStop: Bool = false, subject: String? = nil,
    keepsSentences: Bool = false,
    link: @escaping (inout HTML, _ record: String, _ text: String) -> Bool = { _, _, _ in false }
  ) {
    self.format = format
    self.isCapitalized = isCapitalized
    self.endsWithStop = endsWithStop
    self.subject = subject
    self.keepsSentences = keepsSentences
    self.link = link
  }

  /// Writes a message: code in its typeface, names in the quotes of the language.
  package func write(_ html: inout HTML, _ message: Message) {
    var spans = withoutSubject(message.text(format.language).spans(in: format.language))
    if isCapitalized, spans.first?.look == .plain {
      spans[0].text = spans[0].text.prefix(1).uppercased() + spans[0].text.dropFirst()
    }
    for span in spans {
      switch span.look {
      case .plain: write(&html, span, span.text)
      case .code: html.element(.code, text: span.text)
      case .name: write(&html, span, format.language.quoted(span.text))
      }
    }
    if endsWithStop, spans.last.flatMap({ $0.look == .plain ? $0.text.last : nil }).map({ ".!?".contains($0) }) != true
    {
      html.text(".")
    }
  }

  private func write(_ html: inout HTML, _ span: Message.Span, _ text: String) {
    if let record = span.record, link(&html, record, text) { return }
    html.text(text)
  }

  /// "ERP lacks ..." as "lacks ...", and "in ERP fehlt ..." as "es fehlt ...", on the page of ERP.
  private func withoutSubject(_ spans: [Message.Span]) -> [Message.Span] {
    guard let subject, spans.count > 1 else { return spans }
    // "ERP: the RTO was shortened."
    if spans[0].record == subject, spans[1].look == .plain, spans[1].text.hasPrefix(": ") {
      return [Message.Span(String(spans[1].text.dropFirst(2)), .plain)] + spans.dropFirst(2)
    }
    guard !keepsSentences else { return spans }
    if spans[0].record == subject, spans[1].look == .plain, spans[1].text.hasPrefix(" ") {
      return [Message.Span(String(spans[1].text.dropFirst()), .plain)] + spans.dropFirst(2)
    }
    if spans.count > 2, spans[0] == Message.Span("in ", .plain), spans[1].record == subject,
      spans[2].text.hasPrefix(" fehl")
    {
      return [Message.Span("es", .plain)] + spans.dropFirst(2)
    }
    return spans
  }
}

import KBCatalog
import KBSource

/// Writes the messages of findings into pages.
struct MessageText {
  let format: Format

  /// Whether the first word begins with a capital letter.
  var isCapitalized = false
  /// Whether a full stop ends it.
  var endsWithStop = false

  /// Writes a message: code in its typeface, names in the quotes of the language.
  func write(_ html: inout HTML, _ message: Message) {
    var spans = message.text(format.language).spans(in: format.language)
    if isCapitalized, spans.first?.look == .plain {
      spans[0].text = spans[0].text.prefix(1).uppercased() + spans[0].text.dropFirst()
    }
    for span in spans {
      switch span.look {
      case .plain: html.text(span.text)
      case .code: html.element(.code, text: span.text)
      case .name: html.text(format.language == .german ? "„\(span.text)“" : "“\(span.text)”")
      }
    }
    if endsWithStop, spans.last.flatMap({ $0.look == .plain ? $0.text.last : nil }).map({ ".!?".contains($0) }) != true
    {
      html.text(".")
    }
  }
}

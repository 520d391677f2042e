import KBHistory
import KBMarkup
import KBSource

/// The lines of a comparison, each with a `+` or `-`, so that they can be told apart without colours.
enum DiffLines {
  /// `isHidden`: whether a line names what the page may not name; it is said that it is there.
  static func write(
    _ html: inout HTML, _ diff: TextComparison, limit: Int, _ language: Language,
    isHidden: (String) -> Bool = { _ in false }
  ) {
    for line in diff.lines.prefix(limit) {
      if isHidden(line.text) {
        let words = Message(de: "  … eine Zeile, nicht in dieser Ausgabe", en: "  … a line, not in this edition")
        html.element(.span, .class("muted"), text: words[language])
        continue
      }
      switch line {
      case .same(let text): html.element(.span, text: "  \(text)")
      case .skipped(let count):
        let words =
          language == .german
          ? "\(count) unveränderte \(count == 1 ? "Zeile" : "Zeilen")"
          : "\(count) unchanged \(count == 1 ? "line" : "lines")"
        html.element(.span, .class("muted"), text: "  … \(words)")
      case .removed(let pieces): write(&html, pieces, "del", "-", .del)
      case .added(let pieces): write(&html, pieces, "add", "+", .ins)
      }
    }
    let rest = diff.lines.count - limit
    if rest > 0 {
      html.element(.span, .class("muted"), text: Message(de: "  … \(rest) weitere", en: "  … \(rest) more")[language])
    }
  }

  private static func write(
    _ html: inout HTML, _ pieces: [TextComparison.Piece], _ style: String, _ sign: String, _ mark: Tag
  ) {
    html.element(.span, .class(style)) { html in
      html.text("\(sign) ")
      // Where a whole line came or went, its ground says so already.
      let isWhole = pieces.allSatisfy { $0.kind != .same }
      for piece in pieces {
        if piece.kind == .same || isWhole { html.text(piece.text) } else { html.element(mark, text: piece.text) }
      }
    }
  }
}

extension TextComparison.Line {
  /// The whole line; of lines that are skipped nothing.
  fileprivate var text: String {
    switch self {
    case .same(let text): text
    case .skipped: ""
    case .removed(let pieces), .added(let pieces): pieces.map(\.text).joined()
    }
  }
}

import KBHistory
import KBSource

/// The lines of a comparison, each with a `+` or `-`, so that they can be told apart without colours.
enum DiffLines {
  static func write(_ html: inout HTML, _ diff: TextComparison, limit: Int, _ language: Language) {
    for line in diff.lines.prefix(limit) {
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
      html.element(.span, .class("muted"), text: language == .german ? "  … \(rest) weitere" : "  … \(rest) more")
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

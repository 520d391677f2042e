import KBDocument
import KBSource

/// Footnotes: a number in the text that leads to the note, and a way back from there.
extension MarkdownRenderer {
  private static func noteID(_ number: Int) -> String { PageID.own("fn-\(number + 1)") }

  private static func referenceID(_ number: Int, use: Int) -> String {
    PageID.own(use == 1 ? "fnref-\(number + 1)" : "fnref-\(number + 1)-\(use)")
  }

  mutating func writeFootnoteReference(_ number: Int) {
    let text = String(number + 1)
    // In a link there can be no other one.
    guard !open.contains(where: { $0.tag == .a }) else {
      html.element(.sup, .class("fn"), text: text)
      return
    }
    let use = (footnoteUses[number] ?? 0) + 1
    footnoteUses[number] = use
    html.open(.sup, [.class("fn")])
    html.element(
      .a, .id(MarkdownRenderer.referenceID(number, use: use)), .href(.anchor(MarkdownRenderer.noteID(number))),
      .aria("label", "\(Words.footnote[options.language]) \(text)"), text: text)
    html.close(.sup)
  }

  mutating func beginFootnotes() {
    begin(.section, [.class("fns"), .aria("label", Words.footnotes[options.language])])
    begin(.ol)
  }

  mutating func beginFootnote(_ number: Int) {
    begin(.li, [.id(MarkdownRenderer.noteID(number))])
    openFootnote = number
  }

  /// Whether the paragraph that ends here is the last block of a footnote.
  var isAtEndOfFootnote: Bool {
    openFootnote != nil && index + 1 < events.count && events[index + 1].kind == .footnote
      && events[index + 1].phase == .leave
  }

  /// Links back to the places that refer to the footnote.
  mutating func writeWaysBack() {
    guard let number = openFootnote else { return }
    openFootnote = nil
    let uses = footnoteUses[number] ?? 0
    guard uses > 0 else { return }
    for use in 1...uses {
      html.text(" ")
      let label = Words.backToText[options.language] + (uses > 1 ? " \(use)" : "")
      html.open(
        .a,
        [
          .class("fnback"), .href(.anchor(MarkdownRenderer.referenceID(number, use: use))), .aria("label", label),
        ])
      html.text("\u{21A9}\u{FE0E}")
      if uses > 1 { html.element(.sup, text: String(use)) }
      html.close(.a)
    }
  }
}

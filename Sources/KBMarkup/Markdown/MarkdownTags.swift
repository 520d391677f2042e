import KBDocument

/// Elements of HTML that Markdown has no sign for.
extension MarkdownRenderer {
  private static let tags: [Markdown.Element: Tag] = [
    .div: .div, .details: .details, .summary: .summary, .figure: .figure, .figcaption: .figcaption, .caption: .caption,
    .pre: .pre, .dl: .dl, .dt: .dt, .dd: .dd, .abbr: .abbr, .b: .b, .cite: .cite, .code: .code, .del: .del, .dfn: .dfn,
    .ins: .ins, .kbd: .kbd, .mark: .mark, .q: .q, .s: .s, .samp: .samp, .small: .small, .sub: .sub, .sup: .sup,
    .variable: .variable,
  ]

  mutating func enterElement(_ event: Markdown.Event) {
    guard let element = Markdown.Element(rawValue: event.detail), let tag = MarkdownRenderer.tags[element] else {
      preconditionFailure("an element without a tag")
    }
    html.open(
      tag, element == .pre ? [.tabIndex] : element == .details && event.lower == 1 ? [.open(true)] : [])
    open.append(Open(tag: tag, isRaw: true))
  }

  /// Ends the innermost element, which HTML began.
  mutating func leaveElement() {
    if let last = open.popLast() { html.close(last.tag) }
  }
}

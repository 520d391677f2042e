import KBDocument

/// Phone numbers in prose: on a phone they are there to be tapped.
extension MarkdownRenderer {
  /// Elements whose text is no prose, or leads somewhere already; a link that leads nowhere is a `span`.
  private static let withoutNumbers: Set<Tag> = [.a, .span, .code, .kbd, .samp, .variable]

  /// Writes text, with links around the phone numbers in it.
  mutating func writeProse(_ text: ArraySlice<UInt8>) {
    var rest = text
    while let number = phones?.first(in: rest), !open.contains(where: { Self.withoutNumbers.contains($0.tag) }) {
      html.text(rest[..<number.range.lowerBound])
      html.open(.a, [.href(.phone(number.number))])
      html.text(rest[number.range])
      html.close(.a)
      rest = rest[number.range.upperBound...]
    }
    html.text(rest)
  }
}

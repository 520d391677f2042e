import KBSource

/// What a heading or a link that is open holds until now.
struct OpenText {
  /// The number of the heading, or of the link.
  let number: Int
  /// The text as it is shown.
  private(set) var text: [UInt8] = []
  /// The text that GitHub's anchor is made of.
  private(set) var written: [UInt8] = []
  private(set) var range: SourceRange?

  init(_ number: Int) { self.number = number }

  /// Adds text; `written`: what the anchor is made of, where it differs.
  mutating func add(_ text: ArraySlice<UInt8>, _ place: SourceRange?, written: ArraySlice<UInt8>? = nil) {
    self.text += text
    self.written += written ?? text
    if let place { range = SourceRange(Int((range ?? place).lower), Int(place.upper)) }
  }
}

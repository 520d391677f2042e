package import KBSource

/// Where a command's words go.
///
/// Text of files is made harmless before it is shown: a terminal obeys control characters.
package struct Console: Sendable {
  package let descriptor: Int32
  package let usesColour: Bool

  package static let standardOutput = Console(1)
  package static let standardError = Console(2)

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    let isPlain = ProcessEnvironment.variable("NO_COLOR").map { !$0.isEmpty } ?? false
    usesColour = ProcessEnvironment.isTerminal(descriptor) && !isPlain && ProcessEnvironment.variable("TERM") != "dumb"
  }

  /// The colours of the terminal that are used.
  package enum Colour: String {
    case red = "31"
    case yellow = "33"
    case blue = "34"
    case green = "32"
    case bold = "1"
    case faint = "2"
  }

  package func line(_ text: String = "") { write(text + "\n") }

  /// Says what was refused, and what helps. Names in it may be anybody's: they are made harmless, line by line.
  package func tell(_ refusal: any Refusal, in language: Language) {
    let lines = refusal.words(in: language).split(separator: "\n", omittingEmptySubsequences: false)
    line("kb: " + lines.map { Console.harmless(String($0)) }.joined(separator: "\n"))
  }

  /// Says something beside the work.
  package func note(_ message: Message, in language: Language = SpokenLanguage.current) {
    line("kb: " + Console.harmless(message[language]))
  }

  /// Writes text without a line end.
  package func write(_ text: String) {
    ProcessEnvironment.write(Console.uncommanding(Array(text.utf8)), to: descriptor)
  }

  /// Writes a line that is meant as a command for the pipeline that reads it.
  package func command(_ text: String) { ProcessEnvironment.write(Array((text + "\n").utf8), to: descriptor) }

  /// Writes a page of HTML.
  package func page(_ bytes: [UInt8]) {
    ProcessEnvironment.write(Console.uncommanding(bytes, escape: Array("&#8203;".utf8)), to: descriptor)
  }

  /// The text with what a pipeline would take for a command in its log made text, by a backslash.
  ///
  /// GitHub reads `::error::` at the start of a line, blanks or not, and `##[error]` anywhere; Azure `##vso[`, TeamCity
  /// `##teamcity[`. Titles, paths and messages of commits are anybody's.
  static func uncommanding(_ text: [UInt8], escape: [UInt8] = [UInt8(ascii: "\\")]) -> [UInt8] {
    let (colon, sign) = (UInt8(ascii: ":"), UInt8(ascii: "#"))
    guard zip(text, text.dropFirst()).contains(where: { $0 == $1 && ($0 == colon || $0 == sign) }) else { return text }
    var result: [UInt8] = []
    var isAtStart = true
    for (at, byte) in text.enumerated() {
      let isDouble = at + 1 < text.count && text[at + 1] == byte
      if byte == colon, isAtStart, isDouble { result += escape }
      if byte == sign, at > 0, text[at - 1] == sign, !isDouble, isCommand(text[(at + 1)...]) { result += escape }
      result.append(byte)
      if byte == 0x0A { isAtStart = true } else if byte > 0x20 { isAtStart = false }
    }
    return result
  }

  /// Whether letters and a bracket follow.
  private static func isCommand(_ text: ArraySlice<UInt8>) -> Bool {
    text.prefix(20).first { !$0.isASCIIAlphanumeric } == UInt8(ascii: "[")
  }

  /// The text in a colour, where there are colours.
  package func coloured(_ text: String, _ colours: Colour...) -> String {
    usesColour ? "\u{1B}[\(colours.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m" : text
  }

  /// The text with every control and direction character replaced by a visible sign.
  package static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { isHarmful($0) ? ($0 == "\t" ? " " : "\u{FFFD}") : $0 }))
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

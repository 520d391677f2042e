import KBSource

/// Fields of RFC 4180.
enum CSV {
  /// The rows, each ended as the RFC asks.
  static func table(_ rows: [[String]]) -> String {
    rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A text as a field; of control characters only line ends are left.
  static func field(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Console.harmless(String($0)) }
    let shown = (isFormula(text) ? "'" : "") + lines.joined(separator: "\n")
    let needsQuotes = shown.unicodeScalars.contains { "\",\r\n;".unicodeScalars.contains($0) }
    return needsQuotes ? "\"\(shown.replacing("\"", with: "\"\""))\"" : shown
  }

  /// Whether a spreadsheet would calculate the text instead of showing it; numbers to dial and negative ones are harmless.
  private static func isFormula(_ text: String) -> Bool {
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "\t"), UInt8(ascii: "\r"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      !text.utf8.dropFirst().allSatisfy { $0.isASCIIDigit || " ()/.,-".utf8.contains($0) }
    default: false
    }
  }
}

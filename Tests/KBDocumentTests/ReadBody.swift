import KBDocument
import KBSource
import KBTestSupport

/// A body, written so that a test can compare it: blocks and spans by name, text as it is.
struct ReadBody {
  let document: Document

  init(_ text: String) { document = Document(parsing: MarkedText(text).file("a.md")) }

  var body: Markdown { document.body }

  func text(_ event: Markdown.Event) -> String {
    guard event.phase == .text, event.kind != .softBreak, event.kind != .lineBreak else { return " " }
    let bytes = event.detail == 1 ? body.pool : document.file.bytes
    return String(decoding: bytes[Int(event.lower)..<Int(event.upper)], as: UTF8.self)
  }

  /// All text, with single spaces.
  var words: String { body.events.map(text).joined().split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// The rows of the tables, with cells between bars; `#` begins a table.
  var tables: [String] {
    var lines: [String] = []
    var depth = 0
    for event in body.events {
      switch (event.kind, event.phase) {
      case (.table, .enter):
        lines.append("#")
        depth += 1
      case (.table, .leave): depth -= 1
      case (.tableRow, .enter): lines.append("")
      case (.cell, .leave), (.headerCell, .leave): lines[lines.count - 1] += "|"
      case (_, .text) where depth > 0: lines[lines.count - 1] += text(event)
      default: break
      }
    }
    return lines
  }

  var findings: [String] { document.diagnostics.map { "\($0.rule.code) \(document.file.text($0.range))" } }

  /// The file after its safe fixes.
  var fixed: String {
    var bytes = document.file.bytes
    let fixes = document.diagnostics.flatMap(\.fixes).filter(\.isSafe)
    for fix in fixes.sorted(by: { $0.range.lower > $1.range.lower }) {
      bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The Markdown of a rule's file: an explanation in both languages, and an example that breaks the rule.
struct RuleBody {
  let explanation: Message
  let example: [Rule.Example]

  /// Reads the sections `Deutsch`, `English` and, where there is one, `Example`; `nil` if anything else is there.
  init?(_ text: Substring) {
    let parts = text.split(separator: "\n## Example\n", maxSplits: 1)
    let sections = parts[0].split(separator: "\n## ")
    guard sections.count == 2, let german = RuleBody.words(sections[0], after: "Deutsch\n\n"),
      let english = RuleBody.words(sections[1], after: "English\n\n"),
      let example = parts.count == 1 ? [] : RuleBody.files(in: parts[1])
    else { return nil }
    explanation = Message(de: "\(german)", en: "\(english)")
    self.example = example
  }

  /// The text after a heading; what Markdown sets as code is in quotes, as in every message.
  private static func words(_ section: Substring, after heading: String) -> String? {
    guard section.hasPrefix(heading) else { return nil }
    let text = section.dropFirst(heading.count).drop { $0 == "\n" }
    guard let last = text.lastIndex(where: { $0 != "\n" }) else { return nil }
    return String(text[...last].map { $0 == "`" ? "'" : $0 })
  }

  /// The files of an example: a path in a line of its own, then the text in a fence.
  private static func files(in text: Substring) -> [Rule.Example]? {
    var files: [Rule.Example] = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst() {
      if line.isEmpty { continue }
      guard line.count > 2, line.first == "`", line.last == "`", lines.popFirst() == "", let opening = lines.popFirst(),
        case let fence = opening.prefix(while: { $0 == "`" }), fence.count >= 3, let end = lines.firstIndex(of: fence)
      else { return nil }
      let text = unescaped(lines[..<end].map { "\($0)\n" }.joined())
      let times = opening.split(separator: " repeat=").dropFirst().first.flatMap { Int($0) } ?? 1
      files.append(Rule.Example(path: String(line.dropFirst().dropLast()), text: String(repeating: text, count: times)))
      lines = lines[(end + 1)...]
    }
    return files
  }

  /// The text with the character itself in place of `\u{202E}`.
  private static func unescaped(_ text: String) -> String {
    let parts = text.split(separator: "\\u{", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(String(parts[0])) { text, part in
      guard let end = part.firstIndex(of: "}"),
        let scalar = UInt32(part[..<end], radix: 16).flatMap({ Unicode.Scalar($0) })
      else { return "\(text)\\u{\(part)" }
      return "\(text)\(scalar)\(part[end...].dropFirst())"
    }
  }
}

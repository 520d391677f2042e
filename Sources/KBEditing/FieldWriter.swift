/// Writes what a field holds as YAML; lines end with a line feed, and the last one without.
enum FieldWriter {
  /// Lists and groups longer than this get lines of their own.
  static let longestLine = 100

  /// On one line, with brackets.
  static func flow(_ content: FieldContent) -> String {
    switch content {
    case .nothing: "~"
    case .text(let text): YAMLScalar.written(text, in: .flow)
    case .list(let items): "[\(items.map(flow).joined(separator: ", "))]"
    case .group(let members): "{\(members.map(flow).joined(separator: ", "))}"
    }
  }

  /// `key: value` between brackets.
  static func flow(_ member: FieldContent.Member) -> String {
    let key = YAMLScalar.written(member.key, in: .flow)
    return member.content == .nothing ? "\(key): " : "\(key): \(flow(member.content))"
  }

  /// `key: value` on a line of its own, or on several; the first line's margin is left to the caller.
  static func line(_ member: FieldContent.Member, indentation: Int) -> String {
    let key = YAMLScalar.written(member.key, in: .flow) + ":"
    switch member.content {
    case .nothing: return key
    case .text(let text): return "\(key) \(YAMLScalar.written(text, in: .block(indentation: indentation + 2)))"
    case .list(let items):
      let inline = "\(key) \(flow(member.content))"
      let isPlain = items.allSatisfy { if case .text = $0 { true } else { false } }
      if items.isEmpty || isPlain, fits(inline, indentation, member.content) { return inline }
      return ([key] + items.map { margin(indentation + 2) + self.item($0, indentation: indentation + 2) })
        .joined(separator: "\n")
    case .group(let members):
      let inline = "\(key) \(flow(member.content))"
      if members.isEmpty || fits(inline, indentation, member.content) { return inline }
      return ([key] + members.map { margin(indentation + 2) + line($0, indentation: indentation + 2) })
        .joined(separator: "\n")
    }
  }

  /// `- value` on a line of its own, or on several; `likeLines` when the items beside it are groups of lines.
  static func item(_ content: FieldContent, indentation: Int, likeLines: Bool = false) -> String {
    switch content {
    case .nothing: return "-"
    case .text(let text): return "- \(YAMLScalar.written(text, in: .block(indentation: indentation + 2)))"
    case .list: return "- \(flow(content))"
    case .group(let members):
      let inline = "- \(flow(content))"
      if members.isEmpty || (!likeLines && fits(inline, indentation, content)) { return inline }
      return "- "
        + members.map { line($0, indentation: indentation + 2) }.joined(separator: "\n" + margin(indentation + 2))
    }
  }

  static func margin(_ width: Int) -> String { String(repeating: " ", count: width) }

  private static func fits(_ line: String, _ indentation: Int, _ content: FieldContent) -> Bool {
    indentation + line.count <= longestLine && !content.hasLines
  }
}

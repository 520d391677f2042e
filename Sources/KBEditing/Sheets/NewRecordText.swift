import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// The front matter of a new record, written from its fields: keys in the order of `kb fmt`, groups in blocks, lists on one line.
enum NewRecordText {
  /// A field and its value as `kb set` takes it.
  typealias Assignment = (path: [FieldDeclaration], name: String, value: FieldContent)

  static func written(title: String, id: String?, _ fields: [Assignment], of kind: Kind) -> String {
    var members: [FieldContent.Member] = []
    if let id { members.append(.init("id", .text(id))) }
    members.append(.init("title", .text(title)))
    for field in fields {
      let steps = field.path.isEmpty ? [field.name] : field.path.map(\.name)
      insert(field.value, at: steps[...], into: &members)
    }
    let order = KeyOrder(kind)
    let sorted = members.enumerated().sorted { left, right in
      (order.rank(left.element.key), left.offset) < (order.rank(right.element.key), right.offset)
    }.map(\.element)
    return "---\n\(sorted.map { lines($0, indentation: "") }.joined())---\n"
  }

  private static func insert(
    _ value: FieldContent, at steps: ArraySlice<String>, into members: inout [FieldContent.Member]
  ) {
    guard let key = steps.first else { return }
    guard steps.count > 1 else { return members.append(.init(key, value)) }
    let place = members.firstIndex { $0.key == key } ?? members.count
    if place == members.count { members.append(.init(key, .group([]))) }
    var inner: [FieldContent.Member] = []
    if case .group(let known) = members[place].content { inner = known }
    insert(value, at: steps.dropFirst(), into: &inner)
    members[place].content = .group(inner)
  }

  private static func lines(_ member: FieldContent.Member, indentation: String) -> String {
    switch member.content {
    case .nothing: return "\(indentation)\(member.key):\n"
    case .text(let text):
      let width = indentation.utf8.count + 2
      return "\(indentation)\(member.key): \(scalar(text, width))\n"
    case .list, .group:
      if case .group(let members) = member.content, !members.isEmpty, indentation.isEmpty {
        return "\(member.key):\n" + members.map { lines($0, indentation: "  ") }.joined()
      }
      return "\(indentation)\(member.key): \(FlowText.written(member.content))\n"
    }
  }

  /// A scalar; most need no look at what YAML makes of them.
  private static func scalar(_ text: String, _ indentation: Int) -> String {
    let isPlain =
      text.utf8.first.map { $0.isASCIIAlphanumeric } ?? false && text.utf8.last != UInt8(ascii: " ")
      && text.utf8.allSatisfy { $0.isASCIIAlphanumeric || " -_.@/".utf8.contains($0) || $0 >= 0x80 }
      && !text.utf8.contains { [0xC2, 0xE2, 0xEF].contains($0) } && text != "null"
    return isPlain ? text : YAMLScalar.written(text, in: .block(indentation: indentation))
  }
}

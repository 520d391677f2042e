import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// Writes the front matter of a draft: what is known, what is called for as empty keys, and some of what may be added as
/// comments.
struct FrontMatterWriter {
  let draft: RecordDraft

  init(_ draft: RecordDraft) { self.draft = draft }

  /// The lines between the two rules, in the order in which `kb fmt` has the keys.
  func lines(offering offered: [String]) -> [String] {
    let called = draft.missing + draft.expected
    let order = KeyOrder(draft.kind)
    var parts = known + called.map { ($0.name, empty($0)) }
    let ranks = parts.enumerated().sorted { left, right in
      (order.rank(left.element.key), left.offset) < (order.rank(right.element.key), right.offset)
    }
    parts = ranks.map(\.element)
    let further = offered.compactMap { name in draft.kind.fields.first { $0.name == name } }.filter { field in
      draft.record[field.name] == nil && !called.contains { $0 === field }
    }
    return parts.flatMap(\.lines) + further.map(commented)
  }

  /// The keys that are written, and their lines.
  private var known: [(key: String, lines: [String])] {
    let bytes = draft.document.source.bytes
    let region = draft.document.frontMatterRange.offsets
    let entries = draft.document.frontMatter?.mapping ?? []
    return entries.enumerated().map { number, entry in
      let end = number + 1 < entries.count ? Int(entries[number + 1].keyRange.lower) : region.upperBound
      let text = String(decoding: bytes[Int(entry.keyRange.lower)..<end], as: UTF8.self)
      return (entry.key, text.split(separator: "\n").map(String.init))
    }
  }

  /// A field that is called for, without a value, and what to write there.
  private func empty(_ field: FieldDeclaration) -> [String] {
    var lines = FieldHint(field: field, catalog: draft.catalog).comment() + ["\(field.name):"]
    for member in field.ownMembers {
      let isCalled =
        if case .expectedWhen(let condition) = member.requirement {
          draft.record.satisfies(condition)
        } else {
          member.isRequired
        }
      let hint = FieldHint(field: member, catalog: draft.catalog).short
      lines.append("  \(isCalled ? "" : "# ")\(member.name):  # \(hint)")
    }
    return lines
  }

  /// A field that may be added, as a comment: without the first number sign it is a key.
  private func commented(_ field: FieldDeclaration) -> String {
    "# \(field.name):  # \(FieldHint(field: field, catalog: draft.catalog).short)"
  }
}

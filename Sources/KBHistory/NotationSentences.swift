import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// The sentences about what is written in another way: facts that no kind knows, and other words for the same value.
extension RecordChanges {
  /// Says what changed in a front matter beside what its fields say; `fields` compared those.
  mutating func writeNotation(_ fields: FieldComparison, _ before: Record, _ after: Record) {
    for field in after.fields {
      guard let past = before.fields.first(where: { $0.declaration.name == field.declaration.name }),
        let one = before.document.frontMatter?.value(of: past),
        let other = after.document.frontMatter?.value(of: field),
        one.written != other.written
      else { continue }
      compare(Written(one, past.value), Written(other, field.value), [field.declaration], fields)
    }
  }

  /// Says that two versions differ in no more than comments, spaces or quotation marks, or in a line that does not count.
  mutating func sayNotation(_ after: Record) {
    let title = after.spokenTitle
    say(
      .other, .neutral, Change.notation, (nil, nil),
      Message(
        de: "\(title): nur die Schreibweise geändert, der Inhalt ist gleich.",
        en: "\(title): only the notation changed; the content is the same."))
  }

  /// A value as it is written, and as it was read.
  private struct Written {
    let node: YAMLNode
    let value: Value

    init(_ node: YAMLNode, _ value: Value) {
      self.node = node
      self.value = value
    }

    /// The lines of a list, each with its value.
    var lines: [Written]? {
      guard let nodes = node.sequence?.filter({ !$0.isEmpty }), let values = value.list, nodes.count == values.count
      else { return nil }
      return zip(nodes, values).map { Written($0, $1) }
    }
  }

  private mutating func compare(
    _ old: Written, _ new: Written, _ path: [FieldDeclaration], _ fields: FieldComparison
  ) {
    guard old.node.written != new.node.written, let last = path.last else { return }
    if let before = old.lines, let after = new.lines {
      for (line, partner) in zip(after, fields.partners(before.map(\.value), after.map(\.value), of: last)) {
        if let partner { compare(before[partner], line, path, fields) }
      }
    } else if let before = old.node.mapping, let after = new.node.mapping, let known = old.value.fields,
      let knownNow = new.value.fields
    {
      for entry in after {
        let past = before.first { $0.key == entry.key }
        let field = knownNow.first { $0.keyRange == entry.keyRange }
        if field == nil {
          sayUnknown(entry.key, past?.value.written, entry.value.written, path)
        } else if let field, let past, let same = known.first(where: { $0.keyRange == past.keyRange }) {
          compare(
            Written(past.value, same.value), Written(entry.value, field.value), path + [field.declaration], fields)
        }
      }
      for entry in before
      where !after.contains(where: { $0.key == entry.key }) && !known.contains(where: { $0.keyRange == entry.keyRange })
      {
        sayUnknown(entry.key, entry.value.written, nil, path)
      }
    } else if old.value.written == new.value.written {
      let (title, label) = (record.spokenTitle, last.label)
      let (was, now) = (old.node.written, new.node.written)
      say(
        RecordChanges.group(last.role, record.kind.behaviour), .neutral, path.map(\.name).joined(separator: "."),
        (was, now),
        Message(
          de: "\(title): \(label) ist jetzt als „\(now)“ geschrieben (vorher „\(was)“), der Inhalt ist gleich.",
          en: "\(title): \(label) is now written as “\(now)” (before: “\(was)”); the content is the same."))
    }
  }

  private mutating func sayUnknown(_ key: String, _ old: String?, _ new: String?, _ path: [FieldDeclaration]) {
    guard old != new, let last = path.last else { return }
    let (title, label) = (record.spokenTitle, last.label)
    say(
      RecordChanges.group(last.role ?? last.members.lazy.compactMap(\.role).first, record.kind.behaviour),
      old == nil ? .added : new == nil ? .removed : .neutral, (path.map(\.name) + [key]).joined(separator: "."),
      (old, new),
      new.map {
        Message(
          de:
            "\(title): unter „\(label)“ ist „\(key)“ jetzt „\($0)“ (vorher \(old.map { "„\($0)“" } ?? "nicht angegeben")); kb kennt diese Angabe nicht.",
          en:
            "\(title): under “\(label)” “\(key)” is now “\($0)” (before: \(old.map { "“\($0)”" } ?? "not given")); kb does not know this field."
        )
      }
        ?? Message(
          de:
            "\(title): unter „\(label)“ ist „\(key)“ nicht mehr angegeben (vorher „\(old ?? "")“); kb kennt diese Angabe nicht.",
          en:
            "\(title): under “\(label)” “\(key)” is no longer given (before: “\(old ?? "")”); kb does not know this field."
        ))
  }
}

extension YAMLNode {
  /// Returns what is after the key of a field.
  fileprivate func value(of field: Field) -> YAMLNode? { mapping?.first { $0.keyRange == field.keyRange }?.value }
}

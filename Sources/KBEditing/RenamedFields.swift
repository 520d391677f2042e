import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// The places in a record's fields that name another record by its id.
enum RenamedFields {
  static func places(of record: Record, in other: Record) -> [SourceRange] {
    var places: [SourceRange] = []
    func visit(_ value: Value, _ declaration: FieldDeclaration) {
      switch (value.content, declaration.type) {
      case (.list(let values), .list(let element)): for value in values { visit(value, element) }
      case (.object(let fields), _): for field in fields { visit(field.value, field.declaration) }
      case (.reference(let reference), .reference):
        if reference.id == record.id { places.append(value.range) }
      case (.reference(let reference), .referenceOrText(let kinds)):
        // Text of its own where no record of these kinds is meant.
        let fits = kinds.isEmpty || kinds.contains(record.kind.id) || kinds.contains(record.kind.behaviour.rawValue)
        if reference.id == record.id, fits { places.append(value.range) }
      default: break
      }
    }
    for field in other.fields { visit(field.value, field.declaration) }
    return places
  }

  /// A reference as it is written, with another id: `erp`, `system/erp`, `[[erp|ERP]]`.
  static func renamed(_ written: String, from old: String, to new: String) -> String? {
    var lower = written.startIndex
    var upper = written.endIndex
    if written.hasPrefix("[["), written.hasSuffix("]]"), written.count > 4 {
      lower = written.index(lower, offsetBy: 2)
      upper = written.index(upper, offsetBy: -2)
    }
    if let bar = written[lower..<upper].firstIndex(of: "|") { upper = bar }
    if let slash = written[lower..<upper].firstIndex(of: "/") { lower = written.index(after: slash) }
    guard written[lower..<upper] == old else { return nil }
    return written.replacingCharacters(lower..<upper, with: new)
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}

extension FieldEditor {
  /// Changes the id in a reference that was at a place when the file was read.
  ///
  /// References are changed from the last to the first: those before stay where they were.
  mutating func setReference(at range: SourceRange, from old: String, to new: String) throws(EditRefusal) {
    guard let root, let path = FieldEditor.path(at: range, in: root, FieldPath()),
      let written = node(at: path)?.scalar, let text = RenamedFields.renamed(written, from: old, to: new)
    else {
      throw EditRefusal(
        Message(
          de: "ein Verweis auf \(code: old) in \(file.path) lässt sich nicht ändern",
          en: "a reference to \(code: old) in \(file.path) can't be changed"),
        remedy: Message(de: "ihn von Hand ändern", en: "change it by hand"))
    }
    try set(path, to: .text(text))
  }

  /// The scalar at a place; in an unquoted `[[id]]` the innermost one.
  static func path(at range: SourceRange, in node: YAMLNode, _ path: FieldPath) -> FieldPath? {
    if node.range == range {
      if node.scalar != nil { return path }
      if node.unquotedWikiLink != nil { return path.appending(.item(0)).appending(.item(0)) }
    }
    guard node.range.lower <= range.lower, node.range.upper >= range.upper else { return nil }
    for (index, item) in (node.sequence ?? []).enumerated() {
      if let found = self.path(at: range, in: item, path.appending(.item(index))) { return found }
    }
    for entry in node.mapping ?? [] {
      if let found = self.path(at: range, in: entry.value, path.appending(.key(entry.key))) { return found }
    }
    return nil
  }
}

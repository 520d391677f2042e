public import KBCatalog
import KBDocument
import KBSchema
public import KBSource
import KBYAML

/// A record's file in its canonical form: the order of keys, their English names, days as ISO 8601, and no stray spaces.
///
/// What the file says stays, and so do comments, quotes and every byte of the body.
public enum Formatting {
  /// The file as it would be written.
  public static func formatted(_ record: Record) throws(EditRefusal) -> SourceFile {
    let document = record.document
    let file = document.source
    guard document.hasFrontMatter else { return withFinalLineEnd(file, "\n") }
    let doubled = document.diagnostics.first { $0.rule.code == "form/duplicate-key" }
    if let doubled { throw EditRefusal(doubled.message, remedy: doubled.remedy) }
    var editor = try FieldEditor(document)
    for (range, day) in days(in: record.fields) { try editor.setScalar(at: range, to: day.description) }
    for (path, name) in otherNames(in: editor.root, record.kind) { try editor.rename(path, to: name) }
    try editor.order(by: KeyOrder(record.kind))
    try editor.clearBlanks()
    return withFinalLineEnd(editor.file, editor.lineEnd)
  }

  private static func withFinalLineEnd(_ file: SourceFile, _ lineEnd: String) -> SourceFile {
    guard let last = file.bytes.last, last != UInt8(ascii: "\n") else { return file }
    let isCRLF = file.bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 > 0 && file.bytes[$0 - 1] == 0x0D } ?? false
    return SourceFile(path: file.path, bytes: file.bytes + Array((isCRLF ? "\r\n" : lineEnd).utf8))
  }

  // MARK: Days

  /// Days in another form than ISO 8601, from the last to the first: so those before stay where they were read.
  private static func days(in fields: [Field]) -> [(SourceRange, CalendarDate)] {
    var days: [(SourceRange, CalendarDate)] = []
    func visit(_ value: Value, _ type: ValueType) {
      switch (value.content, type) {
      case (.list(let values), .list(let element)): for value in values { visit(value, element.type) }
      case (.object(let fields), _): for field in fields { visit(field.value, field.declaration.type) }
      case (.invalid(let text), .date): if let day = CalendarDate(lenient: text) { days.append((value.range, day)) }
      default: break
      }
    }
    for field in fields { visit(field.value, field.declaration.type) }
    return days.sorted { $0.0.lower > $1.0.lower }
  }

  // MARK: Names

  /// Keys in another spelling than the canonical one, the deepest first: so the way to those above stays right.
  private static func otherNames(in root: YAMLNode?, _ kind: Kind) -> [(FieldPath, String)] {
    var names: [(path: FieldPath, name: String)] = []
    func visit(_ node: YAMLNode, _ declarations: [FieldDeclaration], _ path: FieldPath) {
      let entries = node.mapping ?? []
      for entry in entries {
        guard let declaration = declarations.named(entry.key) else { continue }
        let own = path.appending(.key(entry.key))
        // Of two spellings of one field neither is touched: 'kb check' says so.
        let isOnly = entries.count { declarations.named($0.key) === declaration } == 1
        if declaration.name != entry.key, isOnly { names.append((own, declaration.name)) }
        visit(entry.value, declaration, own)
      }
    }
    func visit(_ node: YAMLNode, _ declaration: FieldDeclaration, _ path: FieldPath) {
      switch declaration.type {
      case .object(let members, _): visit(node, members, path)
      case .money: visit(node, declaration.members, path)
      case .list(let element):
        guard let nodes = node.sequence else { return visit(node, element, path) }
        for (index, node) in nodes.enumerated() { visit(node, element, path.appending(.item(index))) }
      default: break
      }
    }
    if let root { visit(root, kind.fields, FieldPath()) }
    return names.sorted { $0.path.steps.count > $1.path.steps.count }.map { ($0.path, $0.name) }
  }
}

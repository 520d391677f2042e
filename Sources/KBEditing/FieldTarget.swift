import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// A field that somebody named: its declaration, and its place in a file, also where it is not there yet.
struct FieldTarget {
  /// The declarations down to the field; fewer than there are steps below keys that nobody declared.
  private let declarations: [FieldDeclaration]
  /// The keys as the file writes them; those it lacks as they were typed.
  let path: FieldPath
  private let orders: [KeyOrder]

  private var declaration: FieldDeclaration? {
    declarations.count == path.steps.count ? declarations.last : nil
  }

  /// Finds the field, by any name that the schema accepts.
  init(_ name: String, of kind: Kind, in editor: FieldEditor) throws(EditRefusal) {
    var declarations: [FieldDeclaration] = []
    var orders: [KeyOrder] = []
    var path = FieldPath()
    var level: [FieldDeclaration]? = kind.fields
    for part in name.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      let written = editor.node(at: path)?.mapping?.map(\.key) ?? []
      guard let known = level else {
        orders.append(.none)
        path.steps.append(.key(part))
        continue
      }
      orders.append(declarations.isEmpty ? KeyOrder(kind) : KeyOrder(known))
      guard let declaration = known.named(part) else {
        let isFree = part.hasPrefix("x-") || (declarations.isEmpty && kind.allowsAnyKey)
        guard isFree || (declarations.last.map { $0.takesAnyKey } ?? false) else {
          throw FieldTarget.unknown(part, known, in: declarations.last?.name ?? kind.id)
        }
        level = nil
        path.steps.append(.key(part))
        continue
      }
      if declarations.isEmpty, declaration.name == "id" {
        throw EditRefusal(
          Message(de: "die Kennung ändert \(code: "kb set") nicht", en: "\(code: "kb set") does not change the id"),
          remedy: Message(
            de: "\(code: "kb rename ALT NEU") ändert auch alle Verweise darauf",
            en: "\(code: "kb rename OLD NEW") changes all references to it as well"))
      }
      declarations.append(declaration)
      path.steps.append(.key(written.first { known.named($0) === declaration } ?? part))
      level = if case .list = declaration.type { [] } else { declaration.members }
      if case .map = declaration.type { level = nil }
      if declaration.takesAnyKey { level = nil }
    }
    (self.declarations, self.path, self.orders) = (declarations, path, orders)
  }

  private static func unknown(_ name: String, _ known: [FieldDeclaration], in owner: String) -> EditRefusal {
    guard !known.isEmpty else {
      return EditRefusal(
        Message(de: "\(code: owner) enthält keine Felder", en: "\(code: owner) has no fields in it"),
        remedy: Message(
          de: "den Wert als Ganzes setzen: \(code: "\(owner)=..."), bei einer Liste auch \(code: "\(owner)+=...")",
          en: "set the value as a whole: \(code: "\(owner)=..."), of a list also \(code: "\(owner)+=...")"))
    }
    let near = NearMiss(name, among: known.flatMap { [$0.name] + $0.aliases })
    let names = known.map(\.name).joined(separator: ", ")
    let remedy =
      known.count > 12
      ? Message(
        de: "\(code: "kb schema \(owner)") nennt alle Felder; eigene beginnen mit \(code: "x-")",
        en: "\(code: "kb schema \(owner)") prints all fields; custom ones begin with \(code: "x-")")
      : Message(de: "möglich sind: \(names)", en: "choose one of: \(names)")
    return EditRefusal(
      near.asked(
        after: Message(
          de: "\(code: owner) kennt kein Feld \(code: name)", en: "\(code: owner) has no field \(code: name)")),
      remedy: remedy)
  }

  // MARK: Applying

  func apply(_ assignment: FieldAssignment, to editor: inout FieldEditor) throws(EditRefusal) {
    switch assignment.operation {
    case .set: try editor.set(path, to: try content(assignment.value), orders: orders)
    case .unset:
      guard editor.node(at: path) != nil else {
        throw EditRefusal(
          Message(
            de: "\(editor.file.path) hat kein Feld \(code: assignment.name)",
            en: "\(editor.file.path) has no field \(code: assignment.name)"))
      }
      try editor.remove(path)
    case .add:
      for item in try items(assignment.value) {
        let there = editor.node(at: path)
        let isThere = there?.sequence?.contains { FieldContent($0) == item } ?? (there.map { FieldContent($0) } == item)
        if !isThere { try editor.append(item, to: path, orders: orders) }
      }
    case .subtract: try subtract(assignment, from: &editor)
    }
  }

  private func subtract(_ assignment: FieldAssignment, from editor: inout FieldEditor) throws(EditRefusal) {
    for item in try items(assignment.value) {
      let node = editor.node(at: path)
      if let node, node.scalar != nil, FieldContent(node) == item {
        try editor.set(path, to: .list([]))
        continue
      }
      let nodes = node?.sequence ?? []
      guard let index = nodes.firstIndex(where: { matches($0, item) }) else {
        let texts = nodes.compactMap { shown($0) }
        let near = NearMiss(shown(item) ?? "", among: texts)
        throw EditRefusal(
          near.asked(
            after: Message(
              de: "\(code: assignment.name) enthält \(code: assignment.value) nicht",
              en: "\(code: assignment.value) is not in \(code: assignment.name)")),
          remedy: texts.isEmpty
            ? nil
            : Message(
              de: "enthalten ist: \(texts.joined(separator: ", "))",
              en: "it holds: \(texts.joined(separator: ", "))"))
      }
      try editor.removeItem(index, of: path)
    }
  }

  /// Whether a list item is the one that is meant: the whole of it, or for a group its first member.
  private func matches(_ node: YAMLNode, _ item: FieldContent) -> Bool {
    FieldContent(node) == item || (node.mapping != nil && shown(node) == shown(item))
  }

  private func shown(_ node: YAMLNode) -> String? { node.scalar ?? node.mapping?.first?.value.scalar }

  private func shown(_ item: FieldContent) -> String? {
    switch item {
    case .text(let text): text
    case .group(let members): members.count == 1 ? members.first.flatMap { shown($0.content) } : nil
    case .nothing, .list: nil
    }
  }

  // MARK: Values

  /// The value as the field's type takes it: lists between brackets or separated by commas, groups between braces.
  private func content(_ value: String) throws(EditRefusal) -> FieldContent {
    guard let declaration else { return try structured(value) ?? .text(value) }
    switch declaration.type {
    case .list: return .list(try items(value))
    case .object, .map, .money, .any: return try structured(value) ?? .text(value)
    default: return .text(value)
    }
  }

  private func items(_ value: String) throws(EditRefusal) -> [FieldContent] {
    guard case .list(let element)? = declaration?.type else {
      if let declaration, declaration.type.name != "any" {
        throw EditRefusal(
          Message(de: "\(code: declaration.name) ist keine Liste", en: "\(code: declaration.name) is not a list"),
          remedy: Message(
            de: "\(code: "\(declaration.name)=wert") schreiben", en: "write \(code: "\(declaration.name)=value")"))
      }
      return [try structured(value) ?? .text(value)]
    }
    if let content = try structured(value) {
      if case .list(let items) = content { return items }
      return [content]
    }
    // Prose has commas of its own.
    switch element.type {
    case .text, .markdown: return [.text(value)]
    default: break
    }
    return value.split(separator: ",").map { .text(String($0).trimmingBlanks()) }
  }

  /// The content between brackets or braces; `nil` for other text.
  private func structured(_ value: String) throws(EditRefusal) -> FieldContent? {
    guard value.hasPrefix("[") && !value.hasPrefix("[[") || value.hasPrefix("{") else { return nil }
    let yaml = YAMLFile(
      parsing: SourceFile(path: RepoPath(normalized: "value.yml"), bytes: Array("value: \(value)\n".utf8)))
    guard yaml.diagnostics.isEmpty, let node = yaml.root?["value"], node.scalar == nil, yaml.root?.mapping?.count == 1
    else {
      let finding = yaml.diagnostics.first
      throw EditRefusal(
        finding?.message
          ?? Message(de: "\(code: value) ist so nicht lesbar", en: "\(code: value) can't be read"),
        remedy: finding?.remedy)
    }
    return FieldContent(node)
  }

  // MARK: Checking

  /// Says what `kb check` would say of the new value, and did not say before.
  func check(_ editor: FieldEditor, in catalog: Catalog, known: [Diagnostic]) throws(EditRefusal) {
    guard let place = editor.node(at: path)?.range else { return }
    let read = catalog.record(reading: Document(parsing: editor.file, readsBody: false))
    let found = read.findings.first { finding in
      finding.severity > .hint && finding.range.lower >= place.lower && finding.range.upper <= place.upper
        && !known.contains { $0.rule == finding.rule && $0.message == finding.message }
    }
    guard let found else { return }
    throw EditRefusal(found.message, remedy: found.remedy)
  }
}

extension FieldDeclaration {
  /// Whether what is in it is the author's own.
  fileprivate var takesAnyKey: Bool {
    switch type {
    case .map, .any: true
    default: false
    }
  }
}

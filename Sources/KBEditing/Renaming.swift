public import KBCatalog
import KBDocument
import KBSchema
public import KBSource
import KBYAML

/// A record's new id, with every place that names it: fields, links in bodies, paths, `kb.yml`. The old id becomes an alias.
public struct Renaming: Sendable {
  public let record: Record
  public let newID: String
  /// Where the record's file will be.
  public let newPath: RepoPath
  /// Everything that changes.
  public private(set) var changes = ChangeSet()
  /// The number of references that change.
  public private(set) var referenceCount = 0

  /// Works out what changes when a record gets another id, and another title where one is given.
  public init(_ record: Record, to newID: String, title: String? = nil, in catalog: Catalog) throws(EditRefusal) {
    self.record = record
    self.newID = newID
    try Renaming.check(newID, for: record, in: catalog)
    newPath = Renaming.path(of: record, named: newID)
    let words = try title.map { title throws(EditRefusal) in try NewTitle(title, of: record) }
    let links = RenamedLinks(record: record, newID: newID, newPath: newPath, anchors: words?.anchors ?? [:])
    for other in catalog.records {
      let body = try links.replacements(in: other, catalog)
      let fields = RenamedFields.places(of: record, in: other)
      let texts = try links.fieldReplacements(in: other, catalog)
      let isSelf = other.index == record.index
      guard isSelf || !body.isEmpty || !fields.isEmpty || !texts.isEmpty else { continue }
      referenceCount += body.count + fields.count + texts.count
      let file = other.document.source
      // From the end of the file: what comes before stays where it was read.
      var bytes = file.bytes
      for replacement in (body + (isSelf ? words?.heading ?? [] : [])).sorted(by: { $0.range.lower > $1.range.lower }) {
        bytes.replaceSubrange(replacement.range.offsets, with: replacement.text.utf8)
      }
      guard isSelf || !fields.isEmpty || !texts.isEmpty else {
        changes.change(file, to: bytes)
        continue
      }
      var editor = try FieldEditor(Document(parsing: SourceFile(path: file.path, bytes: bytes), readsBody: false))
      // Again from the end: texts and references are mixed.
      for place in (fields + texts.map(\.range)).sorted(by: { $0.lower > $1.lower }) {
        if let text = texts.first(where: { $0.range == place }) {
          var bytes = editor.file.bytes
          bytes.replaceSubrange(place.offsets, with: text.text.utf8)
          editor = try FieldEditor(Document(parsing: SourceFile(path: file.path, bytes: bytes), readsBody: false))
        } else {
          try editor.setReference(at: place, from: record.id, to: newID)
        }
      }
      if isSelf { try describe(&editor, words) }
      changes.change(file, to: editor.file.bytes, at: isSelf ? newPath : nil)
    }
    try renamePaths(in: catalog)
  }

  // MARK: The new name

  private static func check(_ id: String, for record: Record, in catalog: Catalog) throws(EditRefusal) {
    guard Record.isValid(id: id) else {
      let proposal = Record.proposedID(for: id)
      throw EditRefusal(
        Message(de: "\(code: id) ist als Kennung nicht erlaubt", en: "\(code: id) is not allowed as an id"),
        remedy: Record.isValid(id: proposal)
          ? Message(de: "\(code: proposal) schreiben", en: "write \(code: proposal)")
          : Message(
            de: "Kleinbuchstaben, Ziffern und Bindestriche verwenden, höchstens 63",
            en: "use lower-case letters, digits and hyphens, at most 63"))
    }
    guard id != record.id else {
      throw EditRefusal(
        Message(de: "\(record.path) heißt schon \(code: id)", en: "\(record.path) is called \(code: id) already"),
        remedy: Message(
          de: "nur den Titel ändert \(code: "kb set \(id) title=...")",
          en: "\(code: "kb set \(id) title=...") changes just the title"))
    }
    guard let other = catalog.record(Reference(written: id)), other.index != record.index else { return }
    var number = 2
    while catalog.record(Reference(written: "\(id)-\(number)")) != nil { number += 1 }
    let free = "\(id)-\(number)"
    throw EditRefusal(
      other.id == id
        ? Message(
          de: "die Kennung \(code: id) ist schon vergeben an \(other.path)",
          en: "the id \(code: id) is already taken by \(other.path)")
        : Message(
          de:
            "\(code: id) ist schon unter \(code: "aliases") eingetragen in \(other.path): Verweise darauf führten dann woandershin",
          en:
            "\(code: id) is already listed under \(code: "aliases") in \(other.path): references to it would lead elsewhere"
        ),
      remedy: Message(de: "eine andere wählen; frei ist \(code: free)", en: "choose another one; \(code: free) is free")
    )
  }

  /// The file takes the id as its name where that gave the old one; an index file stays, and so does a file of another name.
  private static func path(of record: Record, named id: String) -> RepoPath {
    let path = record.path
    let stem = Record.stem(of: path)
    guard !Record.isIndex(path), record.hasDerivedID || Record.proposedID(for: stem) == record.id else { return path }
    // The ending alone stays: of blanks around the name nobody knows.
    let ending = String(path.name).trimmingBlanks().dropFirst(stem.count)
    let name = id + ending
    return RepoPath(normalized: path.folder.isEmpty ? name : "\(path.folder)/\(name)")
  }

  // MARK: The record itself

  /// Sets id, title and aliases.
  private func describe(_ editor: inout FieldEditor, _ words: NewTitle?) throws(EditRefusal) {
    let kind = record.kind
    let order = [KeyOrder(kind)]
    func key(_ declaration: FieldDeclaration) -> FieldPath {
      let written = editor.root?.mapping?.map(\.key) ?? []
      return FieldPath(written.first { kind.fields.named($0) === declaration } ?? declaration.name)
    }
    if let id = kind.field(named: "id"), !record.hasDerivedID || newPath == record.path {
      try editor.set(key(id), to: .text(newID), orders: order)
    }
    if let title = kind.field(named: "title"), let words, words.isField {
      try editor.set(key(title), to: .text(words.text), orders: order)
    }
    guard let aliases = kind.field(.aliases) else { return }
    let path = key(aliases)
    if let index = editor.node(at: path)?.sequence?.firstIndex(where: { $0.scalar == newID }) {
      try editor.removeItem(index, of: path)
    } else if editor.node(at: path)?.scalar == newID {
      try editor.remove(path)
    }
    let isKnown = record.values(.aliases).contains { $0.text == record.id }
    if !isKnown { try editor.append(.text(record.id), to: path, orders: order) }
  }

  // MARK: Paths in kb.yml

  /// Changes paths in `kb.yml` that name the record's file.
  private mutating func renamePaths(in catalog: Catalog) throws(EditRefusal) {
    guard newPath != record.path, let file = catalog.library.source(RepoPath(normalized: "kb.yml")) else { return }
    let yaml = YAMLFile(parsing: file)
    var places: [(path: FieldPath, text: String)] = []
    for entry in yaml.root?.mapping ?? [] where Configuration.declarations.named(entry.key)?.name == "paths" {
      for (index, node) in (entry.value.sequence ?? []).enumerated() {
        for member in node.mapping ?? [] {
          guard let text = member.value.scalar, text == record.path.string || text == "/\(record.path)" else {
            continue
          }
          places.append(
            (
              FieldPath([.key(entry.key), .item(index), .key(member.key)]),
              (text.first == "/" ? "/" : "") + newPath.string
            ))
        }
      }
    }
    guard !places.isEmpty else { return }
    var editor = try FieldEditor(yaml)
    for place in places { try editor.set(place.path, to: .text(place.text)) }
    referenceCount += places.count
    changes.change(file, to: editor.file.bytes)
  }
}

/// Bytes of a file as it was read, and what takes their place.
struct TextReplacement: Sendable, Hashable {
  var range: SourceRange
  var text: String
}

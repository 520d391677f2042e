public import KBCatalog
import KBDocument
public import KBSource
import KBYAML

/// References in one file that get another target, or go.
public struct HandedReferences: Sendable {
  public let record: Record
  /// For each reference its place in the file, and the id that is written there; `nil` takes it out.
  public let references: [(place: SourceRange, id: String?)]

  public init(_ record: Record, _ references: [(place: SourceRange, id: String?)]) {
    self.record = record
    self.references = references
  }

  /// The file after the changes, made by the writer of `kb set`.
  public func applied() throws(EditRefusal) -> SourceFile {
    var editor = try FieldEditor(record.document)
    // From the last to the first: the places of those before stay where they were.
    for (place, id) in references.sorted(by: { $0.place.lower > $1.place.lower }) {
      guard let root = editor.root, let path = FieldEditor.path(at: place, in: root, FieldPath()) else {
        throw EditRefusal(
          Message(
            de: "ein Verweis in \(editor.file.path) lässt sich nicht ändern",
            en: "a reference in \(editor.file.path) can't be changed"),
          remedy: Message(de: "ihn von Hand ändern", en: "change it by hand"))
      }
      if let id {
        try editor.set(path.aroundWikiLink(in: editor), to: .text(id))
      } else {
        try editor.take(path.aroundWikiLink(in: editor))
      }
    }
    return editor.file
  }
}

extension FieldPath {
  /// The place of the whole of an unquoted `[[id]]`, of which this is the place of the id.
  fileprivate func aroundWikiLink(in editor: FieldEditor) -> FieldPath {
    guard steps.count > 2 else { return self }
    let outer = FieldPath(Array(steps.dropLast(2)))
    return editor.node(at: outer)?.unquotedWikiLink == nil ? self : outer
  }
}

extension FieldEditor {
  /// Takes a value out: an item of a list, or a field.
  fileprivate mutating func take(_ path: FieldPath) throws(EditRefusal) {
    guard case .item(let index) = path.steps.last else { return try remove(path) }
    try removeItem(index, of: FieldPath(Array(path.steps.dropLast())))
  }
}

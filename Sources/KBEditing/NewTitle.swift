import KBCatalog
import KBDocument
import KBSource

/// Another title for a record: in its field, and in the heading that says the same.
struct NewTitle {
  let text: String
  /// Whether the field `title` changes, or comes; else only the heading does.
  let isField: Bool
  /// The heading, where it is the title.
  private(set) var heading: [TextReplacement] = []
  /// Anchors of headings that change with it, old to new.
  private(set) var anchors: [String: String] = [:]

  init(_ title: String, of record: Record) throws(EditRefusal) {
    text = title.trimmingBlanks()
    guard !text.isEmpty, !text.contains(where: \.isNewline) else {
      throw EditRefusal(
        Message(de: "der Titel muss eine Zeile Text sein", en: "the title must be one line of text"))
    }
    let document = record.document
    isField = record["title"] != nil || !record.headingIsTitle
    guard let first = document.body.headings.first, record.headingIsTitle else { return }
    var bytes = document.source.bytes
    bytes.replaceSubrange(first.range.offsets, with: text.utf8)
    let after = Document(parsing: SourceFile(path: document.path, bytes: bytes)).body.headings
    guard document.source.text(first.range) == first.text, after.count == document.body.headings.count,
      after.first?.text == text
    else {
      throw EditRefusal(
        Message(
          de: "die Überschrift in \(document.path) lässt sich nicht ersetzen",
          en: "the heading in \(document.path) can't be replaced"),
        remedy: Message(de: "den Titel von Hand ändern", en: "change the title by hand"))
    }
    heading = [TextReplacement(range: first.range, text: text)]
    for (old, new) in zip(document.body.headings, after) where old.anchor != new.anchor {
      anchors[old.anchor] = new.anchor
    }
  }
}

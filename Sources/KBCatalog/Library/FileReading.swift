import KBDocument
import KBSchema
import KBSource

/// A file that was read as a record.
final class FileReading: Sendable {
  /// The file as it was; the document's own may have been converted to UTF-8.
  let file: SourceFile
  let draft: RecordReader.Draft
  /// The findings about the record by itself.
  let findings: [Diagnostic]

  /// The reading in which the same values are secrets; `nil` where this is it.
  private let strict: FileReading?

  init(_ file: SourceFile, _ draft: RecordReader.Draft, strict: FileReading? = nil) {
    self.file = file
    self.strict = strict
    self.draft = draft
    // Its number and the end of its id are not known yet; no finding depends on them.
    let record = Record(draft, index: 0, id: draft.id)
    findings = RecordCheck.all.flatMap { $0.findings(record) }
  }

  /// Returns the reading in which values that are ordinary words are no secrets.
  ///
  /// `known`: such a reading of an earlier catalog.
  func acquitting(_ words: Set<String>, _ reader: RecordReader, _ known: FileReading?) -> FileReading {
    let words = draft.document.doubts.intersection(words)
    if words.isEmpty { return self }
    if let known, known.strict === self, known.draft.document.acquitted == words { return known }
    return FileReading(file, reader.read(Document(parsing: file, acquitted: words)), strict: self)
  }

  /// Returns whether references to it, by any name, lead to the same place and say the same.
  func looksLike(_ other: FileReading) -> Bool {
    self === other
      || draft.document.path == other.draft.document.path && draft.id == other.draft.id
        && draft.title == other.draft.title && draft.kind.id == other.draft.kind.id
        && draft.document.body.headings.map(\.anchor) == other.draft.document.body.headings.map(\.anchor)
  }
}

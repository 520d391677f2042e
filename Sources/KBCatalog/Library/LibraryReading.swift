public import KBDocument
import KBSchema
public import KBSource

extension Library {
  /// Reads a file as a record of this library, in place of the one at its path if there is one; with the findings about its
  /// form and its references.
  ///
  /// The library stays as it is: this is how a change is judged before it is made.
  public func record(reading document: Document) -> (record: Record, findings: [Diagnostic]) {
    let draft = RecordReader(schema: schema, configuration: configuration, today: today).read(document)
    let known = record(at: document.path)
    let record = Record(
      draft, index: known?.index ?? records.count,
      id: draft.hasDerivedID && known?.hasDerivedID == true ? known?.id ?? draft.id : draft.id)
    let resolution = resolver.resolution(of: record)
    let findings = (document.diagnostics + draft.diagnostics + resolution.diagnostics).compactMap(
      configuration.adjusted)
    return (record, findings.inOrder())
  }

  /// Reads an earlier version of a record as today's files are read.
  public func version(at path: RepoPath, _ bytes: [UInt8]) -> Record {
    let reader = RecordReader(schema: schema, configuration: configuration, today: today)
    let file = SourceFile(path: path, bytes: bytes)
    var draft = reader.read(Document(parsing: file, readsBody: false, acquitted: ordinaryWords))
    // Steps are in the body, and so is the title if the front matter has none.
    if draft.kind.behaviour == .runbook || !draft.fields.contains(where: { $0.declaration.name == "title" }) {
      draft = reader.read(Document(parsing: file, acquitted: ordinaryWords))
    }
    return Record(draft, index: -1, id: draft.id)
  }
}

extension Record {
  /// Returns whether a text may be an id: lower-case letters, digits and hyphens, at most 63.
  public static func isValid(id: String) -> Bool { RecordReader.isValid(id: id) }

  /// Returns a file's name without its endings `.md` and `.html`.
  public static func stem(of path: RepoPath) -> String { RecordReader.stem(of: path) }

  /// Returns whether the file's record takes the name of its folder: `index.md`, `README.md`.
  public static func isIndex(_ path: RepoPath) -> Bool { RecordReader.isIndex(path) }

  /// Returns the id for a title: umlauts spelled out, everything but letters and digits as hyphens.
  public static func proposedID(for text: String) -> String { slug(text) }

  /// Returns the id of a record whose front matter has none, derived from its path.
  public static func derivedID(of path: RepoPath) -> String { RecordReader.derivedID(of: path) }
}

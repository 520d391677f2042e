import KBDocument
public import KBSource

extension Catalog {
  /// An earlier version of a record, read as today's files are.
  public func version(at path: RepoPath, _ bytes: [UInt8]) -> Record {
    let reader = RecordReader(schema: schema, configuration: configuration, today: today)
    let file = SourceFile(path: path, bytes: bytes)
    var draft = reader.read(Document(parsing: file, readsBody: false))
    // Steps stand in the body, and so does the title where the front matter has none.
    if draft.kind.behaviour == .runbook || !draft.fields.contains(where: { $0.declaration.name == "title" }) {
      draft = reader.read(Document(parsing: file))
    }
    return Record(draft, index: -1, id: draft.id)
  }
}

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

  /// What changed from one version of a record to the next, in sentences; names are today's, `former` ids as they
  /// were meant then, and those of today; `day` is that of the change.
  public func changes(
    from before: Record?, to after: Record?, former: [String: String] = [:], on day: CalendarDate? = nil
  )
    -> [Change]
  {
    RecordChanges(from: before, in: self, to: after, in: self, RecordNames(self, former: former), on: day)?.changes
      ?? []
  }
}

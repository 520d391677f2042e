public import KBDocument
public import KBSource

extension Catalog {
  /// A file read as a record of this knowledge base, in place of the one at its path or beside the others, with what
  /// reading finds: about its form, and about where its references lead.
  ///
  /// Nothing is written, and the catalog stays as it is: that is how a change is judged before it is made.
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
}

extension Record {
  /// Whether a text may be an id: lower-case letters, digits and hyphens, at most 63.
  public static func isValid(id: String) -> Bool { RecordReader.isValid(id: id) }

  /// A file's name without its endings `.md` and `.html`.
  public static func stem(of path: RepoPath) -> String { RecordReader.stem(of: path) }

  /// Whether the file gives its folder's name to its record: `index.md`, `README.md`.
  public static func isIndex(_ path: RepoPath) -> Bool { RecordReader.isIndex(path) }

  /// The id that a text would give: umlauts spelled out, everything but letters and digits as hyphens.
  public static func proposedID(for text: String) -> String { slug(text) }

  /// The id that a file's path gives to a record that writes none.
  public static func derivedID(of path: RepoPath) -> String { RecordReader.derivedID(of: path) }
}

extension Catalog {
  /// The catalog with the contents of some files taken from another one; what `drafts` know is not read again.
  public func holding(_ paths: [RepoPath], from other: Catalog, reusing drafts: inout CatalogDrafts) async throws
    -> Catalog
  {
    let held = Set(paths)
    let files = records.map { record in
      held.contains(record.path) ? other.file(record.path) ?? record.document.file : record.document.file
    }
    // What could not even be read is found again by nobody: those findings stay.
    let known = Set(files.map(\.path)).union(otherFiles.keys)
    return try await Catalog(
      Snapshot(
        files: files + otherFiles.values, attachments: Array(attachments.values),
        diagnostics: diagnostics.filter { !known.contains($0.path) }, ignoreFile: ignoreFile),
      today: today, reusing: &drafts)
  }
}

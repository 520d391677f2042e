import KBCatalog
import KBChecks
import KBEditing
import KBDisk
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// The file of a new record: an unused name, in the folder of its kind.
struct NewRecordFile {
  let id: String
  let path: RepoPath
  private let kind: Kind

  init(id given: String?, title: String, kind: Kind, in catalog: Catalog) throws {
    let id = given ?? RecordID.made(from: title)
    guard RecordID.isValid(id) else {
      guard given == nil else {
        throw CommandFailure(
          Message(de: "'\(id)' ist keine Kennung", en: "'\(id)' is not an id"),
          remedy: Message(
            de: "Kleinbuchstaben, Ziffern und Bindestriche, höchstens 63",
            en: "lower-case letters, digits and hyphens, at most 63"))
      }
      throw CommandFailure(
        Message(
          de: "aus dem Titel '\(title)' lässt sich keine Kennung machen",
          en: "no id can be made from the title '\(title)'"),
        remedy: Message(de: "mit --id eine angeben", en: "give one with --id"))
    }
    if let other = catalog.record(Reference(written: id)) {
      let free =
        (2...).lazy.map { "\(id.prefix(60))-\($0)" }.first { catalog.record(Reference(written: $0)) == nil } ?? id
      let isAlias = other.id != id
      throw CommandFailure(
        Message(
          de:
            "die Kennung '\(id)' \(isAlias ? "ist ein früherer Name von" : "gehört schon zu") \(other.path) ('\(other.title)')",
          en:
            "the id '\(id)' \(isAlias ? "is an earlier name of" : "belongs to") \(other.path) ('\(other.title)') already"
        ),
        remedy: Message(de: "eine andere angeben, etwa:  --id \(free)", en: "give another one, such as:  --id \(free)"))
    }
    self.id = id
    self.kind = kind
    let folder = catalog.configuration.folders.first { $0.kind == kind.id }?.folder ?? kind.folder
    path = RepoPath(normalized: folder == "." ? "\(id).md" : "\(folder)/\(id).md")
  }

  /// Returns what `kb check` will say about the file, in a report. Throws for what must not be written: a secret, or a file
  /// that would be no such record. With any other finding it is written: no answer is lost.
  ///
  /// `drafts`: what was read of the other files already.
  func checked(
    _ text: String, _ files: WorkspaceFiles, _ options: WorkspaceOptions, reusing drafts: inout CatalogDrafts
  ) async throws -> Report {
    var snapshot = files.snapshot
    snapshot.files.append(SourceFile(path: path, bytes: Array(text.utf8)))
    let day = options.today ?? ProcessEnvironment.today()
    let catalog = try await Catalog(snapshot, today: day, reusing: &drafts)
    let findings = catalog.diagnostics.filter { $0.path == path }
    let secrets = findings.filter { $0.severity == .error && $0.rule.code.hasPrefix("secret/") }
    guard secrets.isEmpty else {
      Report(catalog: catalog, findings: secrets, prefix: "").writeText(to: .standardError)
      throw CommandFailure(Message(de: "nichts geschrieben", en: "nothing written"))
    }
    guard let record = catalog.record(at: path), record.kind.id == kind.id, record.id == id else {
      throw CommandFailure(
        Message(
          de: "\(path) wäre dort kein Eintrag der Art '\(kind.id)': 'folders' in kb.yml prüfen; nichts geschrieben",
          en:
            "\(path) would not be a record of the kind '\(kind.id)' there: check 'folders' in kb.yml; nothing written"
        ))
    }
    return Report(catalog: catalog, findings: findings, prefix: "")
  }

  /// Writes the file where there is none.
  func write(_ text: String, below root: String) throws {
    try Workspace.refuseBare(root)
    guard try FileReplacement.create(Array(text.utf8), at: path, below: root) else {
      throw CommandFailure(
        Message(de: "\(path) gibt es schon", en: "\(path) exists already"),
        remedy: Message(de: "mit --id eine andere Kennung angeben", en: "give another id with --id"))
    }
  }
}

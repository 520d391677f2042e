import ArgumentParser
import KBCatalog
import KBEditing
import KBGit
import KBDisk
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb new`.
struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Create a record: its file with what is known, and empty fields for the rest.",
    discussion: """
      KIND is a kind, its folder or its name: system, systems, Vertrag. 'kb schema' lists kinds and fields. \
      The file's name comes from the title: "Störung im Büro" becomes stoerung-im-buero.md.

      References are completed: --set system=erp finds the only system whose id or title starts like that. Give --set again, or \
      commas, for several: --set operated_by=it,acme. Parts of a field have a dot: --set support.phone='040 66969 100'.

      On a terminal it asks for required fields that are missing; elsewhere they stay empty, and 'kb check' names them. \
      The path goes to standard output, remarks to standard error. Nothing that exists is overwritten.
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The kind of record, such as system.", completion: .kinds)
  var kind: String

  @Argument(help: "The title, as people say it.")
  var title: String

  @Option(
    name: .customLong("set"), help: ArgumentHelp("A field and its value; may be repeated.", valueName: "field=value"))
  var assignments: [String] = []

  @Option(help: "The id, and so the file's name; by default made from the title.")
  var id: String?

  @Flag(help: "Open the file in your editor ($VISUAL or $EDITOR), and check it afterwards.")
  var edit = false

  @Flag(help: "Print the file instead of writing it.")
  var dryRun = false

  func run() async throws {
    let files = try await WorkspaceFiles(workspace, purpose: dryRun ? .reading : .changing)
    // The files are read once; the second catalog, with the new record in it, is made of what was read.
    var drafts = CatalogDrafts()
    let catalog = try await files.catalog(workspace, reusing: &drafts)
    if edit, Editor.command == nil {
      throw CommandFailure(
        Message(de: "weder VISUAL noch EDITOR ist gesetzt", en: "neither VISUAL nor EDITOR is set"),
        remedy: Message(
          de: "eine davon setzen, etwa:  export EDITOR=nano", en: "set one, for example:  export EDITOR=nano"))
    }
    let kind = try catalog.schema.kind(named: kind)
    let target = try NewRecordFile(id: id, title: title, kind: kind, in: catalog)
    var draft = try draft(kind, target.path, catalog)
    if Prompt.isPossible {
      do throws(Prompt.Ended) {
        try Interview(catalog: catalog, path: target.path).complete(&draft, author: author(files.tree.root))
      } catch {
        throw CommandFailure(
          Message(
            de: "abgebrochen, nichts geschrieben",
            en: "stopped, nothing written"))
      }
    }
    let text = draft.text
    let checked = try await target.checked(text, files, workspace, reusing: &drafts)
    if dryRun {
      Console.standardError.line(Console.harmless("\(target.path.string):"))
      Console.standardOutput.write(text)
    } else {
      try target.write(text, below: files.tree.root)
      Console.standardOutput.line(Console.harmless(target.path.string))
    }
    remark(draft, checked, target.path)
    if edit, !dryRun { try await editFile(target.path, below: files.tree.root) }
    if !NewCommand.errors(checked.findings).isEmpty { throw ExitCode(1) }
  }

  /// The errors that do not only say that something is still empty.
  private static func errors(_ findings: [Diagnostic]) -> [Diagnostic] {
    findings.filter { $0.severity == .error && !["form/missing", "form/undescribed"].contains($0.rule.code) }
  }

  private func draft(_ kind: Kind, _ path: RepoPath, _ catalog: Catalog) throws(EditRefusal) -> RecordDraft {
    var draft = try RecordDraft(kind: kind, title: title, at: path, in: catalog)
    for assignment in assignments {
      do throws(EditRefusal) {
        try assign(assignment, to: &draft)
      } catch {
        let place = "--set \(ShellWord.quoted(assignment))"
        throw EditRefusal(
          Message(de: "\(place): \(error.message)", en: "\(place): \(error.message)"), remedy: error.remedy)
      }
    }
    return draft
  }

  /// Sets a field; a value that does not fit is written all the same, and reported like any other finding.
  private func assign(_ assignment: String, to draft: inout RecordDraft) throws(EditRefusal) {
    do throws(EditRefusal) {
      try draft.assign(assignment)
    } catch let refusal {
      do throws(EditRefusal) { try draft.assign(assignment, asWritten: true) } catch { throw refusal }
    }
  }

  /// The record of the person who works here, by git's name or address.
  private func author(_ root: String) -> (Catalog) -> Record? {
    { catalog in
      let settings = GitSettings(around: root)
      return catalog.records.first { record in
        record.kind.behaviour == .person
          && (settings.userEmail.map { $0 == record.value(.email)?.text } ?? false || settings.userName == record.title)
      }
    }
  }

  /// Says what is wrong with the answers, and names the fields that are still empty.
  private func remark(_ draft: RecordDraft, _ checked: Report, _ path: RepoPath) {
    guard !checked.findings.isEmpty else { return }
    let wrong = NewCommand.errors(checked.findings)
    if !wrong.isEmpty {
      Report(catalog: checked.catalog, findings: wrong, prefix: "").writeText(to: .standardError)
    }
    let language = draft.language
    let missing = (draft.missing + draft.expected).map(\.name).joined(separator: ", ")
    if !missing.isEmpty {
      Console.standardError.line((Message(de: "Noch leer: ", en: "Still empty: ")[language]) + missing)
    }
    guard wrong.count < checked.findings.count else { return }
    Console.standardError.line(
      Console.harmless(
        Message(
          de: "'kb check \(ShellWord.quoted(path.string))' sagt, was fehlt.",
          en: "'kb check \(ShellWord.quoted(path.string))' says what is missing.")[language]))
  }

  /// Opens the file, and says what is wrong with it afterwards.
  private func editFile(_ path: RepoPath, below root: String) async throws {
    let status = Editor.open("\(root)/\(path.string)")
    guard status == 0 else {
      throw CommandFailure(
        Message(
          de: "der Editor endete mit Status \(String(status)); die Datei ist \(path.string)",
          en: "the editor ended with status \(String(status)); the file is \(path.string)"))
    }
    let base = try await Workspace(workspace)
    let findings = base.catalog.diagnostics.filter { $0.path == path }
    Report(catalog: base.catalog, findings: findings, prefix: "").writeText(to: .standardError)
  }
}

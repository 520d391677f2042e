import ArgumentParser
import KBCatalog
import KBDisk
import KBDocument
import KBEditing
import KBSource
import KBTerminal
import KBWorkspace

/// `kb fmt`.
struct FormatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Write the fields of records in one form: their order, English keys, days as 2026-11-21.",
    discussion: """
      What a file says stays as it is, and so do comments, quotes, line ends and every byte of the text below the fields:

        - title and summary come first, then what it is and who answers for it, then the fields of its kind in the order
          of 'kb schema KIND', and links at the end; keys of your own follow in their order
        - a comment goes along with the field that it belongs to
        - German keys become the English ones: 'verantwortlich' becomes 'owner'
        - days such as 05.01.2026 become 2026-01-05
        - blanks at the ends of lines go, and the last line of the file gets its end

      Without PATH all records are written. Files that can't be read are left alone; 'kb check' says why.

      Exit status: with --check 1 when there is a file that would change, 2 when there is one that can't be read; else 0.
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var changing: ChangeOptions

  @Flag(help: "Change nothing; list the files that would change, and end with status 1 when there is one.")
  var check = false

  @Argument(help: ArgumentHelp("Files or folders to format.", valueName: "path"))
  var paths: [String] = []

  func run() async throws {
    let base = try await Workspace(workspace, purpose: check ? .reading : changing.purpose)
    let selected = try paths.map { try base.selection($0) }
    var changes = ChangeSet()
    var unreadable = 0
    for record in base.catalog.records {
      let path = record.path.string
      guard selected.isEmpty || selected.contains(where: { $0.isEmpty || path == $0 || path.hasPrefix($0 + "/") })
      else {
        continue
      }
      guard let file = formatted(record) else {
        leaveAlone(path, base)
        unreadable += 1
        continue
      }
      var only = ChangeSet()
      only.change(record.document.source, to: file.bytes)
      // A link is written where it leads to.
      guard let change = only.changes.first, try ChangeSet.obstacle(to: change, in: base.tree.root) == nil else {
        continue
      }
      changes.change(record.document.source, to: file.bytes)
    }
    if check {
      for change in changes.changes { Console.standardOutput.line(Console.harmless(change.path.string)) }
    } else {
      try base.publish(changes, changing)
      if !changing.dryRun { report(changes, base) }
    }
    let status: Int32 = !check ? 0 : unreadable > 0 ? 2 : changes.isEmpty ? 0 : 1
    if check, unreadable > 0 { reportUnreadable(unreadable, base) }
    withExtendedLifetime(base) { ExitStatus.end(status) }
  }

  /// The record's file in its canonical form; `nil` when it can't be read.
  private func formatted(_ record: Record) -> SourceFile? {
    do throws(EditRefusal) {
      return try Formatting.formatted(record)
    } catch {
      return nil
    }
  }

  private func leaveAlone(_ path: String, _ base: Workspace) {
    let shown = Console.harmless(path)
    Console.standardError.line(
      Message(
        de: "kb: '\(shown)' bleibt, wie es ist; 'kb check' sagt, warum",
        en: "kb: '\(shown)' is left as it is; 'kb check' says why")[base.language])
  }

  private func reportUnreadable(_ count: Int, _ base: Workspace) {
    Console.standardError.line(
      Message(
        de: "kb: \(count) \(count == 1 ? "Datei ist" : "Dateien sind") nicht lesbar und darum nicht geprüft",
        en: "kb: \(count) \(count == 1 ? "file" : "files") can't be read, and so could not be checked")[base.language])
  }

  private func report(_ changes: ChangeSet, _ base: Workspace) {
    for change in changes.changes { Console.standardOutput.line(Console.harmless(change.path.string)) }
    let count = changes.changes.count
    Console.standardError.line(
      Message(
        de: "kb: \(count) \(count == 1 ? "Datei" : "Dateien") geschrieben",
        en: "kb: \(count) \(count == 1 ? "file" : "files") written")[base.language])
  }
}

import ArgumentParser
import KBCatalog
import KBDisk
import KBGit
import KBHistory
import KBLive
import KBReports
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb log`.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Say who changed what, when, and what that means.",
    discussion: """
      With an ID only the changes of that record, through renames and moves of its file. A merge counts for what it changed \
      itself; everything else is listed with the commit that brought it. A record that is gone is found by the id that it had.

      Examples:
        kb log
        kb log erp --limit 5
        kb log --at v2026-10 --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(
    help: "The record's id, such as erp or system/erp. Default: the whole knowledge base.", completion: .recordIDs)
  var id: String?

  @Option(help: ArgumentHelp("The most commits to show, the newest first; 0 for all.", valueName: "n"))
  var limit = 20

  @Option(help: "Output format.")
  var format: Format = .text

  /// The most changes of one commit that are listed on a terminal.
  private static let mostListed = 20
  /// The most changes of one commit that are looked at for that.
  private static let mostRead = 200

  func validate() throws {
    if limit < 0 {
      throw ValidationError(Message(de: "--limit muss 0 oder größer sein", en: "--limit must be 0 or more"))
    }
  }

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let reader = Workspace.past(around: base.tree.root)
    let repository = try reader.repository()
    let history = try reader.history(in: repository, upTo: base.revision?.commit?.id)
    let past = PastVersions(repository, base.catalog, former: FormerIDs(history, in: base.catalog))
    let entries = entries(history, try id.map { try changes(of: $0, in: history, base, past) })
    switch format {
    case .text: try writeText(entries, history, past, base.language)
    case .json: try writeJSON(entries, past, base)
    }
    past.tellDamage(in: base.language)
  }

  /// A commit with the changes to show.
  private struct Entry {
    let commit: CommitInfo
    let changes: [FileChange]
  }

  /// The changes of a record, or of one that is gone.
  private func changes(
    of id: String, in history: History, _ base: Workspace, _ past: borrowing PastVersions
  ) throws -> [FileChange] {
    let reference = Reference(written: id)
    if let record = base.catalog.record(reference) { return history.changes(of: record) }
    for deletion in history.deletions where FileRole(deletion.path) == .document {
      let name = try past.version(deletion.before, deletion.path)?.id ?? Record.derivedID(of: deletion.path)
      if name == reference.id { return history.changes(until: deletion) }
    }
    if let record = base.catalog.record(writtenLike: id) { return history.changes(of: record) }
    let message = base.catalog.nearMiss(reference.id).asked(
      after: Message(
        de: "einen Eintrag '\(id)' gibt es nicht und gab es nie",
        en: "there is no record '\(id)', and there never was"))
    throw CommandFailure(message)
  }

  private func entries(_ history: History, _ changes: [FileChange]?) -> [Entry] {
    let all: [Entry]
    if let changes {
      all = changes.map { Entry(commit: history.commit(of: $0), changes: [$0]) }
    } else {
      all = zip(history.commits, history.ranges).compactMap { commit, range in
        range.isEmpty ? nil : Entry(commit: commit, changes: Array(history.changes[range]))
      }
    }
    return limit == 0 ? all : Array(all.prefix(limit))
  }

  private func writeText(
    _ entries: [Entry], _ history: History, _ past: borrowing PastVersions, _ language: Language
  ) throws(GitError) {
    let output = Console.standardOutput
    for entry in entries {
      let commit = entry.commit
      let day = commit.date?.description ?? (Message(de: "unbekannt ", en: "unknown   ")[language])
      let head = "\(day) \(commit.id.short) \(commit.author)"
      output.line("\(output.coloured(Console.harmless(head), .bold))  \(Console.harmless(commit.subject))")
      // Records that only name others by new ids are one line.
      var adjusted: [Change] = []
      var (listed, read) = (0, 0)
      for change in entry.changes.prefix(LogCommand.mostRead) where listed < LogCommand.mostListed {
        read += 1
        let changes = try past.changes(change, by: commit)
        if let only = changes.first, changes.count == 1, only.field == Change.references {
          adjusted.append(only)
          continue
        }
        listed += 1
        let sentences = changes.isEmpty ? [change.sentence] : changes.map(\.text)
        for sentence in sentences { output.line("  " + Console.harmless(sentence[language])) }
      }
      if let sentence = adjusted.count > 1 ? Review.adjusted(adjusted) : adjusted.first?.text {
        output.line("  " + Console.harmless(sentence[language]))
      }
      let more = entry.changes.count - read
      if more > 0 {
        output.line(Message(de: "  und \(more) weitere Dateien", en: "  and \(more) more files")[language])
      }
    }
    if entries.isEmpty {
      let nothing =
        history.isCut
        ? Message(
          de: "keine Änderungen: dieser Klon enthält keine älteren Commits (flacher Klon)",
          en: "no changes: this clone has no older commits (shallow clone)")
        : Message(de: "noch keine Änderungen", en: "no changes yet")
      output.line(nothing[language])
    }
    for caveat in history.caveats { Console.standardError.line("kb: \(caveat[language])") }
    if history.forgotten > 0 {
      Console.standardError.line(
        Message(
          de:
            "kb: der Verlauf wurde umgeschrieben: \(history.forgotten) Commits, die es beim letzten Lauf gab, gehören nicht mehr dazu",
          en: "kb: the history was rewritten: \(history.forgotten) commits of the last run are no longer part of it")[
            language])
    }
  }

  private func writeJSON(_ entries: [Entry], _ past: borrowing PastVersions, _ base: Workspace) throws(GitError) {
    var objects: [JSON] = []
    for entry in entries {
      var changes: [JSON] = []
      for change in entry.changes {
        let sentences = try past.sentences(change, by: entry.commit)
        changes.append(
          .object([
            ("path", .string(change.path.string)),
            ("previous", change.previousPath.map { .string($0.string) } ?? .null),
            ("kind", .string("\(change.kind)")),
            ("id", base.catalog.record(at: change.path).map { .string($0.id) } ?? .null),
            ("text", .array(sentences.map { .string($0[base.language]) })),
          ]))
      }
      objects.append(
        .object([
          ("commit", .string(entry.commit.id.description)), ("author", .string(entry.commit.author)),
          ("date", entry.commit.authored.map { .string($0.iso) } ?? .null),
          ("message", .string(entry.commit.message)), ("changes", .array(changes)),
        ]))
    }
    Console.standardOutput.line(JSON.array(objects).text)
  }
}

extension PastVersions {
  /// Says which damaged objects were met: what they said is not told.
  func tellDamage(in language: Language) {
    guard !damaged.isEmpty else { return }
    Console.standardError.line("kb: \(GitError.damaged(damaged).sentence[language])")
  }
}

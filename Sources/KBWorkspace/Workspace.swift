public import ArgumentParser
package import KBCatalog
import KBChecks
package import KBDisk
import KBDocument
package import KBGit
package import KBLive
import KBSchema
public import KBSource
package import KBTerminal

/// The options that every command has.
package struct WorkspaceOptions: ParsableArguments {
  package init() {}

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "Root of the knowledge base; by default the nearest folder upward that has a kb.yml.", valueName: "dir"))
  package var root: String?

  @Option(help: ArgumentHelp("Treat this date (YYYY-MM-DD) as today. Default: the system's date.", valueName: "date"))
  package var today: CalendarDate?

  /// For an earlier state to compare with: what was true then counts by the day of then.
  package var ofThen: WorkspaceOptions {
    var options = self
    options.today = nil
    return options
  }
}

/// A knowledge base, read: from disk, or from git without a checkout.
package struct Workspace {
  package let tree: WorkingTree
  package let catalog: Catalog
  /// The state in git that was read; `nil` for the working tree.
  package let revision: GitSnapshot?
  /// What the system said of the files that were read from disk.
  package let stamps: FileStamps?
  /// The files that were read; `nil` where somebody else read them.
  package let snapshot: Snapshot?

  package var language: Language { catalog.configuration.language }

  /// Reads the knowledge base that the options name, in the state that they name.
  ///
  /// `today`: the day that counts where the options do not name one. `namesAttachments`: whether files that are no records
  /// are to be compared with another state. `settles`: whether the stamps of files that have just changed must tell of a later
  /// change.
  package init(
    _ options: WorkspaceOptions, at state: BaseState = .workingTree, output: String? = nil, today: CalendarDate? = nil,
    namesAttachments: Bool = false, settles: Bool = false, purpose: WorkspaceFiles.Purpose = .reading
  ) async throws {
    let files = try await WorkspaceFiles(
      options, at: state, output: output, namesAttachments: namesAttachments, settles: settles, purpose: purpose)
    try await self.init(files, options, today: today)
  }

  /// A knowledge base, read already.
  package init(_ tree: WorkingTree, _ catalog: Catalog) {
    self.tree = tree
    self.catalog = catalog
    revision = nil
    stamps = nil
    snapshot = nil
  }

  /// Reads the records of files that are read already.
  package init(_ files: WorkspaceFiles, _ options: WorkspaceOptions, today: CalendarDate? = nil) async throws {
    var drafts = CatalogDrafts(isKept: false)
    try await self.init(files, options, today: today, reusing: &drafts)
  }

  /// Reads the records of one of several states: what they have in common is read once.
  package init(
    _ files: WorkspaceFiles, _ options: WorkspaceOptions, today: CalendarDate? = nil,
    reusing drafts: inout CatalogDrafts
  ) async throws {
    tree = files.tree
    revision = files.revision
    stamps = files.stamps
    snapshot = files.snapshot
    catalog = try await files.catalog(options, today: today, reusing: &drafts)
  }

  /// What git knows; a folder without git has no history, which is no fault.
  package func git() -> GitContext? {
    switch GitContext.around(tree.root) {
    case .success(let context): return context
    case .failure(.noRepository): return nil
    case .failure(.failure(let message)):
      Console.standardError.line("kb: \(message[language])")
      return nil
    }
  }

  /// The commit that is checked out; `nil` without git, and before the first one.
  package var head: ObjectID? {
    do throws(GitError) {
      return try GitRepository(around: tree.root).commit(named: "HEAD")
    } catch {
      return nil
    }
  }

  /// The commit that was read, or that is checked out, shortened.
  package var commit: String? { revision?.commit?.id.short ?? git()?.commit }

  /// The number of files of the working tree that were read and are in no commit as they are; `nil` for a state in git.
  package func uncommitted(_ reader: PastReader, output: String?) -> Int? {
    guard revision == nil, let snapshot, git()?.commit != nil else { return nil }
    do throws(GitError) {
      return try reader.uncommitted(snapshot, output: WorkspaceFiles.excluded(output, in: tree))
    } catch {
      Console.standardError.line("kb: \(error.message[language])")
      return nil
    }
  }

  /// The files of the working tree that are in no commit as they are.
  package func uncommittedFiles() throws(GitError) -> Set<RepoPath> {
    try GitRepository(around: tree.root).uncommittedChanges().files
  }

  /// The files, with the bytes of those that would be copied from disk taken from the state in git that was read.
  package func withContents(_ files: [OutputFile]) throws -> [OutputFile] {
    guard let revision else { return files }
    let repository = try GitRepository(around: tree.root)
    return try files.map { file throws(GitError) in
      guard case .copied(let source, _) = file.content, let object = revision.objects[source] else { return file }
      let bytes = AttachmentCheck.published(source, try repository.contents(object))
      return OutputFile(path: file.path) { bytes }
    }
  }

  /// What reads the past of the knowledge base in a folder.
  package static func past(around root: String) -> PastReader {
    PastReader(root: root, cacheFolder: ProcessEnvironment.cacheFolder(), version: Release.version)
  }
}

/// The files of a knowledge base, before anybody has read what is in them.
package struct WorkspaceFiles {
  package let tree: WorkingTree
  package let snapshot: Snapshot
  /// The state in git that was read; `nil` for the working tree.
  package let revision: GitSnapshot?
  /// The day that was asked for; `nil` where a commit says which day counts.
  private let day: CalendarDate?
  /// What the system said of the files that were read from disk.
  package let stamps: FileStamps?

  /// Reads the files of the knowledge base that the options name.
  package init(
    _ options: WorkspaceOptions, at state: BaseState = .workingTree, output: String? = nil,
    namesAttachments: Bool = false, settles: Bool = false, known: KnownFiles = KnownFiles(),
    purpose: Purpose = .reading
  ) async throws {
    tree = try WorkspaceFiles.tree(options)
    var state = state
    if case .workingTree = state, WorkingTree.isBareRepository(tree.root) {
      state = .revision("HEAD")
      Console.standardError.line(
        Message(
          de: "kb: das ist ein Git-Repository ohne Dateien (bare); gelesen wird HEAD",
          en: "kb: this is a bare repository, without files; HEAD is read")[SpokenLanguage.current])
    }
    if case .workingTree = state { try WorkspaceFiles.lookForInterruptedChanges(in: tree.root, purpose) }
    WorkspaceFiles.noteReading(of: tree)
    day = if case .revision(let name) = state { CalendarDate(iso: name) } else { nil }
    let excluded = WorkspaceFiles.excluded(output, in: tree)
    revision = try await state.read(tree, excluding: excluded, known: known)
    if let revision {
      snapshot = revision.snapshot
      stamps = nil
    } else {
      let reading = try await tree.reading(excluding: excluded, marker: OutputTree.marker, settles: settles)
      var read = reading.snapshot
      if namesAttachments { try WorkspaceFiles.nameContents(of: &read.attachments, in: tree.root) }
      snapshot = try await WorkspaceFiles.complete(read, in: tree, excluding: excluded)
      stamps = reading.stamps
      if purpose == .reading, snapshot.files.isEmpty, snapshot.diagnostics.isEmpty {
        throw WorkspaceFiles.nothing(in: tree.root)
      }
    }
  }

  /// There is nothing to read in a folder: most likely it is the wrong one.
  private static func nothing(in root: String) -> CommandFailure {
    CommandFailure(
      Message(
        de: "in \(code: root) ist keine Wissensbasis: es gibt dort weder \(code: "kb.yml") noch Markdown",
        en: "there is no knowledge base in \(code: root): it has neither \(code: "kb.yml") nor Markdown"),
      remedy: Message(
        de: "mit -C einen anderen Ordner angeben oder mit \(code: "kb init") eine Wissensbasis anlegen",
        en: "name another folder with -C, or create a knowledge base with \(code: "kb init")"))
  }

  /// The folder of a site inside the knowledge base, which does not belong to it.
  package static func excluded(_ output: String?, in tree: WorkingTree) -> RepoPath {
    output.flatMap { ProcessEnvironment.path($0, below: tree.root) } ?? RepoPath(normalized: "_site")
  }

  /// Adds the files that a sparse checkout leaves out: they are not deleted.
  private static func complete(_ read: Snapshot, in tree: WorkingTree, excluding output: RepoPath) async throws
    -> Snapshot
  {
    do throws(GitError) {
      let repository = try GitRepository(around: tree.root)
      guard let skipped = try await repository.skippedSnapshot(excluding: output, marker: OutputTree.marker) else {
        return read
      }
      var complete = read
      complete.add(skipped: skipped.snapshot)
      return complete
    } catch {
      // Files that are only left out would be taken for deleted.
      if error.kind == .sparseIndex { throw error }
      // What is on disk can be read without git; a repository that is there and can't be read is said.
      if error.kind != .noRepository, error.kind != .foreignOwner {
        Console.standardError.note(error.sentence)
      }
      return read
    }
  }

  /// What a command does with the files that it reads.
  package enum Purpose { case reading, changing }

  /// Finishes or undoes what a run was changing when it was killed; a command that only reads says that this is pending.
  private static func lookForInterruptedChanges(in root: String, _ purpose: Purpose) throws {
    guard ProcessEnvironment.stateFolder() != nil else { return }
    let journal = try journal(of: root)
    switch purpose {
    case .changing:
      guard try journal.recover() else { return }
      Console.standardError.note(
        Message(
          de: "eine unterbrochene Änderung wurde abgeschlossen",
          en: "an interrupted change has been completed"))
    case .reading:
      guard try journal.isPending() else { return }
      Console.standardError.note(
        Message(
          de:
            "eine Änderung wurde unterbrochen und ist vielleicht erst zur Hälfte geschrieben; der nächste Befehl, der etwas ändert, bringt sie zu Ende, zum Beispiel 'kb fmt'",
          en:
            "a change was interrupted and may be half written; the next command that changes something finishes it, for example 'kb fmt'"
        ))
    }
  }

  /// Says what the last run was reading when it crashed, and notes from now on what this one reads.
  private static func noteReading(of tree: WorkingTree) {
    guard let folder = ProcessEnvironment.stateFolder() else { return }
    let names: [String]
    do throws(Disk.Failure) {
      names = try CrashNote(root: tree.root, stateFolder: folder).begin()
    } catch {
      // Without the note a crash is not explained; everything else works.
      return
    }
    guard let first = names.first else { return }
    let language = SpokenLanguage.current
    let files = Message("\(codes: names, .and)")
    let message = Message(
      de:
        "kb ist beim letzten Lauf abgebrochen, während es \(files) las; ohne die Datei geht es weiter, wenn \(code: first) in .kbignore eingetragen wird. Bitte den Fehler melden.",
      en:
        "the last run of kb ended while it was reading \(files); to go on without the file, add \(code: first) to .kbignore. Please report the fault."
    )
    Console.standardError.line("kb: \(Console.harmless(message[language]))")
  }

  /// The journal of the changes to a folder.
  package static func journal(of root: String) throws(CommandFailure) -> ChangeJournal {
    guard let folder = ProcessEnvironment.stateFolder() else {
      throw CommandFailure(
        Message(
          de: "kein Ordner für das Protokoll unterbrochener Änderungen: HOME oder XDG_STATE_HOME setzen",
          en: "there is no folder for the record of interrupted changes: set HOME or XDG_STATE_HOME"))
    }
    return ChangeJournal(root: root, stateFolder: folder)
  }

  /// The folder that the options name.
  package static func tree(_ options: WorkspaceOptions) throws -> WorkingTree {
    let root: String
    if let named = options.root {
      root = named
    } else if let nearest = WorkingTree.nearestRoot(from: ".") {
      root = nearest
    } else if WorkingTree.isBareRepository(".") {
      root = "."
    } else {
      throw CommandFailure(
        Message(
          de: "hier und in den Ordnern darüber gibt es keine kb.yml", en: "there is no kb.yml here or in a folder above"
        ),
        remedy: Message(
          de:
            "'kb init' legt hier eine Wissensbasis an (eine leere kb.yml genügt); oder den Ordner nennen:  kb check -C ORDNER",
          en:
            "'kb init' creates a knowledge base here (an empty kb.yml is enough); or name the folder:  kb check -C DIR")
      )
    }
    let tree = try WorkingTree(root: root)
    if let overview = try OverviewSettings(in: tree) { throw overview.refusal }
    return tree
  }

  /// Finds out what git would call the contents of files on disk.
  private static func nameContents(of attachments: inout [Snapshot.Attachment], in root: String) throws(GitError) {
    let repository = try GitRepository(around: root)
    for index in attachments.indices {
      attachments[index].contents = repository.name(ofFile: "\(root)/\(attachments[index].path.string)")
    }
  }

  /// The language that kb.yml names.
  package var language: Language {
    guard let file = snapshot.files.first(where: { $0.path.string == "kb.yml" }) else { return .german }
    return Configuration(reading: file, schema: Schema(extending: [])).language
  }

  /// The files, for another state that shares most of them.
  package func knownFiles() async throws -> KnownFiles {
    if let revision { return KnownFiles(revision) }
    return try await KnownFiles(naming: snapshot.files)
  }

  /// What the files say. What was true on the day of a commit is judged by that day: its site is the same whenever it is
  /// built.
  package func catalog(_ options: WorkspaceOptions, today: CalendarDate? = nil) async throws -> Catalog {
    var drafts = CatalogDrafts(isKept: false)
    return try await catalog(options, today: today, reusing: &drafts)
  }

  /// What the files say; those that another catalog has read already are not read again.
  package func catalog(
    _ options: WorkspaceOptions, today: CalendarDate? = nil, reusing drafts: inout CatalogDrafts
  ) async throws -> Catalog {
    let day = options.today ?? today ?? day ?? revision?.commit?.committed?.date ?? ProcessEnvironment.today()
    return try await Catalog(snapshot, today: day, reusing: &drafts)
  }
}

extension CalendarDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(iso: argument) }
}

extension LocalMoment: ExpressibleByArgument {
  public init?(argument: String) { self.init(iso: argument) }
}

public import ArgumentParser
internal import KBCatalog
internal import KBGit
internal import KBOutput
public import KBSource

/// The options that every command has.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "Root of the knowledge base; by default the nearest folder upward that has a kb.yml.", valueName: "dir"))
  var root: String?

  @Option(help: ArgumentHelp("The day that counts as today, as 2026-11-21; by default the clock's.", valueName: "date"))
  var today: CalendarDate?
}

/// A knowledge base on disk, read.
struct Workspace {
  let tree: WorkingTree
  let catalog: Catalog

  var language: Language { catalog.configuration.language }

  /// Reads the knowledge base that the options name.
  init(_ options: WorkspaceOptions, output: String? = nil) async throws {
    let files = try await WorkspaceFiles(options, output: output)
    tree = files.tree
    catalog = try await files.catalog(options)
  }

  /// Reads the records of files that are read already.
  init(_ files: WorkspaceFiles, _ options: WorkspaceOptions) async throws {
    tree = files.tree
    catalog = try await files.catalog(options)
  }

  /// The path of something on disk, below the root; nothing when it lies elsewhere.
  static func relative(_ path: String, to root: String) -> RepoPath? {
    let absolute = ProcessEnvironment.absolutePath(path)
    let prefix = root == "/" ? "/" : root + "/"
    return absolute.hasPrefix(prefix) ? RepoPath(String(absolute.dropFirst(prefix.count))) : nil
  }

  /// What git knows; a folder without git has no history, which is no fault.
  func git() -> GitContext? {
    switch GitContext.around(tree.root) {
    case .success(let context): return context
    case .failure(.noRepository): return nil
    case .failure(.failure(let message)):
      Console.standardError.line("kb: \(message[language])")
      return nil
    }
  }

  /// The language outside a knowledge base: that of the environment.
  static var environmentLanguage: Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { ProcessEnvironment.variable($0) }.first {
      !$0.isEmpty
    }
    return locale?.hasPrefix("de") == true ? .german : .english
  }
}

/// The files of a knowledge base on disk, before anybody has read what is in them.
struct WorkspaceFiles {
  let tree: WorkingTree
  let snapshot: Snapshot

  /// Reads the files of the knowledge base that the options name.
  init(_ options: WorkspaceOptions, output: String? = nil) async throws {
    let root: String
    if let named = options.root {
      root = named
    } else if let nearest = WorkingTree.nearestRoot(from: ".") {
      root = nearest
    } else {
      throw CommandFailure(
        """
        there is no kb.yml here or in a folder above.
        An empty file is enough to make this folder a knowledge base:  touch kb.yml
        Or name the folder:  kb check -C DIR
        """)
    }
    do {
      tree = try WorkingTree(root: root)
      let excluded = output.flatMap { [tree] in Workspace.relative($0, to: tree.root) } ?? RepoPath(normalized: "_site")
      snapshot = try await tree.snapshot(excluding: excluded, marker: OutputTree.marker)
    } catch let failure as WorkingTree.Failure {
      throw CommandFailure(failure.message.english)
    }
  }

  /// What the files say.
  func catalog(_ options: WorkspaceOptions) async throws -> Catalog {
    try await Catalog(snapshot, today: options.today ?? ProcessEnvironment.today())
  }
}

extension CalendarDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(iso: argument) }
}

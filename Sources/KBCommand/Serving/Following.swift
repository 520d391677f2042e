import KBDisk
import KBGit
import KBLive
import KBSource
import KBTerminal

/// Looks at a folder again after each change of it, until the task is cancelled.
struct Following: Sendable {
  let tree: WorkingTree
  let watcher: FolderWatcher
  /// The repository's own folders, in which a commit or a checkout shows; none without git.
  private let gitFolders: [String]

  /// `looks`: whether to do without the system's events.
  init(_ tree: WorkingTree, looks: Bool) {
    self.tree = tree
    watcher = FolderWatcher(looks: looks)
    gitFolders = GitContext.folders(around: tree.root)
  }

  /// Calls `look` after each change. Its argument says whether a state in which files have vanished is only to be reported:
  /// many editors take a file away and put it back.
  func run(_ look: @escaping @Sendable (_ waits: Bool) async throws -> FolderLook) async throws {
    var tells = watcher.method == .events
    if !tells { say() }
    var last = try await look(false)
    var failure: Message?
    while true {
      if last.failure != failure {
        failure = last.failure
        Console.standardError.note(
          failure ?? Message(de: "Die Wissensbasis ist wieder lesbar.", en: "The knowledge base can be read again."))
      }
      // Between the look and the watching something may have happened in a folder that is new.
      var rounds = 0
      while watcher.watch(last.folders + gitFolders), rounds < 5 {
        last = try await look(false)
        rounds += 1
      }
      if tells, watcher.method != .events {
        tells = false
        say()
      }
      // A folder that is gone tells nobody that it is back.
      if failure != nil {
        try await Task.sleep(for: .milliseconds(300))
        last = try await look(false)
        continue
      }
      try await watcher.change(isBusy: { [gitFolders] in
        gitFolders.contains { WorkingTree.exists("\($0)/index.lock") }
      })
      last = try await look(true)
      if last.mayBeHalfDone {
        try await Task.sleep(for: .milliseconds(120))
        last = try await look(false)
      }
    }
  }

  /// Says why changes may take a moment, where that was not asked for.
  private func say() {
    guard case .looking(let reason?) = watcher.method else { return }
    switch reason {
    case .limit:
      Console.standardError.note(
        Message(
          de:
            "das System beobachtet für diesen Benutzer keine weiteren Ordner (fs.inotify.max_user_watches); kb sieht stattdessen regelmäßig nach",
          en:
            "the system watches no more folders for this user (fs.inotify.max_user_watches); kb polls instead"
        ))
    case .unavailable:
      Console.standardError.note(
        Message(
          de: "dieses System meldet Änderungen nicht; kb sieht regelmäßig nach",
          en: "this system reports no changes; kb polls instead"))
    }
  }
}

import KBCatalog
import KBChecks
import KBDisk
import KBGit
import KBLive
import KBSource
import KBTerminal

/// The findings of a knowledge base, again after each change.
actor WatchedCheck {
  private let tree: WorkingTree
  private let today: @Sendable () -> CalendarDate
  /// Writes what was found, of the catalog that is the case now.
  private let write: @Sendable (Catalog) throws -> Void
  private var reading: TreeReading?
  private var drafts = CatalogDrafts()
  private var day: CalendarDate?
  private var failure: Message?

  init(
    _ tree: WorkingTree, today: @escaping @Sendable () -> CalendarDate,
    write: @escaping @Sendable (Catalog) throws -> Void
  ) {
    self.tree = tree
    self.today = today
    self.write = write
  }

  /// Looks at the folder; what is new is checked.
  func look(waits: Bool) async throws -> FolderLook {
    let next: TreeReading
    do {
      next = try await tree.reading(
        after: reading, excluding: RepoPath(normalized: "_site"), marker: OutputTree.marker)
    } catch let failure as WorkingTree.Failure {
      guard reading != nil else { throw failure }
      self.failure = failure.message
      return FolderLook(folders: reading?.folders ?? [], isNew: false, failure: failure.message)
    }
    if waits, !next.vanished.isEmpty { return FolderLook(folders: next.folders, isNew: true, mayBeHalfDone: true) }
    let today = today()
    let isNew = next.isNew || failure != nil || today != day
    if isNew {
      var drafts = drafts
      let catalog = try await Catalog(next.snapshot, today: today, reusing: &drafts)
      self.drafts = drafts
      if reading != nil { Console.standardOutput.line("\n──── \(ProcessEnvironment.timeOfDay()) ────\n") }
      try write(catalog)
    }
    (reading, day, failure) = (next, today, nil)
    return FolderLook(folders: next.folders, isNew: isNew)
  }
}

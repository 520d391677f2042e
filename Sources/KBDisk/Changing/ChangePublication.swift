public import KBSource

extension ChangeSet {
  /// Makes all changes, or none.
  ///
  /// Every file is first written beside its place; then all are checked once more, and put into place by renaming. What a
  /// killed run left is finished or undone before.
  public func publish(_ journal: ChangeJournal) throws(ChangeRefusal) {
    guard !isEmpty else { return }
    let publication = try ChangePublication(self, journal)
    try publication.run()
  }

  /// Returns why a file can't be changed, or `nil` when it can.
  public static func obstacle(to change: FileEdit, in root: String) throws(ChangeRefusal) -> ChangeRefusal? {
    do throws(ChangeRefusal) {
      try ChangePublication.check(change, ChangedFolder(root: root))
      return nil
    } catch {
      if case .failed = error { throw error }
      return error
    }
  }
}

/// Changes on their way to the disk, step by step; whoever has one holds the lock.
struct ChangePublication: ~Copyable {
  enum Step: Equatable {
    case list
    case stage(Int)
    case complete
    case place(Int)
    case leave(Int)
    case close
  }

  private let changes: [ChangeSet.FileEdit]
  private let journal: ChangeJournal
  private let lock: Disk.Lock
  private var folder: ChangedFolder { journal.folder }
  /// A random number that no repository can know, in the names of the temporary files.
  private let token = String(UInt64.random(in: .min ... .max), radix: 36)

  init(_ set: ChangeSet, _ journal: ChangeJournal) throws(ChangeRefusal) {
    changes = set.changes
    self.journal = journal
    let taken: Disk.Lock?
    do throws(Disk.Failure) {
      taken = try journal.lock()
    } catch {
      throw .noJournal(error)
    }
    guard let lock = consume taken else { throw .busy }
    self.lock = lock
  }

  /// What is done, in this order.
  var steps: [Step] {
    let numbers = Array(changes.indices)
    return [.list] + numbers.map { .stage($0) } + [.complete] + numbers.map { .place($0) }
      + numbers.filter { changes[$0].isMoved }.map { .leave($0) } + [.close]
  }

  func run() throws(ChangeRefusal) {
    _ = try onDisk { () throws(Disk.Failure) in try journal.recoverLocked() }
    var done: [Step] = []
    do throws(ChangeRefusal) {
      try checkAll()
      for step in steps {
        if step == .complete { try checkAll() }
        try perform(step)
        done.append(step)
      }
    } catch {
      undo(done)
      throw error
    }
  }

  /// The temporary name of a file's new contents.
  func staged(_ number: Int) -> String { folder.staged(changes[number].newPath, number, run: token) }

  // MARK: Before

  private func checkAll() throws(ChangeRefusal) {
    for change in changes { try ChangePublication.check(change, folder) }
    guard Set(changes.map { $0.newPath.string.lowercased() }).count == changes.count else { throw .busy }
  }

  static func check(_ change: ChangeSet.FileEdit, _ folder: ChangedFolder) throws(ChangeRefusal) {
    let path = change.path
    let found = try onDisk {
      () throws(Disk.Failure) -> (isAbsent: Bool, isFile: Bool, bytes: [UInt8]?, isTaken: Bool) in
      let type = try Disk.status(folder.absolute(path))?.type
      let isReal = try folder.areReal([path, change.newPath], mayBeMissing: change.isNew)
      if change.isNew { return (type == nil, isReal, [], type != nil) }
      let isTaken = try Disk.status(folder.absolute(change.newPath)) != nil && change.isMoved
      return (
        type == nil, isReal && (type == nil || type == .file),
        type == .file ? try Disk.read(folder.absolute(path)) : nil, isTaken
      )
    }
    guard change.isNew || !found.isAbsent else { throw .absent(path) }
    guard found.isFile else { throw .notAFile(path) }
    guard !change.isNew else {
      if found.isTaken { throw .taken(path) }
      return
    }
    guard let bytes = found.bytes else { throw .changedMeanwhile(path) }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText(path) }
    guard ConflictMarker.first(in: bytes) == nil else { throw .conflict(path) }
    guard bytes == change.old else { throw .changedMeanwhile(path) }
    guard !found.isTaken else { throw .taken(change.newPath) }
  }

  // MARK: Steps

  func perform(_ step: Step) throws(ChangeRefusal) {
    if case .place(let number) = step, changes[number].isNew {
      let path = changes[number].path
      let isPlaced = try onDisk { () throws(Disk.Failure) in
        try Disk.moveWithoutReplacing(staged(number), to: folder.absolute(path))
      }
      guard isPlaced else { throw .taken(path) }
      return
    }
    try onDisk { () throws(Disk.Failure) in
      switch step {
      case .list: try writeList()
      case .stage(let number):
        if changes[number].isNew { try makeFolders(above: changes[number].path) }
        let permissions = try Disk.status(folder.absolute(changes[number].path))?.permissions
        try Disk.create(changes[number].new, at: staged(number), permissions: permissions, isSynced: true)
      // From then on the changes count: what they need has to outlive a power failure.
      case .complete:
        try syncFolders()
        try journal.complete()
      case .place(let number): try Disk.rename(staged(number), to: folder.absolute(changes[number].newPath))
      case .leave(let number): try Disk.removeFile(folder.absolute(changes[number].path))
      // Without the journal nobody would finish them: now the disk has to have them in place.
      case .close:
        try syncFolders()
        try journal.close()
      }
    }
  }

  private func syncFolders() throws(Disk.Failure) {
    try Disk.syncFolders(above: changes.flatMap { [$0.path, $0.newPath] }, below: folder.root)
  }

  private func makeFolders(above path: RepoPath) throws(Disk.Failure) {
    for above in Disk.folders(above: [path]) { try Disk.makeFolder(folder.absolute(above)) }
  }

  private func writeList() throws(Disk.Failure) {
    let entries = changes.map { change in
      ChangeJournal.Entry(
        old: change.isNew ? nil : ContentHash(of: change.old), new: ContentHash(of: change.new), path: change.path,
        newPath: change.newPath)
    }
    try journal.open(entries, run: token)
  }

  /// Undoes what was done, as far as the system lets us: the first failure is the one to report.
  private func undo(_ done: [Step]) {
    func trying(_ work: () throws(Disk.Failure) -> Void) {
      do throws(Disk.Failure) { try work() } catch {}
    }
    // Without its last line the list says only which temporary files to remove.
    if done.contains(.complete) { trying { () throws(Disk.Failure) in try writeList() } }
    for step in done.reversed() {
      trying { () throws(Disk.Failure) in
        switch step {
        case .place(let number), .leave(let number):
          let change = changes[number]
          let path = folder.absolute(change.path)
          if change.isNew { return try Disk.removeFile(path) }
          let back = folder.staged(change.path, number, run: "\(token)-back")
          let permissions = try Disk.status(folder.absolute(change.newPath))?.permissions
          try Disk.create(change.old, at: back, permissions: permissions, isSynced: true)
          try Disk.rename(back, to: path)
          if change.isMoved, case .place = step { try Disk.removeFile(folder.absolute(change.newPath)) }
        case .list, .stage, .complete, .close: break
        }
      }
    }
    for number in changes.indices { trying { () throws(Disk.Failure) in try Disk.removeFile(staged(number)) } }
    trying { () throws(Disk.Failure) in try journal.close() }
  }
}

/// Does something on the disk; a failure of the system becomes a refusal.
func onDisk<Result>(_ work: () throws(Disk.Failure) -> Result) throws(ChangeRefusal) -> Result {
  do throws(Disk.Failure) {
    return try work()
  } catch {
    throw .failed(error)
  }
}

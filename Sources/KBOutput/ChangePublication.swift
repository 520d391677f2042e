public import KBSource

extension ChangeSet {
  /// Makes all changes below a folder, or none.
  ///
  /// Every file is written beside its place first; then all are checked once more, and put into place by renaming. What a
  /// killed run left is finished or taken back before.
  public func publish(in root: String) throws(ChangeRefusal) {
    guard !isEmpty else { return }
    let publication = try ChangePublication(self, in: root)
    try publication.run()
  }

  /// Why a file can't be changed; nothing when it can.
  public static func obstacle(to change: Change, in root: String) throws(ChangeRefusal) -> ChangeRefusal? {
    do throws(ChangeRefusal) {
      try ChangePublication.check(change, ChangeJournal(in: root))
      return nil
    } catch {
      if case .failed = error { throw error }
      return error
    }
  }

  /// Finishes or takes back what a killed run left; says whether there was something to finish.
  public static func recover(in root: String) throws(ChangeRefusal) -> Bool {
    let journal = ChangeJournal(in: root)
    return try onDisk { () throws(Disk.Failure) in
      guard try Disk.status(journal.list) != nil, let lock = try Disk.lock(journal.list) else { return false }
      let isFinished = try journal.recover()
      try Disk.removeFile(journal.list)
      _ = consume lock
      return isFinished
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

  private let changes: [ChangeSet.Change]
  private let journal: ChangeJournal
  private let lock: Disk.Lock

  init(_ set: ChangeSet, in root: String) throws(ChangeRefusal) {
    changes = set.changes
    journal = ChangeJournal(in: root)
    let taken: Disk.Lock?
    do throws(Disk.Failure) {
      taken = try Disk.lock(journal.list)
    } catch {
      throw ChangeRefusal(error)
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
    _ = try recover()
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

  func recover() throws(ChangeRefusal) -> Bool {
    try onDisk { () throws(Disk.Failure) in try journal.recover() }
  }

  // MARK: Before

  private func checkAll() throws(ChangeRefusal) {
    for change in changes { try ChangePublication.check(change, journal) }
    guard Set(changes.map { $0.newPath.string.lowercased() }).count == changes.count else { throw .busy }
  }

  static func check(_ change: ChangeSet.Change, _ journal: ChangeJournal) throws(ChangeRefusal) {
    let path = change.path
    let found = try onDisk { () throws(Disk.Failure) -> (isFile: Bool, bytes: [UInt8]?, isTaken: Bool) in
      var isReal = true
      for folder in folders(above: [path, change.newPath]) {
        if try Disk.status(journal.absolute(folder))?.type != .folder { isReal = false }
      }
      let type = try Disk.status(journal.absolute(path))?.type
      let isTaken = try Disk.status(journal.absolute(change.newPath)) != nil && change.isMoved
      return (
        isReal && (type == nil || type == .file), type == .file ? try Disk.read(journal.absolute(path)) : nil, isTaken
      )
    }
    guard found.isFile else { throw .notAFile(path) }
    guard let bytes = found.bytes else { throw .changedMeanwhile(path) }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notText(path) }
    guard ConflictMarker.first(in: bytes) == nil else { throw .conflict(path) }
    guard bytes == change.old else { throw .changedMeanwhile(path) }
    guard !found.isTaken else { throw .taken(change.newPath) }
  }

  // MARK: Steps

  func perform(_ step: Step) throws(ChangeRefusal) {
    try onDisk { () throws(Disk.Failure) in
      switch step {
      case .list:
        let entries = changes.map { change in
          ChangeJournal.Entry(
            old: ContentHash(of: change.old), new: ContentHash(of: change.new), path: change.path,
            newPath: change.newPath)
        }
        try Disk.write(ChangeJournal.bytes(entries), to: journal.list)
      case .stage(let number):
        let change = changes[number]
        let permissions = try Disk.status(journal.absolute(change.path))?.permissions
        try Disk.write(change.new, to: journal.staged(change.newPath), permissions: permissions)
      case .complete: try Disk.write([], to: journal.mark)
      case .place(let number):
        let path = changes[number].newPath
        try Disk.rename(journal.staged(path), to: journal.absolute(path))
      case .leave(let number): try Disk.removeFile(journal.absolute(changes[number].path))
      case .close:
        try Disk.removeFile(journal.mark)
        try Disk.removeFile(journal.list)
      }
    }
  }

  /// Takes back what was done, as far as the system lets us: the first failure is the one to tell.
  private func undo(_ done: [Step]) {
    func trying(_ work: () throws(Disk.Failure) -> Void) {
      do throws(Disk.Failure) { try work() } catch {}
    }
    // Without the mark, the next run only takes hidden files away.
    trying { () throws(Disk.Failure) in try Disk.removeFile(journal.mark) }
    for step in done.reversed() {
      trying { () throws(Disk.Failure) in
        switch step {
        case .place(let number), .leave(let number):
          let change = changes[number]
          let path = journal.absolute(change.path)
          let permissions = try Disk.status(journal.absolute(change.newPath))?.permissions
          try Disk.write(change.old, to: journal.staged(change.path), permissions: permissions)
          try Disk.rename(journal.staged(change.path), to: path)
          if change.isMoved, case .place = step { try Disk.removeFile(journal.absolute(change.newPath)) }
        case .list, .stage, .complete, .close: break
        }
      }
    }
    for change in changes {
      trying { () throws(Disk.Failure) in try Disk.removeFile(journal.staged(change.newPath)) }
    }
    trying { () throws(Disk.Failure) in try Disk.removeFile(journal.list) }
  }
}

/// Does something on the disk; a failure of the system's becomes a refusal.
private func onDisk<Result>(_ work: () throws(Disk.Failure) -> Result) throws(ChangeRefusal) -> Result {
  do throws(Disk.Failure) {
    return try work()
  } catch {
    throw ChangeRefusal(error)
  }
}

extension ChangeRefusal {
  fileprivate init(_ failure: Disk.Failure) {
    self = .failed(SystemRefusal(failure))
  }
}

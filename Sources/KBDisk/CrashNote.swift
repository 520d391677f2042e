import KBSource
import POSIX
import Synchronization

/// The file that outlives a crash and says what was being read: in the user's state folder, one per knowledge base.
public struct CrashNote: Sendable {
  private let path: String
  /// The address of the path of this run's file, for the end of the run; 0 without any.
  private static let noted = Atomic<UInt>(0)

  public init(root: String, stateFolder: String) {
    path = "\(stateFolder)/reading-\(ContentHash(of: Array(root.utf8)))"
  }

  /// Returns what an earlier run was reading when it ended without a word, and begins to note what this one reads.
  ///
  /// While another run notes there, this one notes nothing.
  public func begin() throws(Disk.Failure) -> [String] {
    try Disk.makeFolders(above: path, permissions: 0o700)
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Disk.Failure("open", path) }
    // The lock ends with the process; its descriptor stays open for that long.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return []
    }
    let names = WorkNote.names(in: try Disk.read(path, most: WorkNote.size) ?? [])
    guard ftruncate(descriptor, 0) == 0, ftruncate(descriptor, off_t(WorkNote.size)) == 0 else {
      throw Disk.Failure("write", path)
    }
    let memory = unsafe mmap(nil, WorkNote.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { throw Disk.Failure("map", path) }
    unsafe WorkNote.begin(in: memory)
    removeAtEnd()
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      // Whoever else handles a signal goes on doing so.
      let before = POSIX.signal(signal, SIG_DFL)
      guard before == nil else {
        _ = POSIX.signal(signal, before)
        continue
      }
      _ = POSIX.signal(signal) { number in
        WorkNote.clear()
        _ = POSIX.signal(number, SIG_DFL)
        raise(number)
      }
    }
    return names
  }

  /// Has the file removed when the run ends in order.
  private func removeAtEnd() {
    guard let copy = unsafe strdup(path) else { return }
    CrashNote.noted.store(UInt(bitPattern: copy), ordering: .releasing)
    _ = atexit {
      guard let path = unsafe UnsafePointer<CChar>(bitPattern: CrashNote.noted.load(ordering: .acquiring)) else {
        return
      }
      _ = unsafe unlink(path)
    }
  }
}

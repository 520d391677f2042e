#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the system says of a file, and says differently when its contents change.
struct FileStamp: Hashable, Sendable {
  let size: Int
  let inode: UInt64
  /// Nanoseconds since 1970: when the contents changed, and when anything about the file did.
  let modified: Int
  let changed: Int

  init(_ status: stat) {
    #if canImport(Glibc)
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #else
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #endif
    size = Int(status.st_size)
    inode = UInt64(status.st_ino)
    self.modified = Int(modified.tv_sec) * 1_000_000_000 + Int(modified.tv_nsec)
    self.changed = Int(changed.tv_sec) * 1_000_000_000 + Int(changed.tv_nsec)
  }

  /// The time by the clock that files are stamped with.
  static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// Whether a later change could not hide behind the same stamp: clocks of file systems tick slowly, up to some
  /// hundredths of a second, and two changes within a tick look like one.
  func isTold(at now: Int) -> Bool { changed < now - 50_000_000 }
}

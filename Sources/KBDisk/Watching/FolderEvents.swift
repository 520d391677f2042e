#if os(Linux)
  import Dispatch
  import POSIX
  import Synchronization

  /// The system's events about folders: inotify. The only place that speaks to it.
  final class FolderEvents: Sendable {
    /// Why there are no events.
    struct Failure: Error {
      /// Whether the user's limit of watches or instances is reached.
      let isLimit: Bool

      static var last: Failure { Failure(isLimit: [ENOSPC, EMFILE, ENFILE].contains(errno)) }
    }

    private let descriptor: Int32
    // Dispatch's objects may be used from every thread; it only does not say so.
    private nonisolated(unsafe) let source: any DispatchSourceRead
    /// The path of each folder that is watched, by the system's number for it.
    private let watched = Mutex<[Int32: String]>([:])

    /// Names that come and go in folders and belong to no knowledge base begin with a dot; these count all the same.
    private static let countedNames: Set<String> = [".kbignore"]

    private static let interesting = UInt32(
      IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
        | IN_ATTRIB | IN_ONLYDIR | IN_EXCL_UNLINK)

    /// `notify` is called whenever something happened, on its own queue.
    init(_ notify: @escaping @Sendable () -> Void) throws(Failure) {
      descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      guard descriptor >= 0 else { throw .last }
      let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "kb.watch"))
      unsafe self.source = source
      source.setEventHandler { [descriptor] in if FolderEvents.drain(descriptor) { notify() } }
      source.setCancelHandler { [descriptor] in _ = close(descriptor) }
      source.activate()
    }

    deinit { unsafe source.cancel() }

    /// No more events.
    func stop() { unsafe source.cancel() }

    /// Watches these folders, and no others; says whether one is new.
    ///
    /// Each is named to the system again, every time: one that was removed and made anew under its old name is another
    /// folder, and the system tells by its number.
    func watch(_ folders: [String]) throws(Failure) -> Bool {
      var now: [Int32: String] = [:]
      for folder in folders {
        let number = unsafe inotify_add_watch(descriptor, folder, FolderEvents.interesting)
        if number >= 0 {
          now[number] = folder
        } else if ![ENOENT, ENOTDIR, EACCES].contains(errno) {
          // A folder that is gone already will be missed by the next look; everything else ends the watching.
          throw .last
        }
      }
      return watched.withLock { [now] before in
        for number in before.keys where now[number] == nil { inotify_rm_watch(descriptor, number) }
        let isNew = now.contains { before[$0.key] != $0.value }
        before = now
        return isNew
      }
    }

    /// Reads all events that wait; says whether one of them matters. That the queue overflowed does.
    private static func drain(_ descriptor: Int32) -> Bool {
      var matters = false
      while true {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
          count = unsafe max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
        guard !bytes.isEmpty else { return matters }
        var at = 0
        let size = MemoryLayout<inotify_event>.size
        while at + size <= bytes.count {
          let event = unsafe bytes.withUnsafeBytes {
            unsafe $0.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
          }
          let end = min(bytes.count, at + size + Int(event.len))
          if !matters {
            let name = String(decoding: bytes[(at + size)..<end].prefix { $0 != 0 }, as: UTF8.self)
            matters = name.utf8.first != UInt8(ascii: ".") || countedNames.contains(name)
          }
          at = end
        }
      }
    }
  }
#else
  /// The system's events about folders, where kb does not know how to ask for them.
  final class FolderEvents: Sendable {
    struct Failure: Error {
      let isLimit: Bool
    }

    init(_ notify: @escaping @Sendable () -> Void) throws(Failure) { throw Failure(isLimit: false) }

    func stop() {}

    func watch(_ folders: [String]) throws(Failure) -> Bool { throw Failure(isLimit: false) }
  }
#endif

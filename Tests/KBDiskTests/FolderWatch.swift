#if os(Linux)
  import POSIX

  /// What happens to the names in a folder, in its order (inotify).
  @safe final class FolderWatch {
    private let descriptor: Int32

    struct Failure: Error {}

    init(_ path: String) throws {
      descriptor = inotify_init1(Int32(IN_NONBLOCK))
      let mask = UInt32(IN_MOVED_TO) | UInt32(IN_CREATE) | UInt32(IN_DELETE)
      guard descriptor >= 0, unsafe inotify_add_watch(descriptor, path, mask) >= 0 else { throw Failure() }
    }

    deinit { close(descriptor) }

    /// The events so far, each once.
    func events() throws -> [String] {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return [] }
      var events: [String] = []
      var at = 0
      // struct inotify_event: wd, mask, cookie, length of the name, name
      while at + 16 <= count {
        func number(_ offset: Int) -> UInt32 {
          (0..<4).reduce(0) { $0 | UInt32(buffer[at + offset + $1]) << (8 * UInt32($1)) }
        }
        let name = String(decoding: buffer[(at + 16)..<(at + 16 + Int(number(12)))].prefix { $0 != 0 }, as: UTF8.self)
        let isGone = number(4) & UInt32(IN_DELETE) != 0
        if !name.hasPrefix(".") { events.append("\(isGone ? "gone" : "new") \(name)") }
        at += 16 + Int(number(12))
      }
      return events
    }
  }
#endif

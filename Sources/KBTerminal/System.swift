import Dispatch
import KBDisk
package import KBSource
import POSIX

/// The end of the process.
package enum ExitStatus {
  package static func end(_ status: Int32) -> Never {
    exit(status)
  }
}

/// Output that could not be written: half a report must not look like a whole one.
private enum OutputLoss {
  /// Tells of a failure to write to standard output, once; the work goes on, and the exit status will be 2.
  ///
  /// A closed pipe is no failure: its reader has seen enough.
  static func note(_ code: Int32, _ descriptor: Int32) {
    guard descriptor == STDOUT_FILENO, code != EPIPE else { return }
    _ = endsWithFailure
  }

  private static let endsWithFailure: Bool = {
    let words = unsafe String(cString: strerror(errno))
    Console.standardError.line(
      Message(
        de: "kb: die Ausgabe lässt sich nicht schreiben: \(words)", en: "kb: the output can't be written: \(words)")[
          SpokenLanguage.current])
    return atexit { _exit(2) } == 0
  }()
}

/// The wish of the user or the system that the process should end, heard from its creation on.
package struct StopSignal {
  /// So long the work may take to come to its end.
  private static let patience = Duration.milliseconds(700)

  /// Whether it was a signal; else the work has ended.
  private let signals: AsyncStream<Bool>
  private let continuation: AsyncStream<Bool>.Continuation
  private let sources: [any DispatchSourceSignal]

  /// Listens for signals, Ctrl-C among them. Whoever tells the user that the work goes on does so afterwards.
  package init() {
    let (signals, continuation) = AsyncStream<Bool>.makeStream()
    self.signals = signals
    self.continuation = continuation
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      // From here on the signal does nothing by itself.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield(true) }
      source.activate()
      return source
    }
  }

  /// Waits for a signal or the end of the work, then ends the work and what goes with it.
  ///
  /// Returns why the work ended, when it failed.
  package func wait(orEndOf work: Task<Void, any Error>, end: @escaping @Sendable () async -> Void) async -> (
    any Error
  )? {
    let watching = Task { [continuation] in
      _ = await work.result
      continuation.yield(false)
    }
    var wasAsked = true
    for await asked in signals {
      wasAsked = asked
      break
    }
    withExtendedLifetime(sources) {}
    if !wasAsked, case .failure(let error) = await work.result { return error }
    work.cancel()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await end()
        _ = await watching.value
      }
      group.addTask {
        do { try await Task.sleep(for: StopSignal.patience) } catch { return }
        // Somebody still works; whoever pressed Ctrl-C does not wait for that.
        ExitStatus.end(0)
      }
      await group.next()
      group.cancelAll()
    }
    return nil
  }
}

/// The user's browser.
package enum Browser {
  /// Opens an address; says whether there is a program that does.
  package static func open(_ address: String) -> Bool {
    #if canImport(Darwin)
      let program = "open"
    #else
      let program = "xdg-open"
    #endif
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe ProcessEnvironment.beQuiet(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    var arguments = unsafe [strdup(program), strdup(address), nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var process = pid_t()
    return unsafe posix_spawnp(&process, program, &actions, nil, &arguments, environ) == 0
  }
}

/// What the process knows of its surroundings: terminal, clock, environment.
package enum ProcessEnvironment {
  package static func variable(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }

  /// Where this user's programs keep what they can make anew, by the XDG base directory specification or
  /// the system's habit; `nil` without a home.
  package static func cacheFolder() -> String? {
    if let folder = variable("XDG_CACHE_HOME"), folder.hasPrefix("/") { return "\(folder)/kb" }
    guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
    #if canImport(Darwin)
      return "\(home)/Library/Caches/kb"
    #else
      return "\(home)/.cache/kb"
    #endif
  }

  /// Where this user's programs keep what must outlive a run, by the XDG base directory specification; `nil` without a home.
  package static func stateFolder() -> String? {
    if let folder = variable("XDG_STATE_HOME"), folder.hasPrefix("/") { return "\(folder)/kb" }
    return variable("HOME").flatMap { $0.hasPrefix("/") ? "\($0)/.local/state/kb" : nil }
  }

  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The number of letters in a line of a terminal; `nil` where there is none.
  static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Today, by the machine's clock and time zone.
  package static func today() -> CalendarDate {
    var now = time_t()
    unsafe time(&now)
    var parts = unsafe tm()
    unsafe localtime_r(&now, &parts)
    let date = unsafe CalendarDate(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    return date ?? CalendarDate(daysSinceEpoch: Int(now) / 86_400)
  }

  /// The time of day, as 14:05:09.
  package static func timeOfDay() -> String {
    var now = time_t()
    unsafe time(&now)
    var parts = unsafe tm()
    unsafe localtime_r(&now, &parts)
    let numbers = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
    return numbers.map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
  }

  /// The clock on the wall here, with summer and winter time.
  package static let wallClock = WallClock { moment, minutes in
    let date = moment.date
    var parts = unsafe tm()
    unsafe (parts.tm_year, parts.tm_mon) = (Int32(date.year - 1900), Int32(date.month - 1))
    unsafe parts.tm_mday = Int32(date.day)
    unsafe (parts.tm_hour, parts.tm_min, parts.tm_isdst) = (Int32(moment.minute / 60), Int32(moment.minute % 60), -1)
    var time = unsafe mktime(&parts)
    guard time != -1 else { return moment.adding(minutes: minutes) }
    time += minutes * 60
    unsafe localtime_r(&time, &parts)
    let later = unsafe CalendarDate(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    return later.map { LocalMoment($0, minute: unsafe Int(parts.tm_hour) * 60 + Int(parts.tm_min)) }
      ?? moment.adding(minutes: minutes)
  }

  /// Seconds on a clock that only runs forward.
  package static func seconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Where this program is on disk; `nil` when the system does not tell.
  package static var executable: String? {
    #if canImport(Glibc)
      let path = unsafe realpath("/proc/self/exe", nil)
    #else
      var size: UInt32 = 0
      _ = unsafe _NSGetExecutablePath(nil, &size)
      var buffer = [CChar](repeating: 0, count: Int(size) + 1)
      guard unsafe _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
      let path = unsafe realpath(buffer, nil)
    #endif
    guard let path = unsafe path else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The program that a name starts, looked for in PATH.
  package static func find(_ program: String) -> String? {
    (variable("PATH") ?? "").split(separator: ":").lazy.map { "\($0)/\(program)" }.first(where: Disk.isExecutable)
  }

  /// The machine's time zone: its name, and its distance to UTC.
  package static func timeZone() -> String {
    var now = time_t()
    unsafe time(&now)
    var parts = unsafe tm()
    unsafe localtime_r(&now, &parts)
    let minutes = unsafe abs(parts.tm_gmtoff) / 60
    let digits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let name = unsafe parts.tm_zone.map { unsafe String(cString: $0) } ?? ""
    return unsafe "\(name) (UTC\(parts.tm_gmtoff < 0 ? "-" : "+")\(digits(minutes / 60)):\(digits(minutes % 60)))"
  }

  package static func currentFolder() -> String {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// An absolute path, links not resolved.
  package static func absolutePath(_ path: String) -> String {
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : currentFolder() + "/" + path).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The path of something on disk, below a folder; `nil` when it is elsewhere.
  package static func path(_ path: String, below root: String) -> RepoPath? {
    let absolute = absolutePath(path)
    let prefix = root == "/" ? "/" : root + "/"
    return absolute.hasPrefix(prefix) ? RepoPath(String(absolute.dropFirst(prefix.count))) : nil
  }

  /// Whether the user is root.
  package static var isRoot: Bool { geteuid() == 0 }

  /// What a program reads and writes that is run: this terminal, or nothing.
  package enum Streams { case terminal, nothing }

  /// Begins what is to be done when a program is started that reads nothing and whose output nobody sees.
  fileprivate static func beQuiet(_ actions: inout posix_spawn_file_actions_t) {
    unsafe posix_spawn_file_actions_init(&actions)
    for descriptor in Int32(0)...2 {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
  }

  /// Runs a program in this terminal, waits for its end, and returns its exit status.
  ///
  /// Meanwhile Ctrl-C is for the program alone.
  package static func run(_ arguments: [String], streams: Streams = .terminal) -> Int32 {
    // A handler is not handed on to the program, as being ignored would be.
    let before = signal(SIGINT) { _ in }
    defer { _ = signal(SIGINT, before) }
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    var process = pid_t()
    var actions = unsafe posix_spawn_file_actions_t()
    switch streams {
    case .terminal: unsafe posix_spawn_file_actions_init(&actions)
    case .nothing: unsafe beQuiet(&actions)
    }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    guard let program = arguments.first, unsafe posix_spawn(&process, program, &actions, nil, &words, environ) == 0
    else { return 127 }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return 127 }
    }
    // The low seven bits name a signal, the next eight the status.
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
  }

  package static func write(_ bytes: [UInt8], to descriptor: Int32) {
    let code = Disk.put(bytes, to: descriptor)
    if code != 0 { OutputLoss.note(code, descriptor) }
  }
}

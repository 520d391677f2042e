import CSpawn
import Dispatch
import POSIX

/// A program that ran: what it wrote, and how it ended.
///
/// It is started with `posix_spawn` and not with Foundation's `Process`, which reads past the end of its buffer, and
/// so crashes now and then, where many files are open (swift-corelibs-foundation, pull request 5472).
public struct Program: Sendable {
  public let output: String
  public let errors: String
  /// The exit status; 128 and the signal's number when a signal ended it.
  public let status: Int32
  /// The processor time that it took, in seconds.
  public let processorSeconds: Double

  /// A program that could not be started, or not be waited for.
  public struct Failure: Error, CustomStringConvertible {
    public let executable: String
    public let code: Int32
    public var description: String { "\(executable): error \(code)" }
  }

  /// Runs a program to its end, or until it is killed after `milliseconds`.
  ///
  /// It sees three variables of ours (`PATH`, `TMPDIR`, `LD_LIBRARY_PATH`) and those given, an empty input, no other
  /// open file, and no signal blocked.
  @discardableResult
  public static func run(
    _ executable: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
    killedAfter milliseconds: Int? = nil
  ) async throws -> Program {
    let scratch = try ScratchFolder()
    var variables = environment
    for name in ["PATH", "TMPDIR", "LD_LIBRARY_PATH"] where variables[name] == nil {
      if let value = unsafe getenv(name) { variables[name] = unsafe String(cString: value) }
    }
    let child = Child(
      executable: executable, arguments: [executable] + arguments, folder: folder,
      environment: variables.map { "\($0)=\($1)" }.sorted(), output: scratch.absolute("output"),
      errors: scratch.absolute("errors"))
    // The tasks' few threads are not for waiting.
    let end = try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try child.run(killedAfter: milliseconds) })
      }
    }
    return Program(
      output: scratch.text("output") ?? "", errors: scratch.text("errors") ?? "", status: end.status,
      processorSeconds: end.processorSeconds)
  }
}

/// What the system is asked to run.
private struct Child {
  let executable: String
  let arguments: [String]
  let folder: String
  let environment: [String]
  let output: String
  let errors: String

  /// How it ended, and the processor time that it took.
  typealias End = (status: Int32, processorSeconds: Double)

  /// Starts it and waits for its end.
  func run(killedAfter milliseconds: Int?) throws -> End {
    let identifier = try start()
    if let milliseconds {
      let end = DispatchTime.now() + .milliseconds(milliseconds)
      while DispatchTime.now() < end {
        if let end = try self.end(of: identifier, WNOHANG) { return end }
        usleep(1000)
      }
      kill(identifier, SIGKILL)
    }
    while true {
      if let end = try self.end(of: identifier, 0) { return end }
    }
  }

  private func start() throws -> pid_t {
    #if canImport(Glibc)
      var files = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    #else
      var files: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_CLOEXEC_DEFAULT
    #endif
    unsafe posix_spawn_file_actions_init(&files)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&files)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    unsafe posix_spawn_file_actions_addopen(&files, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    unsafe posix_spawn_file_actions_addchdir_np(&files, folder)
    #if canImport(Glibc)
      unsafe posix_spawn_file_actions_addclosefrom_np(&files, 3)
    #endif
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var identifier: pid_t = 0
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    let code = unsafe posix_spawn(&identifier, executable, &files, &attributes, &words, &variables)
    guard code == 0 else { throw Program.Failure(executable: executable, code: code) }
    return identifier
  }

  /// The end of a child; `nil` while it runs, or when a signal came between.
  private func end(of identifier: pid_t, _ options: Int32) throws -> End? {
    var status: Int32 = 0
    var usage = rusage()
    let ended = unsafe wait4(identifier, &status, options, &usage)
    guard ended == identifier else {
      guard ended == 0 || errno == EINTR else { throw Program.Failure(executable: executable, code: errno) }
      return nil
    }
    let signal = status & 0x7F
    let seconds = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    return (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, seconds)
  }
}

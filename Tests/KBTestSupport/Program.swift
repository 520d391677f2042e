import CSpawn
import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that ran: what it wrote, and how it ended.
///
/// It is started with `posix_spawn` and not with Foundation's `Process`, which reads past the end of its buffer, and
/// so crashes now and then, where many files are open (swift-corelibs-foundation, pull request 5472).
public struct Program: Sendable {
  public let output: String
  public let errors: String
  /// The exit status; 128 and the signal's number when a signal ended it.
  public let status: Int32

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
    let status = try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try child.run(killedAfter: milliseconds) })
      }
    }
    return Program(output: scratch.text("output") ?? "", errors: scratch.text("errors") ?? "", status: status)
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

  /// Starts it, waits for its end, and gives its status.
  func run(killedAfter milliseconds: Int?) throws -> Int32 {
    let identifier = try start()
    if let milliseconds {
      let end = DispatchTime.now() + .milliseconds(milliseconds)
      while DispatchTime.now() < end {
        if let status = try status(of: identifier, WNOHANG) { return status }
        usleep(1000)
      }
      kill(identifier, SIGKILL)
    }
    while true {
      if let status = try status(of: identifier, 0) { return status }
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

  /// The status of a child that has ended; nil while it runs, or when a signal came between.
  private func status(of identifier: pid_t, _ options: Int32) throws -> Int32? {
    var status: Int32 = 0
    let ended = unsafe waitpid(identifier, &status, options)
    guard ended == identifier else {
      guard ended == 0 || errno == EINTR else { throw Program.Failure(executable: executable, code: errno) }
      return nil
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

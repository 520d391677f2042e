import Foundation
import Glibc

/// A program with its arguments.
struct Program {
  /// The program's path, or a name to be looked up in `PATH`.
  let executable: String
  let arguments: [String]
  /// The exit statuses that count as success.
  let acceptedStatuses: [Int32]

  init(_ executable: String, _ arguments: [String], acceptedStatuses: [Int32] = [0]) {
    self.executable = executable
    self.arguments = arguments
    self.acceptedStatuses = acceptedStatuses
  }

  /// Runs the program to its end; what it says goes to the file `log`.
  ///
  /// `wait4` reports the resources of just this child. Its `ru_maxrss` can't be less than the peak of this process,
  /// from which the kernel starts the child: see `Program.smallestPeakKiB`.
  @discardableResult
  func measured(log: String) throws -> Measurement {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)

    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }.sorted()
    let start = Program.now
    let child = try unsafe Program.withCStrings([executable] + arguments) { arguments in
      try unsafe Program.withCStrings(environment) { environment in
        var child: pid_t = 0
        let failure = unsafe posix_spawnp(&child, executable, &actions, nil, arguments, environment)
        guard failure == 0 else { throw unsafe BenchError("\(executable): \(String(cString: strerror(failure)))") }
        return child
      }
    }
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(child, &status, 0, &usage) == -1 {
      guard errno == EINTR else { throw unsafe BenchError("wait4: \(String(cString: strerror(errno)))") }
    }
    let end = Program.now

    let signal = status & 0x7F
    guard signal == 0, acceptedStatuses.contains(status >> 8 & 0xFF) else {
      let words = try String(contentsOfFile: log, encoding: .utf8).suffix(2_000)
      let reason = signal == 0 ? "exit status \(status >> 8 & 0xFF)" : "signal \(signal)"
      throw BenchError("\(([executable] + arguments).joined(separator: " ")): \(reason)\n\(words)")
    }
    return Measurement(
      wallSeconds: end - start, cpuSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds, peakKiB: usage.ru_maxrss)
  }

  /// The peak of this process, below which no child's peak can be measured.
  static var smallestPeakKiB: Int {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(0), &usage)
    return usage.ru_maxrss
  }

  private static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Calls `body` with the strings as C wants them: pointers, then a null.
  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) throws -> Result
  ) rethrows -> Result {
    let pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return try unsafe body(pointers)
  }
}

extension timeval {
  /// The time in seconds.
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}

internal import Foundation

/// A program that ran: what it wrote, and how it ended.
public struct Program: Sendable {
  public let output: String
  public let errors: String
  /// The exit status; 128 and the signal's number when a signal ended it.
  public let status: Int32

  /// Runs a program to its end, or until it is killed after `milliseconds`.
  @discardableResult
  public static func run(
    _ executable: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
    killedAfter milliseconds: Int? = nil
  ) async throws -> Program {
    let scratch = try ScratchFolder()
    try scratch.write("", to: "output")
    try scratch.write("", to: "errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let inherited = ProcessInfo.processInfo.environment.filter {
      ["PATH", "TMPDIR", "LD_LIBRARY_PATH"].contains($0.key)
    }
    process.environment = inherited.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.absolute("output")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.absolute("errors")))
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        continuation.resume(
          returning: ended.terminationReason == .exit ? ended.terminationStatus : 128 + ended.terminationStatus)
      }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
        return
      }
      if let milliseconds {
        let identifier = process.processIdentifier
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
          if process.isRunning { kill(identifier, SIGKILL) }
        }
      }
    }
    return Program(output: scratch.text("output") ?? "", errors: scratch.text("errors") ?? "", status: status)
  }
}

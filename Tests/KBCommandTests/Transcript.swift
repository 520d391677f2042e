import Foundation
import KBTestSupport

/// A file that says what commands print: first the files of a knowledge base, then commands with their output.
///
///     === kb.yml
///     language: en
///     === teams/it.md
///     ...
///     === commands
///     $ kb check --today 2026-11-21
///     no findings in 1 record
///     [exit 1]
///
/// An exit status is written only when it is not 0; what goes to standard error is marked with `! `. In files, `\e`, `\0`
/// and `\xHH` within `«»` stand for bytes that an editor would not show.
struct Transcript {
  let name: String
  let path: String
  let files: [(path: String, bytes: [UInt8])]
  let commands: [String]
  let text: String
  private let head: String

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Transcripts")
    .path

  /// The names of all, or of those that KB_TRANSCRIPTS lists with commas between them.
  static var names: [String] {
    get throws {
      let all = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }.map {
        String($0.dropLast(4))
      }.sorted()
      let wanted = ProcessInfo.processInfo.environment["KB_TRANSCRIPTS"]?.split(separator: ",").map(String.init)
      return wanted.map { wanted in all.filter(wanted.contains) } ?? all
    }
  }

  init(named name: String) throws {
    self.name = name
    path = "\(Transcript.folder)/\(name).txt"
    text = try String(contentsOfFile: path, encoding: .utf8)
    var files: [(path: String, text: [Substring])] = []
    var commands: [String] = []
    var head: [Substring] = []
    var isInCommands = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if isInCommands {
        if line.hasPrefix("$ ") { commands.append(String(line.dropFirst(2))) }
        continue
      }
      head.append(line)
      if line == "=== commands" {
        isInCommands = true
      } else if line.hasPrefix("=== ") {
        files.append((String(line.dropFirst(4)), []))
      } else if !files.isEmpty {
        files[files.count - 1].text.append(line)
      }
    }
    self.commands = commands
    self.head = head.joined(separator: "\n")
    self.files = files.map { ($0.path, Transcript.bytes($0.text.map { "\($0)\n" }.joined())) }
  }

  /// The text with `«0A»` replaced by the byte.
  private static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "«"), let close = rest[open...].firstIndex(of: "»") {
      bytes += Array(rest[..<open].utf8)
      let digits = rest[rest.index(after: open)..<close]
      bytes += digits.split(separator: " ").compactMap { UInt8($0, radix: 16) }
      rest = rest[rest.index(after: close)...]
    }
    return bytes + Array(rest.utf8)
  }

  /// The transcript as it is today.
  func replayed() async throws -> String {
    let folder = try ScratchFolder()
    for file in files { try folder.write(file.bytes, to: file.path) }
    var text = head + "\n"
    for command in commands {
      text += "$ \(command)\n"
      let ran = try await Tool.shell(command, in: folder)
      for (prefix, output) in [("! ", ran.errors), ("", ran.output)] where !output.isEmpty {
        let lines = output.replacing(folder.path, with: "ROOT").replacing(/[0-9]+ ms/, with: "N ms").replacing(
          "\r\n", with: "\n")
        for line in (lines.hasSuffix("\n") ? lines.dropLast() : lines[...]).split(
          separator: "\n", omittingEmptySubsequences: false)
        {
          text += "\(prefix)\(line)\n"
        }
      }
      if ran.status != 0 { text += "[exit \(ran.status)]\n" }
    }
    return text
  }
}

/// The binary under test.
enum Tool {
  /// The folder of the products: that of the test bundle.
  static var productFolder: String {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    var path = URL(fileURLWithPath: bundle)
    while path.path != "/", !FileManager.default.isExecutableFile(atPath: path.appendingPathComponent("kb").path) {
      path = path.deletingLastPathComponent()
    }
    return path.path
  }

  static let environment = ["NO_COLOR": "1", "LC_ALL": "en_US.UTF-8", "TERM": "dumb", "COLUMNS": "100"]

  /// Runs `kb` with arguments.
  @discardableResult
  static func kb(_ arguments: String..., in folder: ScratchFolder, killedAfter milliseconds: Int? = nil) async throws
    -> Program
  {
    try await kb(arguments, in: folder, killedAfter: milliseconds)
  }

  static func kb(_ arguments: [String], in folder: ScratchFolder, killedAfter milliseconds: Int? = nil) async throws
    -> Program
  {
    try await Program.run(
      "\(productFolder)/kb", arguments, in: folder.path,
      environment: environment.merging(["XDG_STATE_HOME": "\(folder.path)/.state"]) { $1 }, killedAfter: milliseconds)
  }

  /// `shown TEXT FILE [LINES]` waits until TEXT is on as many lines of FILE (1): how a command in the background says that
  /// it is ready. The file has to be a new one, or it may still say what another command wrote.
  private static let prelude = """
    shown() {
      until [ "$(cat "$2" 2>/dev/null | grep -c -- "$1")" -ge "${3:-1}" ]; do sleep 0.1; done
    }
    """

  /// Runs a line of shell in which `kb` is the binary under test, and keeps its caches in the folder.
  static func shell(_ line: String, in folder: ScratchFolder) async throws -> Program {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try await Program.run(
      "/bin/sh", ["-c", "\(prelude)\n\(line)"], in: folder.path,
      environment: environment.merging([
        "PATH": "\(productFolder):\(path)", "HOME": folder.path, "XDG_CACHE_HOME": "\(folder.path)/.cache",
      ]) { $1 })
  }
}

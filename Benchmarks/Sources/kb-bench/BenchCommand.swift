import ArgumentParser
import Foundation

/// Measures `kb` against lower bounds and other generators.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kb-bench",
    abstract: "Measure kb against lower bounds and, if asked, against Hugo.",
    discussion: "The report goes to standard output as Markdown, what is going on to standard error.")

  @Option(help: ArgumentHelp("The kb to measure.", valueName: "path"))
  var kb: String

  @Option(help: "How many records to measure with, separated by commas.")
  var sizes = "100,1000,10000"

  @Option(help: "How many times each contestant runs.")
  var runs = 3

  @Option(help: "The seed of the invented knowledge bases.")
  var seed: UInt64 = 1

  @Flag(help: "Measure Hugo as well.")
  var peers = false

  @Option(help: ArgumentHelp("The Hugo to measure.", valueName: "path"))
  var hugo = "hugo"

  @Option(help: ArgumentHelp("The folder to work in, kept afterwards; otherwise a temporary one.", valueName: "dir"))
  var work: String?

  @Option(help: ArgumentHelp("A file for all single measurements as JSON.", valueName: "file"))
  var json: String?

  @Flag(help: "Only write what would be measured into the folder of --work.")
  var prepare = false

  /// The sizes as numbers, or nothing where one of them is none.
  private var recordCounts: [Int]? {
    let counts = sizes.split(separator: ",").map { Int($0) }
    return counts.isEmpty || counts.contains(nil) ? nil : counts.compactMap(\.self)
  }

  func validate() throws {
    guard recordCounts != nil else { throw ValidationError("--sizes must be numbers such as 100,1000") }
    guard !prepare || work != nil else { throw ValidationError("--prepare needs --work") }
    guard runs > 0 else { throw ValidationError("--runs must be at least 1") }
  }

  func run() throws {
    let tools = try Tools(kb: kb, hugo: peers ? hugo : nil)
    let folder = try workFolder()
    defer { if work == nil { removeOrWarn(folder) } }

    if prepare {
      for records in recordCounts ?? [] { _ = try Trial(records: records, seed: seed, tools: tools, work: folder) }
      return
    }
    var start = Series(name: "kb --version")
    for _ in 0..<20 {
      start.runs.append(try Program(kb, ["--version"]).measured(log: folder.appending("version.txt")))
    }
    let trials = try (recordCounts ?? []).map { records in
      let trial = try Trial(records: records, seed: seed, tools: tools, work: folder)
      let result = try trial.run(runs)
      if work == nil { try trial.removeAll() }
      return result
    }
    let result = BenchResult(
      processors: ProcessInfo.processInfo.activeProcessorCount, seed: seed, smallestPeakKiB: Program.smallestPeakKiB,
      start: start, trials: trials)
    print(Report(result: result).markdown)
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(result).write(to: URL(filePath: json))
    }
  }

  private func workFolder() throws -> Folder {
    let temporary = FileManager.default.temporaryDirectory.appending(path: "kb-bench-\(UUID().uuidString)").path
    let folder = Folder(path: work ?? temporary)
    try folder.create()
    return folder
  }

  private func removeOrWarn(_ folder: Folder) {
    do { try folder.remove() } catch { Report.progress("can't remove \(folder.path): \(error)") }
  }
}

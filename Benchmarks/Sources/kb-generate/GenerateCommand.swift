import ArgumentParser
import Foundation
import Synthesis

/// Writes an invented knowledge base to disk.
@main
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kb-generate",
    abstract: "Write an invented knowledge base: the same size and seed give the same bytes.")

  @Option(help: "How many records to write, \(KnowledgeBase.minimum) to \(KnowledgeBase.maximum).")
  var records: Int

  @Option(help: "The seed of all that is random.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The folder to write to; it must not exist or be empty.", valueName: "dir"))
  var out: String

  func validate() throws {
    guard (KnowledgeBase.minimum...KnowledgeBase.maximum).contains(records) else {
      throw ValidationError("--records must be \(KnowledgeBase.minimum) to \(KnowledgeBase.maximum)")
    }
  }

  func run() throws {
    let root = URL(filePath: out, directoryHint: .isDirectory)
    let files = FileManager.default
    if files.fileExists(atPath: root.path), try !files.contentsOfDirectory(atPath: root.path).isEmpty {
      throw ValidationError("\(out) is not empty")
    }
    let knowledgeBase = KnowledgeBase(records: records, seed: seed)
    for folder in knowledgeBase.folders {
      try files.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    var bytes = 0
    try knowledgeBase.forEachFile { path, text in
      bytes += text.utf8.count
      try Data(text.utf8).write(to: root.appending(path: path))
    }
    print("\(records) records, \(bytes / 1_000) kB, \(bytes / records) bytes a record")
  }
}

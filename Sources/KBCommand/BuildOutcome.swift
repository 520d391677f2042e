import KBDisk
import KBGit
import KBReports
import KBSource
import KBTerminal
import KBWorkspace

/// What a build has to say, which one that finds nothing to do says again.
struct BuildOutcome {
  let language: Language
  let fileCount: Int
  /// The findings, counted.
  let findings: String
  let hasErrors: Bool
  /// What the reader must know about the history.
  let caveats: [String]

  init(language: Language, fileCount: Int, findings: String, hasErrors: Bool, caveats: [String]) {
    (self.language, self.fileCount, self.findings) = (language, fileCount, findings)
    (self.hasErrors, self.caveats) = (hasErrors, caveats)
  }

  /// Reads what `notes` writes.
  init?(_ notes: [String]) {
    guard notes.count >= 4, let language = Language(rawValue: notes[0]), let count = Int(notes[1]) else { return nil }
    self.init(
      language: language, fileCount: count, findings: notes[2], hasErrors: notes[3] == "errors",
      caveats: Array(notes.dropFirst(4)))
  }

  var notes: [String] { [language.rawValue, "\(fileCount)", findings, hasErrors ? "errors" : ""] + caveats }

  /// Says what was done.
  func report(_ summary: OutputTree.Summary, in folder: String, at path: String, since start: Double) {
    for caveat in caveats { Console.standardError.line("kb: \(caveat)") }
    let milliseconds = Int((ProcessEnvironment.seconds() - start) * 1000)
    Console.standardOutput.line(
      Message(
        de:
          "\(fileCount) Dateien in \(folder): \(summary.written) geschrieben, \(summary.unchanged) unverändert, \(summary.removed) entfernt; \(findings); \(String(milliseconds)) ms",
        en:
          "\(fileCount) files in \(folder): \(summary.written) written, \(summary.unchanged) unchanged, \(summary.removed) removed; \(findings); \(String(milliseconds)) ms"
      )[language])
    if ProcessEnvironment.isTerminal(Console.standardOutput.descriptor) {
      // Terminals open an address by a click.
      Console.standardOutput.line("file://\(path.percentEncodedPath)/index.html")
    }
    for path in summary.kept.map(Console.harmless) {
      Console.standardError.line(
        Message(
          de: "kb: '\(path)' wurde von jemand anderem geändert und bleibt erhalten",
          en: "kb: '\(path)' was changed by someone else and is kept")[language])
    }
  }
}

/// What a build depends on beside the files of the knowledge base.
struct BuildDependencies {
  /// Where the state of the last build is kept, by program, options, day and commit.
  let cache: CacheFile
  let stamps: FileStamps

  /// Returns what a build of the working tree depends on; `nil` where that is not known: then everything is read.
  static func current(root: String, folder: String, options: [String]) async -> BuildDependencies? {
    do {
      // A change that was interrupted is said, whatever else is the same.
      if ProcessEnvironment.stateFolder() != nil, try WorkspaceFiles.journal(of: root).isPending() { return nil }
      guard let program = ProcessEnvironment.executable else { return nil }
      let (paths, head) = try GitContext.dependencies(around: root)
      let key = [Release.version, program, root, head.map { "\($0)" } ?? ""] + options
      return BuildDependencies(
        cache: BuildState.cache(
          of: folder, key: key.joined(separator: "\0"), in: ProcessEnvironment.cacheFolder()),
        stamps: try await FileStamps(settled: [program] + paths))
    } catch {
      // Reading everything says what is wrong.
      return nil
    }
  }
}

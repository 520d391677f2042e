import Foundation

/// The measurement of one size.
struct Trial {
  private let records: Int
  private let tools: Tools
  private let folder: Folder
  private let knowledgeBase: Folder
  private let output: Folder
  private let hugoOutput: Folder

  /// Generates the knowledge base below `work`, and Hugo's site where Hugo takes part.
  init(records: Int, seed: UInt64, tools: Tools, work: Folder) throws {
    self.records = records
    self.tools = tools
    folder = work.folder("records-\(records)")
    knowledgeBase = folder.folder("kb")
    output = folder.folder("out")
    hugoOutput = folder.folder("hugo-out")
    try folder.remove()
    try folder.create()
    try Program(
      tools.generate, ["--records", "\(records)", "--seed", "\(seed)", "--out", knowledgeBase.path]
    ).measured(log: log)
    if tools.hugo != nil { try hugoSite.write(recordsOf: knowledgeBase) }
  }

  /// Measures every contestant `runs` times, in turns, so that what else the machine does hits all alike.
  func run(_ runs: Int) throws -> TrialResult {
    let contestants = try self.contestants()
    var series = contestants.map { Series(name: $0.name) }
    for run in 1...runs {
      for (index, contestant) in contestants.enumerated() {
        Report.progress("\(records) records, run \(run) of \(runs): \(contestant.name)")
        series[index].runs.append(try contestant.run(log: log))
      }
    }
    let input = try knowledgeBase.size()
    let site = try output.size()
    let hugoSize = tools.hugo == nil ? nil : try hugoOutput.size()
    return TrialResult(
      records: records, inputBytes: input.bytes, outputFiles: site.files, outputBytes: site.bytes,
      hugoOutputFiles: hugoSize?.files, hugoOutputBytes: hugoSize?.bytes, series: series)
  }

  /// Removes what the trial has written.
  func removeAll() throws { try folder.remove() }

  private var log: String { folder.appending("log.txt") }
  private var hugoSite: HugoSite { HugoSite(folder: folder.folder("hugo")) }

  /// The contestants in the order in which they run: a build finds what the one before it has left.
  private func contestants() throws -> [Contestant] {
    let build = Program(tools.kb, ["build", "-C", knowledgeBase.path, "-o", output.path])
    let copy = folder.folder("copy")
    let bound = folder.folder("bound")
    let cache = folder.folder("hugo-cache")
    let page = try changingPage()
    let original = try Data(contentsOf: page)
    var contestants = [
      Contestant(
        TrialResult.check, Program(tools.kb, ["check", "-C", knowledgeBase.path], acceptedStatuses: [0, 1])),
      Contestant(TrialResult.cold, build, prepare: { try output.setAside() }),
      Contestant(TrialResult.warm, build),
      Contestant(
        TrialResult.changed, build,
        prepare: { try (original + Data("\nEin neuer Satz über die Störung.\n".utf8)).write(to: page) },
        finish: { try original.write(to: page) }),
      Contestant(TrialResult.copy, Program("cp", ["-r", output.path, copy.path]), prepare: { try copy.setAside() }),
      Contestant(
        TrialResult.bound, Program(tools.bound, [knowledgeBase.path, bound.path]), prepare: { try bound.setAside() }),
    ]
    if let hugo = tools.hugo {
      let arguments = [
        "--source", hugoSite.folder.path, "--destination", hugoOutput.path, "--cacheDir", cache.path, "--noBuildLock",
        "--quiet",
      ]
      contestants.append(
        Contestant(
          TrialResult.hugo, Program(hugo, arguments),
          prepare: {
            try hugoOutput.setAside()
            try cache.setAside()
          }))
    }
    return contestants
  }

  /// The page that changes before a build: a runbook from the middle.
  private func changingPage() throws -> URL {
    let runbooks = knowledgeBase.folder("runbooks")
    let names = try runbooks.names()
    guard !names.isEmpty else { throw BenchError("\(runbooks.path) is empty") }
    return URL(filePath: runbooks.appending(names[names.count / 2]))
  }
}

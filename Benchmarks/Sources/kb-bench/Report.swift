import Foundation

/// A result as Markdown.
struct Report {
  let result: BenchResult

  /// Says what is going on, apart from the report.
  static func progress(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

  /// The whole report.
  var markdown: String {
    let start = result.start
    let runs = result.trials.first?.series.first?.runs.count ?? 0
    var lines = [
      "# kb benchmark", "",
      "\(result.processors) processors, seed \(result.seed), \(runs) runs in turns. Peaks below "
        + "\(Report.memory(result.smallestPeakKiB)) can't be measured.",
      "", "| start | wall, min | wall, median | CPU, min | CPU, median | runs |",
      "| --- | --: | --: | --: | --: | --: |",
      "| \(start.name) | \(times(start).joined(separator: " | ")) | \(start.runs.count) |",
    ]
    for trial in result.trials { lines += [""] + section(trial) }
    return lines.joined(separator: "\n")
  }

  private func section(_ trial: TrialResult) -> [String] {
    var lines = [
      "## \(trial.records) records", "",
      "Input \(Report.bytes(trial.inputBytes)), \(Report.bytes(trial.inputBytes / trial.records)) a record; "
        + "kb's output \(trial.outputFiles) files, \(Report.bytes(trial.outputBytes))"
        + (trial.hugoOutputFiles.map { "; Hugo's \($0) files, \(Report.bytes(trial.hugoOutputBytes ?? 0))" } ?? "")
        + ".",
      "", "| measured | wall, min | wall, median | CPU, min | CPU, median | peak memory, median | a record |",
      "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    lines += trial.series.map { series in
      "| \((["\(series.name)"] + times(series) + memory(series, records: trial.records)).joined(separator: " | ")) |"
    }
    lines += ["", "| ratio | wall, min | wall, median | CPU, min | CPU, median |", "| --- | --: | --: | --: | --: |"]
    for name in [TrialResult.copy, TrialResult.bound, TrialResult.hugo] {
      guard let build = trial[TrialResult.cold], let other = trial[name] else { continue }
      let wall = build.ratio(to: other, \.wallSeconds)
      let cpu = build.ratio(to: other, \.cpuSeconds)
      let ratios = [wall.minimum, wall.median, cpu.minimum, cpu.median].map { String(format: "%.2f ×", $0) }
      lines.append("| \(build.name) : \(name) | \(ratios.joined(separator: " | ")) |")
    }
    return lines
  }

  private func times(_ series: Series) -> [String] {
    [
      series.minimum(\.wallSeconds), series.median(\.wallSeconds), series.minimum(\.cpuSeconds),
      series.median(\.cpuSeconds),
    ].map(Report.time)
  }

  private func memory(_ series: Series, records: Int) -> [String] {
    let peak = Int(series.median { Double($0.peakKiB) })
    guard peak > result.smallestPeakKiB else { return ["≤ \(Report.memory(result.smallestPeakKiB))", "–"] }
    return [Report.memory(peak), String(format: "%.1f KiB", Double(peak) / Double(records))]
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 1 ? String(format: "%.1f ms", seconds * 1e3) : String(format: "%.2f s", seconds)
  }

  private static func memory(_ kibibytes: Int) -> String { String(format: "%.1f MiB", Double(kibibytes) / 1_024) }

  private static func bytes(_ bytes: Int) -> String {
    bytes < 1_000_000 ? String(format: "%.2f kB", Double(bytes) / 1e3) : String(format: "%.1f MB", Double(bytes) / 1e6)
  }
}

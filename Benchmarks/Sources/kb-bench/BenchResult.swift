/// All that was measured.
struct BenchResult: Codable {
  let processors: Int
  let seed: UInt64
  /// The peak of the measuring process in KiB: a smaller peak of a program can't be told from it.
  let smallestPeakKiB: Int
  /// `kb --version`.
  let start: Series
  let trials: [TrialResult]
}

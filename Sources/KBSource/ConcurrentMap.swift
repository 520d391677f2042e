extension RandomAccessCollection where Self: Sendable, Element: Sendable, Index == Int {
  /// Transforms the elements on `width` tasks and returns the results in order.
  ///
  /// `onProgress` hears how many are done, on the caller's task. Each task takes runs of neighbouring elements in turn, so
  /// that the cost of a task is paid once for many; the last runs are short, so that no task works on alone for long.
  public func concurrentMap<Result: Sendable>(
    width: Int = 2, onProgress: (Int) -> Void = { _ in }, _ transform: @escaping @Sendable (Element) throws -> Result
  ) async throws -> [Result] {
    try await concurrentMap(width: width, onProgress: onProgress, transform, then: { $0 })
  }

  /// Transforms the elements on `width` tasks, finishes each on the caller's own, and returns the results in order.
  ///
  /// What must not happen at the same time, such as creating files in one folder, belongs in `finish`.
  public func concurrentMap<Middle: Sendable, Result>(
    width: Int = 2, onProgress: (Int) -> Void = { _ in }, _ transform: @escaping @Sendable (Element) throws -> Middle,
    then finish: (Middle) throws -> Result
  ) async throws -> [Result] {
    guard count > 1 else { return try map { try finish(transform($0)) } }
    return try await withThrowingTaskGroup(of: (Int, [Middle]).self) { group in
      var next = startIndex
      func addRun(to group: inout ThrowingTaskGroup<(Int, [Middle]), any Error>) {
        let lower = next
        guard lower < endIndex else { return }
        let upper = lower + Swift.max(1, Swift.min(64, (endIndex - lower) / (width * 8)))
        next = upper
        group.addTask { (lower, try self[lower..<upper].map(transform)) }
      }
      for _ in 0..<width { addRun(to: &group) }
      var runs: [Int: [Result]] = [:]
      var done = 0
      while let (lower, middles) = try await group.next() {
        addRun(to: &group)
        runs[lower] = try middles.map(finish)
        done += middles.count
        onProgress(done)
      }
      return runs.sorted { $0.key < $1.key }.flatMap(\.value)
    }
  }
}

import Synchronization

/// How many are there.
final class Census: Sendable {
  enum Group: Int { case connections, streams, refused }

  private let counts = Mutex([0, 0, 0])

  /// Counts one more, unless there are enough.
  func enter(_ group: Group, most: Int) -> Bool {
    counts.withLock { counts in
      guard counts[group.rawValue] < most else { return false }
      counts[group.rawValue] += 1
      return true
    }
  }

  func leave(_ group: Group) { counts.withLock { $0[group.rawValue] -= 1 } }
}

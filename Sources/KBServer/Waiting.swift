import POSIX
import Synchronization

/// The connections on which the server waits for the reader: to say what is wanted, or to take the answer. The one that waited
/// longest makes room for others.
final class Waiting: Sendable {
  enum Reason {
    /// Nothing of a request has come: nobody misses the connection.
    case silent
    /// A request has begun to come, or an answer is not taken.
    case slow
  }

  private let since = Mutex<[Int32: (start: ContinuousClock.Instant, reason: Reason)]>([:])

  func begin(_ socket: Int32, _ reason: Reason) { since.withLock { $0[socket] = (.now, reason) } }

  /// The first part of a request has come: the time for it counts on.
  func hasBegun(_ socket: Int32) { since.withLock { $0[socket]?.reason = .slow } }

  /// Has to be called before the socket is closed: its number may then be another one's.
  func end(_ socket: Int32) { since.withLock { $0[socket] = nil } }

  /// Whether one is slow, and may soon have been slow for long enough.
  var hasSlow: Bool { since.withLock { $0.values.contains { $0.reason == .slow } } }

  /// Ends the connection that has waited longest, if that is longer than a time; says whether there was one.
  func endLongest(over time: Duration) -> Bool {
    since.withLock { since in
      guard let (socket, wait) = since.min(by: { $0.value.start < $1.value.start }),
        ContinuousClock.now - wait.start > time
      else { return false }
      since[socket] = nil
      shutdown(socket, Int32(SHUT_RDWR))
      return true
    }
  }
}

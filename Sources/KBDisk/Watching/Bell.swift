import Synchronization

/// A signal that many tasks give and one waits for. One that nobody waits for is kept, once.
final class Bell: Sendable {
  private struct State {
    var hasRung = false
    var round = 0
    var waiting: CheckedContinuation<Bool, Never>?
  }

  private let state = Mutex(State())

  func ring() {
    let waiting = state.withLock { state in
      defer { state.waiting = nil }
      if state.waiting == nil { state.hasRung = true }
      return state.waiting
    }
    waiting?.resume(returning: true)
  }

  /// Waits for a ring; says whether there was one in time. A task that is cancelled waits no longer.
  func wait(within time: Duration) async -> Bool {
    let round = state.withLock { state in
      state.round += 1
      return state.round
    }
    let timer = Task { [self] in
      // Cancelled when the wait is over: then there is nobody left to wake.
      do { try await Task.sleep(for: time, tolerance: .milliseconds(1)) } catch { return }
      end(round)
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.hasRung {
            state.hasRung = false
            return true as Bool?
          }
          if Task.isCancelled || state.round != round { return false }
          state.waiting = continuation
          return nil
        }
        if let isOver { continuation.resume(returning: isOver) }
      }
    } onCancel: {
      end(round)
    }
  }

  /// Ends a wait without a ring, unless it has ended.
  private func end(_ round: Int) {
    let waiting = state.withLock { state in
      guard state.round == round else { return nil as CheckedContinuation<Bool, Never>? }
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: false)
  }
}

import Synchronization

/// A watcher of folders: it reports that something may have changed, by the system's events or by looking at intervals.
///
/// It tells neither what has changed nor whether anything has: who listens looks at the folders. So no event that was lost,
/// and none that came twice, can do harm.
public final class FolderWatcher: Sendable {
  /// How it learns of changes.
  public enum Method: Sendable, Equatable {
    /// The system tells.
    case events
    /// It looks at intervals; `reason` says why, where that was not asked for.
    case looking(reason: Reason?)
  }

  public enum Reason: Sendable, Equatable {
    /// The system watches no more folders for this user.
    case limit
    /// This system has no such events, or refuses them.
    case unavailable
  }

  /// Changes that no event told, as on some network folders, are found at this interval.
  private static let longestSilence = Duration.seconds(10)

  private let events: FolderEvents?
  private let state: Mutex<Method>
  private let bell = Bell()

  /// `looks`: whether to do without the system's events.
  public init(looks: Bool = false) {
    guard !looks else {
      events = nil
      state = Mutex(.looking(reason: nil))
      return
    }
    do throws(FolderEvents.Failure) {
      events = try FolderEvents { [bell] in bell.ring() }
      state = Mutex(.events)
    } catch {
      events = nil
      state = Mutex(.looking(reason: error.isLimit ? .limit : .unavailable))
    }
  }

  public var method: Method { state.withLock { $0 } }

  /// Watches these folders from now on, and no others; says whether one of them was not watched before, so that what
  /// happened in it may have gone unnoticed.
  public func watch(_ folders: [String]) -> Bool {
    guard method == .events, let events else { return false }
    do throws(FolderEvents.Failure) {
      return try events.watch(folders)
    } catch {
      events.stop()
      state.withLock { $0 = .looking(reason: error.isLimit ? .limit : .unavailable) }
      // Who waits for an event that will not come begins to look.
      bell.ring()
      return true
    }
  }

  /// Waits until something may have changed, and then until it has been quiet for a moment: a checkout is one change.
  ///
  /// - Parameters:
  ///   - quiet: the time for which nothing may happen.
  ///   - atMost: the longest time to wait for that.
  ///   - interval: how often to look where the system does not tell.
  ///   - isBusy: whether somebody, such as git, is known to be in the middle of a change.
  public func change(
    quiet: Duration = .milliseconds(8), atMost: Duration = .seconds(2), interval: Duration = .milliseconds(300),
    isBusy: @escaping @Sendable () -> Bool = { false }
  ) async throws {
    _ = await bell.wait(within: method == .events ? FolderWatcher.longestSilence : interval)
    try Task.checkCancellation()
    guard method == .events else { return }
    let start = ContinuousClock.now
    while ContinuousClock.now - start < atMost {
      let isQuiet = await !bell.wait(within: quiet)
      try Task.checkCancellation()
      if isQuiet, !isBusy() { return }
    }
  }
}

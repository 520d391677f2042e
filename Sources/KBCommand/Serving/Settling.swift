import KBLive
import KBSource
import KBTerminal

/// What follows after a page, one at a time: the newest state takes the place of those before it.
actor Settling {
  private let site: LiveSite
  private var task: Task<Void, Never>?
  /// What was said already.
  private var said: Set<Message> = []

  init(_ site: LiveSite) { self.site = site }

  /// Waits until nothing of it goes on.
  func end() async {
    task?.cancel()
    await task?.value
  }

  func begin() {
    task?.cancel()
    task = Task(priority: .utility) { [site] in
      do {
        for caveat in try await site.settle() where said.insert(caveat).inserted {
          Console.standardError.note(caveat)
        }
      } catch is CancellationError {
        // The next state is there already.
      } catch {
        Console.standardError.line("kb: \(Console.harmless("\(error)"))")
      }
    }
  }
}

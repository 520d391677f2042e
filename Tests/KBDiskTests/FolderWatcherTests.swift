import KBTestSupport
import KBDisk
import Testing

@Suite struct `A watcher` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("a", to: "systems/erp.md")
  }

  private func watched(_ names: String..., by watcher: FolderWatcher) {
    _ = watcher.watch([folder.path] + names.map(folder.absolute))
  }

  /// Whether the watcher tells of a change, however long that takes: the run's watchdog ends what never comes.
  private func tells(_ watcher: FolderWatcher, of change: () throws -> Void) async throws -> Bool {
    // What happened before is over.
    while await told(watcher, within: .milliseconds(150)) {}
    try change()
    try await watcher.change(interval: .seconds(60))
    return true
  }

  /// Whether the watcher tells of something within a time, where silence is the right answer.
  private func told(_ watcher: FolderWatcher, within time: Duration) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        do {
          try await watcher.change(interval: .seconds(60))
          return true
        } catch {
          return false
        }
      }
      group.addTask {
        do { try await Task.sleep(for: time) } catch { return false }
        return false
      }
      defer { group.cancelAll() }
      return await group.next() ?? false
    }
  }

  @Test func `hears of every way in which editors save`() async throws {
    let watcher = FolderWatcher()
    try #require(watcher.method == .events)
    watched("systems", by: watcher)
    // In place.
    #expect(try await tells(watcher) { try folder.write("b", to: "systems/erp.md") })
    // A new file that takes the old one's place, as Visual Studio Code and Obsidian do.
    #expect(
      try await tells(watcher) {
        try folder.write("c", to: "systems/.erp.md.tmp")
        try folder.move("systems/.erp.md.tmp", to: "systems/erp.md")
      })
    // The old one aside, then a new one, as Vim does.
    #expect(
      try await tells(watcher) {
        try folder.move("systems/erp.md", to: "systems/erp.md~")
        try folder.write("d", to: "systems/erp.md")
        folder.remove("systems/erp.md~")
      })
    #expect(try await tells(watcher) { folder.remove("systems/erp.md") })
  }

  @Test func `hears of new folders, and watches them when it is told to`() async throws {
    let watcher = FolderWatcher()
    watched("systems", by: watcher)
    #expect(try await tells(watcher) { try folder.makeFolder("runbooks/deep") })
    #expect(watcher.watch([folder.path] + ["systems", "runbooks", "runbooks/deep"].map(folder.absolute)))
    #expect(!watcher.watch([folder.path] + ["systems", "runbooks", "runbooks/deep"].map(folder.absolute)))
    #expect(try await tells(watcher) { try folder.write("a", to: "runbooks/deep/a.md") })
  }

  @Test func `knows that a folder under an old name is another one`() async throws {
    let watcher = FolderWatcher()
    watched("systems", by: watcher)
    // Gone and back before anybody looked.
    folder.remove("systems")
    try folder.makeFolder("systems")
    #expect(watcher.watch([folder.path, folder.absolute("systems")]))
    #expect(try await tells(watcher) { try folder.write("a", to: "systems/a.md") })
    // Moved away, and another in its place.
    try folder.move("systems", to: "old")
    try folder.makeFolder("systems")
    #expect(watcher.watch([folder.path] + ["old", "systems"].map(folder.absolute)))
    #expect(try await tells(watcher) { try folder.write("b", to: "old/a.md") })
    #expect(try await tells(watcher) { try folder.write("b", to: "systems/b.md") })
  }

  @Test func `hears nothing of folders that it does not watch, nor of hidden files`() async throws {
    let watcher = FolderWatcher()
    watched("systems", by: watcher)
    try folder.write("a", to: "other/a.md")
    watched("systems", by: watcher)
    while await told(watcher, within: .milliseconds(150)) {}
    try folder.write("b", to: "other/a.md")
    try folder.write("b", to: "systems/.erp.md.swp")
    #expect(await !told(watcher, within: .milliseconds(300)))
    #expect(try await tells(watcher) { try folder.write("systems/", to: ".kbignore") })
  }

  @Test func `tells once of a thousand changes`() async throws {
    let watcher = FolderWatcher()
    watched("systems", by: watcher)
    let times = try await counted(watcher) {
      for number in 0..<1000 { try folder.write("a", to: "systems/\(number).md") }
    }
    #expect((1...2).contains(times), "\(times)")
  }

  @Test func `waits while somebody is busy, but not for ever`() async throws {
    let watcher = FolderWatcher()
    watched("systems", by: watcher)
    try folder.write("b", to: "systems/erp.md")
    let start = ContinuousClock.now
    try await watcher.change(atMost: .milliseconds(300), isBusy: { true })
    #expect(ContinuousClock.now - start >= .milliseconds(290))
  }

  @Test func `loses track of nothing when the system's queue overflows`() async throws {
    let watcher = FolderWatcher()
    watched("systems", by: watcher)
    let times = try await counted(watcher) {
      // More than the queue of 16,384 holds, without anybody reading it in between: alternating names are not merged.
      for _ in 0..<10_000 {
        try folder.write("a", to: "systems/a.md")
        try folder.write("a", to: "systems/b.md")
      }
    }
    #expect(times >= 1)
    #expect(try await tells(watcher) { try folder.write("c", to: "systems/erp.md") })
  }

  @Test func `looks at intervals where it is told to`() async throws {
    let watcher = FolderWatcher(looks: true)
    #expect(watcher.method == .looking(reason: nil))
    #expect(!watcher.watch([folder.path]))
    try await watcher.change(interval: .milliseconds(10))
  }

  @Test func `ends with its task`() async throws {
    let watcher = FolderWatcher()
    watched("systems", by: watcher)
    let waiting = Task { try await watcher.change() }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  /// How often the watcher tells of a change.
  private func counted(_ watcher: FolderWatcher, _ change: () throws -> Void) async throws -> Int {
    while await told(watcher, within: .milliseconds(150)) {}
    try change()
    try await watcher.change(interval: .seconds(60))
    var times = 1
    while await told(watcher, within: .milliseconds(400)) { times += 1 }
    return times
  }
}

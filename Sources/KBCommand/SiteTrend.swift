import ArgumentParser
import KBCatalog
import KBGit
import KBDisk
import KBSite
import KBSource

extension Workspace {
  /// How well the knowledge base was kept at the end of each of the last twelve months, the oldest first.
  ///
  /// Each point is the state of that day, read and checked as it was, not what today's files say about the past. Months
  /// before the history begins have none. What an earlier run counted comes from the user's cache folder.
  func trend(_ reading: Result<History, GitError>) async throws -> [Health] {
    guard case .success(let history) = reading, catalog.configuration.audience > .public else { return [] }
    let ends = (1...12).reversed().map { catalog.today.adding(months: -$0).endOfMonth }
    let states = Workspace.states(of: history, at: ends)
    guard !states.isEmpty else { return [] }
    var cache = TrendCache(root: tree.root)
    var points: [Health] = []
    // From month to month most files stay the same: they are read once.
    var drafts = CatalogDrafts()
    var files = KnownFiles()
    for (day, commit) in states {
      if let known = cache[commit, day] {
        points.append(known)
      } else if let health = try await health(on: day, at: commit, isPartial: history.isPartial, &files, &drafts) {
        cache[commit, day] = health
        points.append(health)
      }
    }
    cache.store()
    return points.filter { $0.records > 0 }
  }

  /// For each day the last commit up to it, along the line of first parents.
  static func states(of history: History, at days: [CalendarDate]) -> [(day: CalendarDate, commit: ObjectID)] {
    let numbers = Dictionary(history.commits.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var next = history.commits.first
    var states: [(CalendarDate, ObjectID)] = []
    for day in days.reversed() {
      // A commit without a readable date says nothing about when it was the last one.
      while let commit = next, commit.committed.map({ $0.date > day }) ?? true {
        next = commit.parents.first.flatMap { numbers[$0] }.map { history.commits[$0] }
      }
      guard let commit = next else { break }
      states.append((day, commit.id))
    }
    return states.reversed()
  }

  /// How well the knowledge base was kept at a commit, judged on a day; nothing when that state can't be read any more.
  private func health(
    on day: CalendarDate, at commit: ObjectID, isPartial: Bool, _ known: inout KnownFiles,
    _ drafts: inout CatalogDrafts
  ) async throws -> Health? {
    let state: GitSnapshot
    do throws(GitError) {
      state = try GitRepository(around: tree.root).snapshot(of: commit, marker: OutputTree.marker, known: known)
    } catch {
      // A partial clone has been said of the history.
      if error.kind != .missingFolder, !isPartial {
        Console.standardError.line("kb: \(Console.harmless(error.message[language]))")
      }
      return nil
    }
    known = KnownFiles(state)
    return Site(try await Catalog(state.snapshot, today: day, reusing: &drafts)).health
  }
}

/// What was counted for earlier states, in the user's cache folder: one line per state.
private struct TrendCache {
  private static let version = 1

  private let file: CacheFile
  private var known: [String: Health] = [:]
  private var isChanged = false

  init(root: String) {
    // What was counted by other rules is counted anew.
    let key =
      "\(KnowledgeBaseCommand.configuration.version) \(Health.edition) \(Canon.text(of: Check.allRules + Site.rules))"
    file = CacheFile("trend", version: TrendCache.version, of: root, key: key, in: ProcessEnvironment.cacheFolder())
    for line in String(decoding: file.contents() ?? [], as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count > 2, let day = CalendarDate(iso: parts[1]),
        let health = Health(day: day, numbers: parts.dropFirst(2).compactMap { Int($0) })
      else { continue }
      known["\(parts[0]) \(parts[1])"] = health
    }
  }

  subscript(commit: ObjectID, day: CalendarDate) -> Health? {
    get { known["\(commit) \(day)"] }
    set {
      known["\(commit) \(day)"] = newValue
      isChanged = true
    }
  }

  /// Stores what was counted. Where that can't be done, it is counted again: nothing to bother anybody with.
  func store() {
    guard isChanged else { return }
    // Old months are asked for again when an old state is built; some hundred lines cost nothing.
    let kept = known.sorted { $0.value.day > $1.value.day || ($0.value.day == $1.value.day && $0.key < $1.key) }
    let lines = kept.prefix(500).map { "\($0.key) \($0.value.numbers.map(String.init).joined(separator: " "))\n" }
    do throws(Disk.Failure) { try file.store(Array(lines.joined().utf8)) } catch { return }
  }
}

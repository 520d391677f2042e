import KBAnswers
import KBCatalog
import KBChecks
import KBDisk
import KBGit
import KBSite
import KBSource

extension PastReader {
  /// The health of a knowledge base, month by month.
  struct Trend: Sendable {
    /// The oldest first.
    fileprivate(set) var points: [Health] = []
    /// Why some states can't be read.
    fileprivate(set) var caveats: [Message] = []
  }

  /// Reads how well the knowledge base was kept at the end of each of the last twelve months.
  ///
  /// Each point is the state of that day, read and checked as it was, not what today's files say about the past. Months
  /// before the history begins have none. What an earlier run counted comes from the cache folder.
  func trend(_ history: History, of catalog: Catalog) async throws -> Trend {
    guard catalog.configuration.audience > .public, catalog.configuration.handOver == nil else { return Trend() }
    let ends = (1...12).reversed().map { catalog.today.adding(months: -$0).endOfMonth }
    let states = PastReader.states(of: history, at: ends)
    var trend = Trend()
    guard !states.isEmpty else { return trend }
    let repository = try repository()
    var cache = TrendCache(self)
    // From month to month most files stay the same: they are read once.
    var drafts = CatalogDrafts()
    var files = KnownFiles()
    for (day, commit) in states {
      if let known = cache[commit, day] {
        trend.points.append(known)
        continue
      }
      let state: GitSnapshot
      do throws(GitError) {
        state = try await repository.snapshot(of: commit, marker: OutputTree.marker, known: files)
      } catch {
        // Of a partial clone the caveats of the history tell.
        if error.kind != .missingFolder, !history.isPartial { trend.caveats.append(error.sentence) }
        continue
      }
      files = KnownFiles(state)
      let health = Site(try await Catalog(state.snapshot, today: day, reusing: &drafts)).health
      cache[commit, day] = health
      trend.points.append(health)
    }
    cache.store()
    trend.points.removeAll { $0.records == 0 }
    return trend
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
}

/// The counts of earlier states in the cache folder: one line per state.
private struct TrendCache {
  private static let version = 1

  private let file: CacheFile
  private var known: [String: Health] = [:]
  private var isChanged = false

  init(_ reader: PastReader) {
    // What was counted by other rules is counted anew.
    let key = "\(reader.version) \(Health.edition) \(Canon.text)"
    file = CacheFile("trend", version: TrendCache.version, of: reader.root, key: key, in: reader.cacheFolder)
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

  /// Stores what was counted. Where that can't be done, it is counted again: no reason to bother anybody.
  func store() {
    guard isChanged else { return }
    // Old months are asked for again when an old state is built; some hundred lines cost nothing.
    let kept = known.sorted { $0.value.day > $1.value.day || ($0.value.day == $1.value.day && $0.key < $1.key) }
    let lines = kept.prefix(500).map { "\($0.key) \($0.value.numbers.map(String.init).joined(separator: " "))\n" }
    do throws(Disk.Failure) { try file.store(Array(lines.joined().utf8)) } catch { return }
  }
}

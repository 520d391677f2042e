import KBDisk
import KBSite

/// The index of the search, made when somebody asks for it.
///
/// At ten thousand records it costs seconds: no page waits for it. Who loads the search gets the index of this very state;
/// who has loaded it before goes on with the index that belongs to it until the next one is there.
struct LiveSearch: Sendable {
  static let script = "search.js"
  static let folder = "search/"

  /// The files of the index that was finished last, by path.
  private(set) var latest: [String: OutputFile] = [:]
  /// The number of the state that they tell of.
  private(set) var edition: Int?
  /// Whether anybody has asked for it.
  private(set) var isUsed = false
  private var work: (number: Int, task: Task<[String: OutputFile], any Error>)?

  /// The files of the index of a site; those who ask at the same time wait for the same work.
  mutating func files(of site: Site, number: Int) -> Task<[String: OutputFile], any Error> {
    isUsed = true
    if edition == number { return Task { [latest] in latest } }
    if let work, work.number == number { return work.task }
    work?.task.cancel()
    let task = Task(priority: .utility) {
      Dictionary(try await site.lateFiles().map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    }
    work = (number, task)
    return task
  }

  /// Takes over a finished index; says whether it is a new one.
  mutating func finish(_ files: [String: OutputFile], number: Int) -> Bool {
    guard edition.map({ $0 < number }) ?? true else { return false }
    (latest, edition) = (files, number)
    if work?.number == number { work = nil }
    return true
  }
}

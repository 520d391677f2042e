public import KBCatalog
import KBChecks
public import KBDisk
import KBGit
import KBHistory
import KBSite
public import KBSource

/// The site of a knowledge base that somebody is writing: read again after each change, and each page rendered when it is
/// asked for.
///
/// What it hands out is at any time what a build from nothing would write, but for two things that take longer and follow
/// by `settle()`: what the history says about a change, and the index of the search, which is made when it is asked for.
public actor LiveSite {
  /// The circumstances of the site beside the folder.
  public struct Options: Sendable {
    /// The folder below the root that does not belong to the knowledge base.
    public var output: RepoPath
    public var marker: String
    /// The reader of the past; `nil` for a site without one.
    public var past: PastReader?

    public init(output: RepoPath = RepoPath(normalized: "_site"), marker: String, past: PastReader? = nil) {
      self.output = output
      self.marker = marker
      self.past = past
    }
  }

  private let tree: WorkingTree
  private let options: Options
  private var reading: TreeReading?
  private var drafts = CatalogDrafts()
  private var settings = HeldSettings()
  private var day: CalendarDate?
  private var checkout = Checkout()
  /// The number of times that attachments have changed.
  private var filesVersion = 0
  private var edition: LiveEdition?
  private var trouble: Site.Trouble?
  private var search = LiveSearch()
  private var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
  private var nextListener = 0

  public init(_ tree: WorkingTree, _ options: Options) {
    self.tree = tree
    self.options = options
  }

  // MARK: Following the folder

  /// Looks at the folder, and takes over what has changed.
  ///
  /// With `waits`, a state in which files have vanished is only reported: the caller looks again in a moment.
  @discardableResult
  public func refresh(on today: CalendarDate, waits: Bool = false) async throws -> FolderLook {
    let next: TreeReading
    do {
      next = try await tree.reading(after: reading, excluding: options.output, marker: options.marker)
    } catch let failure as WorkingTree.Failure {
      var isNew = true
      if case .unreadable(let words)? = trouble { isNew = words != failure.message }
      trouble = .unreadable(failure.message)
      if isNew { tell() }
      if edition == nil { throw failure }
      return FolderLook(folders: reading?.folders ?? [], isNew: isNew, failure: failure.message)
    }
    if waits, !next.vanished.isEmpty { return FolderLook(folders: next.folders, isNew: true, mayBeHalfDone: true) }
    let commit = options.past?.commit
    var wasUnreadable = false
    if case .unreadable? = trouble { wasUnreadable = true }
    guard next.isNew || wasUnreadable || today != day || commit != checkout.commit || edition == nil else {
      reading = next
      if next.hasNewAttachments {
        filesVersion += 1
        tell()
      }
      return FolderLook(folders: next.folders, isNew: false)
    }
    if next.hasNewAttachments { filesVersion += 1 }
    let snapshot = settings.held(next.snapshot)
    let old = (drafts, edition, reading)
    var drafts = drafts
    let catalog = try await Catalog(snapshot, today: today, reusing: &drafts)
    self.drafts = drafts
    (reading, day, trouble) = (next, today, settings.trouble)
    checkout = Checkout(commit: commit, uncommitted: uncommitted(next.snapshot))
    var past = Past()
    if let edition {
      past = edition.past
      past.history = past.history?.carried(from: edition.catalog, to: catalog)
    }
    edition = LiveEdition(catalog, checkout, past, number: (edition?.number ?? 0) + 1)
    tell()
    // Taking a large catalog apart takes a while, for which no page waits.
    Task.detached(priority: .utility) { withExtendedLifetime(old) {} }
    return FolderLook(folders: next.folders, isNew: true)
  }

  private func uncommitted(_ snapshot: Snapshot) -> Int? {
    do throws(GitError) {
      return try options.past?.uncommitted(snapshot, output: options.output)
    } catch {
      // What keeps git from comparing is said where the history is read.
      return nil
    }
  }

  /// Finishes what takes longer than a page: reads the history anew, and makes the index of the search where it was used.
  ///
  /// Returns what a reader must know about the past.
  @discardableResult
  public func settle() async throws -> [Message] {
    guard let started = edition else { return [] }
    var past = Past()
    if let reader = options.past { past = try await reader.past(reader.history(), of: started.catalog) }
    try Task.checkCancellation()
    // A later state settles by itself.
    guard let current = edition, current.number == started.number else { return [] }
    if past.history != nil || current.past.history != nil {
      edition = LiveEdition(current.catalog, checkout, past, number: current.number)
      tell()
    }
    if search.isUsed, search.edition != started.number { _ = try await searchFiles() }
    return past.caveats
  }

  private func searchFiles() async throws -> [String: OutputFile] {
    guard let edition else { return [:] }
    let files = try await search.files(of: edition.site, number: edition.number).value
    if search.finish(files, number: edition.number) { tell() }
    return files
  }

  // MARK: Handing out

  /// Returns a file of the site; `nil` when the site has none there.
  public func file(_ path: String) async throws -> LiveFile? {
    if [LiveSearch.script, CopyStamp.path].contains(path) {
      return try await searchFiles()[path].map { try rendered($0) }
    }
    if path.hasPrefix(LiveSearch.folder) {
      // A page that has loaded the script before goes on with the index that belongs to it.
      let files = search.latest.isEmpty ? try await searchFiles() : search.latest
      return try files[path].map { try rendered($0) }
    }
    if let known = edition?.rendered[path] { return known }
    guard let file = edition?.files[path] else { return nil }
    let made = try rendered(file)
    if case .rendered = file.content { edition?.rendered[path] = made }
    return made
  }

  private func rendered(_ file: OutputFile) throws -> LiveFile {
    switch file.content {
    case .rendered(let render): return LiveFile(bytes: render())
    case .copied(let source, _):
      guard let bytes = try tree.attachment(source) else { throw LiveFile.Vanished() }
      return LiveFile(bytes: AttachmentCheck.published(source, bytes))
    }
  }

  /// The paths of all files of the site but those of the search index, and the list that names them, too.
  public var paths: [String] { edition.map { $0.files.keys.sorted() } ?? [] }

  /// The page that says that there is none at a path.
  public func notFoundPage(at path: String) -> [UInt8] { edition?.site.notFoundPage(at: path) ?? [] }

  /// Why the folder can't be read now, so that pages show an earlier state.
  public var failure: Message? {
    if case .unreadable(let words)? = trouble { words } else { nil }
  }

  /// A page that says so while the folder can't be read.
  public func honest(_ page: [UInt8]) -> [UInt8] {
    guard let failure else { return page }
    return edition?.site.outdated(page, failure) ?? page
  }

  /// A page with the script that waits for its changes.
  public func live(_ page: [UInt8], at path: String, version: String) -> [UInt8] {
    edition?.site.live(page, at: path, version: version) ?? page
  }

  /// The findings of the knowledge base as a whole.
  public var diagnostics: [Diagnostic] {
    guard let edition else { return [] }
    var found = (edition.catalog.diagnostics + edition.site.diagnostics).inOrder()
    if case .settings(let faults, _)? = trouble { found += faults }
    return found
  }

  public var catalog: Catalog? { edition?.catalog }

  /// The number of the search index that is handed out.
  public var searchEdition: String { String(search.edition ?? 0) }

  // MARK: Telling pages

  /// The state of what an open page shows.
  public struct PageState: Sendable, Hashable {
    /// The fingerprint of its bytes; `nil` when there is no such page.
    public var page: String?
    /// Those of the style sheets, of the attachments and of the index of the search.
    public var style: String
    public var files: String
    public var search: String
    /// The findings as HTML.
    public var findings: [UInt8]
  }

  /// Returns the state of a page now.
  public func state(of path: String) async throws -> PageState {
    let page = path.hasSuffix(".html") ? try await file(path) : nil
    let style = try await file("build.css")
    guard let edition else { return PageState(style: "", files: "", search: "", findings: []) }
    return PageState(
      page: page?.version, style: style?.version ?? "", files: String(filesVersion), search: searchEdition,
      findings: edition.site.liveFindings(onPage: path, trouble: trouble))
  }

  /// Says something whenever anything may be different.
  public func changes() -> AsyncStream<Void> {
    let number = nextListener
    nextListener += 1
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    listeners[number] = continuation
    continuation.onTermination = { _ in Task { await self.forget(number) } }
    return stream
  }

  private func forget(_ number: Int) { listeners[number] = nil }

  private func tell() { for listener in listeners.values { listener.yield() } }
}

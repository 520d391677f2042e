/// Paths with what the system said of them at a moment: equal stamps are equal files.
public struct FileStamps: Sendable {
  fileprivate private(set) var paths: [String] = []
  fileprivate private(set) var statuses: [Disk.Status?] = []
  /// Whether a file changed so shortly before it was looked at that a later change could leave the same stamp.
  private(set) var isRacy = false

  public init() {}

  /// Looks at files, links followed; a file that is not there is a stamp as well. Waits for a moment where one has just changed.
  public init(settled paths: [String]) async throws {
    try self.init(of: paths)
    guard isRacy else { return }
    try await Task.sleep(for: .milliseconds(60))
    try self.init(of: paths)
  }

  init(of paths: [String]) throws(Disk.Failure) {
    let moment = Disk.now()
    for path in paths { add(path, try Disk.status(path, followsLinks: true), at: moment) }
  }

  mutating func add(_ path: String, _ status: Disk.Status?, at moment: Int) {
    paths.append(path)
    statuses.append(status)
    if let status, !status.isTold(at: moment) { isRacy = true }
  }

  public static func + (left: FileStamps, right: FileStamps) -> FileStamps {
    var both = left
    both.paths += right.paths
    both.statuses += right.statuses
    both.isRacy = left.isRacy || right.isRacy
    return both
  }
}

/// What a build depended on and what it wrote: where nothing of it is different, the next build has nothing to do.
///
/// Kept are the paths and one hash of the stamps of all files that were read and written; the cache's key stands for everything
/// else: the program, its options, the day, the commit. It is in the user's cache folder, since a published site must not tell of
/// the machine that built it. It is written last, under the output's lock; a build that was killed on the way has changed a stamp
/// or nothing. A file that changed in the last moment before it was read could change again and look the same (git's *racy*
/// entries); then no state is kept, and the next build reads everything.
public struct BuildState: Sendable {
  private let cache: CacheFile
  private let sources: FileStamps
  /// What the build said, for one that has nothing to do.
  private let notes: [String]

  public init(_ cache: CacheFile, sources: FileStamps, notes: [String]) {
    (self.cache, self.sources, self.notes) = (cache, sources, notes)
  }

  /// The cache of the state of a site in a folder.
  ///
  /// `key`: everything that the site depends on beside files.
  public static func cache(of folder: String, key: String, in cacheFolder: String?) -> CacheFile {
    CacheFile("build", version: 1, of: folder, key: key, in: cacheFolder)
  }

  /// Returns what the last build into a folder said, if another one would read and write the same; else `nil`.
  public static func notes(in folder: String, _ cache: CacheFile) -> [String]? {
    do throws(Disk.Failure) {
      guard let bytes = cache.contents(), let state = Stored(bytes), try !Disk.isLocked("\(folder)/.kb/lock"),
        try Disk.status("\(folder)/.kb/journal") == nil
      else { return nil }
      var stamps = Stamps()
      for path in state.sources + state.outputs.map({ "\(folder)/\($0)" }) {
        stamps.add(try Disk.status(path, followsLinks: true))
      }
      return "\(stamps.hash)" == state.hash ? state.notes : nil
    } catch {
      // Whoever builds says what can't be read.
      return nil
    }
  }

  /// Keeps the state of a site whose files are in place in a folder; the caller holds its lock.
  ///
  /// `surroundings`: where the folder is new, the one that it was put into.
  func store(_ files: [OutputFile], in folder: String, new surroundings: Surroundings? = nil) throws(Disk.Failure) {
    let outputs = files.map(\.path) + [OutputTree.marker]
    guard !sources.isRacy, (sources.paths + outputs + notes).allSatisfy({ !$0.utf8.contains(0) }) else { return }
    var stamps = Stamps()
    for (path, status) in zip(sources.paths, sources.statuses) {
      if let surroundings, path == surroundings.path, status == surroundings.status {
        stamps.add(try surroundings.statusWithout(folder) ?? status)
      } else {
        stamps.add(status)
      }
    }
    for output in outputs { stamps.add(try Disk.status("\(folder)/\(output)", followsLinks: true)) }
    let stored = Stored(hash: "\(stamps.hash)", notes: notes, sources: sources.paths, outputs: outputs)
    // Where it can't be kept, the next build reads everything: no reason to bother anybody.
    do throws(Disk.Failure) { try cache.store(stored.bytes) } catch {}
  }

  /// A folder into which a build puts a new one, which alone does not change the knowledge base.
  struct Surroundings {
    let path: String
    let status: Disk.Status?
    private let names: Set<[UInt8]>

    /// Looks at a folder; `nil` where it can't be read, which whoever writes into it says.
    init?(_ path: String) {
      do throws(Disk.Failure) {
        self.path = path
        status = try Disk.status(path)
        names = Set(try Disk.rawNames(in: path))
      } catch {
        return nil
      }
    }

    /// Returns what the system says now, if nothing but a folder has come to those that were there.
    func statusWithout(_ folder: String) throws(Disk.Failure) -> Disk.Status? {
      let now = try Disk.status(path)
      let name = Array(folder.utf8.dropFirst(path.utf8.count + 1))
      return Set(try Disk.rawNames(in: path)).subtracting([name]) == names ? now : nil
    }
  }

  /// The stamps of files, as bytes to hash.
  private struct Stamps {
    private var bytes: [UInt8] = []
    var hash: ContentHash { ContentHash(of: bytes) }

    mutating func add(_ status: Disk.Status?) {
      guard let status else { return bytes.append(0) }
      bytes.append(1)
      for number in [status.size, Int(truncatingIfNeeded: status.inode), status.modified, status.changed] {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
      }
    }
  }

  /// The contents of the cache: texts separated by NUL.
  private struct Stored {
    let hash: String
    let notes: [String]
    let sources: [String]
    let outputs: [String]

    init(hash: String, notes: [String], sources: [String], outputs: [String]) {
      (self.hash, self.notes, self.sources, self.outputs) = (hash, notes, sources, outputs)
    }

    init?(_ bytes: [UInt8]) {
      let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard parts.count >= 3, let notes = Int(parts[1]), let sources = Int(parts[2]), notes >= 0, sources >= 0,
        3 + notes + sources <= parts.count
      else { return nil }
      hash = parts[0]
      self.notes = Array(parts[3..<(3 + notes)])
      self.sources = Array(parts[(3 + notes)..<(3 + notes + sources)])
      outputs = Array(parts[(3 + notes + sources)...])
    }

    var bytes: [UInt8] {
      Array(([hash, "\(notes.count)", "\(sources.count)"] + notes + sources + outputs).joined(separator: "\0").utf8)
    }
  }
}

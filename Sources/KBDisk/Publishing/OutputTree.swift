public import KBSource

/// The files of a site, ready to be published into a folder.
///
/// A folder that does not exist yet appears in one step. One that `kb` made is changed file by file: new pages first,
/// then changed ones, each by a rename, and only then what is gone is removed; so every page is whole, and what it refers
/// to exists. Unchanged files keep their time. Nothing that `kb` did not write is replaced or removed, but for a page
/// of the site that somebody edited: it is written anew. A build that was killed leaves the old site usable; the next one
/// cleans up. (Pages are not flushed to the disk one by one: after a power failure, build again.)
public struct OutputTree: Sendable {
  /// The folder inside an output folder that belongs to `kb`.
  public static let marker = ".kb/manifest"

  let files: [OutputFile]

  /// The result of a publication.
  public struct Summary: Sendable {
    public var written = 0
    public var unchanged = 0
    public var removed = 0
    /// Files that are no longer needed but stay, since somebody else changed them.
    public var kept: [String] = []
    /// Bytes of all files.
    public var bytes = 0

    init(written: Int = 0, bytes: Int = 0) { (self.written, self.bytes) = (written, bytes) }

    /// The result where all files are as they should be.
    public init(unchanged: Int) { self.unchanged = unchanged }
  }

  /// Why a folder was not written.
  public enum Refusal: KBSource.Refusal {
    /// It holds files, and none of them is a manifest of `kb`'s.
    case notOurs(String)
    /// It holds a file of somebody else's where a page goes.
    case foreignFile(String)
    /// Another build is writing there.
    case busy(String)
    /// Two files want one path.
    case duplicate(String)
    case failed(Disk.Failure)

    public var message: Message { words.message }
    public var remedy: Message? { words.remedy }

    private var words: (message: Message, remedy: Message?) {
      switch self {
      case .notOurs(let path):
        (
          Message(
            de: "'\(path)' enthält Dateien, die nicht von kb stammen", en: "'\(path)' holds files that kb did not write"
          ),
          Message(de: "einen leeren oder neuen Ordner angeben", en: "name an empty or a new folder")
        )
      case .foreignFile(let path):
        (
          Message(
            de: "'\(path)' stammt nicht von kb und belegt den Pfad einer Seite",
            en: "'\(path)' was not written by kb and is in the way of a page"),
          Message(de: "umbenennen oder löschen", en: "rename or delete it")
        )
      case .busy(let path):
        (
          Message(de: "ein anderer Lauf schreibt gerade nach '\(path)'", en: "another run is writing to '\(path)'"),
          Message(de: "gleich noch einmal versuchen", en: "try again in a moment")
        )
      case .duplicate(let path):
        (Message(de: "zwei Seiten hätten denselben Pfad '\(path)'", en: "two pages would have the path '\(path)'"), nil)
      case .failed(let failure): (failure.message, failure.remedy)
      }
    }
  }

  public init(_ files: [OutputFile]) { self.files = files }

  /// Whether a path stays inside the output folder and out of what is `kb`'s or git's own, and is one line of plain text.
  static func isSafe(_ path: String) -> Bool {
    // By bytes: "/" followed by a combining character is another Character, and still a slash to the system.
    guard path.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return false }
    return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      guard part.first == UInt8(ascii: ".") else { return !part.isEmpty }
      return ![".", "..", ".kb", ".git"].contains(String(Substring(part)).lowercased())
    }
  }

  /// Writes the files into a folder; attachments are read below `root`. `state` lets the next build see that it has nothing to do.
  @discardableResult
  public func publish(
    to folder: String, attachmentsFrom root: String, state: BuildState? = nil, onProgress: (Int) -> Void = { _ in }
  ) async throws -> Summary {
    var seen: Set<String> = []
    for file in files {
      // Case and Unicode form do not tell files apart everywhere.
      guard OutputTree.isSafe(file.path), seen.insert(file.path.lowercased()).inserted else {
        throw Refusal.duplicate(file.path)
      }
    }
    do {
      guard let existing = try Disk.status(folder) else {
        return try await NewFolder(folder).publish(files, root: root, state, onProgress)
      }
      guard existing.type == .folder else { throw Refusal.notOurs(folder) }
      return try await ExistingFolder(folder).publish(files, root: root, state, onProgress)
    } catch let failure as Disk.Failure {
      throw Refusal.failed(failure)
    }
  }
}

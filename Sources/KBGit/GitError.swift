import CLibgit2
public import KBSource

/// Why git could not answer.
public struct GitError: Refusal {
  public enum Kind: Sendable, Hashable {
    /// The folder belongs to no repository.
    case noRepository
    /// The repository has no commit yet.
    case empty
    /// No commit has this name.
    case unknownRevision
    /// An object that a commit needs is not there.
    case missingObject
    /// An object is there and can't be read.
    case damagedObject
    /// The repository belongs to somebody else.
    case foreignOwner
    /// A form of repository that libgit2 does not know.
    case unsupported
    /// The index is one of a sparse checkout that names whole folders, which libgit2 does not know.
    case sparseIndex
    /// The folder does not exist in the commit.
    case missingFolder
    /// The index holds files that are not merged.
    case conflict
    /// Anything else.
    case failure
  }

  public let kind: Kind
  public let message: Message
  public let remedy: Message?

  public init(_ kind: Kind, _ message: Message, remedy: Message? = nil) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }

  static let noRepository = GitError(
    .noRepository,
    Message(de: "dieser Ordner gehört zu keinem Git-Repository", en: "this folder belongs to no git repository"),
    remedy: Message(de: "'git init' legt eines an", en: "'git init' creates one"))

  static let empty = GitError(
    .empty, Message(de: "das Git-Repository hat noch keinen Commit", en: "the git repository has no commit yet"))

  static func unknownRevision(_ name: String, near: NearMiss, isShallow: Bool) -> GitError {
    GitError(
      .unknownRevision,
      near.asked(after: Message(de: "es gibt keine Revision '\(name)'", en: "there is no revision '\(name)'")),
      remedy: isShallow
        ? Message(
          de: "dieser Klon enthält keine älteren Commits (flacher Klon): \(code: "git fetch --unshallow") holt sie",
          en: "this clone has no older commits (shallow clone): \(code: "git fetch --unshallow") fetches them") : nil)
  }

  static func missing(_ id: ObjectID, isPartial: Bool) -> GitError {
    guard isPartial else {
      return GitError(
        .missingObject,
        Message(de: "dem Git-Repository fehlt das Objekt \(id)", en: "the git repository lacks the object \(id)"),
        remedy: Message(
          de: "'git fsck' zeigt, was noch fehlt, 'git fetch' holt es vielleicht",
          en: "'git fsck' shows what else is missing, 'git fetch' may bring it"))
    }
    return GitError(
      .missingObject,
      Message(
        de: "diesem Klon fehlt das Objekt \(id), denn er ist unvollständig (--filter)",
        en: "this clone lacks the object \(id), because it is partial (--filter)"),
      remedy: Message(de: "\(bringsAll) holt alles", en: "\(bringsAll) brings everything"))
  }

  /// The command that makes a partial clone whole, since git 2.36.
  public static let bringsAll = "'git fetch --refetch --no-filter'"

  /// The repository around the folder belongs to another user.
  static func foreign(_ folder: String?) -> GitError {
    GitError(
      .foreignOwner,
      Message(de: "das Git-Repository gehört jemand anderem", en: "the git repository belongs to somebody else"),
      remedy: Message(
        de: "'git config --global --add safe.directory \(folder ?? "ORDNER")' erlaubt es",
        en: "'git config --global --add safe.directory \(folder ?? "FOLDER")' allows it"))
  }

  /// A queue or a device is where git keeps a file.
  static func unusual(_ path: String) -> GitError {
    GitError(
      .failure,
      Message(
        de: "\(code: path) im Git-Repository ist keine Datei, sondern eine Warteschlange oder ein Gerät",
        en: "\(code: path) in the git repository is not a file but a queue or a device"),
      remedy: Message(
        de: "löschen; \(code: "git fsck") zeigt, was dann fehlt",
        en: "delete it; \(code: "git fsck") shows what is missing then"))
  }

  static let tooManyFiles = GitError(
    .damagedObject,
    Message(
      de:
        "ein Commit nennt mehr als \(TreeLimits.mostFiles) Dateien oder zu tiefe Ordner; \(code: "git fsck") prüft das Repository",
      en:
        "a commit names more than \(TreeLimits.mostFiles) files or folders that are too deep; \(code: "git fsck") checks the repository"
    ))

  static func damaged(_ id: ObjectID) -> GitError { damaged([id]) }

  /// Objects that are there and can't be read; at least one.
  public static func damaged(_ ids: [ObjectID]) -> GitError {
    let more = ids.count - 1
    return GitError(
      .damagedObject,
      Message(
        de: "das Git-Objekt \(code: "\(ids[0])") ist beschädigt\(more > 0 ? " und \(more) weitere" : "")",
        en: "the git object \(code: "\(ids[0])") is damaged\(more > 0 ? ", and \(more) more" : "")"),
      remedy: Message(
        de: "\(code: "git fsck") zeigt alle beschädigten, ein neuer Klon holt sie wieder",
        en: "\(code: "git fsck") shows all that are damaged, a new clone brings them back"))
  }

  /// The error that libgit2 has just reported on this thread.
  static func last(code: Int32) -> GitError {
    let words = unsafe git_error_last().map { unsafe String(cString: $0.pointee.message) } ?? "code \(code)"
    if code == GIT_EOWNER.rawValue { return .foreign(nil) }
    if words.contains("objectformat") || words.contains("object format") {
      return GitError(
        .unsupported,
        Message(
          de: "das Git-Repository benennt seine Objekte mit SHA-256; das kann kb noch nicht lesen",
          en: "the git repository names its objects by SHA-256, which kb can't read yet"))
    }
    if words.contains("'sdir'") {
      return GitError(
        .sparseIndex,
        Message(
          de: "dieser Sparse-Checkout hat einen verkürzten Index (sparse index), den kb nicht lesen kann",
          en: "this sparse checkout has a sparse index, which kb can't read"),
        remedy: Message(
          de: "\(code: "git sparse-checkout reapply --no-sparse-index") ausführen",
          en: "run \(code: "git sparse-checkout reapply --no-sparse-index")"))
    }
    return GitError(
      .failure,
      Message(de: "Git-Repository nicht lesbar: \(words)", en: "the git repository can't be read: \(words)"))
  }
}

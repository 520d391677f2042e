import CLibgit2
public import KBSource

/// Why git could not answer.
public struct GitError: Error, Sendable {
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
    /// The folder does not exist in the commit.
    case missingFolder
    /// The index holds files that are not merged.
    case conflict
    /// Anything else.
    case failure
  }

  public let kind: Kind
  public let message: Message

  public init(_ kind: Kind, _ message: Message) {
    self.kind = kind
    self.message = message
  }

  static let noRepository = GitError(
    .noRepository,
    Message(
      de: "dieser Ordner gehört zu keinem Git-Repository; 'git init' legt eines an",
      en: "this folder belongs to no git repository; 'git init' makes one"))

  static let empty = GitError(
    .empty, Message(de: "das Git-Repository hat noch keinen Commit", en: "the git repository has no commit yet"))

  static func unknownRevision(_ name: String, near: NearMiss, isShallow: Bool) -> GitError {
    let message = near.asked(
      after: Message(de: "es gibt keine Revision '\(name)'", en: "there is no revision '\(name)'"))
    guard isShallow else { return GitError(.unknownRevision, message) }
    return GitError(
      .unknownRevision,
      Message(
        de:
          "\(message); dieser Klon ist flach, seine Geschichte abgeschnitten: \(code: "git fetch --unshallow") holt den Rest",
        en: "\(message); this clone is shallow, its history is cut: \(code: "git fetch --unshallow") brings the rest"))
  }

  static func missing(_ id: ObjectID, isPartial: Bool) -> GitError {
    GitError(
      .missingObject,
      isPartial
        ? Message(
          de: "diesem Klon fehlt das Objekt \(id), denn er ist unvollständig (--filter): \(bringsAll) holt alles",
          en: "this clone lacks the object \(id), because it is partial (--filter): \(bringsAll) brings everything")
        : Message(
          de:
            "dem Git-Repository fehlt das Objekt \(id); 'git fsck' zeigt, was noch fehlt, 'git fetch' holt es vielleicht",
          en:
            "the git repository lacks the object \(id); 'git fsck' shows what else is missing, 'git fetch' may bring it"
        ))
  }

  /// The command that makes a partial clone whole, since git 2.36.
  public static let bringsAll = "'git fetch --refetch --no-filter'"

  /// The repository around the folder belongs to another user.
  static func foreign(_ folder: String?) -> GitError {
    let shown = folder ?? "ORDNER"
    return GitError(
      .foreignOwner,
      Message(
        de: "das Git-Repository gehört jemand anderem; 'git config --global --add safe.directory \(shown)' erlaubt es",
        en:
          "the git repository belongs to somebody else; 'git config --global --add safe.directory \(folder ?? "FOLDER")' allows it"
      ))
  }

  static func damaged(_ id: ObjectID, _ words: String) -> GitError {
    GitError(
      .damagedObject,
      Message(
        de: "das Git-Objekt \(id) ist beschädigt (\(words)); 'git fsck' zeigt, was noch beschädigt ist",
        en: "the git object \(id) is damaged (\(words)); 'git fsck' shows what else is damaged"))
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
    return GitError(
      .failure,
      Message(de: "Git-Repository nicht lesbar: \(words)", en: "the git repository can't be read: \(words)"))
  }
}

public import KBSource

/// The result of a look at a folder.
public struct FolderLook: Sendable {
  /// The folders to watch.
  public var folders: [String]
  /// Whether anything was different.
  public var isNew: Bool
  /// Whether a file is gone or empty that was neither before: it may come back in a moment.
  public var mayBeHalfDone: Bool
  /// Why the folder could not be read; what was read before counts on.
  public var failure: Message?

  public init(folders: [String], isNew: Bool, mayBeHalfDone: Bool = false, failure: Message? = nil) {
    self.failure = failure
    self.folders = folders
    self.isNew = isNew
    self.mayBeHalfDone = mayBeHalfDone
  }
}

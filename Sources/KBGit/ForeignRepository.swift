import KBDisk

/// A repository that belongs to another user, which git reads only where its configuration allows it (CVE-2022-24765).
struct ForeignRepository {
  /// The folder that holds `.git`.
  let folder: String

  /// Finds the nearest repository around a folder, or returns `nil` unless it belongs to another user.
  init?(around root: String) {
    var folder = root
    while true {
      if let isOwn = ForeignRepository.isOwn("\(folder == "/" ? "" : folder)/.git") {
        guard !isOwn else { return nil }
        self.folder = folder
        return
      }
      guard let slash = folder.lastIndex(of: "/"), folder.utf8.count > 1 else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// Whether a file belongs to the user; `nil` where there is none.
  private static func isOwn(_ path: String) -> Bool? {
    do throws(Disk.Failure) { return try Disk.status(path)?.isOwn } catch { return nil }
  }
}

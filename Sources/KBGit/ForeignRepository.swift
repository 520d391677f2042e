#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A repository that belongs to another user, which git reads only where its configuration allows it (CVE-2022-24765).
struct ForeignRepository {
  /// The folder that holds `.git`.
  let folder: String

  /// The nearest repository around a folder, if it belongs to another user; nothing otherwise.
  init?(around root: String) {
    var folder = root
    while true {
      var status = stat()
      if unsafe lstat("\(folder == "/" ? "" : folder)/.git", &status) == 0 {
        guard status.st_uid != geteuid() else { return nil }
        self.folder = folder
        return
      }
      guard let slash = folder.lastIndex(of: "/"), folder.utf8.count > 1 else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }
}

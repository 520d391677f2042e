public import KBSource

/// Writing of single files.
public enum FileReplacement {
  /// Removes a file that still holds what was read, and is not a link; says whether it did.
  public static func remove(_ path: String, expecting old: [UInt8]) throws(Disk.Failure) -> Bool {
    guard try Disk.status(path)?.type == .file, try Disk.read(path) == old else { return false }
    try Disk.removeFile(path)
    return true
  }

  /// Replaces a file that still holds what was read, and is not a link, in one step; says whether it did.
  public static func replace(_ path: String, expecting old: [UInt8], with new: [UInt8]) throws(Disk.Failure) -> Bool {
    guard let status = try Disk.status(path), status.type == .file, try Disk.read(path) == old else { return false }
    let temporary = Disk.temporary(beside: path)
    try Disk.create(new, at: temporary, permissions: status.permissions, isSynced: true)
    try putInPlace(temporary, path)
    try Disk.syncFolder(Disk.folder(of: path))
    return true
  }

  /// Writes a file into a folder that is not a link, and creates the folder where it is missing.
  ///
  /// A file that was there stays as it was until the new one is whole.
  public static func write(_ bytes: [UInt8], to name: String, in folder: String) throws(Disk.Failure) {
    try Disk.makeFolders(above: folder)
    try Disk.makeFolder(folder)
    let place = "\(folder)/\(name)"
    let status = try Disk.status(place)
    // What is no file, such as a queue, is written to as it is; a link is refused there.
    guard status == nil || status?.type == .file else { return try Disk.write(bytes, to: place) }
    let temporary = Disk.temporary(beside: place)
    try Disk.create(bytes, at: temporary, permissions: status?.permissions)
    try putInPlace(temporary, place)
  }

  private static func putInPlace(_ temporary: String, _ place: String) throws(Disk.Failure) {
    do throws(Disk.Failure) {
      try Disk.rename(temporary, to: place)
    } catch {
      do throws(Disk.Failure) { try Disk.removeFile(temporary) } catch { /* The first failure is the one to report. */
      }
      throw error
    }
  }

  /// Writes a file where nothing is yet, in one step, and creates the folders above it; says whether it did.
  ///
  /// What is there stays as it is, also what somebody else puts there at the same moment. Below the root no link is
  /// followed: a repository could bring one along.
  public static func create(
    _ bytes: [UInt8], at path: RepoPath, below root: String, isExecutable: Bool = false
  ) throws(Disk.Failure) -> Bool {
    let place = "\(root)/\(path)"
    try Disk.makeFolders(above: "\(root)/")
    for folder in Disk.folders(above: [path]) { try Disk.makeFolder("\(root)/\(folder)") }
    guard try Disk.status(place) == nil else { return false }
    var isNew = try Disk.createWhole(bytes, at: place, permissions: isExecutable ? 0o777 : 0o666)
    if isNew == nil {
      let temporary = Disk.temporary(beside: place)
      try Disk.create(bytes, at: temporary, isSynced: true)
      if isExecutable { try Disk.makeExecutable(temporary) }
      isNew = try Disk.moveWithoutReplacing(temporary, to: place)
    }
    if isNew == true { try Disk.syncFolders(above: [path], below: root) }
    return isNew == true
  }
}

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
    try Disk.create(new, at: temporary, permissions: status.permissions)
    try Disk.rename(temporary, to: path)
    return true
  }

  /// Writes a file into a folder that is not a link, and creates the folder where it is missing.
  public static func write(_ bytes: [UInt8], to name: String, in folder: String) throws(Disk.Failure) {
    try Disk.makeFolders(above: folder)
    try Disk.makeFolder(folder)
    try Disk.write(bytes, to: "\(folder)/\(name)")
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
    if let isNew = try Disk.createWhole(bytes, at: place, permissions: isExecutable ? 0o777 : 0o666) { return isNew }
    let temporary = Disk.temporary(beside: place)
    try Disk.create(bytes, at: temporary)
    if isExecutable { try Disk.makeExecutable(temporary) }
    return try Disk.moveWithoutReplacing(temporary, to: place)
  }
}

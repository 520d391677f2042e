public import KBSource

/// Writing of single files.
public enum FileReplacement {
  /// Removes a file that still holds what was read, and is not a link; says whether it did.
  public static func remove(_ path: String, expecting old: [UInt8]) throws(OutputTree.Refusal) -> Bool {
    try refusing { () throws(Disk.Failure) in
      guard try Disk.status(path)?.type == .file, try Disk.read(path) == old else { return false }
      try Disk.removeFile(path)
      return true
    }
  }

  /// Replaces a file that still holds what was read, and is not a link, in one step; says whether it did.
  public static func replace(_ path: String, expecting old: [UInt8], with new: [UInt8]) throws(OutputTree.Refusal)
    -> Bool
  {
    try refusing { () throws(Disk.Failure) in
      guard let status = try Disk.status(path), status.type == .file, try Disk.read(path) == old else { return false }
      let temporary = temporary(beside: path)
      try Disk.create(new, at: temporary, permissions: status.permissions)
      try Disk.rename(temporary, to: path)
      return true
    }
  }

  /// Writes a file into a folder that is not a link, and creates the folder where it is missing.
  public static func write(_ bytes: [UInt8], to name: String, in folder: String) throws(OutputTree.Refusal) {
    try refusing { () throws(Disk.Failure) in
      try Disk.makeFolders(above: folder)
      try Disk.makeFolder(folder)
      try Disk.write(bytes, to: "\(folder)/\(name)")
    }
  }

  /// Writes a file where nothing is yet, in one step, and creates the folders above it; says whether it did.
  ///
  /// What is there stays as it is, also what somebody else puts there at the same moment. Below the root no link is
  /// followed: a repository could bring one along.
  public static func create(
    _ bytes: [UInt8], at path: RepoPath, below root: String, isExecutable: Bool = false
  ) throws(OutputTree.Refusal) -> Bool {
    let place = "\(root)/\(path)"
    return try refusing { () throws(Disk.Failure) in
      try Disk.makeFolders(above: "\(root)/")
      for folder in folders(above: [path]) { try Disk.makeFolder("\(root)/\(folder)") }
      guard try Disk.status(place) == nil else { return false }
      let temporary = temporary(beside: place)
      try Disk.create(bytes, at: temporary)
      if isExecutable { try Disk.makeExecutable(temporary) }
      return try Disk.moveWithoutReplacing(temporary, to: place)
    }
  }

  /// A hidden name in the folder of a path that nobody else uses.
  static func temporary(beside path: String) -> String {
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
    return "\(path[..<end]).\(String(UInt64.random(in: .min ... .max), radix: 36)).kb-tmp"
  }

  /// Does something on the disk; a failure of the system becomes a refusal.
  static func refusing<Result>(_ work: () throws(Disk.Failure) -> Result) throws(OutputTree.Refusal) -> Result {
    do throws(Disk.Failure) {
      return try work()
    } catch {
      throw .failed(SystemRefusal(error))
    }
  }
}

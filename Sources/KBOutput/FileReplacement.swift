/// Writes files of their own, one by one.
public enum FileReplacement {
  /// Removes a file; says whether it did: a link stays, and so does a file that no longer holds what was read.
  public static func remove(_ path: String, expecting old: [UInt8]) throws(OutputTree.Refusal) -> Bool {
    do throws(Disk.Failure) {
      guard try Disk.status(path)?.type == .file, try Disk.read(path) == old else { return false }
      try Disk.removeFile(path)
      return true
    } catch {
      throw .failed(SystemRefusal(error))
    }
  }

  /// Writes a new file, and the folders above it that are missing.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputTree.Refusal) {
    do throws(Disk.Failure) {
      try Disk.makeFolders(above: path)
      try Disk.write(bytes, to: path)
    } catch {
      throw .failed(SystemRefusal(error))
    }
  }

  /// Writes a file where nothing is yet, in one step, with the folders above it; says whether it did.
  ///
  /// What is there stays as it is, also what somebody else puts there at the same moment.
  public static func create(_ bytes: [UInt8], at path: String, isExecutable: Bool = false) throws(OutputTree.Refusal)
    -> Bool
  {
    do throws(Disk.Failure) {
      guard try Disk.status(path) == nil else { return false }
      try Disk.makeFolders(above: path)
      let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
      let temporary = "\(path[..<slash]).\(path[slash...]).kb-tmp"
      try Disk.write(bytes, to: temporary)
      if isExecutable { try Disk.makeExecutable(temporary) }
      return try Disk.moveWithoutReplacing(temporary, to: path)
    } catch {
      throw .failed(SystemRefusal(error))
    }
  }
}

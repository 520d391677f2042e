/// A file that can be made again: read when it is there, replaced in one step.
public enum CacheFile {
  /// Returns the bytes of a file, or `nil` when it is missing or can't be read, which only costs the time to make it again.
  public static func read(_ path: String) -> [UInt8]? {
    do throws(Disk.Failure) {
      return try Disk.read(path)
    } catch {
      return nil
    }
  }

  /// Writes a file beside its place, then puts it there; throws where that is not possible.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputTree.Refusal) {
    try FileReplacement.refusing { () throws(Disk.Failure) in
      let temporary = FileReplacement.temporary(beside: path)
      try Disk.makeFolders(above: temporary)
      try Disk.create(bytes, at: temporary)
      try Disk.rename(temporary, to: path)
    }
  }
}

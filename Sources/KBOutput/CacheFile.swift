/// A file that can be made again: read when it is there, replaced in one step.
public enum CacheFile {
  /// The bytes of a file; nothing when there is none, or when it can't be read, which only costs the time to make it again.
  public static func read(_ path: String) -> [UInt8]? {
    do throws(Disk.Failure) {
      return try Disk.read(path)
    } catch {
      return nil
    }
  }

  /// Writes a file beside its place, then puts it there; says why when that is not possible.
  public static func write(_ bytes: [UInt8], to path: String, temporary: String) throws(OutputTree.Refusal) {
    try FileReplacement.write(bytes, to: temporary)
    do throws(Disk.Failure) {
      try Disk.rename(temporary, to: path)
    } catch {
      throw .failed(SystemRefusal(error))
    }
  }
}

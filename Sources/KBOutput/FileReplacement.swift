/// Writes files of their own, one by one.
public enum FileReplacement {
  /// Writes a new file, and the folders above it that are missing.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputTree.Refusal) {
    do throws(Disk.Failure) {
      var folder = ""
      for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
        folder += folder.isEmpty && part.isEmpty ? "/" : folder.isEmpty || folder == "/" ? String(part) : "/\(part)"
        if folder != "/", try Disk.status(folder) == nil { try Disk.makeFolder(folder) }
      }
      try Disk.write(bytes, to: path)
    } catch {
      throw .failed(operation: error.operation, path: error.path, words: error.words)
    }
  }
}

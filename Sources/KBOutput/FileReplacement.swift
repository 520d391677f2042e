/// Replaces one file of the knowledge base in one step.
public enum FileReplacement {
  /// Writes the new bytes beside the file, then puts them in its place.
  ///
  /// Throws when the file no longer holds what was read, so that nobody's edit is lost.
  public static func replace(_ path: String, with bytes: [UInt8], expecting old: [UInt8]) throws(OutputTree.Refusal) {
    do throws(Disk.Failure) {
      guard try Disk.status(path)?.type == .file, try Disk.read(path) == old else {
        throw Disk.Failure(operation: "changed meanwhile", path: path, code: 116)
      }
      let temporary = path + ".kb-tmp"
      try Disk.write(bytes, to: temporary)
      try Disk.rename(temporary, to: path)
    } catch {
      throw .failed(operation: error.operation, path: error.path, words: error.words)
    }
  }

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

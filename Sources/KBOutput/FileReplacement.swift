/// Replaces one file of the knowledge base in one step.
public enum FileReplacement {
  /// Writes the new bytes beside the file, then puts them in its place.
  ///
  /// Leaves everything as it is, and says so, when there is no file but a link, or when the file no longer holds what was
  /// read: nobody's edit is lost.
  public static func replace(_ path: String, with bytes: [UInt8], expecting old: [UInt8]) throws(OutputTree.Refusal)
    -> Bool
  {
    do throws(Disk.Failure) {
      guard let status = try Disk.status(path), status.type == .file, try Disk.read(path) == old else { return false }
      let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
      // Hidden, so that a run that is killed leaves nothing that counts as an attachment.
      let temporary = "\(path[..<slash]).\(path[slash...]).kb-tmp"
      try Disk.write(bytes, to: temporary, permissions: status.permissions)
      try Disk.rename(temporary, to: path)
      return true
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

/// A file in the user's cache folder: it can be made again, and is used only when it is whole and was made of the same things.
///
/// All caches have one format: a line of text with `kb cache 1`, name, version, key, number of bytes and checksum, then the
/// contents. What is damaged, of another version or of another key is no cache.
public struct CacheFile: Sendable {
  /// The file; `nil` when the surroundings name no place for caches.
  private let path: String?
  /// The line up to the key.
  private let head: String

  /// Names a cache.
  ///
  /// - Parameters:
  ///   - name: what it holds, in lower-case letters and hyphens.
  ///   - version: the version of its contents' format.
  ///   - subject: what it is about, such as the path of a folder. Each subject has a file of its own.
  ///   - key: everything that the contents depend on.
  ///   - folder: the user's cache folder.
  public init(_ name: String, version: Int, of subject: String, key: String = "", in folder: String?) {
    path = folder.map { "\($0)/\(name)-\(ContentHash(of: Array(subject.utf8)))" }
    head = "kb cache 1 \(name) \(version) \(ContentHash(of: Array(key.utf8)))"
  }

  /// Returns the contents, or `nil` when there are none of this version and key, which only costs the time to make them.
  public func contents() -> [UInt8]? {
    do throws(Disk.Failure) {
      guard let path, let bytes = try Disk.read(path), let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
        return nil
      }
      let contents = Array(bytes[(end + 1)...])
      return bytes[...end].elementsEqual(line(for: contents).utf8) ? contents : nil
    } catch {
      return nil
    }
  }

  /// Replaces the contents, in one step.
  public func store(_ contents: [UInt8]) throws(Disk.Failure) {
    guard let path else { return }
    let temporary = Disk.temporary(beside: path)
    try Disk.makeFolders(above: path)
    try Disk.create(Array(line(for: contents).utf8), contents, at: temporary)
    try Disk.rename(temporary, to: path)
  }

  private func line(for contents: [UInt8]) -> String { "\(head) \(contents.count) \(ContentHash(of: contents))\n" }
}

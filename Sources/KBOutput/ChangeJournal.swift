import KBSource

/// What a run is about to change, kept in the knowledge base until it is done: so a run that is killed is finished or taken
/// back by the next one.
///
/// Text: the first line names the format, then a line a file: hash before, hash after, path, new path, parted by tabs.
/// The list comes first, then the new files under hidden names, then the mark that they are complete. From then on the
/// changes count: what is left is to put them into place.
struct ChangeJournal {
  struct Entry: Equatable {
    var old: ContentHash
    var new: ContentHash
    var path: RepoPath
    var newPath: RepoPath
  }

  private static let format = "kb-changes 1"

  private let root: String
  /// The list, and the lock of whoever changes files.
  var list: String { "\(root)/.kb-changes.kb-tmp" }
  /// Its presence says that all new files are complete.
  var mark: String { "\(root)/.kb-complete.kb-tmp" }

  init(in root: String) { self.root = root }

  func absolute(_ path: RepoPath) -> String { "\(root)/\(path)" }

  /// Where a new file lies until it is put into place: beside it, under a hidden name.
  func staged(_ path: RepoPath) -> String {
    path.folder.isEmpty ? "\(root)/.\(path.name).kb-tmp" : "\(root)/\(path.folder)/.\(path.name).kb-tmp"
  }

  static func bytes(_ entries: [Entry]) -> [UInt8] {
    Array(([format] + entries.map { "\($0.old)\t\($0.new)\t\($0.path)\t\($0.newPath)" }).joined(separator: "\n").utf8)
      + [UInt8(ascii: "\n")]
  }

  /// Reads a list; lines that name no place in the knowledge base are left out.
  static func entries(_ bytes: [UInt8]) -> [Entry] {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == format[...] else { return [] }
    return lines.dropFirst().compactMap { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 4, let old = ContentHash(parts[0]), let new = ContentHash(parts[1]),
        let path = RepoPath(String(parts[2])), let newPath = RepoPath(String(parts[3]))
      else { return nil }
      return Entry(old: old, new: new, path: path, newPath: newPath)
    }
  }

  // MARK: After a run that was killed

  /// Finishes what is complete, takes back what is not, and says whether there was something to finish.
  ///
  /// The caller holds the lock. A file that somebody has changed since keeps that change.
  func recover() throws(Disk.Failure) -> Bool {
    guard let bytes = try Disk.read(list) else { return false }
    let entries = ChangeJournal.entries(bytes)
    let isComplete = try Disk.status(mark) != nil
    for entry in entries {
      if isComplete { try finish(entry) }
      if try hash(staged(entry.newPath)) != nil { try Disk.removeFile(staged(entry.newPath)) }
    }
    if isComplete { try Disk.removeFile(mark) }
    try Disk.write([], to: list)
    return isComplete
  }

  private func finish(_ entry: Entry) throws(Disk.Failure) {
    let isMoved = entry.path != entry.newPath
    let isFree = try Disk.status(absolute(entry.newPath)) == nil || !isMoved
    if isFree, try hash(staged(entry.newPath)) == entry.new, try hash(absolute(entry.path)) == entry.old {
      try Disk.rename(staged(entry.newPath), to: absolute(entry.newPath))
    }
    if isMoved, try hash(absolute(entry.newPath)) == entry.new, try hash(absolute(entry.path)) == entry.old {
      try Disk.removeFile(absolute(entry.path))
    }
  }

  /// The fingerprint of a file; nothing when there is none, or when it is a link.
  private func hash(_ path: String) throws(Disk.Failure) -> ContentHash? {
    guard try Disk.status(path)?.type == .file, let bytes = try Disk.read(path) else { return nil }
    return ContentHash(of: bytes)
  }
}

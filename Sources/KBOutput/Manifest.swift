/// The list of the files that `kb` wrote into an output folder; its presence marks the folder as one of `kb`'s.
///
/// Text: the first line names the format, then a line a file: hash, size in bytes, time of change in nanoseconds, path.
struct Manifest: Sendable {
  struct Entry: Sendable, Equatable {
    var hash: ContentHash
    var size: Int
    var modified: Int
  }

  private static let format = "kb-site 1"

  var entries: [String: Entry] = [:]

  init() {}

  /// Reads a manifest; nothing when the text is none.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == Manifest.format[...] else { return nil }
    for line in lines.dropFirst() {
      let parts = line.split(separator: " ", maxSplits: 3)
      guard parts.count == 4, let hash = ContentHash(parts[0]), let size = Int(parts[1]), let modified = Int(parts[2]),
        OutputTree.isSafe(String(parts[3]))
      else { continue }
      entries[String(parts[3])] = Entry(hash: hash, size: size, modified: modified)
    }
  }

  var bytes: [UInt8] {
    var text = Manifest.format + "\n"
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      text += "\(entry.hash) \(entry.size) \(entry.modified) \(path)\n"
    }
    return Array(text.utf8)
  }
}

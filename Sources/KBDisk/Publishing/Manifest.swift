import KBSource

/// The list of the files that `kb` wrote into an output folder; its presence marks the folder as one of `kb`'s.
///
/// Text: the first line names the format, then a line a file: hash, size in bytes, time of change in nanoseconds, path. The last line
/// says how many files those are, and the hash of all lines before it: a list that was cut says so.
struct Manifest: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    var hash: ContentHash
    var size: Int
    var modified: Int
  }

  private static let format = "kb-site 1"

  var entries: [RepoPath: Entry]
  /// Whether its last line fits the others.
  private(set) var isWhole = true

  init(_ entries: [RepoPath: Entry] = [:]) { self.entries = entries }

  /// Reads a manifest, or returns `nil` when the text is none. Lines that name no file inside the folder are left out.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, first.elementsEqual(Manifest.format.utf8) else { return nil }
    entries = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3).map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 4, let hash = ContentHash(parts[0]), let size = Int(parts[1]), let modified = Int(parts[2]),
        OutputTree.isSafe(parts[3])
      else { continue }
      entries[RepoPath(normalized: parts[3])] = Entry(hash: hash, size: size, modified: modified)
    }
    let last = lines.last ?? []
    isWhole = last.elementsEqual(Manifest.lastLine(of: Array(bytes[..<last.startIndex]), count: entries.count).utf8)
  }

  private static func lastLine(of lines: [UInt8], count: Int) -> String { "end \(count) \(ContentHash(of: lines))" }

  /// Bytes of all files.
  var size: Int { entries.values.reduce(0) { $0 + $1.size } }

  var bytes: [UInt8] {
    var text = Manifest.format + "\n"
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      text += "\(entry.hash) \(entry.size) \(entry.modified) \(path)\n"
    }
    return Array((text + Manifest.lastLine(of: Array(text.utf8), count: entries.count) + "\n").utf8)
  }
}

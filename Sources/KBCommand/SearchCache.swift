import ArgumentParser
import KBOutput
import KBSearch
import KBSource

/// The index of a knowledge base in the user's cache folder: one file, used only when it belongs to these very bytes.
struct SearchCache {
  private static let firstLine = "kb search index"

  /// The file; nothing when the surroundings name no place for caches.
  private let path: String?
  /// What the index is made of: every file that it could depend on, and the program that makes it.
  private let key: String

  init(root: String, snapshot: Snapshot, isPublished: Bool) {
    path = ProcessEnvironment.cacheFolder().map {
      "\($0)/search-\(ContentHash(of: Array(root.utf8)))\(isPublished ? "-site" : "").index"
    }
    var parts = "\(KnowledgeBaseCommand.configuration.version) \(SearchIndex.edition) \(isPublished)\n"
    for file in snapshot.files { parts += "\(ContentHash(of: file.bytes)) \(file.path.string)\n" }
    key = ContentHash(of: Array(parts.utf8)).description
  }

  /// The index that was stored for these bytes; nothing when there is none, or when the file is damaged.
  func search() -> Search? {
    guard let path, let bytes = CacheFile.read(path) else { return nil }
    // Four lines: what it is, the key, the entries, nothing; then the shards one behind the other.
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 4, omittingEmptySubsequences: false)
    guard lines.count == 5, lines[0].elementsEqual(SearchCache.firstLine.utf8), lines[1].elementsEqual(key.utf8),
      ContentHash(of: Array(lines[2])).description.utf8.elementsEqual(lines[3])
    else { return nil }
    var places: [Substring: Range<Int>] = [:]
    var start = lines[4].startIndex
    for entry in String(decoding: lines[2], as: UTF8.self).split(separator: "\t") {
      let parts = entry.split(separator: " ")
      // All of it is looked at: that takes milliseconds, and no query finds the damage halfway.
      guard parts.count == 3, let length = Int(parts[1]), length >= 0, length <= bytes.count - start,
        ContentHash(of: Array(bytes[start..<start + length])).description == parts[2]
      else { return nil }
      places[parts[0]] = start..<start + length
      start += length
    }
    func shard(_ name: String) throws -> Shard {
      guard let place = places[name[...]] else { throw DamagedShard() }
      return try Shard(reading: Array(bytes[place]))
    }
    do {
      return try Search(root: shard("root"), load: shard)
    } catch {
      // Damaged: it is made again.
      return nil
    }
  }

  /// Stores an index. A cache that can't be written costs time, and is no failure.
  func store(_ index: SearchIndex) {
    guard let path else { return }
    var entries: [String] = []
    var shards: [UInt8] = []
    for (name, shard) in [("root", index.root), ("names", index.names)] + index.shards {
      let script = shard.script
      entries.append("\(name) \(script.count) \(ContentHash(of: script))")
      shards += script
    }
    let table = entries.joined(separator: "\t")
    let head = "\(SearchCache.firstLine)\n\(key)\n\(table)\n\(ContentHash(of: Array(table.utf8)))\n"
    do {
      try CacheFile.write(Array(head.utf8) + shards, to: path)
    } catch {
      Console.standardError.line("kb: the search index could not be kept: \(error.message.english)")
    }
  }
}

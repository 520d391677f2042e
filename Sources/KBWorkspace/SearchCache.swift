import ArgumentParser
import KBDisk
package import KBSearch
package import KBSource
import KBTerminal

/// The index of a knowledge base in the user's cache folder, used only when it belongs to these very bytes.
package struct SearchCache {
  private static let version = 1

  private let file: CacheFile

  package init(root: String, snapshot: Snapshot, isPublished: Bool) {
    // Every file that the index could depend on, and the program that makes it.
    var key = "\(Release.version) \(SearchIndex.edition) \(isPublished)\n"
    for file in snapshot.files { key += "\(ContentHash(of: file.bytes)) \(file.path.string)\n" }
    file = CacheFile(
      isPublished ? "search-site" : "search", version: SearchCache.version, of: root, key: key,
      in: ProcessEnvironment.cacheFolder())
  }

  /// Returns the index that was stored for these bytes, or `nil` when there is none.
  package func search() -> Search? {
    guard let bytes = file.contents(), let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    // A line with names and lengths, then the shards one after the other.
    var places: [Substring: Range<Int>] = [:]
    var start = end + 1
    for entry in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\t") {
      let parts = entry.split(separator: " ")
      guard parts.count == 2, let length = Int(parts[1]), (0...(bytes.count - start)).contains(length) else {
        return nil
      }
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
  package func store(_ index: SearchIndex) {
    var entries: [String] = []
    var shards: [UInt8] = []
    for (name, shard) in [("root", index.root), ("names", index.names)] + index.shards {
      let script = shard.script
      entries.append("\(name) \(script.count)")
      shards += script
    }
    do throws(Disk.Failure) {
      try file.store(Array((entries.joined(separator: "\t") + "\n").utf8) + shards)
    } catch {
      Console.standardError.note(
        Message(
          de: "der Suchindex ließ sich nicht zwischenspeichern: \(error.sentence)",
          en: "the search index could not be cached: \(error.sentence)"))
    }
  }
}

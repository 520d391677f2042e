import KBDisk
import KBTestSupport
import Testing

@Suite struct `A cache` {
  let folder: ScratchFolder
  private let contents: [UInt8] = Array("some\ncontents\n".utf8)

  init() throws { folder = try ScratchFolder() }

  private func cache(_ name: String = "name", version: Int = 1, of subject: String = "a", key: String = "k")
    -> CacheFile
  {
    CacheFile(name, version: version, of: subject, key: key, in: folder.absolute("caches/kb"))
  }

  private func path() throws -> String { try #require(folder.tree("caches/kb").keys.first.map { "caches/kb/\($0)" }) }

  @Test func `gives back what was stored, and only the last of it`() throws {
    #expect(cache().contents() == nil)
    for bytes in [contents, [], [0, 0xFF, 0x0A]] {
      try cache().store(bytes)
      #expect(cache().contents() == bytes)
      #expect(folder.tree("caches/kb").count == 1)
    }
  }

  @Test func `is none of another name, version, subject or key`() throws {
    try cache().store(contents)
    #expect(cache("other").contents() == nil && cache(version: 2).contents() == nil)
    #expect(cache(of: "b").contents() == nil && cache(key: "l").contents() == nil)
    #expect(cache().contents() == contents)
  }

  @Test func `is none when a bit of it changed, or when it was cut or went on`() throws {
    try cache().store(contents)
    let path = try path()
    let whole = try #require(folder.bytes(path))
    for place in whole.indices {
      for bit in 0..<8 {
        var bytes = whole
        bytes[place] ^= 1 << UInt8(bit)
        try folder.write(bytes, to: path)
        #expect(cache().contents() == nil, "bit \(bit) of byte \(place)")
      }
      try folder.write(Array(whole.prefix(place)), to: path)
      #expect(cache().contents() == nil, "cut at \(place)")
    }
    try folder.write(whole + [0], to: path)
    #expect(cache().contents() == nil)
    try cache().store(contents)
    #expect(folder.bytes(path) == whole)
  }

  @Test func `is none without a place for it, and where the place is no folder`() throws {
    let nowhere = CacheFile("name", version: 1, of: "a", in: nil)
    try nowhere.store(contents)
    #expect(nowhere.contents() == nil)
    try folder.write("", to: "file")
    let blocked = CacheFile("name", version: 1, of: "a", in: folder.absolute("file"))
    #expect(throws: Disk.Failure.self) { try blocked.store(contents) }
    #expect(blocked.contents() == nil)
  }
}

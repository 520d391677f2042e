import Foundation
import KBTestSupport
import Testing

/// `kb search` keeps its index in the user's cache folder, and never trusts it.
@Suite struct `The cache of the search` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("# Drucker\n\nAm Empfang, neben der Lampe.\n", to: "kb/pages/drucker.md")
    try folder.write("# Lampe\n\nText.\n", to: "kb/pages/lampe.md")
    try folder.write("language: de\n", to: "kb/kb.yml")
  }

  @Test func `is used the second time`() async throws {
    #expect(try await ids("drucker") == ["drucker"])
    let written = try folder.modified(try cacheFile())
    let bytes = folder.bytes(try cacheFile())
    #expect(try await ids("drucker") == ["drucker"])
    #expect(try folder.modified(try cacheFile()) == written)
    #expect(folder.bytes(try cacheFile()) == bytes)
  }

  @Test func `has the same bytes whenever it is made`() async throws {
    _ = try await ids("drucker", cache: "one")
    for name in ["two", "three"] {
      _ = try await ids("drucker", cache: name)
      #expect(folder.bytes(try cacheFile("one")) == folder.bytes(try cacheFile(name)))
    }
  }

  @Test func `is made again when a file was edited, added or removed`() async throws {
    #expect(try await ids("quirl") == [])
    try folder.write("# Drucker\n\nEin Quirl.\n", to: "kb/pages/drucker.md")
    #expect(try await ids("quirl") == ["drucker"])
    try folder.write("# Quirl\n\nText.\n", to: "kb/pages/neu.md")
    #expect(try await ids("quirl") == ["neu", "drucker"])
    folder.remove("kb/pages/drucker.md")
    #expect(try await ids("quirl") == ["neu"])
    try folder.write("language: de\nsynonyms: [[Lampe, Quirl]]\n", to: "kb/kb.yml")
    #expect(try await ids("quirl") == ["neu", "lampe"])
  }

  @Test func `keeps what is published apart from all records`() async throws {
    try folder.write("language: de\naudience: internal\n", to: "kb/kb.yml")
    try folder.write("---\naudience: restricted\n---\n\n# Geheimer Quirl\n\nText.\n", to: "kb/pages/geheim.md")
    for _ in 0..<2 {
      #expect(try await ids("quirl") == ["geheim"])
      #expect(try await ids("--published quirl") == [])
    }
  }

  @Test func `is made again when it was cut off`() async throws {
    #expect(try await ids("drucker") == ["drucker"])
    let file = try cacheFile()
    let whole = try #require(folder.bytes(file))
    for length in [0, 1, 15, 16, 40, 80, whole.count / 2, whole.count - 1] {
      try folder.write(Array(whole.prefix(length)), to: file)
      #expect(try await ids("drucker") == ["drucker"], "cut off at \(length)")
      #expect(folder.bytes(file) == whole, "cut off at \(length)")
    }
  }

  @Test func `never answers wrongly when bytes of it changed`() async throws {
    let expected = try await answer("drucker empfang lampe")
    let file = try cacheFile()
    let whole = try #require(folder.bytes(file))
    var random = SeededGenerator(seed: 7)
    for step in 0..<40 {
      var bytes = whole
      // All over the file: each part of it is met.
      let place = min(
        whole.count - 1, whole.count * step / 40 + Int.random(in: 0..<max(1, whole.count / 40), using: &random))
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try folder.write(bytes, to: file)
      #expect(try await answer("drucker empfang lampe") == expected, "byte \(place) of \(whole.count)")
    }
    try folder.write(Array("Dies ist kein Index.\n\n\n\n\n".utf8), to: file)
    #expect(try await answer("drucker empfang lampe") == expected)
    #expect(folder.bytes(file) == whole)
  }

  @Test func `is done without where there is no place for it`() async throws {
    try folder.write("", to: "file")
    let ran = try await search("drucker", environment: "XDG_CACHE_HOME=$PWD/file")
    #expect(ran.status == 0 && ran.output.contains("pages/drucker.md"))
    #expect(ran.errors.contains("ließ sich nicht zwischenspeichern"))
    for environment in ["XDG_CACHE_HOME=relative HOME=", "XDG_CACHE_HOME= HOME=", "XDG_CACHE_HOME= HOME=relative"] {
      let ran = try await search("drucker", environment: environment)
      #expect(ran.status == 0 && ran.output.contains("pages/drucker.md") && ran.errors == "", "\(environment)")
    }
    #expect(folder.tree().keys.filter { !$0.hasPrefix("kb/") && $0 != ".local/state/kb" }.sorted() == ["file"])
  }

  // MARK: Asking

  private struct Hit: Decodable { let id: String }

  private func search(_ query: String, environment: String) async throws -> Program {
    try await Tool.shell("\(environment) kb search -C kb \(query)", in: folder)
  }

  private func answer(_ query: String, cache: String = "cache") async throws -> String {
    let ran = try await search("--format json \(query)", environment: "XDG_CACHE_HOME=$PWD/\(cache)")
    #expect(ran.status == 0 && ran.errors == "")
    return ran.output
  }

  private func ids(_ query: String, cache: String = "cache") async throws -> [String] {
    try JSONDecoder().decode([Hit].self, from: Data(try await answer(query, cache: cache).utf8)).map(\.id)
  }

  /// The only file of a cache folder.
  private func cacheFile(_ cache: String = "cache") throws -> String {
    let files = folder.tree(cache).keys.sorted()
    try #require(files.count == 1)
    return "\(cache)/\(files[0])"
  }
}

import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// The files of the index; `Documentation/search-index.md` describes them.
@Suite struct `The format of the index` {
  @Test func `has 92 digits, all of them printable and none to be escaped`() {
    var text: [UInt8] = []
    for digit in UInt8(0)..<92 { Packing.append(digit: digit, to: &text) }
    #expect(text.map(Packing.digit) == Array(0..<92))
    #expect(text.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
    #expect(Set(text).count == 92)
  }

  @Test func `gives numbers back as they were packed`() {
    var random = SeededGenerator(seed: 46)
    let numbers =
      [0, 1, 45, 46, 47, 91, 92, 2_115, 2_116, 2_117, 97_336, UInt32.max - 1, UInt32.max]
      + (0..<2_000).map { _ in
        UInt32.random(in: 0...UInt32.max, using: &random) >> UInt32.random(in: 0..<32, using: &random)
      }
    var text: [UInt8] = []
    for number in numbers { Packing.append(number, to: &text) }
    var packed = PackedText(text[...])
    for number in numbers { #expect(packed.number() == Int(number)) }
    #expect(packed.isAtEnd)
  }

  @Test func `knows one word after another, and about several`() {
    for first in UInt8(0)..<60 {
      var follower = Follower()
      #expect(!follower.contains(first))
      follower.add(first)
      #expect((UInt8(0)..<60).filter(follower.contains) == [first])
      follower.add(first)
      #expect((UInt8(0)..<60).filter(follower.contains) == [first])
      follower.add((first + 7) % 60)
      follower.add((first + 13) % 60)
      #expect(follower.contains(first) && follower.contains((first + 7) % 60) && follower.contains((first + 13) % 60))
      #expect(Follower(digit: follower.digit) == follower && follower.digit < 92)
    }
  }

  @Test(arguments: 1...40) func `leads from a section's bit back to the section`(_ sections: Int) {
    for section in 0..<sections {
      let mask = SectionMask.bit(section: section, of: sections)
      #expect(mask.nonzeroBitCount == 1 && mask < 64)
      #expect(SectionMask.sections(bit: mask.trailingZeroBitCount, of: sections).contains(section))
    }
  }

  @Test(arguments: [
    [], [""], ["", ""], ["a\"b", "c\\d", "\\", "\"", "\\\""], ["Störung", "日本語", "👩‍💻"], ["a\tb", " ", "]", "[", "],["],
    ["\",\"", "\"]);"], ["</script>"],
  ]) func `gives the strings of a script back`(_ strings: [String]) throws {
    let shard = Shard("v12", strings.map { Array($0.utf8) })
    let read = try Shard(reading: shard.script)
    #expect(read.name == "v12")
    #expect(read.strings == shard.strings)
    #expect(read.fingerprint == shard.fingerprint)
  }

  @Test func `names files by their content`() {
    let name = { (strings: [String]) in Shard("v0", strings.map { Array($0.utf8) }).fingerprint }
    #expect(name(["ab", "c"]) != name(["a", "bc"]))
    #expect(name(["a"]) != name(["a", ""]))
    #expect(name(["a"]).wholeMatch(of: /[0-9a-v]{5}/) != nil)
  }

  @Test(arguments: [
    "", "x", "kbSearch.put(", "kbSearch.put(\"v0\",", "kbSearch.put(\"v0\",[", "kbSearch.put(\"v0\",[\"",
    "kbSearch.put(\"v0\",[\"a",
    "kbSearch.put(\"v0\",[\"a\\", "kbSearch.put(\"v0\",[\"a\"", "kbSearch.put(\"v0\",[\"a\",",
    "kbSearch.put(\"v0\",[a]);",
    "kbSearch.pux(\"v0\",[\"a\"]);", "kbSearch.put(\"[", "<html>[\"a\"]</html>",
  ]) func `refuses what is no script of it`(_ text: String) {
    #expect(throws: DamagedShard.self) { try Shard(reading: Array(text.utf8)) }
  }
}

/// An index of which bytes were lost or changed: it may answer wrongly or not at all, but it never ends the program.
@Suite struct `A damaged index` {
  static let queries = [
    "drucker", "druk", "drukcer", "serverraumschlüssel", "\"drucker im lager\"", "drucker -lager",
    "kind:system owner:it",
    "erp reagiert nicht", "log in", "10.0.4.12", "größe", "printer tag:kern",
  ]

  @Test(arguments: 0..<8) func `is answered or refused when a byte of a file changes, or its end is missing`(
    _ part: Int
  ) async throws {
    let base = try await self.base()
    let files = base.scripts
    var random = SeededGenerator(seed: UInt64(part))
    var refused = 0
    for _ in 0..<300 {
      let damaged = Int.random(in: 0..<files.count, using: &random)
      var bytes = files[damaged].bytes
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
      case 1:
        let lower = Int.random(in: 0..<bytes.count, using: &random)
        bytes.removeSubrange(lower..<min(bytes.count, lower + Int.random(in: 1...30, using: &random)))
      default:
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          bytes[Int.random(in: 14..<bytes.count, using: &random)] = UInt8.random(in: 0x20...0xFF, using: &random)
        }
      }
      if !ask(files.map { ($0.name, $0.name == files[damaged].name ? bytes : $0.bytes) }) { refused += 1 }
    }
    #expect(refused > 0)
  }

  @Test func `is refused or answered when its files were mixed up`() async throws {
    let base = try await self.base()
    let files = base.scripts
    for one in files.indices {
      for other in files.indices where one != other {
        _ = ask(files.enumerated().map { ($1.name, $0 == one ? files[other].bytes : $1.bytes) })
      }
      #expect(
        !ask(files.filter { $0.name != files[one].name }) || files[one].name.hasPrefix("f")
          || files[one].name.hasPrefix("x") || files[one].name.hasPrefix("p"))
    }
  }

  @Test(arguments: [
    ("version", "4"), ("version", ""), ("pageCount", "-1"), ("pageCount", "a"), ("pageCount", "9000000000000000000"),
    ("pageCount", "100000000"), ("firstRetired", "99"), ("cardsPerShard", "0"), ("cardsPerShard", "-64"),
    ("sectionsPerShard", "0"), ("shardsPerGroup", "0"), ("constants", "umlaut 0.95"), ("constants", "umlaut x"),
  ]) func `is refused when its numbers can't be`(_ name: String, _ text: String) async throws {
    let root = try await self.base().index.root
    let changed = root.strings.map { $0.starts(with: "\(name)\t".utf8) ? Array("\(name)\t\(text)".utf8) : $0 }
    #expect(changed != root.strings)
    #expect(throws: DamagedShard.self) { try Search(root: Shard("root", changed)) { _ in throw DamagedShard() } }
  }

  @Test func `is refused when a field of its root is missing`() async throws {
    let root = try await self.base().index.root
    // Only a browser reads these: Swift has them at hand.
    let unread = ["folding", "countryCodes"]
    for (number, string) in root.strings.enumerated() {
      var strings = root.strings
      strings.remove(at: number)
      let isRead = !unread.contains { string.starts(with: "\($0)\t".utf8) }
      let search = try? Search(root: Shard("root", strings)) { _ in throw DamagedShard() }
      #expect((search == nil) == isRead)
    }
  }

  @Test func `is refused or answered when a list of pages is any digits`() async throws {
    let base = try await self.base()
    var random = SeededGenerator(seed: 99)
    for _ in 0..<300 {
      let files = base.index.shards.map { name, shard in
        (
          name,
          Shard(
            shard.name,
            shard.strings.enumerated().map { number, string in
              shard.name.hasPrefix("v") && number > 0
                ? string.map { _ in UInt8.random(in: 0x20...0x7E, using: &random) } : string
            }
          ).script
        )
      }
      _ = ask([("root", base.index.root.script)] + files)
    }
  }

  @Test func `is refused when a list goes beyond all pages`() async throws {
    let base = try await self.base()
    for number in [UInt32(Int32.max) - 1, UInt32(Int32.max), UInt32(Int32.max) + 1, UInt32.max, 5] {
      var list: [UInt8] = []
      Packing.append(number, to: &list)
      // A list apart from its word, and one beside it.
      #expect(!ask(replacing("v0", in: base) { _ in [Array(" drucker   ".utf8), [0x20] + list + Array("AA".utf8)] }))
      #expect(!ask(replacing("v0", in: base) { _ in [Array(" drucker %".utf8) + list + Array("AAA".utf8), []] }))
    }
  }

  /// The files of an index with the strings of one shard replaced.
  private func replacing(_ name: String, in base: SearchedBase, _ strings: ([[UInt8]]) -> [[UInt8]])
    -> [(name: String, bytes: [UInt8])]
  {
    [("root", base.index.root.script)]
      + base.index.shards.map { file, shard in
        (file, shard.name == name ? Shard(name, strings(shard.strings)).script : shard.script)
      }
  }

  /// Whether all queries were answered.
  private func ask(_ files: [(name: String, bytes: [UInt8])]) -> Bool {
    let scripts = Dictionary(files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    func shard(_ name: String) throws -> Shard {
      guard let script = scripts[name] else { throw DamagedShard() }
      return try Shard(reading: script)
    }
    do {
      var search = try Search(root: shard("root"), load: shard)
      for query in Self.queries { _ = try search.results(for: query) }
      return true
    } catch {
      #expect(error is DamagedShard)
      return false
    }
  }

  private func base() async throws -> SearchedBase {
    try await SearchedBase([
      "pages/drucker.md":
        "# Drucker\n\nDer Drucker im Lager, 10.0.4.12.\n\n## Größe\n\nText.\n\n## Anmeldung\n\nLog in.\n",
      "pages/raum.md": "# Serverraum\n\nDer Schlüssel.\n",
      "runbooks/erp-steht.md": "---\ntitle: ERP steht\nsystems: erp\nsymptoms: [ERP reagiert nicht]\n---\n\nText.\n",
      "systems/erp.md": "---\ntitle: ERP\nowner: it\ntags: [kern]\n---\n\nText.\n",
      "teams/it.md": "---\ntitle: IT\ntype: team\nphone: +49 40 654321\n---\n\nText.\n",
    ])
  }
}

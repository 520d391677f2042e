import Foundation
import KBTestSupport
import Testing

/// `kb export opensearch`: a folder that a search engine is loaded from.
@Suite struct `The export for an engine` {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func run(_ line: String) async throws -> Program { try await Tool.shell(line, in: folder) }

  /// The bulk files of an export, in their order.
  private func bulk(_ export: String) -> [(name: String, lines: [String])] {
    folder.tree(export).filter { $0.key.hasPrefix("bulk-") }.sorted { $0.key < $1.key }.map { name, text in
      #expect(text.hasSuffix("\n"), "\(name)")
      return (name, text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  /// The files of an export, without what kb keeps there for itself.
  private func files(_ export: String) -> [String: String] { folder.tree(export).filter { !$0.key.hasPrefix(".kb/") } }

  private func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
  }

  /// The documents of an export by their ids.
  private func documents(_ export: String) throws -> [String: [String: Any]] {
    var found: [String: [String: Any]] = [:]
    for (name, lines) in bulk(export) {
      for pair in stride(from: 0, to: lines.count, by: 2) {
        let action = try #require(try object(lines[pair])["index"] as? [String: String], "\(name)")
        let id = try #require(action["_id"])
        #expect(found.updateValue(try object(lines[pair + 1]), forKey: id) == nil, "\(id) is there twice")
      }
    }
    return found
  }

  @Test func `is the same each time, and changes only where records change`() async throws {
    try folder.write("language: en\n", to: "base/kb.yml")
    for name in ["a", "b"] { try folder.write("# Page \(name)\n\n## One\n\nText.\n", to: "base/pages/\(name).md") }
    let first = try await run("kb export opensearch -C base one")
    #expect(first.output == "2 records, 4 documents in one: 7 files written, 0 unchanged, 0 removed\n", "\(first)")
    _ = try await run("kb export opensearch -C base -o two")
    #expect(files("one") == files("two"))
    #expect(
      files("one").keys.sorted() == [
        "README.md", "bulk-00001.ndjson", "compose.yml", "export.json", "index.json", "load.sh", "query.json",
      ])
    #expect(Set(try documents("one").keys) == ["a", "a#one", "b", "b#one"])
    let again = try await run("kb export opensearch -C base one")
    #expect(again.output.contains("0 files written, 7 unchanged"), "\(again)")
    folder.remove("base/pages/b.md")
    let fewer = try await run("kb export opensearch -C base one")
    #expect(fewer.output.contains("2 files written, 5 unchanged"), "\(fewer)")
    #expect(Set(try documents("one").keys) == ["a", "a#one"])
    let description = try object(try #require(folder.text("one/export.json")))
    #expect(description["documents"] as? Int == 2 && description["format"] as? String == "kb-opensearch 1")
    for file in ["index.json", "query.json"] { _ = try object(try #require(folder.text("one/\(file)"))) }
  }

  @Test func `goes into no folder of somebody else, and over no site`() async throws {
    try folder.write("language: en\n", to: "base/kb.yml")
    try folder.write("# A\n\nText.\n", to: "base/pages/a.md")
    try folder.write("mine", to: "other/note.txt")
    _ = try await run("kb build -C base -o site")
    let site = folder.tree("site")
    let over = try await run("kb export opensearch -C base site")
    #expect(over.status == 2 && over.errors.contains("holds a site"), "\(over)")
    #expect(folder.tree("site") == site)
    for target in ["other", "base"] {
      let refused = try await run("kb export opensearch -C base \(target)")
      #expect(refused.status == 2 && refused.errors.contains("kb did not write"), "\(refused)")
    }
    #expect(folder.tree("other") == ["note.txt": "mine"])
    for line in ["kb export opensearch -C base", "kb export opensearch -C base a -o b"] {
      #expect(try await run(line).status == 2, "\(line)")
    }
  }

  @Test func `is valid whatever records hold`() async throws {
    try folder.write("language: en\nsynonyms: [['a\"b', \"c\\\\d, e\"]]\n", to: "base/kb.yml")
    try folder.write(
      "---\ntitle: 'Quote \" back \\ {{query}} ::error::x'\nsummary: 'line\u{2028}end \u{202E}'\naliases: ['</script>', '##vso[task]']\n---\n\n::error file=x::boom\n\n## Tab\there \u{7}bell \u{1B}[31m\n\n{\"index\": {\"_id\": \"other\"}}\n\n```\n\u{C}\u{9B}31m\n```\n",
      to: "base/pages/ö'\"$x.md")
    try folder.write([0x23, 0x20, 0xFF, 0xFE, 0x0A, 0x0A, 0xC3, 0x28], to: "base/pages/latin.md")
    let export = try await run("kb export opensearch -C base 'odd $(name)'")
    #expect(export.status == 0, "\(export)")
    for (name, lines) in bulk("odd $(name)") {
      #expect(lines.count.isMultiple(of: 2))
      for line in lines {
        _ = try object(line)
        #expect(
          line.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && !(0x2028...0x202E).contains($0.value)
          },
          "\(name): \(line)")
        #expect(!line.hasPrefix("::"))
      }
    }
    let titles = try documents("odd $(name)").values.compactMap { $0["title"] as? String }
    #expect(titles.contains(#"Quote " back \ {{query}} ::error::x"#), "\(titles)")
  }

  @Test func `has files of no more bytes than engines take, and each document in one of them`() async throws {
    try folder.write("language: en\n", to: "base/kb.yml")
    // Of a text of number signs every second one is written with six characters.
    let signs = String(repeating: String(repeating: "#", count: 40) + "\n\n", count: 40)
    for number in 0..<9 {
      try folder.write(
        "# Page \(number)\n\n## One\n\n```\n\(signs)\n```\n\n## Two\n\nText.\n", to: "base/pages/p\(number).md")
    }
    // Eight megabytes are too many for a test.
    let export = try await run("kb export opensearch -C base out --most-bytes 20000")
    #expect(export.status == 0, "\(export)")
    let sizes = folder.tree("out").filter { $0.key.hasPrefix("bulk-") }.map(\.value.utf8.count)
    #expect(sizes.count > 5 && sizes.allSatisfy { $0 <= 20_000 }, "\(sizes)")
    let documents = try documents("out")
    #expect(documents.count == 27)
    #expect(Set(documents.values.compactMap { $0["record"] as? String }).count == 9)
    #expect(try object(try #require(folder.text("out/export.json")))["documents"] as? Int == 27)
    #expect(try await run("kb export opensearch -C base out --most-bytes 8000001").status == 2)
    // With fewer files those that are left over are gone.
    _ = try await run("kb export opensearch -C base out")
    #expect(bulk("out").map(\.name) == ["bulk-00001.ndjson"])
  }

  @Test func `has nothing of what only few may see, and no secret`() async throws {
    try folder.write("language: en\n", to: "base/kb.yml")
    let body = "Text [[holunder]].\n\npassword: Quittenbrot7!\n"
    try folder.write("---\ntitle: Offen\naudience: public\n---\n\n\(body)", to: "base/pages/offen.md")
    try folder.write("---\ntitle: Holunder\naudience: restricted\n---\n\n\(body)", to: "base/pages/holunder.md")
    for audience in ["public", "internal", "restricted"] {
      #expect(try await run("kb export opensearch -C base --audience \(audience) \(audience)").status == 0)
      let files = folder.tree(audience)
      #expect(!files.values.contains { $0.contains("Quittenbrot7") || $0.contains("quittenbrot7") }, "\(audience)")
      let tells = files.contains { ($0.key + $0.value).lowercased().contains("holunder") }
      #expect(tells == (audience == "restricted"))
      #expect(try documents(audience).keys.contains("offen"))
    }
  }

  @Test(arguments: ["Kb", "-x", "a b", "a;b", "../a", "a\"b", "*", "a,b"]) func `is loaded under no odd name`(
    name: String
  ) async throws {
    try folder.write("language: en\n", to: "base/kb.yml")
    _ = try await run("kb export opensearch -C base out")
    let refused = try await run("sh out/load.sh '\(name)'")
    #expect(refused.status == 1 && refused.errors.hasPrefix("load.sh: NAME has small letters"), "\(refused)")
  }

  @Test func `is loaded with no password in the address`() async throws {
    try folder.write("language: en\n", to: "base/kb.yml")
    _ = try await run("kb export opensearch -C base out")
    for address in ["https://me:secret@search.example", "search.example:9200", "file:///etc"] {
      let refused = try await run("OPENSEARCH_URL='\(address)' sh out/load.sh")
      #expect(refused.status == 1 && refused.errors.contains("OPENSEARCH_URL"), "\(refused)")
      #expect(!refused.errors.contains("secret"))
    }
  }
}

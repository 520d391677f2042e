import KBCatalog
import KBChecks
import KBDocument
import KBSource
import Testing

/// Secrets that are ones only because their words are rare.
@Suite struct `A word that may be a secret` {
  private static let today = CalendarDate(daysSinceEpoch: 20_000)
  private static let doubtful = ("pages/a.md", "# A\n\nDas Passwort ist Leitwarte.\n")

  private func codes(_ catalog: Catalog) -> [String] {
    catalog.diagnostics.filter { $0.rule.code.hasPrefix("secret/") }.map(\.rule.code)
  }

  private func catalog(_ texts: [(String, String)]) async throws -> Catalog {
    try await Catalog(Snapshot(texts: texts), today: Self.today)
  }

  @Test func `is one where nothing else has it, and none where other files use it`() async throws {
    let other = ("pages/b.md", "# B\n\nDie Leitwarte ist besetzt.\n")
    let another = ("pages/c.md", "# C\n\nAnruf in der Leitwarte.\n")
    #expect(codes(try await catalog([Self.doubtful])) == ["secret/found"])
    #expect(codes(try await catalog([Self.doubtful, other])) == ["secret/found"], "one use is none")
    let known = try await catalog([Self.doubtful, other, another])
    #expect(codes(known).isEmpty)
    let record = try #require(known.record(id: "a"))
    #expect(String(decoding: record.document.file.bytes, as: UTF8.self).contains("ist Leitwarte."))
  }

  @Test func `is also none where it is joined of words that other files use`() async throws {
    let others = ["b", "c"].map { ("pages/\($0).md", "# \($0)\n\nDie Leitwarte ist besetzt, der Schrank auch.\n") }
    let joined = ("pages/a.md", "# A\n\nDas Passwort ist Leitwartenschrankes.\n")
    #expect(codes(try await catalog([joined] + others)).isEmpty)
    let half = ("pages/a.md", "# A\n\nDas Passwort ist Leitwartenkirsche.\n")
    #expect(codes(try await catalog([half] + others)) == ["secret/found"])
  }

  @Test func `does not acquit itself by being written twice`() async throws {
    let again = ["b", "c", "d"].map { ("pages/\($0).md", "# \($0)\n\nDas Passwort ist Leitwarte.\n") }
    #expect(codes(try await catalog([Self.doubtful] + again)).count == 4)
  }

  @Test func `is judged anew when other files change, as a fresh reading does`() async throws {
    let others = ["b", "c"].map { ("pages/\($0).md", "# \($0)\n\nDie Leitwarte ist besetzt.\n") }
    var drafts = CatalogDrafts()
    for texts in [[Self.doubtful], [Self.doubtful] + others, [Self.doubtful] + others, [Self.doubtful, others[0]]] {
      let reused = try await Catalog(Snapshot(texts: texts), today: Self.today, reusing: &drafts)
      let fresh = try await catalog(texts)
      #expect(reused.diagnostics == fresh.diagnostics)
      #expect(reused.records.map { $0.document.file.bytes } == fresh.records.map { $0.document.file.bytes })
    }
  }

  @Test func `in a large attachment is looked for piece by piece, and a file that cannot be read is named`()
    async throws
  {
    let line = Array("Zeile ohne Geheimnis, nur Text eines Protokolls\n".utf8)
    let size = 5 * 1024 * 1024
    func codes(_ bytes: [UInt8]?) async throws -> (codes: [String], holdsSecret: Bool) {
      var snapshot = Snapshot(texts: [("pages/a.md", "# A\n\n[Log](export.log)\n")])
      let path = RepoPath(normalized: "pages/export.log")
      snapshot.attachments = [Snapshot.Attachment(path: path, size: size)]
      snapshot.piece = { _, range in bytes.map { Array($0[range]) } }
      let catalog = try await Catalog(snapshot, today: Self.today)
      return (catalog.diagnostics.map(\.rule.code), catalog.attachments[path]?.holdsSecret == true)
    }
    var bytes = Array(repeating: line, count: size / line.count + 1).flatMap { $0 }.prefix(size).map { $0 }
    #expect(try await codes(bytes) == ([], false))
    let secret = Array("\nDas Passwort lautet Sommer2026!\n".utf8)
    bytes.replaceSubrange((size - 90_000)..<(size - 90_000 + secret.count), with: secret)
    let found = try await codes(bytes)
    #expect(found.codes.contains("secret/found") && found.holdsSecret, "\(found)")
    #expect(try await codes(nil).codes == ["file/unsearched"])
  }
}

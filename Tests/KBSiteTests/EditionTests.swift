import KBCatalog
import KBChecks
import KBDisk
import KBSearch
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

/// What is left out of an edition is nowhere in its files, however it is written.
@Suite struct `An edition of the site` {
  private static let canary = Canary.word
  private static let needles = Canary.needles

  /// The documents for a search engine that hold a needle, with it.
  private func leaksOfEngine(_ catalog: Catalog, _ needles: [String] = needles) async throws -> [String] {
    let export = try await Site(catalog).engineExport()
    let words = export.settings.compounds + export.settings.synonyms
    let texts = export.records.flatMap(export.documents).map { "\($0.id) \($0.fields)" } + words
    #expect(texts.count > words.count)
    return texts.map { $0.lowercased() }.filter { text in needles.contains(where: text.contains) }
  }

  /// The files of a site that hold a needle, with it.
  private func leaks(_ catalog: Catalog, _ needles: [String] = needles) async throws -> [String] {
    var leaks: [String] = []
    for file in try await Site(catalog).files() {
      var text = file.path
      switch file.content {
      case .rendered(let render):
        let bytes = render()
        #expect(!bytes.starts(with: [0x1F, 0x8B]), "\(file.path) is compressed: decode it here")
        text += "\n" + String(decoding: bytes, as: UTF8.self)
      case .copied(let source, _): text += "\n\(source)"
      }
      for decoded in Canary.decodings(text) {
        let folded = decoded.lowercased()
        for needle in needles where folded.contains(needle) { leaks.append("\(file.path): \(needle)") }
      }
    }
    return Array(Set(leaks)).sorted()
  }

  @Test func `is searched in every way that text is written`() {
    for written in ["zzkanari", "enprYW5hcmk=", "xenprYW5hcmk=", #"\u007azkanari"#, "%7Azkanari", "&#122;zkanari"] {
      #expect(Canary.decodings(written).contains { $0.contains(Self.canary) }, "\(written)")
    }
  }

  // MARK: Every kind, every field

  @Test(arguments: [
    ("public", "public", "internal"), ("public", "public", "restricted"), ("internal", "internal", "restricted"),
  ])
  func `has nothing of what is for fewer readers`(edition: String, shown: String, hidden: String) async throws {
    let files =
      Canary.records("offen", audience: shown, number: "040 1111", amount: 1, target: Self.canary)
      + Canary.records(Self.canary, audience: hidden, number: "0800 7733991", amount: 48_731, target: "offen")
      + [("kb.yml", "title: T\nlanguage: en\naudience: restricted\nbase_url: https://kb.example/\n")]
    var drafts = CatalogDrafts(isKept: false, edition: .init(audience: Audience(rawValue: edition)))
    let snapshot = Snapshot(texts: files.map { ($0.path, $0.text) })
    let catalog = try await Catalog(snapshot, today: today, reusing: &drafts)
    let found = try await leaks(catalog)
    #expect(found == [])
    #expect(try await leaksOfEngine(catalog) == [])
    let whole = try await Catalog(snapshot, today: today)
    #expect(try await !leaks(whole).isEmpty, "the needles are in the whole site")
    #expect(try await !leaksOfEngine(whole).isEmpty, "and in the documents of all records")
    let page = try #require(try await built(catalog)["systems/offen-system.html"])
    #expect(page.contains("not in this edition"))
  }

  // MARK: For a provider

  @Test func `for a provider has its part, without prices and without others`() async throws {
    let canary = Self.canary
    let files: [File] = [
      (
        "kb.yml", "title: T\nlanguage: en\nnavigation:\n  - { title: \(canary), url: \"https://\(canary).example/\" }\n"
      ),
      provider("acme", "title: Acme\nkpis: [{ name: \(canary), target: 1 }]\nexit: \(canary)"), provider(canary),
      team(), person("eva", "phone: 040 77"), person("kim", "type: external\nprovider: acme\nphone: 040 88"),
      person("\(canary)-lea"), person("\(canary)-tom", "type: external\nprovider: \(canary)"),
      (
        "systems/erp.md",
        "---\ntitle: ERP\nsummary: s\ntype: application\noperated_by: acme\nowner: eva\ndepends_on: [\(canary)-db]\nx-price: \(canary)\n---\n\nStored in [[\(canary)-db]].\n"
      ),
      system("\(canary)-db", "operated_by: \(canary)"),
      runbook("neustart", "systems: erp\nfor: provider"), runbook("\(canary)-plan", "systems: erp\nfor: admin"),
      (
        "contracts/wartung.md",
        "---\ntitle: Maintenance\nsummary: s\nprovider: acme\ntype: support\nowner: it\nend: 2030-12-31\nrenewal: none\ncovers: erp\ncost: { amount: 48731, per: year }\npositions: [{ what: Users, seats: 3, cost: { amount: 48731, per: year } }]\nsla: [{ priority: p1, response: 1h }]\n---\n\nThe price is 48731 (\(canary)).\n"
      ),
      contract("\(canary)-vertrag", "provider: \(canary)"),
      access(
        "wartung-acme",
        "title: Remote\nholders: [{ who: acme }, { who: \(canary)-lea }, { who: \(canary) }]\nsecret_ref: vault:\(canary)/x"
      ),
      access("\(canary)-zugang", "holders: [{ who: \(canary) }]"),
      page("\(canary)-notiz", "# \(canary)\n\nText [[erp]].\n"),
    ]
    let snapshot = Snapshot(texts: files.map { ($0.path, $0.text) })
    let whole = try await Catalog(snapshot, today: today)
    let handOver = HandOver(to: try #require(whole.record(id: "acme")), in: whole.library)
    var drafts = CatalogDrafts(isKept: false, edition: .init(audience: .internal, handOver: handOver))
    let catalog = try await Catalog(snapshot, today: today, reusing: &drafts)
    let found = try await leaks(catalog)
    #expect(found == [])
    #expect(try await leaksOfEngine(catalog) == [])
    let pages = try await built(catalog)
    for path in [
      "systems/erp.html", "providers/acme.html", "runbooks/neustart.html", "contracts/wartung.html",
      "accesses/wartung-acme.html",
      "people/eva.html", "people/kim.html",
    ] { #expect(pages[path] != nil, "\(path)") }
    #expect(pages["contracts/wartung.html"]?.contains("p1") == true)
    #expect(pages["systems/erp.html"]?.contains("not in this edition") == true)
  }

  // MARK: Copies

  @Test func `lists its files for a copy`() async throws {
    let pages = try await built([system("erp"), team()])
    let list = try #require(pages["copy.js"])
    for path in pages.keys where path != "copy.js" {
      let name = path.split(separator: "/").last ?? ""
      #expect(list.contains("\"\(name)\""), "\(path)")
    }
    let stamp = CopyStamp(reading: Array(list.utf8))
    #expect(stamp?.day == today && stamp?.commit == "1a2b3c4")
    #expect(CopyStamp(reading: Array("alert(1)".utf8)) == nil)
  }
}

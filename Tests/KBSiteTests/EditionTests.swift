import KBCatalog
import KBDisk
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

/// What is left out of an edition is nowhere in its files, however it is written.
@Suite struct `An edition of the site` {
  private static let canary = "zzkanari"
  /// The canary as a phone number and as a price.
  private static let needles = [canary, "7733991", "48731", "48.731", "48,731"]

  // MARK: Decoding

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// A text, and what is written in it as Base64, with `\u`, in percents, and as references of HTML.
  private static func decodings(_ text: String) -> [String] {
    var decoded = [text]
    decoded.append(
      text.replacing(#/\\u([0-9a-fA-F]{4})/#) { match in
        UInt32(match.1, radix: 16).flatMap { Unicode.Scalar($0) }.map { String(Character($0)) } ?? ""
      })
    decoded.append(
      text.replacing(#/%([0-9a-fA-F]{2})/#) { match in
        UInt8(match.1, radix: 16).map { String(Character(Unicode.Scalar($0))) } ?? ""
      })
    decoded.append(
      text.replacing(#/&#([0-9]{1,6});/#) { match in
        UInt32(match.1).flatMap { Unicode.Scalar($0) }.map { String(Character($0)) } ?? ""
      })
    for run in text.utf8.split(whereSeparator: { !digits.contains($0) }) where run.count >= 8 {
      // A run may begin with something else: each of the four places that a group can have.
      for start in 0..<4 {
        var (bits, count, bytes): (UInt32, Int, [UInt8]) = (0, 0, [])
        for byte in run.dropFirst(start) {
          bits = bits << 6 | UInt32(digits.firstIndex(of: byte) ?? 0)
          count += 6
          if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
          }
        }
        decoded.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    return decoded
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
      for decoded in Self.decodings(text) {
        let folded = decoded.lowercased()
        for needle in needles where folded.contains(needle) { leaks.append("\(file.path): \(needle)") }
      }
    }
    return Array(Set(leaks)).sorted()
  }

  @Test func `is searched in every way that text is written`() {
    for written in ["zzkanari", "enprYW5hcmk=", "xenprYW5hcmk=", #"\u007azkanari"#, "%7Azkanari", "&#122;zkanari"] {
      #expect(Self.decodings(written).contains { $0.contains(Self.canary) }, "\(written)")
    }
  }

  // MARK: Every kind, every field

  /// A value of a type as YAML; `refers` gives the id of a record of some kinds.
  private func value(_ field: FieldDeclaration, _ word: String, _ number: String, _ amount: Int, _ refers: ([String]) -> String) -> String {
    switch field.type {
    case .text, .markdown, .any, .hours: "\"\(word) \(field.name)\""
    case .bool: "true"
    case .integer, .number: "3"
    case .date: "2026-12-24"
    case .duration: "4h"
    case .money: "{ amount: \(amount), per: year }"
    case .slug: word
    case .url: "\"https://\(word).example/\""
    case .email: "\"\(word)@example.org\""
    case .phone: "\"\(number)\""
    case .secretRef: "vault:\(word)/x"
    case .choice(let choices): choices.first?.value ?? "x"
    case .reference(let kinds), .referenceOrText(let kinds): refers(kinds)
    case .list(let element): "[\(value(element, word, number, amount, refers))]"
    case .map(let element): "{ \(word): \(value(element, word, number, amount, refers)) }"
    case .object(let fields, _):
      "{ \(fields.map { "\($0.name): \(value($0, word, number, amount, refers))" }.joined(separator: ", ")) }"
    }
  }

  /// A record of each kind with every field filled; references lead to the records whose ids begin with `target`.
  private func records(_ prefix: String, audience: String, number: String, amount: Int, target: String) -> [File] {
    let kinds = Schema.builtIn.kinds
    let refers = { (wanted: [String]) in "\(target)-\(wanted.first ?? kinds[0].id)" }
    return kinds.map { kind in
      let fields = kind.fields.filter { ![.audience, .status, .language].contains($0.role) && !["id", "title"].contains($0.name) }
      let lines = fields.map { "\($0.name): \(value($0, prefix, number, amount, refers))" }
      let links = kinds.map { "[[\(target)-\($0.id)]] [Text](../\($0.folder)/\(target)-\($0.id).md)" }.joined(separator: "\n")
      return (
        "\(kind.folder)/\(prefix)-\(kind.id).md",
        "---\ntitle: \(prefix) \(kind.id)\naudience: \(audience)\n\(lines.joined(separator: "\n"))\nx-note: \(prefix)\n---\n\n# \(prefix) \(kind.id)\n\n## \(prefix)\n\nText \(prefix).\n\n1. Schritt [[\(target)-system]]\n\n\(links)\n"
      )
    }
  }

  @Test(arguments: [("public", "public", "internal"), ("public", "public", "restricted"), ("internal", "internal", "restricted")])
  func `has nothing of what is for fewer readers`(edition: String, shown: String, hidden: String) async throws {
    let files =
      records("offen", audience: shown, number: "040 1111", amount: 1, target: Self.canary)
      + records(Self.canary, audience: hidden, number: "0800 7733991", amount: 48_731, target: "offen")
      + [("kb.yml", "title: T\nlanguage: en\naudience: restricted\nbase_url: https://kb.example/\n")]
    var drafts = CatalogDrafts(isKept: false, edition: .init(audience: Audience(rawValue: edition)))
    let snapshot = Snapshot(texts: files.map { ($0.path, $0.text) })
    let catalog = try await Catalog(snapshot, today: today, reusing: &drafts)
    #expect(try await leaks(catalog) == [])
    let whole = try await Catalog(snapshot, today: today)
    #expect(try await !leaks(whole).isEmpty, "the needles are in the whole site")
    let page = try #require(try await built(catalog)["systems/offen-system.html"])
    #expect(page.contains("not in this edition"))
  }

  // MARK: For a provider

  @Test func `for a provider has its part, without prices and without others`() async throws {
    let canary = Self.canary
    let files: [File] = [
      ("kb.yml", "title: T\nlanguage: en\nnavigation:\n  - { title: \(canary), url: \"https://\(canary).example/\" }\n"),
      provider("acme", "title: Acme\nkpis: [{ name: \(canary), target: 1 }]\nexit: \(canary)"), provider(canary),
      team(), person("eva", "phone: 040 77"), person("kim", "type: external\nprovider: acme\nphone: 040 88"),
      person("\(canary)-lea"), person("\(canary)-tom", "type: external\nprovider: \(canary)"),
      system("erp", "operated_by: acme\nowner: eva\ndepends_on: [\(canary)-db]\nx-price: \(canary)"),
      system("\(canary)-db", "operated_by: \(canary)"),
      runbook("neustart", "systems: erp\nfor: provider"), runbook("\(canary)-plan", "systems: erp\nfor: admin"),
      ("contracts/wartung.md",
        "---\ntitle: Maintenance\nsummary: s\nprovider: acme\ntype: support\nowner: it\nend: 2030-12-31\nrenewal: none\ncovers: erp\ncost: { amount: 48731, per: year }\npositions: [{ what: Users, seats: 3, cost: { amount: 48731, per: year } }]\nsla: [{ priority: p1, response: 1h }]\n---\n\nThe price is 48731 (\(canary)).\n"),
      contract("\(canary)-vertrag", "provider: \(canary)"),
      access("wartung-acme", "title: Remote\nholders: [{ who: acme }, { who: \(canary)-lea }, { who: \(canary) }]\nsecret_ref: vault:\(canary)/x"),
      access("\(canary)-zugang", "holders: [{ who: \(canary) }]"),
      page("\(canary)-notiz", "# \(canary)\n\nText [[erp]].\n"),
    ]
    let snapshot = Snapshot(texts: files.map { ($0.path, $0.text) })
    let whole = try await Catalog(snapshot, today: today)
    let handOver = HandOver(to: try #require(whole.record(id: "acme")), in: whole.library)
    var drafts = CatalogDrafts(isKept: false, edition: .init(audience: .internal, handOver: handOver))
    let catalog = try await Catalog(snapshot, today: today, reusing: &drafts)
    #expect(try await leaks(catalog) == [])
    let pages = try await built(catalog)
    for path in [
      "systems/erp.html", "providers/acme.html", "runbooks/neustart.html", "contracts/wartung.html", "accesses/wartung-acme.html",
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

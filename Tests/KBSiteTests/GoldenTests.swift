import Foundation
import KBTestSupport
import Testing

@testable import KBSite

/// The site of the fixture, file by file, as it was when somebody last looked at it.
///
///     KB_RECORD_GOLDEN=1 swift test --filter KBSiteTests
///
/// writes it anew, and fails, so that no run passes by accident; look at the difference before it is committed.
@Suite struct `The site of the fixture` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  private static let isRecording = ProcessInfo.processInfo.environment["KB_RECORD_GOLDEN"] != nil

  /// The start page whole, of the others what stands in their frame; a line an element, so that differences are short.
  private func shown(_ path: String, _ text: String) -> String? {
    switch path {
    case "kb.css", "kb.js", "search.js": nil
    case let path where path.hasPrefix("search/"): nil
    case "index.html": text.replacing("><", with: ">\n<") + "\n"
    case let path where path.hasSuffix(".html"): mainPart(text).replacing("><", with: ">\n<") + "\n"
    default: text.hasSuffix("\n") ? text : text + "\n"
    }
  }

  @Test func `is what it was`() async throws {
    let found = try await built(fixture).compactMap { path, text in shown(path, text).map { (path: path, text: $0) } }
      .sorted { $0.path < $1.path }
    let expected = Set(
      try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path).filter { $0.contains(".") })
    if Self.isRecording {
      for path in expected { try FileManager.default.removeItem(at: Self.folder.appending(path: path)) }
      for (path, text) in found {
        let file = Self.folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      Issue.record("The golden files were written anew: look at the difference, and run without KB_RECORD_GOLDEN.")
      return
    }
    #expect(Set(found.map(\.path)) == expected)
    for (path, text) in found where expected.contains(path) {
      let golden = String(decoding: try Data(contentsOf: Self.folder.appending(path: path)), as: UTF8.self)
      guard text != golden else { continue }
      let (was, now) = (golden.split(separator: "\n"), text.split(separator: "\n"))
      let line = zip(was, now).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(was.count, now.count)
      Issue.record(
        "\(path):\(line + 1)\nwas: \(was.dropFirst(line).first ?? "")\nis:  \(now.dropFirst(line).first ?? "")")
    }
  }

  @Test func `has nothing of a record that is not published`() async throws {
    // Every way in which a public record can name another.
    let secret: [File] = [
      (
        "pages/sonnenwende.md",
        "---\ntitle: Geheimsache\nsummary: Himbeereis\naudience: restricted\naliases: [mondlicht]\ntags: [brombeere]\n---\n\nQuittenbrot.\n\n![Karte](karte.png)\n"
      ),
      ("pages/karte.png", "PNG"),
      person("stachelbeere", "audience: restricted\nphone: 0800 998877\nemail: beere@example.org"),
      team("holunder", "audience: restricted\nphone: 0800 112233"),
      system("johannis", "title: Johannisbeere\naudience: restricted\ndepends_on: erp\nowner: stachelbeere"),
      runbook("schlehe", "title: Schlehenfeuer\naudience: restricted\ntype: incident"),
      contract("weissdorn", "title: Weißdorn\naudience: restricted\ncovers: erp\ncontract_number: W-99"),
    ]
    let naming: [File] = [
      system(
        "crm",
        """
        owner: stachelbeere
        deputy: holunder
        operated_by: holunder
        criticality: critical
        depends_on: [johannis, { system: erp }]
        recovery: { rto: 4h }
        """),
      access(
        "crm-zugang",
        "system: johannis\napprover: stachelbeere\nholders: [stachelbeere, { to: holunder, since: 2026-01-01 }]\nexpires: 2026-01-01"
      ),
      runbook(
        "crm-steht",
        "systems: [johannis, crm]\nowner: stachelbeere\nneeds_access: [crm-zugang]\ntype: incident\nescalate_to: [{ to: stachelbeere, when: sofort }]"
      ),
      provider(
        "crm-haus",
        "privacy: { dpa: signed }\nkpis: [{ name: Zeit, target: \">= 9\", values: { 2026-Q1: 8 } }]\nowner: stachelbeere"
      ),
      person("crm-extern", "type: external\nprovider: crm-haus"),
      team("crm-team", "members: [stachelbeere, crm-extern]\nheadcount: 9\nlead: stachelbeere"),
      access(
        "crm-admin", "system: crm\ntype: admin\nholders: [crm-team, crm-extern, stachelbeere]\nowner: stachelbeere"),
      process(
        "crm-lohn",
        "processing: { purpose: Lohn, recipients: [holunder], third_country: USA }\nparticipants: [crm-team]"),
      (
        "decisions/crm-beschluss.md",
        "---\ntitle: Beschluss\nsummary: S.\nstatus: accepted\ndate: 2026-01-01\ndeciders: [stachelbeere]\naffects: johannis\nowner: holunder\n---\n\nB.\n"
      ),
      contract("crm-wartung", "covers: [johannis, crm]\nowner: holunder"),
      process("crm-ablauf", "uses: [johannis]\nowner: stachelbeere"),
      (
        "topics/crm-thema.md",
        "---\ntitle: CRM\nsummary: S.\ntype: problem\nowner: stachelbeere\naffects: johannis\n---\n\nT.\n"
      ),
      page(
        "nennt",
        "# Nennt\n\n[[sonnenwende]], [[sonnenwende#teil]], [[mondlicht]], [[johannis|ein System]], [dort](sonnenwende.md), ![dort](sonnenwende.md).\n"
      ),
    ]
    let pages = try await built(fixture + secret + naming)
    let words = [
      "geheimsache", "himbeereis", "quittenbrot", "sonnenwende", "mondlicht", "brombeere", "karte.png", "stachelbeere",
      "0800", "998877", "beere@example",
      "holunder", "112233", "johannis", "schlehe", "weissdorn", "weißdorn", "w-99",
    ]
    for (path, text) in pages.sorted(by: { $0.key < $1.key }) {
      let lowered = (path + text).lowercased()
      for word in words {
        if let place = lowered.firstRange(of: word) {
          Issue.record("\(path): …\(lowered[..<place.upperBound].suffix(160))")
        }
      }
    }
    #expect(pages["pages/nennt.html"] != nil)
  }

  @Test func `is the same in every build, whatever the order of its files`() async throws {
    let first = try await built(fixture)
    #expect(try await built(fixture) == first)
    for seed in 1...5 {
      var generator = SeededGenerator(seed: UInt64(seed))
      #expect(try await built(fixture.shuffled(using: &generator)) == first)
    }
  }

  @Test func `has pages of records that do not grow with the knowledge base`() async throws {
    let small = try await built(fixture)
    let large = try await built(fixture + (1...300).map { page("noch-\($0)", "# Noch \($0)\n\nText.\n") })
    for (path, text) in small
    where path.contains("/") && path.hasSuffix(".html") && !path.hasPrefix("tags/") && !path.hasSuffix("index.html")
      && !path.contains("/type-")
    {
      #expect(large[path] == text, "\(path)")
    }
  }

  @Test func `takes in what a title holds as text only`() async throws {
    for (path, text) in try await built(fixture) where path.hasSuffix(".html") {
      #expect(!text.contains("<script>"), "\(path)")
      #expect(!text.contains("<b>AG"), "\(path)")
      #expect(!text.contains("<i>wert"), "\(path)")
      #expect(!text.lowercased().contains("href=\"javascript"), "\(path)")
      #expect(text.ranges(of: "<h1").count == 1, "\(path)")
    }
  }

  @Test func `leads on from an old id`() async throws {
    let page = try #require(try await built(fixture)["systems/alt-erp.html"])
    #expect(mainPart(page).contains("href=\"../systems/erp.html\""))
  }

  @Test func `publishes the files that its texts show, and no others`() async throws {
    let files = try await built(fixture + [("pages/ungenutzt.png", "PNG")])
    #expect(files["files/pages/bild.png"] == "copy of pages/bild.png, 3 bytes")
    #expect(files["files/pages/ungenutzt.png"] == nil)
  }

  @Test func `has addresses that a web server knows, where its own is set`() async throws {
    let map = try #require(try await built(fixture)["sitemap.xml"])
    #expect(map.contains("<loc>https://kb.example.org/wissen/systems/erp.html</loc>"))
    #expect(!map.contains("geheim"))
    #expect(try await built([page("a", "# A\n\nText.\n")])["sitemap.xml"] == nil)
  }
}

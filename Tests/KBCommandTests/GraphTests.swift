import Foundation
import KBTestSupport
import Testing

@Suite struct `kb graph` {
  private let folder: ScratchFolder
  /// What a title must not do to a file.
  private let hostile = #"</text><script>alert(1)</script>\"];}\N\" -> <b>& ]]> {a|b}"#

  init() throws {
    folder = try ScratchFolder()
    try folder.write("language: en\n", to: "kb.yml")
    try folder.write("---\ntitle: IT\ntype: team\nphone: 040 123456\nsummary: It.\n---\n\nText.\n", to: "teams/it.md")
    try write("evil", "title: '\(hostile)'\ndepends_on: [db, secret]\nconnects_to: [{ to: db, what: 'a\"b\\' }]")
    try write("db", "title: \"D\\u202EB\\u0007\"\nlocation: '\(hostile)'\npart_of: evil")
    try write("secret", "title: Quittenbrot\naudience: restricted\nconnects_to: [db]")
  }

  private func write(_ id: String, _ lines: String) throws {
    try folder.write(
      "---\nsummary: S.\ntype: application\ncriticality: critical\nowner: it\noperated_by: [it]\n\(lines)\n---\n\nText.\n",
      to: "systems/\(id).md")
  }

  private struct Graph: Decodable {
    struct Node: Decodable { let id, title, kind, criticality: String }
    struct Edge: Decodable { let from, to, strength: String }
    struct Group: Decodable { let title: String; let nodes: [String] }
    let nodes: [Node]
    let edges: [Edge]
    let groups: [Group]
  }

  private static let views: [[String]] =
    [["evil"], ["evil", "--view", "flows"], ["evil", "--view", "dependencies"]]
    + ["dependencies", "flows"].map { ["--view", $0] }
    + ["part-of", "type", "operator", "place"].map { ["--view", "groups", "--by", $0] }

  @Test(arguments: views)
  func `keeps what titles hold as text, and tells of no hidden record`(arguments: [String]) async throws {
    func run(_ format: String) async throws -> String {
      let ran = try await Tool.kb(["graph"] + arguments + ["--format", format], in: folder)
      #expect(ran.status == 0 && ran.errors == "", "\(ran.errors)")
      #expect(!ran.output.contains("Quittenbrot") && !ran.output.contains("secret") && !ran.output.contains("\u{202E}"))
      return ran.output
    }
    let graph = try JSONDecoder().decode(Graph.self, from: Data(try await run("json").utf8))
    #expect(Set(graph.nodes.map(\.id)) == ["evil", "db"])
    #expect(graph.edges.contains { $0.from == "evil" && $0.to == "db" })
    let svg = try await run("svg")
    #expect(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains("]]>") && !svg.contains("\u{7}"))
    #expect(XMLDocumentCheck.isWellFormed(svg))
    let dot = try await run("dot")
    // What is left without quoted strings is words and signs of the language.
    let bare = dot.replacing(#/"(?:[^"\\]|\\.)*"/#, with: "")
    #expect(
      bare.allSatisfy { "digraph subgraph node label style shape charset rankdir{}[]=;,-> \n".contains($0) }, "\(bare)")
  }

  @Test func `draws no picture of more boxes than can be read`() async throws {
    for number in 1...30 { try write("s\(number)", "title: S\(number)\ndepends_on: [db]") }
    let ran = try await Tool.kb("graph", "db", in: folder)
    #expect(ran.status == 2 && ran.errors.contains("too many for a legible picture") && ran.output == "")
    #expect(try await Tool.kb("graph", "db", "--format", "json", in: folder).status == 0)
    #expect(try await Tool.kb("graph", in: folder).status == 0)
  }

  @Test(arguments: [["secret"], ["--view", "neighbourhood"], ["evil", "--view", "groups"], ["missing"]])
  func `refuses what it can't draw`(arguments: [String]) async throws {
    let ran = try await Tool.kb(["graph"] + arguments, in: folder)
    #expect(ran.status == 2 && ran.output == "" && !ran.errors.isEmpty)
    #expect(!ran.errors.contains("Quittenbrot"))
  }
}

/// A look at the form of an XML text: tags that nest, attributes in quotes, no stray characters.
enum XMLDocumentCheck {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard !rest[..<start].contains(">") else { return false }
      guard let tag = rest[start...].prefixMatch(of: #/<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<>]*")*)(\/?)>/#) else {
        return false
      }
      if !tag.1.isEmpty {
        guard open.popLast() == tag.2 else { return false }
      } else if tag.4.isEmpty {
        open.append(tag.2)
      }
      rest = rest[tag.range.upperBound...]
    }
    return open.isEmpty && !rest.contains(">")
  }
}

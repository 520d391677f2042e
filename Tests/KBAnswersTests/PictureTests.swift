import KBAnswers
import KBCatalog
import KBSchema
import KBSource
import KBTestSupport
import Testing

@Suite struct `Pictures of the landscape` {
  private func answers(_ files: [File], _ audience: Audience? = nil) async throws -> Answers {
    Answers(try await catalog(files + [team()]), audience: audience)
  }

  /// The columns with the ids in them, and the edges.
  private func told(_ picture: Picture?) -> String {
    guard let picture else { return "nothing" }
    let columns = picture.columns.map { $0.boxes.map { picture.boxes[$0].id }.joined(separator: " ") }
    let edges = picture.edges.map {
      "\(picture.boxes[$0.from].id)>\(picture.boxes[$0.to].id):\($0.strength.rawValue)"
        + ($0.note.map { "(\($0))" } ?? "")
    }
    return columns.joined(separator: " | ") + "; " + edges.joined(separator: " ")
  }

  private func neighbourhood(_ id: String, _ files: [File], _ audience: Audience? = nil) async throws -> Picture? {
    let answers = try await answers(files, audience)
    return answers.neighbourhood(of: try #require(answers.catalog.record(id: id)))
  }

  private let base: [File] = [
    system("shop", "depends_on: [erp]"), system("erp", "depends_on: [{ to: db, strength: soft, note: nachts }, netz]"),
    system("db", "depends_on: [netz, strom]"), system("netz"), system("strom"), system("modul", "part_of: erp"),
    system("alt", "depends_on: [erp]\nstatus: retired"), process("auftrag", "uses: [erp]"),
  ]

  @Test func `show what needs a record, what it needs, and what that needs`() async throws {
    let picture = try await neighbourhood("erp", base)
    #expect(
      told(picture)
        == "auftrag modul shop | erp | db netz | strom; auftrag>erp:hard modul>erp:part shop>erp:hard erp>db:soft(nachts) erp>netz:hard db>netz:hard db>strom:hard"
    )
    #expect(told(try await neighbourhood("strom", [system("strom")])) == "nothing")
  }

  @Test func `do not show what may not be told`() async throws {
    let files = [system("erp", "depends_on: [db, geheim]"), system("db"), system("geheim", "audience: restricted")]
    #expect(told(try await neighbourhood("erp", files)) == "erp | db; erp>db:hard")
    #expect(told(try await neighbourhood("erp", files, .restricted)).contains("geheim"))
  }

  @Test func `leave out the second step where it would be too much, and say how much that is`() async throws {
    let many = (1...20).map { system("s\($0)") }
    let all = (1...20).map { "s\($0)" }.joined(separator: ", ")
    let picture = try #require(
      try await neighbourhood(
        "erp",
        many + [system("erp", "depends_on: [db]"), system("db", "depends_on: [\(all)]")]
          + (1...5).map {
            system("n\($0)", "depends_on: [erp]")
          }))
    #expect(picture.boxes.count == 7 && picture.further == 20 && picture.isDrawn)
    let hub = try #require(
      try await neighbourhood(
        "db",
        many + [system("db", "depends_on: [\(all)]")]
          + (1...5).map {
            system("n\($0)", "depends_on: [db]")
          }))
    #expect(!hub.isDrawn && hub.boxes.count == 26)
  }

  @Test func `show data flows with what is said of them`() async throws {
    let answers = try await answers([
      system("erp", "connects_to: [{ to: shop, what: Bestände, how: SFTP }, { to: bank }]"), system("shop"),
      system("bank", "connects_to: [erp]"), system("bde", "connects_to: [{ to: erp, what: Zeiten }]"),
    ])
    let erp = try #require(answers.catalog.record(id: "erp"))
    #expect(
      told(answers.flows(of: erp))
        == "bde | erp | shop bank; bde>erp:flow(Zeiten) erp>shop:flow(Bestände, SFTP) erp>bank:flow bank>erp:flow")
    #expect(answers.flows.boxes.count == 4 && answers.flows.edges.count == 4)
  }

  @Test func `follow all that a record needs, also in a circle`() async throws {
    let answers = try await answers([
      system("a", "depends_on: [b]"), system("b", "depends_on: [c]"), system("c", "depends_on: [a]"), system("d"),
    ])
    let first = try #require(answers.catalog.record(id: "a"))
    let picture = answers.dependencies(of: first)
    #expect(picture.boxes.map(\.id) == ["a", "b", "c"] && picture.edges.count == 3)
    #expect(answers.dependencies().boxes.count == 4)
  }

  // MARK: Groups

  private func groups(_ basis: Grouping.Basis, _ files: [File]) async throws -> [String] {
    try await answers(files).grouping(by: basis).groups.map { group in
      "\(group.title.german): \(group.systems.map(\.id).joined(separator: " "))"
    }
  }

  @Test func `are in groups by what systems are part of, at the top of all`() async throws {
    let files = [
      system("erp"), system("modul", "part_of: erp"), system("maske", "part_of: modul\ncriticality: high"),
      system("allein"), system("x", "part_of: y"), system("y", "part_of: x"),
    ]
    #expect(
      try await groups(.whole, files) == ["ERP: maske erp modul", "X: y", "Y: x", "für sich allein: allein"])
  }

  @Test func `are in groups by type, operator and place`() async throws {
    let files = [
      system("erp", "operated_by: [it, acme]\nlocation: Serverraum, Schrank 2"),
      system("netz", "type: network\nlocation: Serverraum"), system("web", "location: Frankfurt"), provider("acme"),
      system("ohne"),
    ]
    #expect(try await groups(.type, files) == ["Anwendung: erp ohne web", "Netz: netz"])
    #expect(try await groups(.operator, files) == ["IT: erp netz ohne web", "ACME: erp"])
    #expect(try await groups(.place, files) == ["Serverraum: erp netz", "Frankfurt: web", "ohne Ort: ohne"])
  }

  @Test func `have a matrix in which the smallest groups share a line`() async throws {
    let files = (1...4).flatMap { number in
      [
        system("a\(number)", "location: Ort \(number)\ndepends_on: [a1\(number > 1 ? ", a2" : "")]"),
        system("b\(number)", "location: Ort \(number)"),
      ]
    }
    let answers = try await answers(files)
    let grouping = answers.grouping(by: .place)
    let full = answers.matrix(of: grouping, .dependency, most: 10)
    #expect(full.groups == [0, 1, 2, 3] && full.others == 0)
    #expect(full.counts == [[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]])
    let short = answers.matrix(of: grouping, .dependency, most: 3)
    #expect(short.groups == [0, 1] && short.others == 2)
    #expect(short.counts == [[0, 0, 0], [1, 0, 0], [2, 2, 0]])
  }
}

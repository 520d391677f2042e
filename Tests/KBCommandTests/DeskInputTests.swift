import Foundation
import KBTestSupport
import Testing

/// People, accesses, providers and papers with what nobody should write: names that are commands, code or very long, teams in a
/// circle, a team of 2,000, somebody with 400 accesses, a holder who is gone, leavers on one day, figures for periods that are none.
@Suite struct `The desk with bad input` {
  private let folder: ScratchFolder

  private static let hostile = "<script>alert(1)</script> ::error::boom"
  private static let long = String(repeating: "x", count: 60_000)

  init() throws {
    folder = try ScratchFolder()
    func write(_ path: String, _ head: String) throws { try folder.write("---\n\(head)\n---\n\nText.\n", to: path) }
    try folder.write("language: en\ntitle: \"Base <b> ::error::boom\"\n", to: "kb.yml")
    let anna =
      "title: \"::error::Anna <img src=x onerror=alert(1)> \\e[31mred\"\ntype: internal\nfunction: \"\(Self.hostile)\""
    try write("people/anna.md", anna)
    try write("people/long.md", "title: Long\ntype: internal\nfunction: \"\(Self.long)\"")
    for name in ["ben", "cem"] {
      try write("people/\(name).md", "title: \(name)\ntype: internal\nactive_until: 2026-11-28")
    }
    try write("teams/it.md", "title: IT\ntype: team\nphone: 040 123456\nmembers: [anna, loop-a, it]")
    try write("teams/loop-a.md", "title: Loop A\ntype: team\nmembers: [loop-b, ben]")
    try write("teams/loop-b.md", "title: Loop B\ntype: team\nlead: anna\nmembers: [loop-a, loop-b, anna]")
    try write(
      "providers/acme.md",
      """
      title: "ACME <svg onload=alert(1)> ::warning::boom"
      type: msp
      owner: it
      support: { phone: 040 654321 }
      scope: { responsible_for: "\(Self.long)", not_for: "\(Self.hostile)" }
      kpis:
        - { name: "Tickets <b>", target: ">= 95", unit: "%", values: { 2026-10: 94, gestern: 12, 2026-13: 5, 2026-Q4: 97 } }
        - { name: none, target: soon, values: { 2026-09: many } }
        - { name: empty }
      """)
    try write(
      "systems/erp.md",
      "title: \"ERP </script><svg onload=alert(2)>\"\ntype: application\ncriticality: critical\nowner: anna\ndeputy: it\noperated_by: [acme]"
    )
    try write(
      "accesses/all.md",
      "title: \"\(Self.hostile)\"\nsystem: erp\ntype: user\nowner: anna\nholders: [{ who: crowd }, { who: loop-a }]\ndefault_for: [loop-b]"
    )
    try write(
      "processes/leave.md",
      "title: \"\(Self.hostile)\"\ntype: business\nowner: it\nchecklist: offboarding\nuses: [erp]\nsteps: [{ do: \"\(Self.hostile)\", by: anna }]\nprocessing: { purpose: \"\(Self.hostile)\" }"
    )
    try write(
      "topics/risk.md",
      "title: \"\(Self.hostile)\"\ntype: risk\nstate: running\nowner: anna\ndue: 2026-11-28\naffects: [erp]")
    try folder.write(
      "evidence: own\nlabel: \"\(Self.hostile)\"\nquestions:\n  - { id: \"1\", ask: \"\(Self.hostile)\", queries: [{ each: access, needs: [confirmed, \"mfa=enforced\"] }] }\n",
      to: "evidence/own.yml")
  }

  /// A team of so many people, and so many accesses of one of them.
  private func crowd(of people: Int, accesses: Int) throws {
    func write(_ path: String, _ head: String) throws { try folder.write("---\n\(head)\n---\n\nText.\n", to: path) }
    for number in 0..<people { try write("people/p\(number).md", "title: Person \(number)\ntype: internal") }
    let crowd = (0..<people).map { "p\($0)" }.joined(separator: ", ")
    try write("teams/crowd.md", "title: Crowd\ntype: team\nheadcount: 5000\nmembers: [\(crowd)]")
    for number in 0..<accesses {
      try write(
        "accesses/a\(number).md",
        "title: Access \(number)\nsystem: erp\ntype: admin\nmfa: none\nowner: anna\nholders: [{ who: anna }, { who: gone }, { who: ben }]"
      )
    }
  }

  private static let commands =
    [
      "brief acme", "brief management", "offboard anna", "offboard ben", "onboard loop-b", "onboard anna",
      "move anna --to crowd",
    ].flatMap { command in ["text", "markdown", "html", "json"].map { "\(command) --format \($0)" } }
    + ["text", "csv", "html", "json"].map { "evidence own --format \($0)" }
    + [
      "access anna", "access acme", "access crowd", "access erp --format csv", "access all --format json",
      "privacy", "privacy --format csv", "confirm all --dry-run", "handover anna --to deputies --dry-run", "due",
      "due --by owner", "due --format ics", "list access --sort=-title --columns owner", "export csv access",
    ]

  /// What a command prints that a terminal, a pipeline or a browser would take for something else than text.
  private func faults(_ output: String, isPage: Bool) -> [String] {
    var faults: [String] = []
    if output.unicodeScalars.contains(where: {
      $0.value < 0x20 && !"\n\r\t".unicodeScalars.contains($0) || $0.value == 0x7F
    }) {
      faults.append("a control character")
    }
    if isPage {
      for attack in ["<script>alert", "<img src=x", "<svg onload", "</script><svg", "<b>"] where output.contains(attack)
      {
        faults.append(attack)
      }
    }
    for line in output.split(whereSeparator: \.isNewline) where line.hasPrefix("::") || line.hasPrefix("##") {
      // Markdown has headings.
      if !line.hasPrefix("## "), !line.hasPrefix("### ") { faults.append("a command: \(line.prefix(60))") }
    }
    return faults
  }

  @Test func `prints nothing that is taken for a command or for code, and ends`() async throws {
    try crowd(of: 30, accesses: 12)
    for command in Self.commands {
      let ran = try await Tool.shell("kb \(command) --today 2026-11-29", in: folder)
      #expect(ran.status == 0, "\(command): \(ran.status) \(ran.errors.prefix(300))")
      #expect(!ran.output.isEmpty, "\(command)")
      #expect(faults(ran.output, isPage: command.contains("html")) == [], "\(command)")
      #expect(ran.processorSeconds < 60, "\(command)")
    }
  }

  @Test func `resolves teams in a circle, and says how many members are not recorded`() async throws {
    try crowd(of: 2000, accesses: 400)
    let held = try await Tool.kb("access", "all", "--format", "json", "--today", "2026-11-29", in: folder)
    let lines = try #require(try JSONSerialization.jsonObject(with: Data(held.output.utf8)) as? [[String: Any]])
    let people = lines.compactMap { $0["who"] as? String }
    #expect(people.count { $0.hasPrefix("p") } == 2000)
    #expect(people.count { $0 == "anna" } == 1)
    let told = try await Tool.kb("access", "all", "--today", "2026-11-29", in: folder)
    #expect(told.output.contains("2,000 of 5,000"), "\(told.output.prefix(400))")
    let leaving = try await Tool.kb("offboard", "anna", "--format", "json", "--today", "2026-11-29", in: folder)
    let found = try #require(try JSONSerialization.jsonObject(with: Data(leaving.output.utf8)) as? [String: Any])
    #expect((found["accesses"] as? [Any])?.count == 401)
  }

  @Test func `builds pages that are whole and not too long`() async throws {
    try crowd(of: 2000, accesses: 400)
    let built = try await Tool.kb("build", "-o", "site", "--today", "2026-11-29", in: folder)
    #expect(built.status < 2, "\(built)")
    let files = Set(folder.entries("site").map(\.path))
    for path in [
      "access.html", "access-review.html", "privacy.html", "coverage.html", "roadmap.html", "meetings/acme.html",
    ] {
      #expect(files.contains(path), "\(path)")
    }
    for path in files where path.hasSuffix(".html") && !path.hasPrefix("people/p") {
      let bytes = try #require(folder.bytes("site/\(path)"))
      #expect(HTMLScanner.faults(of: bytes, at: path, in: files) == [], "\(path)")
      #expect(bytes.count < 900_000, "\(path): \(bytes.count)")
    }
  }

  @Test(arguments: [
    "brief nothing", "brief erp", "offboard erp", "onboard erp", "move anna --to erp", "evidence nothing",
    "handover erp --to anna",
  ])
  func `refuses what is no person, role, provider or questionnaire`(command: String) async throws {
    let ran = try await Tool.shell("kb \(command) --today 2026-11-29", in: folder)
    #expect(ran.status == 2 && ran.output.isEmpty && ran.errors.hasPrefix("kb: "), "\(ran)")
    #expect(faults(ran.errors, isPage: false) == [])
  }
}

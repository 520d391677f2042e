import KBCatalog
import KBDocument
import KBEditing
import KBSource
import KBTestSupport
import Testing

@Suite struct `An assignment` {
  private let base: [File] = [
    system("erp", "tags: [a]\nverantwortlich: it\nrecovery: {rto: 4h}"), system("sql"), team("it"),
    ("pages/x.md", "# X\n"),
    contract("wartung", "cost: {amount: 10, per: year}"), access("erp-user", "holders:\n  - {who: it}"),
  ]

  /// The lines that come into the file, or the refusal.
  private func set(_ path: String, _ assignments: String...) async throws -> String {
    let catalog = try await catalog(base)
    let record = try #require(catalog.record(at: RepoPath(normalized: path)))
    do throws(EditRefusal) {
      var parsed: [FieldAssignment] = []
      for text in assignments {
        parsed.append(
          text.hasPrefix("-") ? FieldAssignment(unsetting: String(text.dropFirst())) : try FieldAssignment(text))
      }
      let file = try FieldAssignment.apply(parsed, to: record.document, in: catalog)
      let old = record.document.file.text(SourceRange(0, .max)).split(separator: "\n").map(String.init)
      let new = file.text(SourceRange(0, .max)).split(separator: "\n").map(String.init)
      return new.difference(from: old).map { change in
        switch change {
        case .insert(_, let line, _): "+\(line)"
        case .remove(_, let line, _): "-\(line)"
        }
      }.joined(separator: " ")
    } catch {
      return error.message.english + (error.remedy.map { " | \($0.english)" } ?? "")
    }
  }

  @Test func `sets a value of any type`() async throws {
    #expect(try await set("systems/erp.md", "criticality=high") == "-criticality: medium +criticality: high")
    #expect(try await set("systems/erp.md", "recovery.rpo=1h") == "-recovery: {rto: 4h} +recovery: {rto: 4h, rpo: 1h}")
    #expect(try await set("systems/erp.md", "tags=a, vpn") == "-tags: [a] +tags: [a, vpn]")
    #expect(try await set("systems/erp.md", "tags+=vpn,b") == "-tags: [a] +tags: [a, vpn, b]")
    #expect(try await set("systems/erp.md", "tags+=a") == "")
    #expect(try await set("systems/erp.md", "tags-=a") == "-tags: [a] +tags: []")
    #expect(try await set("systems/erp.md", "x-raum=0.12") == "+x-raum: 0.12")
    #expect(
      try await set("systems/erp.md", "business_impact=IT: alles steht") == "+business_impact: \"IT: alles steht\"")
    #expect(try await set("systems/erp.md", "-tags") == "-tags: [a]")
  }

  @Test func `sets one part of an amount of money, and checks it`() async throws {
    #expect(
      try await set("contracts/wartung.md", "cost.amount=12.50")
        == "-cost: {amount: 10, per: year} +cost: {amount: 12.50, per: year}")
    #expect(try await set("contracts/wartung.md", "kosten.betrag=viel").hasPrefix("an amount is expected here"))
    #expect(try await set("contracts/wartung.md", "cost.per=moth").contains("did you mean 'month'?"))
  }

  @Test func `finds the field by its German name, and keeps the key that is written`() async throws {
    #expect(try await set("systems/erp.md", "owner=it") == "")
    #expect(try await set("systems/sql.md", "Verantwortlich=it") == "")
    #expect(
      try await set("systems/erp.md", "wiederherstellung.wiederanlaufzeit=8h")
        == "-recovery: {rto: 4h} +recovery: {rto: 8h}")
    #expect(try await set("systems/erp.md", "kurzfassung=Neu") == "-summary: Ein System. +summary: Neu")
  }

  @Test func `is refused with the words of the check`() async throws {
    #expect(
      try await set("systems/erp.md", "criticality=hoch") == "'hoch' is written 'high' in 'criticality' | write 'high'")
    #expect(
      try await set("systems/erp.md", "owner=itt").hasPrefix(
        "there is no person or team called 'itt'; did you mean 'it'?"))
    #expect(
      try await set("systems/erp.md", "owner=sql").hasPrefix(
        "'sql' is of kind system, but must be of kind person or team")
    )
    #expect(
      try await set("systems/erp.md", "recovery.rto=bald").hasPrefix("'rto' needs a duration, but 'bald' is not one"))
    #expect(try await set("systems/erp.md", "reviewed=5.1.2026").hasSuffix("| write '2026-01-05'"))
    #expect(try await set("accesses/erp-user.md", "holders+={whoo: it}").contains("did you mean 'who'?"))
  }

  @Test func `of an unknown field says which was probably meant`() async throws {
    #expect(
      try await set("systems/erp.md", "ownr=it").hasPrefix(
        "'system' has no field 'ownr'; did you mean 'owner'? | 'kb schema system' prints all fields"))
    #expect(
      try await set("systems/erp.md", "recovery.rtoo=4h").hasPrefix(
        "'recovery' has no field 'rtoo'; did you mean 'rto'?"))
    #expect(
      try await set("systems/erp.md", "owner.x=4h")
        == "'owner' has no fields in it | set the value as a whole: 'owner=...', of a list also 'owner+=...'")
    #expect(
      try await set("systems/erp.md", "id=x")
        == "'kb set' does not change the id | 'kb rename OLD NEW' changes all references to it as well")
    #expect(
      try await set("systems/erp.md", "owner")
        == "'owner' sets nothing | write 'field=value', with quotes around all of it when there are blanks in it")
    #expect(
      try await set("systems/erp.md", "owner=")
        == "the value after 'owner=' is missing | '--unset owner' removes the field")
    #expect(try await set("systems/erp.md", "owner+=it") == "'owner' is not a list | write 'owner=value'")
    #expect(try await set("systems/erp.md", "tags-=b") == "'b' is not in 'tags' | it holds: a")
    #expect(try await set("systems/erp.md", "tags=[a").hasPrefix("a bracket is not closed"))
  }

  @Test func `of a list item is known by the group's first member`() async throws {
    #expect(try await set("accesses/erp-user.md", "holders-=it").hasSuffix("+holders: []"))
  }

  @Test func `puts a new key where the schema has it`() async throws {
    let catalog = try await catalog(base)
    let record = try #require(catalog.record(id: "erp"))
    let file = try FieldAssignment.apply([FieldAssignment("deputy=it")], to: record.document, in: catalog)
    #expect(file.text(SourceRange(0, .max)).contains("verantwortlich: it\ndeputy: it\n"))
  }
}

import KBAnswers
import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `The register of processing activities` {
  private let files = [
    team("it"), person("dora", "title: Dora Datenschutz\nfunction: Datenschutz\nphone: 040 8"),
    person("eva", "phone: 040 5"),
    system("lohn"), process("p", "uses: lohn\nowner: it\nprocessing: { purpose: Lohn }"),
  ]
  private let company =
    "controller:\n  name: Firma GmbH\n  address: Weg 1, 12345 Ort\n  contact: 040 1\n  representative: Eva Chefin\n"

  private func register(_ settings: String) async throws -> ProcessingActivity {
    let answers = Answers(try await catalog(files + [("kb.yml", settings)]), audience: .restricted)
    return try #require(answers.processingActivities().first)
  }

  @Test func `names the controller, its representative and who protects the data`() async throws {
    let activity = try await register(company)
    #expect(
      activity.columns[0].text
        == "Firma GmbH, Weg 1, 12345 Ort, 040 1; Vertreter: Eva Chefin; Datenschutz: Dora Datenschutz, 040 8; Ansprechpartner: IT, 040 123456"
    )
    #expect(!activity.missing.contains { $0.german.contains("Verantwortliche") })
    let chosen = try await register(company + "  data_protection: eva\n").columns[0].text
    #expect(chosen.contains("Datenschutz: Eva, 040 5") && !chosen.contains("Dora"))
  }

  @Test func `without a controller says so, and does not pass off the title as one`() async throws {
    let activity = try await register("title: Unser Wissen\n")
    #expect(!activity.columns[0].text.contains("Unser Wissen"))
    #expect(activity.missing.map(\.german).contains("der Verantwortliche fehlt: 'controller' in 'kb.yml'"))
    let found = try await catalog(files).diagnostics.filter { $0.rule.code == "process/no-controller" }
    #expect(found.map(\.path.string) == ["kb.yml"])
    let wrong = try await catalog(files + [("kb.yml", company + "  data_protection: lohn\n")])
    #expect(wrong.diagnostics.contains { $0.rule.code == "reference/wrong-kind" && $0.path.string == "kb.yml" })
  }
}

@Suite struct `The numbers of police, fire and rescue` {
  @Test(arguments: [
    ("de", ["110", "112"]), ("at", ["133", "122", "144"]), ("ch", ["117", "118", "144"]), ("fr", ["112"]),
  ])
  func `are those of the country`(_ country: String, _ numbers: [String]) async throws {
    let answers = Answers(try await catalog([team("it"), ("kb.yml", "country: \(country)\n")]))
    #expect(EmergencyNumbers(answers).publicServices.map(\.phone.written) == numbers)
  }
}

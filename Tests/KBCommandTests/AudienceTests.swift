import KBTestSupport
import Testing

@testable import KBSheet

/// Every command that writes something for others, asked for what is public: of what is for fewer readers nothing gets out,
/// however it is written.
@Suite struct `Every output for some readers` {
  let folder: ScratchFolder

  /// What is written: to standard output, or into the folder `out`. `$A` names the readers.
  ///
  /// `isSilent`: what says nothing of the records for fewer readers anyway, or can't be asked for all.
  struct Output: Sendable {
    let line: String
    var isSilent = false
    init(_ line: String, isSilent: Bool = false) { (self.line, self.isSilent) = (line, isSilent) }
  }

  static let outputs: [Output] = {
    // Not in one expression: the compiler would try for ever what its parts may be.
    var lines: [String] = [
      "kb build $A -o out", "kb build $A --at HEAD~1 -o out", "kb export xlsx $A -o out/all.xlsx",
      "kb export opensearch $A -o out", "kb handbook $A", "kb handbook --pocket $A", "kb handbook --since HEAD~1 $A",
      "kb due --format ics $A", "kb exercise offen-runbook $A", "kb graph $A offen-system",
      "kb graph $A --view impact offen-system", "kb graph $A --view groups --by operator",
      "kb graph $A --view dependencies",
      "kb graph $A --view flows", "kb graph $A --view dependencies --format dot",
      "kb graph $A --view groups --by operator --format json", "kb graph $A --view dependencies --format json",
      "kb brief management --since HEAD~1 $A", "kb brief offen-provider --since HEAD~1 $A",
      "kb evidence art-32 --since HEAD~1 $A", "kb cost --since HEAD~1 $A", "kb cost --seats $A", "kb cost --outlook $A",
    ]
    for format in ["csv", "json", "ndjson"] {
      lines.append("kb export \(format) $A")
      lines.append("kb export \(format) contract $A")
    }
    for format in ["text", "json", "csv"] {
      for command in ["due", "privacy", "cost", "cost --by record"] {
        lines.append("kb \(command) --format \(format) $A")
      }
    }
    for format in ["text", "markdown", "html", "json"] {
      for about in ["management", "offen-provider"] { lines.append("kb brief \(about) --format \(format) $A") }
    }
    for format in ["text", "csv", "html", "json"] { lines.append("kb evidence nis2-customer --format \(format) $A") }
    let silent: [String] = [
      "kb due --by owner $A -o out", "kb due --by owner --format eml $A -o out", "kb due --by owner $A",
      "kb evidence $A",
      "kb cost --seats $A", "kb cost --since HEAD~1 $A", "kb cost --outlook $A", "kb graph $A --view flows",
      "kb graph $A --view groups --by operator", "kb graph $A --view groups --by operator --format json",
    ]
    let told = lines.filter { !silent.contains($0) }.map { Output($0) }
    return told + silent.map { Output($0, isSilent: true) }
  }()

  init() async throws {
    folder = try ScratchFolder()
    try folder.write("title: T\nlanguage: en\naudience: restricted\nbase_url: https://kb.example/\n", to: "base/kb.yml")
    let word = Canary.word
    let files =
      Canary.records("offen", audience: "public", number: "040 1111", amount: 1, target: word)
      + Canary.records(word, audience: "internal", number: "0800 7733991", amount: 48_731, target: "offen")
    for (path, text) in files { try folder.write(text, to: "base/\(path)") }
    try folder.write(
      "---\ntitle: \(word) alt\naudience: internal\n---\n\nText \(word).\n", to: "base/systems/\(word)-alt.md")
    let made = try await Tool.shell(
      """
      cd base; git init -q; git config user.name Eva; git config user.email eva@example.org; git add -A
      git commit -qm 'Erster Stand'; git rm -q systems/\(word)-alt.md
      for f in */offen-*.md */\(word)-*.md; do printf '\\nMehr.\\n' >> $f; done; git add -A; git commit -qm 'Mehr'
      """, in: folder)
    try #require(made.status == 0, "\(made.errors)")
  }

  /// What a command writes for some readers: names and texts, unpacked.
  private func texts(_ output: Output, for audience: String) async throws -> [(name: String, text: String)] {
    folder.remove("base/out")
    let line = output.line.replacing("$A", with: "--audience \(audience)")
    // The contracts run on the one day that all their dates are.
    let today = line.hasPrefix("kb cost") ? "2026-12-24" : "2026-11-21"
    let ran = try await Tool.shell("cd base; mkdir out; rmdir out; \(line) --today \(today)", in: folder)
    // A picture of what has nothing around it that may be told is refused.
    #expect(ran.status <= 2, "\(line): \(ran.errors)")
    var texts = [("output", ran.output), ("errors", ran.errors)]
    for (path, text) in folder.entries("base/out") {
      guard path.hasSuffix(".xlsx") else {
        let bytes = folder.bytes("base/out/\(path)") ?? []
        #expect(
          !bytes.starts(with: [0x1F, 0x8B]) && !bytes.starts(with: Array("PK".utf8)),
          "\(path) is packed: unpack it here")
        texts.append((path, "\(path)\n\(text)"))
        continue
      }
      var archive = try ZipArchive(folder.bytes("base/out/\(path)") ?? [])
      var parts = [
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels",
      ]
      parts += (1...40).map { "xl/worksheets/sheet\($0).xml" }
      for part in parts {
        guard let bytes = try archive.part(part) else { continue }
        texts.append(("\(path)/\(part)", String(decoding: bytes, as: UTF8.self)))
      }
    }
    return texts
  }

  private func leaks(_ output: Output, for audience: String) async throws -> [String] {
    var leaks: Set<String> = []
    for (name, text) in try await texts(output, for: audience) {
      for decoded in Canary.decodings(text) {
        let folded = decoded.lowercased()
        for needle in Canary.needles {
          guard let place = folded.firstRange(of: needle) else { continue }
          let around = folded[place.lowerBound...].prefix(60)
          leaks.insert("\(name): …\(folded[..<place.lowerBound].suffix(60))\(around)…")
        }
      }
    }
    return leaks.sorted()
  }

  private static let groups = 6

  /// A group shares one base.
  @Test(arguments: 0..<groups)
  func `has nothing of what is for fewer`(group: Int) async throws {
    for number in stride(from: group, to: Self.outputs.count, by: Self.groups) {
      let output = Self.outputs[number]
      let leaks = try await leaks(output, for: "public")
      #expect(leaks == [], "\(output.line)")
      guard !output.isSilent else { continue }
      // Or the test could not fail.
      let told = try await self.leaks(output, for: "restricted")
      #expect(!told.isEmpty, "\(output.line): nothing in the whole answer either")
    }
  }

  @Test func `is taken back as a sheet without a change, and no cell is written that was not seen whole`() async throws
  {
    let ran = try await Tool.shell(
      """
      cd base; kb export csv system --audience public --today 2026-11-21 -o ../a.csv && cat ../a.csv > ../b.csv
      kb import ../a.csv --kind system --today 2026-11-21; git status --porcelain
      """, in: folder)
    #expect(ran.status == 0 && !ran.output.contains(" M "), "\(ran.output)\(ran.errors)")
    let sheet = try #require(folder.text("b.csv"))
    #expect(sheet.contains("not in this edition"))
    try folder.write(sheet.replacing("not in this edition", with: "offen-person"), to: "b.csv")
    let changed = try await Tool.shell(
      "cd base; kb import ../b.csv --kind system --today 2026-11-21; code=$?; git status --porcelain; exit $code",
      in: folder)
    #expect(changed.status == 1 && !changed.output.contains(" M "), "\(changed.output)")
    #expect((changed.output + changed.errors).contains("was not in this sheet"), "\(changed.output)\(changed.errors)")
  }

  /// What records for fewer readers are called, and were called, is in no message of a commit and in no field.
  @Test func `says no former name of a record for fewer, and none where no link is`() async throws {
    let files = [
      ("kb.yml", "title: T\naudience: internal\n"),
      ("systems/geheim.md", "---\ntitle: Projekt Adler\naudience: restricted\naliases: [Vorhaben Horst]\n---\nx\n"),
      ("people/chefin.md", "---\ntitle: Chefin Zobel\naudience: restricted\n---\nx\n"),
      (
        "systems/offen.md",
        "---\ntitle: Offen\naudience: internal\nlinks: [\"[[geheim]]\"]\nneeds: [geheim]\ndeputy: Chefin Zobel\n---\nx\n"
      ),
    ]
    for (path, text) in files { try folder.write(text, to: "small/\(path)") }
    let ran = try await Tool.shell(
      """
      cd small; git init -q; git config user.name a; git config user.email a@b
      git add -A; git commit -qm 'Erster Stand mit Projekt Adler'
      sed -i 's/title: Projekt Adler/title: Neuer Name/' systems/geheim.md; echo y >> systems/offen.md
      git commit -qam 'Zusammen gepflegt'
      for text in 'PROJEKT adler' 'vorhaben horst' 'mit NEUER NAME' 'Nur der offene'; do
        echo z >> systems/offen.md; git commit -qam "$text"
      done
      kb build --audience internal -o ../site
      """, in: folder)
    #expect(ran.status < 2, "\(ran.errors)")
    for (path, text) in folder.tree("site") {
      let folded = text.lowercased()
      for name in ["projekt adler", "vorhaben horst", "neuer name", "zusammen gepflegt", "geheim", "chefin zobel"] {
        #expect(!folded.contains(name), "\(path): \(name)")
      }
    }
    #expect(folder.text("site/changes.html")?.contains("Nur der offene") == true)
  }

  /// What is asked about a record that is for fewer readers is refused, and not answered with a part of it.
  @Test(arguments: ["exercise zzkanari-runbook", "brief zzkanari-provider", "graph zzkanari-system"])
  func `refuses what is about a record for fewer`(line: String) async throws {
    let ran = try await Tool.shell("cd base; kb \(line) --audience public", in: folder)
    #expect(ran.status == 2 && ran.output == "", "\(ran.output)")
  }

  /// A command that has no such option yet is in neither list of the table: whoever adds one decides where it belongs.
  @Test func `is in the table`() async throws {
    let help = try await Tool.kb("--help", in: folder).output
    let commands = help.matches(of: #/(?m)^  ([a-z]+)   /#).map { String($0.1) }
    #expect(commands.count > 25)
    // For whoever has the files: at the terminal, and about changes of them.
    let own = [
      "init", "members", "new", "doctor", "check", "serve", "verify", "search", "list", "show", "access", "impact",
      "incident",
      "set", "move",
      "rename", "fmt", "hook", "confirm", "import", "handover", "onboard", "offboard", "review", "log", "compare",
      "explain",
      "schema", "completions", "manual", "help",
    ]
    let told = Set(Self.outputs.map { String($0.line.split(separator: " ")[1]) })
    #expect(commands.filter { !own.contains($0) && !told.contains($0) } == [])
    for command in told.sorted() {
      #expect(try await Tool.kb(command, "--help", in: folder).output.contains("--audience"), "\(command)")
    }
  }
}

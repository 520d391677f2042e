import KBDisk
import KBSource
import KBTestSupport
import Testing

/// What commands print and what they publish never holds a secret, wherever it is.
@Suite struct `A secret is never shown` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("title: T\n", to: "kb.yml")
  }

  private let commit = "git init -q && git add -A && git -c user.name=a -c user.email=a@b commit -q -m"

  @Test(arguments: ["fmt", "rename erp erp2", "confirm erp", "set erp tags=b"])
  func `by a change that is only shown`(command: String) async throws {
    try folder.write(
      "---\ntitle: ERP\ntags: [a]\nstatus: \"Passwort: Zebrakraut77!\"\naliases: [x]\n---\n# Passwort: Zebrakraut77!\n",
      to: "systems/erp.md")
    let shown = try await Tool.shell("\(commit) x\nkb \(command) --dry-run", in: folder)
    #expect(
      shown.output.contains("xxxxxxxxxxxxx") && !shown.output.contains("Zebrakraut"), "\(shown.output) \(shown.errors)"
    )
  }

  @Test func `by a change of the secret alone, which is shown nevertheless`() async throws {
    try folder.write("---\ntitle: ERP\nstatus: \"Passwort: Zebrakraut77!\"\n---\n", to: "systems/erp.md")
    let shown = try await Tool.shell("kb set erp status='Passwort: Zebrakraut88!' --dry-run", in: folder)
    #expect(
      shown.output.contains("-status: \"Passwort: xxx") && shown.output.contains("+status: "),
      "\(shown.output) \(shown.errors)")
    #expect(!shown.output.contains("Zebrakraut"))
  }

  @Test func `by what refuses a cell of a sheet`() async throws {
    try folder.write("Titel,Kritikalität\nERP,Passwort: Kranich88!\n", to: "t.csv")
    let shown = try await Tool.shell("kb import t.csv --kind system --dry-run", in: folder)
    #expect(!(shown.output + shown.errors).contains("Kranich88"), "\(shown.output) \(shown.errors)")
    #expect((shown.output + shown.errors).contains("xxxxxxxxxx"), "\(shown.output) \(shown.errors)")
  }

  @Test func `in messages of commits, names of files, and links to them`() async throws {
    try folder.write(
      "---\ntitle: X\n---\n[b](../attachments/Passwort-Zebrakraut77.txt), [[kennwort-Zebrakraut77]]\n", to: "pages/x.md"
    )
    try folder.write("hi\n", to: "attachments/Passwort-Zebrakraut77.txt")
    try folder.write("---\ntitle: Y\n---\nhi\n", to: "pages/passwort-Zebrakraut77.md")
    let done = try await Tool.shell(
      """
      \(commit) 'Kennwort auf Regenbogen2026! geändert'
      kb check; kb check --history; kb log; kb log --format json; kb export json; kb review --format markdown
      git mv pages/passwort-Zebrakraut77.md pages/y.md; kb review; kb build -o site; kb build -o site
      """, in: folder)
    let said = done.output + done.errors
    #expect(!said.contains("Zebrakraut77") && !said.contains("Regenbogen2026"), "\(said)")
    #expect(said.contains("Text des Commits") || said.contains("message of the commit"), "\(said)")
    let published = folder.tree("site").filter {
      $0.value.contains("Zebrakraut77") || $0.value.contains("Regenbogen2026")
    }
    #expect(published.keys.sorted() == [])
  }

  @Test func `and a history that is not all here is not called clean`() async throws {
    try folder.write("---\ntitle: Y\n---\nhi\n", to: "origin/pages/y.md")
    try folder.write("title: T\nlanguage: en\n", to: "origin/kb.yml")
    let done = try await Tool.shell(
      """
      cd origin; \(commit) one; echo x >> pages/y.md; git -c user.name=a -c user.email=a@b commit -qam two; kb check --history
      echo "exit $?"; cd ..; git clone -q --depth 1 "file://$PWD/origin" shallow; cd shallow; kb check --history; echo "exit $?"
      cd ../origin; git -c user.name=a -c user.email=a@b tag -a v1 -m 'Passwort: Tagmsg88!'; kb check --history; echo "exit $?"
      """, in: folder)
    let lines = done.output.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("exit") } == ["exit 0", "exit 2", "exit 1"], "\(done.output) \(done.errors)")
    #expect(
      done.output.contains("in the part of the history") && done.output.contains("message of a tag"), "\(done.output)")
  }
}

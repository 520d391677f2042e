import KBTestSupport
import Testing

/// The law of `kb build`: what it leaves is what a build from nothing makes, whatever happened since the last one.
@Suite struct `A build after another one` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("language: de\ntitle: Wissen\n", to: "kb/kb.yml")
    try folder.write("---\ntitle: ERP\n---\n\nSiehe [[plan]].\n", to: "kb/systems/erp.md")
    try folder.write("---\ntitle: Plan\n---\n\n![Bild](../bild.png)\n", to: "kb/pages/plan.md")
    try folder.write("PNG", to: "kb/bild.png")
  }

  @Test func `has nothing to do when nothing has changed, and says the same`() async throws {
    try await build()
    let state = try stateFile()
    let written = try folder.modified(state)
    let first = try await build()
    let second = try await build()
    #expect(first.output.replacing(/\d+ ms/, with: "") == second.output.replacing(/\d+ ms/, with: ""))
    #expect(first.status == second.status)
    #expect(second.output.contains(" 0 geschrieben, "))
    // A build that does something writes its state anew.
    #expect(try folder.modified(state) == written)
  }

  @Test func `reads everything on another day, and after a damaged state`() async throws {
    try await build()
    let state = try stateFile()
    let written = try folder.modified(state)
    try await build(on: "2026-12-01")
    #expect(try folder.modified(state) != written)
    var bytes = try #require(folder.bytes(state))
    bytes[bytes.count / 2] ^= 1
    try folder.write(bytes, to: state)
    try folder.write("falsch", to: "kb/_site/index.html")
    try await expectFresh("a damaged state", on: "2026-12-01")
  }

  /// Each script changes something, builds, and compares with a build from nothing.
  @Test(arguments: seeds(4, long: 2000))
  func `is a build from nothing`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var repository: ScratchRepository?
    var done: [String] = []
    for _ in 0..<6 {
      let edit = Edit.allCases.randomElement(using: &random) ?? .append
      done.append("\(edit)")
      try await make(edit, &repository)
      let day = edit == .nextDay ? "2026-11-30" : "2026-11-29"
      try await expectFresh("seed \(seed): \(done.joined(separator: ", "))", on: day)
    }
  }

  private enum Edit: CaseIterable {
    case append, sameSize, oldTime, addFile, removeFile, rename, settings, kind, ignore, frame, attachment, commit,
      removePage, changePage, foreignPage, nextDay, link
  }

  private func make(_ edit: Edit, _ repository: inout ScratchRepository?) async throws {
    let erp = folder.text("kb/systems/erp.md") ?? ""
    switch edit {
    case .append: try folder.write(erp + "Mehr.\n", to: "kb/systems/erp.md")
    case .sameSize:
      let swapped = erp.contains("ERP") ? erp.replacing("ERP", with: "PRE") : erp.replacing("PRE", with: "ERP")
      try folder.write(swapped, to: "kb/systems/erp.md")
    case .oldTime:
      try folder.write(erp + "Alt.\n", to: "kb/systems/erp.md")
      _ = try await Tool.shell("touch -d 2020-01-01 kb/systems/erp.md", in: folder)
    case .addFile: try folder.write("# Neu\n\nText.\n", to: "kb/pages/neu.md")
    case .removeFile: folder.remove("kb/pages/neu.md")
    case .rename:
      if folder.exists("kb/pages/neu.md") { try folder.move("kb/pages/neu.md", to: "kb/pages/anders.md") }
    case .settings: try folder.write((folder.text("kb/kb.yml") ?? "") + "# Kommentar\ntitle: Anders\n", to: "kb/kb.yml")
    case .kind:
      try folder.write(
        "kind: wagen\nfolder: wagen\nlabel: {de: Wagen, en: Car}\nplural: {de: Wagen, en: Cars}\n",
        to: "kb/kinds/wagen.yml")
    case .ignore: try folder.write("pages/anders.md\n", to: "kb/.kbignore")
    case .frame: try folder.write("<!-- {{title}} -->\n", to: "kb/templates/page.mustache")
    case .attachment: try folder.write("PN\(folder.bytes("kb/bild.png")?.count ?? 0)", to: "kb/bild.png")
    case .commit:
      if repository == nil { repository = try await ScratchRepository(folder, at: "kb") }
      try folder.write(erp + "\n", to: "kb/systems/erp.md")
      try await repository?.commitAll()
    case .removePage: folder.remove("kb/_site/index.html")
    case .changePage: if folder.exists("kb/_site/index.html") { try folder.write("falsch", to: "kb/_site/index.html") }
    case .foreignPage: try folder.write("fremd", to: "kb/_site/fremd.txt")
    case .nextDay: break
    case .link:
      folder.remove("kb/pages/link.md")
      try folder.link("kb/pages/link.md", to: "plan.md")
    }
  }

  // MARK: Building

  private func stateFile() throws -> String {
    let names = folder.tree("cache/kb").keys.filter { $0.hasPrefix("build-") }
    #expect(names.count == 1)
    return "cache/kb/\(try #require(names.first))"
  }

  @discardableResult
  private func build(to output: String = "kb/_site", on day: String = "2026-11-29") async throws -> Program {
    try await Tool.shell("XDG_CACHE_HOME=$PWD/cache kb build -C kb -o \(output) --today \(day)", in: folder)
  }

  private func expectFresh(_ what: String, on day: String = "2026-11-29") async throws {
    let ran = try await build(on: day)
    try await build(to: "fresh", on: day)
    defer { folder.remove("fresh") }
    let pages = { (tree: String) in folder.tree(tree).filter { !$0.key.hasPrefix(".kb/") && $0.key != "fremd.txt" } }
    let (left, fresh) = (pages("kb/_site"), pages("fresh"))
    #expect(ran.status < 2, "\(what): \(ran.errors)")
    #expect(left.keys.sorted() == fresh.keys.sorted(), "\(what)")
    #expect(left.filter { fresh[$0.key] != $0.value }.keys.sorted() == [], "\(what)")
  }
}

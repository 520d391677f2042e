import KBCatalog
import KBChecks
package import KBEditing
import KBDisk
package import KBSource
import KBTerminal

/// What `kb init` does, told to the person who begins.
package struct InitReport {
  package let language: Language
  /// As the person named it.
  package let folder: String
  /// The same, from the top of the disk.
  package let root: String
  private var added: [String] = []
  private var kept: [String] = []

  package init(language: Language, folder: String, root: String) {
    self.language = language
    self.folder = folder
    self.root = root
  }

  /// Writes a file where nothing is.
  package mutating func add(_ file: NewFile, below folder: String) throws {
    let path = "\(folder)/\(file.path.string)"
    let isNew = try FileReplacement.create(Array(file.text.utf8), at: file.path, below: folder)
    let shown = ProcessEnvironment.path(path, below: root)?.string ?? path
    if isNew { added.append(shown) } else { kept.append(shown) }
  }

  /// Says what was added and what stayed, what `kb check` finds, and what to do next.
  package func write(hasExamples: Bool, isInGit: Bool, today: CalendarDate) async throws {
    let output = Console.standardOutput
    let shown = folder == "." ? root : folder
    let heading =
      added.isEmpty
      ? Message(de: "In \(shown) fehlte nichts.", en: "Nothing was missing in \(shown).")
      : Message(de: "Wissensbasis in \(shown):", en: "Knowledge base in \(shown):")
    output.line(output.coloured(Console.harmless(heading[language]), .bold))
    for path in added { output.line("  \(Message(de: "neu     ", en: "new     ")[language])\(Console.harmless(path))") }
    for path in kept { output.line("  \(Message(de: "bleibt  ", en: "kept    ")[language])\(Console.harmless(path))") }
    for note in try notes() { output.line(note[language]) }
    let catalog = try await Catalog(WorkingTree(root: root).snapshot(marker: OutputTree.marker), today: today)
    output.line()
    output.line("kb check: \(Report(catalog: catalog, findings: catalog.diagnostics, prefix: "").summary)")
    output.line()
    output.line(Message(de: "Die nächsten Schritte:", en: "Next steps:")[language])
    let enter = folder == "." ? "" : "cd \(ShellWord.quoted(folder)) && "
    for (number, step) in steps(isInGit, catalog).enumerated() {
      output.line("  \(number + 1). \(step.what[language])")
      output.line(Console.harmless("     \(number == 0 ? enter : "")\(step.command[language])"))
    }
    guard hasExamples else { return }
    let pattern = "rm */\(NewBase.examplePrefix(language))*.md"
    output.line()
    output.line(
      Message(de: "Beispiele löschen: \(pattern)", en: "To delete the examples: \(pattern)")[language])
  }

  // MARK: What is left to do

  /// The lines that files which stayed as they are still need.
  private func notes() throws -> [Message] {
    var notes: [Message] = []
    let ignoresSite = ["_site", "_site/", "/_site", "/_site/"]
    if kept.contains(".gitignore"), try !lines(of: ".gitignore").contains(where: { ignoresSite.contains(String($0)) }) {
      notes.append(
        Message(
          de: "In .gitignore fehlt noch die Zeile '_site/': die gebauten Seiten gehören nicht in git.",
          en: ".gitignore still needs the line '_site/': the built pages do not belong in git."))
    }
    let pipeline = ".gitlab-ci.yml"
    if let entry = kept.first(where: { $0.hasSuffix(pipeline) }),
      try !lines(of: entry).contains(where: { $0.contains("kb-review.yml") })
    {
      notes.append(
        Message(
          de: "In \(pipeline) fehlt noch unter 'include:' die Zeile '- local: /.gitlab/kb-review.yml'.",
          en: "\(pipeline) still needs the line '- local: /.gitlab/kb-review.yml' under 'include:'."))
    }
    return notes
  }

  private func lines(of path: String) throws -> [Substring] {
    let bytes = try WorkingTree.contents(of: path.hasPrefix("/") ? path : "\(root)/\(path)") ?? []
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
  }

  private func steps(_ isInGit: Bool, _ catalog: Catalog) -> [(what: Message, command: Message)] {
    [
      catalog.diagnostics.isEmpty
        ? (
          Message(
            de: "Die Seiten bauen und _site/index.html öffnen:", en: "Build the pages and open _site/index.html:"),
          Message("kb build")
        )
        : (
          Message(
            de: "Prüfen, was fehlt und wie es sich beheben lässt:", en: "See what is missing, where, and how to fix it:"
          ),
          Message("kb check")
        ),
      (
        Message(de: "Den ersten eigenen Eintrag anlegen:", en: "Create your first record:"),
        Message(de: "kb new provider \"Unser Systemhaus\"", en: "kb new provider \"Our IT provider\"")
      ),
      isInGit
        ? (
          Message(de: "Von nun an jeden Commit prüfen:", en: "Check each commit from now on:"),
          Message("kb hook install")
        )
        : (
          Message(
            de: "Alles in git festhalten, damit nichts verloren geht:", en: "Keep it in git, so that nothing gets lost:"
          ),
          Message(
            de: "git init && git add . && git commit -m Wissensbasis",
            en: "git init && git add . && git commit -m \"Knowledge base\"")
        ),
    ]
  }
}

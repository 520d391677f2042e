import ArgumentParser
import KBDisk
import KBSource
import KBTerminal
import KBWorkspace

/// `kb doctor`.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what is set up here, what is missing, and what that means.",
    discussion:
      "Offline and read-only. Exits 1 if something stops kb from working.")

  @OptionGroup var workspace: WorkspaceOptions

  func run() async throws {
    var language = SpokenLanguage.environment
    var checkups = MachineCheckups().checkups
    if workspace.root != nil || WorkingTree.nearestRoot(from: ".") != nil {
      let base = try await Workspace(workspace)
      language = base.language
      checkups += FolderCheckups(tree: base.tree, catalog: base.catalog, language: language).checkups
    } else {
      checkups.append(
        .problem(
          Message(de: "hier ist keine Wissensbasis (kb.yml fehlt)", en: "there is no knowledge base here (no kb.yml)"),
          Message(
            de: "Eine anlegen:  kb init    Oder eine vorhandene nennen:  kb doctor -C ORDNER",
            en: "Create one:  kb init    Or name an existing one:  kb doctor -C DIR")))
    }
    for checkup in checkups { write(checkup, language) }
    if checkups.contains(where: { $0.level == .problem }) { throw ExitCode(1) }
  }

  private func write(_ checkup: Checkup, _ language: Language) {
    let output = Console.standardOutput
    let colour: Console.Colour =
      switch checkup.level {
      case .good: .green
      case .note: .yellow
      case .problem: .red
      }
    let word = output.coloured(checkup.level.word(language).padded(to: 8), colour)
    output.line("\(word)\(Console.harmless(checkup.what[language]))")
    if let remedy = checkup.remedy { output.line("        \(Console.harmless(remedy[language]))") }
  }
}

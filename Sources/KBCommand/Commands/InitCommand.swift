public import ArgumentParser
import KBCatalog
public import KBEditing
import KBGit
import KBDisk
import KBReports
public import KBSource
import KBTerminal
import KBWorkspace

/// `kb init`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Create a knowledge base: settings, and one short example of each kind, linked with each other.",
    discussion: """
      Existing files are not changed. In a folder that holds Markdown files only the settings are added, no examples. \
      The examples' file names all start with 'example-' ('beispiel-' in German), so that one line deletes them.
      """)

  @Argument(help: ArgumentHelp("The folder; created if it does not exist.", valueName: "dir"))
  var folder = "."

  @Option(help: "Language of pages, messages and examples: de or en; by default that of your environment.")
  var language: Language?

  @Option(help: "The name at the top of each page.")
  var title: String?

  @Option(
    help: ArgumentHelp("Also add the files with which this service reviews each change.", valueName: "service"))
  var ci: ReviewPipeline?

  @Flag(name: .customLong("no-examples"), help: "Add no examples.")
  var withoutExamples = false

  @Option(help: ArgumentHelp("Treat this date (YYYY-MM-DD) as today. Default: the system's date.", valueName: "date"))
  var today: CalendarDate?

  func run() async throws {
    let root = ProcessEnvironment.absolutePath(folder)
    let language = SpokenLanguage.of(root: root) ?? language ?? SpokenLanguage.environment
    let today = today ?? ProcessEnvironment.today()
    let title = title ?? (Message(de: "IT-Wissen", en: "IT Knowledge")[language])
    try Workspace.refuseBare(root)
    try refuseInside(root)
    let base = NewBase(title: title, language: language, today: today)
    let isEmpty = try await isEmpty(root, beside: base)
    let hasExamples = isEmpty && !withoutExamples
    var report = InitReport(language: language, folder: folder, root: root)
    for file in base.files where hasExamples || !file.isRecord { try report.add(file, below: root) }
    let top = repositoryTop(root)
    for file in ci?.files(for: top.prefix) ?? [] { try report.add(file, below: top.folder) }
    try await report.write(hasExamples: hasExamples, isInGit: top.isRepository, today: today)
  }

  /// A knowledge base inside another one would belong to both.
  private func refuseInside(_ root: String) throws {
    guard !WorkingTree.exists("\(root)/kb.yml") else { return }
    var above = root
    repeat {
      guard let slash = above.lastIndex(of: "/"), slash != above.startIndex else { return }
      above = String(above[..<slash])
    } while !WorkingTree.exists(above)
    guard let outer = WorkingTree.nearestRoot(from: above) else { return }
    throw CommandFailure(
      Message(
        de: "'\(folder)' ist schon Teil der Wissensbasis \(outer); eine zweite darin würde zu beiden gehören",
        en: "'\(folder)' is inside the knowledge base \(outer); a second one inside would belong to both"),
      remedy: Message(de: "einen neuen Eintrag legt 'kb new' an", en: "'kb new' creates a record"))
  }

  /// Whether the folder holds no settings and no Markdown yet; examples of an earlier run that was stopped do not count,
  /// nor do the files that every repository begins with.
  private func isEmpty(_ root: String, beside base: NewBase) async throws -> Bool {
    guard WorkingTree.exists(root) else { return true }
    let files = try await WorkingTree(root: root).snapshot(marker: OutputTree.marker).files
    let own = Set(base.files.filter(\.isRecord).map(\.path))
    return !files.contains { file in
      switch FileRole(file.path) {
      case .configuration: true
      case .document: !own.contains(file.path) && !InitCommand.isAboutRepository(file.path)
      default: false
      }
    }
  }

  private static func isAboutRepository(_ path: RepoPath) -> Bool {
    ["readme.md", "license.md", "contributing.md", "changelog.md", "security.md", "code_of_conduct.md"].contains(
      path.string.lowercased())
  }

  /// The folder whose files services such as GitHub read, and where the knowledge base is in it.
  private func repositoryTop(_ root: String) -> (folder: String, prefix: String, isRepository: Bool) {
    guard let place = WorkingTree.place(of: root), case .success(let git) = GitContext.around(place) else {
      return (root, "", false)
    }
    return (git.prefix.isEmpty ? place : String(place.dropLast(git.prefix.count + 1)), git.prefix, true)
  }
}

extension ReviewPipeline: ExpressibleByArgument {}

extension Language: ExpressibleByArgument {}

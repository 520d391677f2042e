import ArgumentParser
import KBDisk
import KBSource
import KBTerminal
import KBWorkspace

/// `kb hook`.
struct HookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Check each commit before it is made: install or remove git's pre-commit hook.",
    discussion: """
      The hook runs 'kb check --staged --new': a commit that brings errors is stopped, existing findings elsewhere are ignored. A commit that kb can't check is stopped, too; only where the hook is a file of the repository, and so also \
      that of people without kb, does it let the commit pass where kb is not found. 'git commit --no-verify' goes past it.
      """,
    subcommands: [Install.self, Uninstall.self])

  /// `kb hook install`.
  struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Install the hook, or renew it.",
      discussion: """
        It respects core.hooksPath and worktrees, and works where the knowledge base is a folder of a larger repository. \
        An existing hook is not changed, unless --force is given: then kb's lines follow its first line.
        """)

    @OptionGroup var workspace: WorkspaceOptions

    @Flag(help: "Also change a hook that somebody else wrote, or one that several repositories share.")
    var force = false

    func run() async throws {
      let hook = try HookCommand.hook(workspace)
      let outcome = try hook.install(isForced: force)
      let path = Console.harmless(hook.path)
      let words: Message
      switch outcome {
      case .added: words = Message(de: "eingerichtet: \(path)", en: "installed: \(path)")
      case .renewed: words = Message(de: "erneuert: \(path)", en: "renewed: \(path)")
      default: words = Message(de: "ist schon eingerichtet: \(path)", en: "is installed already: \(path)")
      }
      Console.standardOutput.line(words[hook.language])
    }
  }

  /// `kb hook uninstall`.
  struct Uninstall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove kb's lines from the hook; what else is in it stays.")

    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
      let hook = try HookCommand.hook(workspace)
      let path = Console.harmless(hook.path)
      let words: Message =
        switch try hook.uninstall() {
        case .removed: Message(de: "entfernt aus: \(path)", en: "removed from: \(path)")
        default: Message(de: "\(path) enthält nichts von kb", en: "\(path) contains nothing from kb")
        }
      Console.standardOutput.line(words[hook.language])
    }
  }

  private static func hook(_ options: WorkspaceOptions) throws -> PreCommitHook {
    let root = try WorkspaceFiles.tree(options).root
    return try PreCommitHook(around: root, SpokenLanguage.of(root: root) ?? SpokenLanguage.environment)
  }
}

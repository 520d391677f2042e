import ArgumentParser
import KBTerminal

/// `kb completions`.
struct CompletionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script that completes commands, options, kinds, record ids and rule codes in your shell.",
    discussion: """
      bash:  kb completions bash > ~/.local/share/bash-completion/completions/kb \
      zsh:   kb completions zsh > _kb, into a folder of your $fpath \
      fish:  kb completions fish > ~/.config/fish/completions/kb.fish

      'make install' puts them into place for all users.
      """)

  /// The shells that are known.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    var script: String {
      switch self {
      case .bash: KnowledgeBaseCommand.completionScript(for: .bash)
      case .zsh: KnowledgeBaseCommand.completionScript(for: .zsh)
      case .fish: KnowledgeBaseCommand.completionScript(for: .fish)
      }
    }
  }

  @Argument(help: "The shell: bash, zsh or fish.")
  var shell: Shell

  func run() { Console.standardOutput.write(shell.script.last == "\n" ? shell.script : shell.script + "\n") }
}

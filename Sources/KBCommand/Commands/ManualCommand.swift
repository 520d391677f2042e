import ArgumentParser
import KBTerminal

/// `kb manual`.
struct ManualCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page.",
    discussion: "To read it without installing it:  kb manual | man -l -")

  func run() throws { Console.standardOutput.write(try ManualPage(of: KnowledgeBaseCommand.self).text) }
}

import ArgumentParser
import KBCatalog
import KBDisk
import KBSource
import KBTerminal
import KBWorkspace

/// `kb explain`.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule: why it exists, how to satisfy it, and an example that breaks it.",
    discussion: "Without CODE it lists all rules with their severities.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "A rule's code, such as reference/missing.", completion: .ruleCodes)
  var code: String?

  func run() async throws {
    let language = SpokenLanguage.current
    let rules = Rule.all
    let output = Console.standardOutput
    guard let code else {
      let width = rules.map(\.code.count).max() ?? 0
      for rule in rules {
        let padding = String(repeating: " ", count: width - rule.code.count)
        output.line("\(rule.code)\(padding)  \(rule.severity.rawValue.padded(to: 7))  \(rule.title[language])")
      }
      return
    }
    guard let rule = rules.first(where: { $0.code == code }) else {
      let message = NearMiss(code, among: rules.map(\.code)).asked(
        after: Message(de: "es gibt keine Regel '\(code)'", en: "there is no rule '\(code)'"))
      throw CommandFailure(message, remedy: Message(de: "'kb explain' zählt alle auf", en: "'kb explain' lists all"))
    }
    output.line("\(output.coloured(rule.code, .bold)) (\(rule.severity.rawValue)): \(rule.title[language])")
    output.line()
    output.line(rule.explanation[language])
    for file in rule.example where file.text.utf8.count < 2000 {
      output.line()
      output.line(
        output.coloured(Message(de: "Beispiel, \(file.path):", en: "Example, \(file.path):")[language], .faint))
      for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
        output.line("    " + Console.harmless(String(line)))
      }
    }
  }
}

extension String {
  /// The text, padded with spaces to a width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

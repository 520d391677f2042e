import ArgumentParser
import KBSource

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The manual page of a command, in the language of `man` (groff's man macros), from the same words as `--help`.
struct ManualPage {
  /// When the words that are only here were last looked at.
  private static let date = "2026-11-29"

  private let command: Command
  private let version: String

  /// What the parser says about a command.
  private struct Dump: Decodable { let command: Command }

  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var written: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
  }

  init(of command: any ParsableCommand.Type) throws {
    self.command = try JSONDecoder().decode(Dump.self, from: Data(command._dumpHelp().utf8)).command
    version = command.configuration.version
  }

  var text: String {
    let name = command.commandName
    var lines = [
      ".TH \(name.uppercased()) 1 \(ManualPage.date) \"\(name) \(version)\" \"User Commands\"", ".ad l", ".nh",
    ]
    lines += [".SH NAME", "\(name) \\- \(escaped(command.abstract ?? ""))"]
    lines += [".SH SYNOPSIS", ".B \(name)", ".I command", "[\\fIoptions\\fR] [\\fIarguments\\fR]"]
    lines += [".SH DESCRIPTION"] + paragraphs(command.discussion ?? "")
    lines += [".SH COMMANDS"]
    for subcommand in shown(command.subcommands) { lines += section(subcommand, above: name) }
    lines += rules + ManualPage.endings
    return lines.joined(separator: "\n") + "\n"
  }

  /// What 'kb check' looks for.
  private var rules: [String] {
    let heading = [
      ".SH RULES", "The findings of \\fBkb check\\fR. \\fBkb explain\\fR \\fIcode\\fR also shows an example.",
    ]
    return heading
      + Rule.all.flatMap { rule in
        [".TP", "\\fB\(escaped(rule.code))\\fR (\(rule.severity.rawValue)): \(escaped(rule.title.english))"]
          + rule.explanation.english.split(separator: "\n").map { escaped(String($0)) }
      }
  }

  private func shown(_ commands: [Command]?) -> [Command] {
    (commands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  /// A command with its options; commands below it follow.
  private func section(_ command: Command, above: String) -> [String] {
    let name = "\(above) \(command.commandName)"
    let arguments = (command.arguments ?? []).filter { argument in
      argument.shouldDisplay && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
    }
    var lines = [".SS \(escaped(name))"]
    lines += [".B \(escaped(name))"] + arguments.map(usage)
    lines += [".PP", escaped(command.abstract ?? "")] + (command.discussion.map { [".PP"] + paragraphs($0) } ?? [])
    for argument in arguments { lines += [".TP", heading(argument), explanation(argument)] }
    for subcommand in shown(command.subcommands) { lines += section(subcommand, above: name) }
    return lines
  }

  private func value(_ argument: Argument) -> String { "\\fI\(escaped(argument.valueName ?? "value"))\\fR" }

  private func usage(_ argument: Argument) -> String {
    let dots = argument.isRepeating ? " ..." : ""
    let name = argument.names?.last.map { "\\fB\(escaped($0.written))\\fR" } ?? ""
    let text =
      switch argument.kind {
      case "positional": value(argument) + dots
      case "flag": name
      default: "\(name) \(value(argument))\(dots)"
      }
    return argument.isOptional ? "[\(text)]" : text
  }

  private func heading(_ argument: Argument) -> String {
    guard argument.kind != "positional" else { return value(argument) }
    let names = (argument.names ?? []).map { "\\fB\(escaped($0.written))\\fR" }.joined(separator: ", ")
    return argument.kind == "flag" ? names : "\(names) \(value(argument))"
  }

  private func explanation(_ argument: Argument) -> String {
    var text = escaped(argument.abstract ?? "")
    if let values = argument.allValues, !values.isEmpty { text += " (\(escaped(values.joined(separator: ", "))))" }
    if let standard = argument.defaultValue { text += " [default: \(escaped(standard))]" }
    return text
  }

  /// Lines that stand apart are paragraphs; lines that are indented or hold commands in columns stay lines.
  private func paragraphs(_ text: String) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n\n") {
      if !lines.isEmpty { lines.append(".PP") }
      let isTable = paragraph.split(separator: "\n").allSatisfy { $0.contains("  ") }
      if isTable { lines.append(".nf") }
      lines += paragraph.split(separator: "\n").map { escaped(String($0)) }
      if isTable { lines.append(".fi") }
    }
    return lines
  }

  /// Text without signs that the macros would obey, and in ASCII.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      case "\n": escaped += "\n"
      case _ where scalar.value > 0x7E:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped.first == "." ? "\\&\(escaped)" : escaped
  }

  /// What no command's help says.
  private static let endings = """
    .SH FILES
    .TP
    .I kb.yml
    The settings, at the root of a knowledge base. Every key may be left out; \\fBkb init\\fR writes a file that explains all.
    .TP
    .I kinds/*.yml
    Kinds of record of the knowledge base's own, and changes to the built\\-in ones.
    .TP
    .I .kbignore
    Files that are left out, with the patterns of \\fBgitignore\\fR(5).
    .TP
    .I templates/page.mustache
    The frame of every page, where there is one.
    .TP
    .I ~/.cache/kb
    What can be made anew: the search index and what was read of git's history.
    .SH ENVIRONMENT
    .TP
    .BR VISUAL ", " EDITOR
    The editor that \\fBkb new \\-\\-edit\\fR opens.
    .TP
    .BR LC_ALL ", " LC_MESSAGES ", " LANG
    The language outside a knowledge base: German when it starts with \\(lqde\\(rq, else English.
    .TP
    .B NO_COLOR
    When it is not empty, nothing is printed in colour.
    .TP
    .B XDG_CACHE_HOME
    Where the cache folder is; by default
    .IR ~/.cache .
    .SH EXIT STATUS
    .TP
    .B 0
    All is well.
    .TP
    .B 1
    There are findings at or above \\fB\\-\\-fail\\-on\\fR.
    .TP
    .B 2
    The command could not do its work.
    .SH SEE ALSO
    .BR git (1),
    .BR gitignore (5)
    """.split(separator: "\n").map(String.init)
}

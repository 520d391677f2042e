import ArgumentParser
import KBSource
import KBTerminal

/// The words of a command line, before the parser reads them.
enum Usage {
  /// The words with `-C DIR` after the name of the command, where the parser expects it: `kb -C base check`.
  static func arranged(_ words: [String]) -> [String] {
    guard words.count > 2, words[0] == "-C" else { return words }
    return [words[2], words[0], words[1]] + words[3...]
  }

  /// Refuses a command that does not exist, with the one that may be meant.
  static func require(commandIn words: [String]) throws(CommandFailure) {
    let words = words.first == "help" ? words.dropFirst() : words[...]
    guard let name = words.first, !name.hasPrefix("-") else { return }
    let groups = KnowledgeBaseCommand.configuration.groupedSubcommands
    let names = groups.flatMap { group in group.subcommands.compactMap { $0.configuration.commandName } }
    if let group = groups.flatMap(\.subcommands).first(where: { $0.configuration.commandName == name }) {
      return try require(words.dropFirst().first, in: group, name)
    }
    guard name != "help" else { return }
    throw CommandFailure(
      NearMiss(name, among: names).asked(
        after: Message(de: "es gibt keinen Befehl '\(name)'", en: "there is no command '\(name)'")),
      remedy: Message(de: "'kb --help' zählt die Befehle auf", en: "'kb --help' lists the commands"))
  }

  /// Refuses a word after a command that has commands of its own, where it is none of them: "kb hook instal".
  private static func require(
    _ word: String?, in command: any ParsableCommand.Type, _ name: String
  ) throws(CommandFailure) {
    let names = command.configuration.subcommands.map { $0._commandName }
    guard let word, !word.hasPrefix("-"), !names.isEmpty, command.configuration.defaultSubcommand == nil,
      !(names + ["help"]).contains(word)
    else { return }
    throw CommandFailure(
      NearMiss(word, among: names).asked(
        after: Message(de: "'kb \(name)' hat keinen Befehl '\(word)'", en: "'kb \(name)' has no command '\(word)'")),
      remedy: Message(de: "'kb help \(name)' zählt sie auf", en: "'kb help \(name)' lists them"))
  }

  /// The long names of the options that the command in a command line has, as its help lists them.
  static func options(of words: [String]) -> [String] {
    var command: any ParsableCommand.Type = KnowledgeBaseCommand.self
    for word in words {
      guard let next = command.configuration.subcommands.first(where: { $0._commandName == word }) else {
        break
      }
      command = next
    }
    let help = KnowledgeBaseCommand.helpMessage(for: command, includeHidden: false, columns: 200)
    return help.split(separator: "\n").filter { $0.hasPrefix("  -") }.flatMap { line in
      let names = line.dropFirst(2).firstRange(of: "  ").map { line[..<$0.lowerBound] } ?? line
      return names.matches(of: /--[a-z][a-z-]*/).map { String($0.output) }
    }
  }
}

/// What the parser says of a command line that it can't read, in the words of kb.
struct UsageMistake: Refusal {
  let message: Message
  let remedy: Message?

  /// `text`: the parser's message: what is wrong, a line about the option, the usage, and where to read on. `options`: those of the
  /// command.
  init(_ text: String, options: [String]) {
    let lines = text.split(separator: "\n").map(String.init)
    let usage = lines.first { $0.hasPrefix("Usage: ") }?.dropFirst("Usage: ".count)
    let command = lines.last.flatMap { $0.hasPrefix("  See '") ? $0.split(separator: "'").dropFirst().first : nil }
    let wrong = (lines.first ?? text).trimmingPrefix("Error: ")
    var sentence = String(wrong.hasSuffix(".") ? wrong.dropLast() : wrong)
    // Many values are listed below the sentence, each on a line.
    let values = lines.dropFirst().prefix { $0.hasPrefix("  - ") }.map { "'\($0.dropFirst(4))'" }
    if let last = values.last, let end = sentence.firstRange(of: "the following:") {
      sentence.replaceSubrange(end, with: values.dropLast().joined(separator: ", ") + " or \(last)")
    }
    message = UsageMistake.unknownOption(sentence, options) ?? UsageMistake.translated(sentence)
    let help = lines.first { $0.hasPrefix("Help:  ") }?.dropFirst("Help:  ".count)
    guard let usage else {
      remedy = nil
      return
    }
    let more = command.map { String($0) } ?? "kb --help"
    // The words about an option are in English only, as the help is.
    remedy = Message(
      de: "Aufruf: \(usage)\n    mehr: '\(more)'",
      en: "\(help.map { "\($0)\n    " } ?? "")usage: \(usage)\n    more: '\(more)'")
  }

  /// An option that the command does not have, with the one that may be meant: the one that begins so, else the nearest; `nil` where the
  /// sentence is another one.
  private static func unknownOption(_ sentence: String, _ options: [String]) -> Message? {
    guard let option = sentence.firstMatch(of: /^Unknown option '([^']*)'/).map({ String($0.output.1) }) else {
      return nil
    }
    let name = String(option.drop { $0 == "-" })
    let begun = name.utf8.count > 1 ? options.first { $0.hasPrefix("--\(name)") } : nil
    let near = NearMiss(name, among: options.map { String($0.dropFirst(2)) }).nearest.map { "--\($0)" }
    return NearMiss(option, nearest: begun ?? near).asked(
      after: Message(de: "unbekannte Option '\(option)'", en: "unknown option '\(option)'"))
  }

  /// The parser's sentences, by the pieces that they are made of; each quotes what was written.
  private static let patterns: [(english: String, words: Message)] = [
    ("Missing value for '*'", Message(de: "'*' braucht einen Wert", en: "'*' needs a value")),
    (
      "The option '*' does not take any value, but '*' was specified",
      Message(
        de: "die Option '*' hat keinen Wert, angegeben ist '*'", en: "the option '*' takes no value, but '*' is given")
    ),
    ("Unexpected argument '*'", Message(de: "'*' ist hier zu viel", en: "unexpected argument '*'")),
    ("* unexpected arguments: '*'", Message(de: "* Angaben sind zu viel: '*'", en: "* unexpected arguments: '*'")),
    ("Missing expected argument '*'", Message(de: "es fehlt '*'", en: "'*' is missing")),
    ("Missing one of: '*'", Message(de: "eines davon fehlt: '*'", en: "one of these is missing: '*'")),
    (
      "The value '*' is invalid for '*'. Please provide one of *",
      Message(
        de: "'*' gibt es für '*' nicht; möglich: *", en: "'*' is not allowed for '*'; choose one of *")
    ),
    (
      "The value '*' is invalid for '*'",
      Message(
        de: "'*' gibt es für '*' nicht", en: "'*' is not allowed for '*'")
    ),
    (
      "Value to be set with flag '*' had already been set with flag '*'",
      Message(
        de: "'*' und '*' schließen sich aus", en: "'*' and '*' exclude each other")
    ),
  ]

  /// How values are written that are not one of a few, by the name that the usage has for them.
  private static let forms: [(name: String, words: Message)] = [
    ("<duration>", Message(de: "eine Dauer wie 30d, 6w oder 3M", en: "a duration such as 30d, 6w or 3M")),
    ("<date>", Message(de: "ein Tag wie 2026-11-29", en: "a day such as 2026-11-29")),
    ("<time>", Message(de: "ein Zeitpunkt wie 2026-11-29T03:00", en: "a time such as 2026-11-29T03:00")),
  ]

  private static func translated(_ sentence: String) -> Message {
    for (english, words) in patterns {
      guard let found = match(sentence[...], english.split(separator: "*", omittingEmptySubsequences: false)) else {
        continue
      }
      let form = UsageMistake.forms.first { found.last?.contains($0.name) ?? false }?.words
      return .both { language in
        let pieces = words[language].split(separator: "*", omittingEmptySubsequences: false)
        let or = Message(de: "' oder '", en: "' or '")[language]
        let values = found.map { $0.replacing("' or '", with: or).replacing("' and '", with: or) }
        let filled = zip(pieces, values + [""])
        let text = filled.map { "\($0)\($1)" }.joined()
        return Message.Text(verbatim: text + (form.map { "; \($0[language])" } ?? ""))
      }
    }
    return Message(verbatim: sentence)
  }

  /// What is between the pieces of a pattern in a text; `nil` where it does not fit.
  private static func match(_ text: Substring, _ pieces: [Substring]) -> [String]? {
    guard let first = pieces.first, text.hasPrefix(first) else { return nil }
    var rest = text.dropFirst(first.count)
    var found: [String] = []
    for (number, piece) in pieces.enumerated().dropFirst() {
      if piece.isEmpty, number == pieces.count - 1 {
        found.append(String(rest))
        return found
      }
      guard let range = rest.firstRange(of: piece) else { return nil }
      found.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return rest.isEmpty ? found : nil
  }
}

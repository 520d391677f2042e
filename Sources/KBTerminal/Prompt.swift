package import KBSource

/// Questions to a person at a terminal. Nothing is kept when the person stops: Ctrl-C ends the process.
package struct Prompt {
  private let console = Console.standardError

  package init() {}

  /// Whether somebody can answer: questions go to standard error, so that standard output may lead elsewhere.
  package static var isPossible: Bool { ProcessEnvironment.isTerminal(0) && ProcessEnvironment.isTerminal(2) }

  /// The input has ended, as with Ctrl-D.
  package struct Ended: Error {}

  /// Shows a remark.
  package func say(_ text: String) { console.line(Console.harmless(text)) }

  /// Asks until `accept` takes the answer; Enter alone gives the default, and `nil` where there is none.
  ///
  /// After an answer that was not taken, Enter gives it to `keep`: nothing that somebody typed is lost.
  package func ask(
    _ question: String, hint: String = "", standard: String? = nil, accept: (String) -> Message?,
    keep: (String) -> Void = { _ in }, language: Language
  ) throws(Ended) {
    var refused: String?
    let width = max(20, ProcessEnvironment.terminalWidth(console.descriptor) ?? 80) - 2
    for line in hint.isEmpty ? [] : Console.harmless(hint).wrapped(to: width) {
      console.line(console.coloured("  \(line)", .faint))
    }
    while true {
      let shown = (refused ?? standard).map { " (Enter: \($0))" } ?? ""
      console.write(console.coloured(Console.harmless("\(question)\(shown): "), .bold))
      guard let line = readLine() else {
        console.line()
        throw Ended()
      }
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if words.isEmpty, let refused { return keep(refused) }
      guard let answer = words.isEmpty ? standard : words else { return }
      guard let objection = accept(answer) else { return }
      refused = answer
      for line in objection[language].split(separator: "\n") { say("  \(line)") }
    }
  }
}

import KBSource

/// The words and forms that secrets are recognised by: `templates/text/secrets`.
struct SecretWords: Sendable {
  let verbs: Set<String>
  /// Words that lead to the place where a secret is kept.
  let references: Set<String>
  let placeholders: Set<String>
  let placeholderPrefixes: [String]
  let placeholderPieces: [String]
  let placeholderSigns: [String]
  let technicalPrefixes: [String]
  let technicalEndings: Set<String>
  /// Words that make a name for a secret out of a name, as in "mysecretpass".
  let secretWords: [String]
  /// Words that follow a label in ordinary sentences.
  let ordinary: Set<String>

  /// The lists that are built in.
  static let builtIn = SecretWords(EmbeddedTexts.text("secrets/words.txt"))

  private init(_ text: String) {
    var sections: [Substring: [String]] = [:]
    var section: Substring = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("["), line.hasSuffix("]"), !line.contains(" ") {
        section = line.dropFirst().dropLast()
      } else {
        sections[section, default: []] += line.split(separator: " ").map(String.init)
      }
    }
    func list(_ name: Substring) -> [String] { sections[name] ?? [] }
    verbs = Set(list("verb"))
    references = Set(list("reference"))
    placeholders = Set(list("placeholder"))
    placeholderPrefixes = list("placeholder-prefix")
    placeholderPieces = list("placeholder-piece")
    placeholderSigns = list("placeholder-sign")
    technicalPrefixes = list("technical-prefix")
    technicalEndings = Set(list("technical-ending"))
    secretWords = list("secret-word")
    ordinary = Set(list("ordinary"))
  }
}

extension EmbeddedTexts {
  /// Returns the text of a file below `templates/text`, which is part of the binary.
  static func text(_ path: String) -> String {
    guard let file = files.first(where: { $0.path == "text/\(path)" }) else {
      preconditionFailure("templates/text/\(path) is missing")
    }
    return file.text.description
  }
}

import KBSource

/// The words and forms that secrets are recognised by: `templates/text/secrets`.
final class SecretWords: Sendable {
  let verbs: Set<String>
  /// Verbs that give a name: what follows one at the end of a sentence is the value.
  let namings: Set<String>
  /// The English ones among the words that lead to a value: adjectives of that language may follow them.
  let english: Set<String>
  /// Verbs that speak of several secrets.
  let plurals: Set<String>
  /// Adverbs that connect like a verb: "Kennwort noch kasse".
  let still: Set<String>
  /// English verbs before what is typed, and German ones after it.
  let typing: Set<String>
  let typed: Set<String>
  /// Words after which a sentence says nothing more about a value before them: "auf kasse umgestellt", "kasse but".
  let closers: Set<String>
  /// Words between "als Passwort" and the value: "Als Passwort haben wir kasse genommen".
  let frame: Set<String>
  /// Words before a noun that is not the value itself: articles, possessives and "zu".
  let articles: Set<String>
  /// Words between a price and what it is for.
  let per: Set<String>
  /// Words before a number that is not a PIN: "Raum", "Tel."
  let numbered: Set<String>
  /// Words between the numbers of a dial: "links".
  let turns: Set<String>
  /// Heads that name a place where a password is typed.
  let prompts: Set<String>
  /// Usual names of users.
  let users: Set<String>
  /// Options of commands that a password follows; those that a user and a password follow; words after which the second
  /// word is one.
  let options: Set<String>
  let loginOptions: Set<String>
  let afterTwo: Set<String>
  /// Endings of adjectives, participles and nouns that describe a secret and are none.
  let adjectiveEndings: [String]
  let participlePrefixes: [String]
  let participleEndings: [String]
  let englishEndings: [String]
  let nounEndings: [String]
  let remarkEndings: [String]
  /// Words that begin another thought after a value.
  let conjunctions: Set<String>
  /// Words before the value of a change, as in "changed to".
  let targets: Set<String>
  /// Words for a change.
  let changed: Set<String>
  /// These, and what else may be before a target.
  let changes: Set<String>
  /// Words that begin what a label belongs to.
  let prepositions: Set<String>
  /// Words that make another word of a label, as in "password manager".
  let heads: Set<String>
  /// Words between a user and a password.
  let companions: Set<String>
  /// Words before a label that make the value before it the secret, as in "as its password".
  let roles: Set<String>
  /// What may be between such a word and the label.
  let fillers: Set<String>
  /// Words that make an example of a value.
  let examples: Set<String>
  /// What names begin with whose values are no secrets.
  let pretences: [String]
  /// What a line has to name for a label to be one, by the label's sort.
  let near: [String: [[UInt8]]]
  /// Words that lead to the place where a secret is kept.
  let references: Set<String>
  /// The secret members of a JSON Web Key.
  let membersOfKeys: Set<String>
  /// Members of a secret of Kubernetes that are none.
  let plainMembers: Set<String>
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
    namings = Set(list("naming"))
    english = Set(list("english"))
    plurals = Set(list("plural"))
    still = Set(list("still"))
    typing = Set(list("typing"))
    typed = Set(list("typed"))
    closers = Set(list("closer"))
    frame = Set(list("frame"))
    articles = Set(list("article"))
    per = Set(list("per"))
    numbered = Set(list("numbered"))
    turns = Set(list("turn"))
    prompts = Set(list("prompt"))
    users = Set(list("user"))
    options = Set(list("option"))
    loginOptions = Set(list("login-option"))
    afterTwo = Set(list("after-two"))
    adjectiveEndings = list("adjective-ending")
    participlePrefixes = list("participle-prefix")
    participleEndings = list("participle-ending")
    englishEndings = list("english-ending")
    nounEndings = list("noun-ending")
    remarkEndings = list("remark-ending")
    conjunctions = Set(list("conjunction"))
    targets = Set(list("target"))
    changed = Set(list("changed"))
    changes = Set(list("change"))
    prepositions = Set(list("preposition"))
    heads = Set(list("head"))
    companions = Set(list("companion"))
    roles = Set(list("role"))
    fillers = Set(list("filler"))
    examples = Set(list("example"))
    pretences = list("pretence")
    near = ["code", "wifi", "user"].reduce(into: [:]) { $0[$1] = list("near-\($1)").map { Array($0.utf8) } }
    references = Set(list("reference"))
    membersOfKeys = Set(list("member-of-key"))
    plainMembers = Set(list("plain-member"))
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
  package static func text(_ path: String) -> String {
    guard let file = files.first(where: { $0.path == "text/\(path)" }) else {
      preconditionFailure("templates/text/\(path) is missing")
    }
    return file.text.description
  }
}

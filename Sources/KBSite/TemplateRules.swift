import KBCatalog
import KBSource

/// The rule about templates of a knowledge base's own.
enum TemplateRules {
  static let invalid = Rule("template/invalid")

  static func finding(_ refusal: PageFrame.Refusal, at path: RepoPath) -> Diagnostic {
    let message: Message =
      switch refusal {
      case .syntax(let words):
        Message(de: "die Vorlage ist nicht lesbar: \(words)", en: "the template can't be read: \(words)")
      case .lacksPolicy:
        Message(
          de: "der Vorlage fehlt die Sicherheitsregel als erstes meta-Element",
          en: "the template lacks the policy as its first meta element")
      case .lacksContent:
        Message(
          de: "der Vorlage fehlen {{title}}, {{{sprite}}} oder {{{body}}}, in dieser Reihenfolge",
          en: "the template lacks {{title}}, {{{sprite}}} or {{{body}}}, in this order")
      }
    return Diagnostic(
      invalid, at: path, .start, message,
      remedy: Message(
        de: "die Datei mit der eingebauten Vorlage vergleichen, die bis dahin verwendet wird",
        en: "compare the file with the built-in template, which is used until then"))
  }
}

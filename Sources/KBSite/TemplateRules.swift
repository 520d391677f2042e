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
          de: "der Vorlage fehlt die Sicherheitsregel als erstes Element des Kopfs",
          en: "the template lacks the policy as the first element of its head")
      case .forbidden(let part):
        Message(
          de: "\(code: part) ist in der Vorlage nicht erlaubt oder nicht lesbar",
          en: "\(code: part) is not allowed in the template, or can't be read")
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

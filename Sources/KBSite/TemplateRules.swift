import KBCatalog
import KBMarkup
import KBSource

/// The rule about templates of a knowledge base's own.
enum TemplateRules {
  static let invalid = Rule("template/invalid")

  static func finding(_ refusal: PageFrame.Refusal, at path: RepoPath) -> Diagnostic {
    let message: Message =
      switch refusal {
      case .unreadable(let fault): words(fault.reason)
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
    let range: SourceRange = if case .unreadable(let fault) = refusal { fault.range } else { .start }
    return Diagnostic(
      invalid, at: path, range, message,
      remedy: Message(
        de: "die Datei mit der eingebauten Vorlage vergleichen, die bis dahin verwendet wird",
        en: "compare the file with the built-in template, which is used until then"))
  }

  private static func words(_ reason: FrameFault.Reason) -> Message {
    switch reason {
    case .unfinished:
      Message(de: "die Klammern werden nicht geschlossen", en: "the braces are not closed")
    case .unknownName(let name):
      Message(de: "einen Wert namens \(code: name) gibt es nicht", en: "there is no value named \(code: name)")
    case .unsupported(let tag):
      Message(
        de: "\(code: tag) versteht kb nicht: eine Vorlage enthält nur Werte, Abschnitte und Kommentare",
        en: "kb does not understand \(code: tag): a template has values, sections and comments only")
    case .open(let name):
      Message(
        de: "der Abschnitt \(code: name) hat kein Ende, \(code: "{{/\(name)}}")",
        en: "the section \(code: name) has no end, \(code: "{{/\(name)}}")")
    case .notOpen(let name):
      Message(
        de: "\(code: "{{/\(name)}}") beendet keinen Abschnitt, der hier offen ist",
        en: "\(code: "{{/\(name)}}") ends no section that is open here")
    case .tooDeep:
      Message(de: "zu viele Abschnitte ineinander", en: "too many sections inside each other")
    }
  }
}

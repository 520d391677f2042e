public import KBAnswers
public import KBCatalog
import KBSource
import Mustache

/// The answers to questionnaires as one page that needs no other file, to print and to sign.
public struct EvidencePage: Sendable {
  private let answers: Answers
  private let sheets: [(questionnaire: Questionnaire, answers: [Evidence])]
  private let commit: String?
  private var language: Language { answers.language }

  public init(answers: Answers, sheets: [(questionnaire: Questionnaire, answers: [Evidence])], commit: String?) {
    (self.answers, self.sheets, self.commit) = (answers, sheets, commit)
  }

  /// The page.
  public var bytes: [UInt8] {
    var html = HTML(capacity: 65_536)
    for sheet in sheets { write(&html, sheet.questionnaire, sheet.answers) }
    let siteTitle = answers.catalog.configuration.title
    let words = siteTitle.split(separator: " ", maxSplits: 1).map(String.init)
    let title = sheets.first.map { $0.questionnaire.label[language] } ?? ""
    let values: [String: Any] = [
      "lang": language.rawValue, "title": "\(title) · \(siteTitle)", "style": StyleSheet.text,
      "skip": Words.skip[language], "sprite": html.icons.sprite, "brand": words.first ?? "",
      "brandRest": words.count > 1 ? words[1] : "", "body": String(decoding: html.bytes, as: UTF8.self),
    ]
    do {
      return Array(try MustacheTemplate(string: EmbeddedTemplates.text("site/review.mustache")).render(values).utf8)
    } catch {
      preconditionFailure("templates/site/review.mustache: \(error)")
    }
  }

  private func write(_ html: inout HTML, _ questionnaire: Questionnaire, _ found: [Evidence]) {
    let format = Format(language: language)
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: questionnaire.label[language])
      html.element(.p, .class("lead"), text: questionnaire.lead[language])
      let state = commit.map { Message(de: ", Commit \($0)", en: ", commit \($0)")[language] } ?? ""
      html.element(
        .p, .class("muted"),
        text: Message(de: "Stand ", en: "As of ")[language] + format.date(answers.today) + state)
    }
    html.figures([
      (String(found.count { $0.state == .proven }), Message(de: "belegt", en: "proven")[language]),
      (String(found.count { $0.state == .open }), Message(de: "offen", en: "open")[language]),
      (String(found.count { $0.state == .empty }), Message(de: "ohne Einträge", en: "no records")[language]),
    ])
    for answer in found {
      html.section("\(answer.question.id)  \(answer.question.ask[language])") { html in
        if !answer.gaps.isEmpty {
          html.list("rows", answer.gaps) { html, gap in
            html.element(.span, .class("key"), text: gap.record?.title ?? "–")
            html.element(.div) { html in
              html.text(gap.message[language])
              if let record = gap.record { html.what(record.path.string) }
            }
          }
        }
        if !answer.proofs.isEmpty {
          let head = Message(de: "Belegt durch: ", en: "Proven by: ")[language]
          html.element(.p, text: head + answer.proofs.map(\.title).joined(separator: ", "))
        }
        if answer.state == .empty {
          html.element(
            .p, .class("muted"),
            text: Message(de: "Keine Einträge, die gemeint sind.", en: "No records that are meant.")[language])
        }
      }
    }
  }
}

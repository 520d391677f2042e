public import KBAnswers
public import KBCatalog
public import KBHistory
import KBMarkup
import KBSchema
public import KBSource

/// The answers to questionnaires as one page that needs no other file, to print and to sign.
public struct EvidencePage: Sendable {
  private let answers: Answers
  private let sheets: [(questionnaire: Questionnaire, answers: [Evidence])]
  private let commit: String?
  private let commits: LastCommits?
  private let changes: [[Message?]]?
  private var language: Language { answers.language }

  /// `changes`: for each question of each questionnaire what is different from an earlier state.
  public init(
    answers: Answers, sheets: [(questionnaire: Questionnaire, answers: [Evidence])], commit: String?,
    commits: LastCommits? = nil, changes: [[Message?]]? = nil
  ) {
    (self.answers, self.sheets, self.commit) = (answers, sheets, commit)
    (self.commits, self.changes) = (commits, changes)
  }

  /// The page.
  public var bytes: [UInt8] {
    var html = HTML(capacity: 65_536)
    for (place, sheet) in sheets.enumerated() {
      write(&html, sheet.questionnaire, sheet.answers, changes?[place])
    }
    let siteTitle = answers.catalog.configuration.title
    let title = sheets.first.map { $0.questionnaire.label[language] } ?? ""
    return LonePage(title: title, siteTitle: siteTitle, language: language).bytes(html)
  }

  private func write(_ html: inout HTML, _ questionnaire: Questionnaire, _ found: [Evidence], _ changes: [Message?]?) {
    let format = Format(language: language)
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: questionnaire.label[language])
      html.element(.p, .class("lead"), text: questionnaire.lead[language])
      let state = commit.map { Message(de: ", Commit \($0)", en: ", commit \($0)")[language] } ?? ""
      html.element(
        .p, .class("muted"),
        text: Message(de: "Stand ", en: "As of ")[language] + format.date(answers.today) + state)
    }
    let states: [(Evidence.State, Message)] = [
      (.proven, Message(de: "belegt", en: "proven")), (.excepted, Message(de: "mit Ausnahmen", en: "with exceptions")),
      (.open, Message(de: "offen", en: "open")), (.empty, Message(de: "ohne Einträge", en: "no records")),
    ]
    html.figures(
      states.map { state, label in (String(found.count { $0.state == state }), label[language]) })
    for (number, answer) in found.enumerated() {
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
        if let change = changes?[number] { html.element(.p, .class("muted"), text: change[language]) }
        if !answer.exceptions.isEmpty {
          proofs(&html, answer.exceptions, Message(de: "Ausnahme mit Begründung", en: "Exception with a reason"))
        }
        if !answer.proofs.isEmpty { proofs(&html, answer.proofs, Message(de: "Belegt durch", en: "Proven by")) }
        if answer.state == .empty {
          html.element(
            .p, .class("muted"),
            text: Message(de: "Keine passenden Einträge.", en: "No matching records.")[language])
        }
      }
    }
  }

  /// The records that prove something, or say why it does not hold: what they say, when they were confirmed, and their commits.
  private func proofs(_ html: inout HTML, _ proofs: [Evidence.Proof], _ label: Message) {
    let format = Format(language: language)
    let labels = [
      label, Message(de: "Aussage", en: "Says"),
      Message(de: "Bestätigt", en: "Confirmed"), Message(de: "Stand", en: "State"),
    ].map { $0[language] }
    html.table("stack paper", labels.map { HTML.Column(label: $0) }) { html in
      for proof in proofs {
        html.element(.tr) { html in
          html.rowHead { html in
            html.text(proof.record.title)
            html.what(proof.record.path.string)
          }
          let confirmed = proof.record.value(.reviewed)?.date.map(format.date)
          let texts = [
            proof.facts.map { $0[language] }.joined(separator: "; "), confirmed ?? "",
            commits?.words(proof.record)?[language] ?? "",
          ]
          for (label, text) in zip(labels.dropFirst(), texts) {
            if text.isEmpty {
              html.element(.td) { _ in }
            } else {
              html.element(.td, .data("label", label), text: text)
            }
          }
        }
      }
    }
  }
}

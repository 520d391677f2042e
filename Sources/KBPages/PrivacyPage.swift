import KBAnswers
import KBCatalog
import KBMarkup
import KBPapers
import KBSource

/// The register of processing activities under Art. 30 GDPR.
struct PrivacyPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    top(&html, words(AccessWords.register)) { html in
      html.text(words(AccessWords.registerLead))
      html.text(" ")
      html.link(.file(SiteSheets.registerPath, depth: 0), words(AccessWords.csv))
    }
    let activities = answers.processingActivities()
    if activities.isEmpty { html.element(.p, text: words(AccessWords.noActivities)) }
    for activity in activities { entry(&html, activity) }
    let missing = answers.unregisteredProcesses()
    if !missing.isEmpty {
      html.section(words(AccessWords.unregistered)) { html in
        html.list("plain", missing) { link(&$0, to: $1, depth: 0) }
      }
    }
    for section in answers.privacySections() { PaperSections(context: context, depth: 0).write(&html, section) }
  }

  private func entry(_ html: inout HTML, _ activity: ProcessingActivity) {
    html.section({ html in html.element(.h2) { link(&$0, to: activity.process, depth: 0) } }) { html in
      for missing in activity.missing {
        html.element(.p) { html in
          mark(&html, severity: .warning)
          html.text(" ")
          message(&html, missing, isCapitalized: true, endsWithStop: true)
        }
      }
      html.element(.table, .class("stack terms")) { html in
        html.element(.tbody) { html in
          for column in activity.columns {
            html.element(.tr) { html in
              html.rowHead { $0.text((column.letter.isEmpty ? "" : "\(column.letter)) ") + words(column.label)) }
              html.element(.td, text: column.text.isEmpty ? "–" : column.text)
            }
          }
        }
      }
    }
  }
}

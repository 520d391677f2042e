import KBCatalog
import KBSource

/// The clock of a runbook at work, its log, and what the log asks. It needs the script and appears with it.
struct RunbookClock: Page {
  let context: PageContext
  let record: Record
  /// The number of steps.
  let steps: Int

  func write(_ html: inout HTML) {
    html.open(
      .div,
      [.class("clock js"), .role("group"), .aria("label", words(Words.procedure)), .data("title", record.title)]
        // Several knowledge bases may be at one address, and all those on disk are.
        + [.data("clock", "\(catalog.configuration.title)/\(record.id)")]
        + LogWords.ofScript.map { .data($0.name, words($0.words)) })
    html.element(.output, .ownID("time"), .aria("live", "off"), text: "00:00:00")
    html.element(.span) { html in
      html.element(.span, .ownID("done"), text: "0 \(words(Words.ofWord)) \(steps)")
      html.text(" ")
      html.element(.span, .class("opt"), text: words(LogWords.steps))
    }
    html.element(.span, .class("grow")) { html in
      button(&html, "begin", LogWords.begin, style: "btn main")
      button(&html, "log", LogWords.copyLog, style: "btn")
      html.element(.details, .class("more"), .ownID("more")) { html in
        html.element(.summary, .class("btn"), text: words(LogWords.more))
        html.element(.div) { html in
          button(&html, "again", LogWords.beginAgain, style: "btn")
          button(&html, "earlier", LogWords.copyEarlier, style: "btn")
        }
      }
    }
    html.element(.div, .class("asked"), .ownID("asked"), .hidden, .role("alert")) { html in
      html.element(.p, .ownID("question"), text: "")
      button(&html, "go-on", LogWords.goOn, style: "btn")
      button(&html, "anew", LogWords.beginAgain, style: "btn")
    }
    html.element(.p, .class("asked"), .ownID("unkept"), .hidden, .role("status"), text: words(LogWords.unkept))
    html.close(.div)
    html.element(.p, .class("print-only"), text: words(LogWords.printLine))
  }

  private func button(_ html: inout HTML, _ name: String, _ label: Message, style: String) {
    html.element(.button, .class(style), .type("button"), .ownID(name), text: words(label))
  }
}

import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// The clock of a runbook at work, its log, and what the log asks. It needs the script and appears with it.
struct RunbookClock: Page {
  let context: PageContext
  let title: String
  /// The name under which the browser keeps the log, and that of its file.
  let name: String
  /// What the log is about: the fields of an incident, by their roles, and what they hold.
  let facts: [(role: Role, text: String)]
  /// The number of steps.
  let steps: Int

  func write(_ html: inout HTML) {
    html.open(
      .div,
      [.class("clock js"), .role("group"), .aria("label", words(Words.procedure)), .data("title", title)]
        // Several knowledge bases may be at one address, and all those on disk are.
        + [
          .data("clock", "\(catalog.configuration.title)/\(name)"),
          .data("file", "\(words(LogWords.fileName))-\(name)"),
        ]
        + [.data("facts", facts.map { "\(label(of: $0.role)): \($0.text)" }.joined(separator: "\n"))]
        + ofIncident.map { .data($0.name, $0.text) }
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

  /// The log itself, after the steps: a line that belongs to none, the hand-over, everything in its order, and the way out as a file.
  func writeLog(_ html: inout HTML) {
    html.element(.section, .class("sec js journal"), .aria("labelledby", PageID.own("journal"))) { html in
      html.element(.h2, .ownID("journal"), text: words(LogWords.log))
      form(&html, "entry", LogWords.write) { html in
        html.element(.label) { html in
          html.text(words(LogWords.line))
          html.element(.textarea, Attribute(name: "rows", value: "2"), text: "")
        }
        field(&html, LogWords.yourName)
      }
      form(&html, "hand", LogWords.handOver) { field(&$0, LogWords.handOverTo) }
      html.element(.ul, .class("notes"), .ownID("entries")) { _ in }
      html.element(.p) { html in
        html.element(.label, .class("check")) { html in
          html.void(.input, .type("checkbox"), .ownID("drill"))
          html.text(" \(words(LogWords.isDrill))")
        }
      }
      html.element(.p) { html in
        button(&html, "download", LogWords.download, style: "btn")
        html.element(.span, .class("what")) { message(&$0, LogWords.becomesRecord) }
      }
    }
  }

  private func form(_ html: inout HTML, _ name: String, _ deed: Message, fields: (inout HTML) -> Void) {
    html.element(.form, .class("line"), .ownID(name)) { html in
      fields(&html)
      html.element(.button, .class("btn"), text: words(deed))
    }
  }

  private func field(_ html: inout HTML, _ label: Message) {
    html.element(.label) { html in
      html.text(words(label))
      html.void(.input, .noAutocomplete)
    }
  }

  private func button(_ html: inout HTML, _ name: String, _ label: Message, style: String) {
    html.element(.button, .class(style), .type("button"), .ownID(name), text: words(label))
  }

  // MARK: Words of the kind that a log becomes

  private var incident: Kind? { catalog.schema.kinds.first { $0.field(.incidentLog) != nil } }

  private func label(of role: Role) -> String { incident?.field(role).map { words($0.label) } ?? "\(role)" }

  private var ofIncident: [(name: String, text: String)] {
    func word(_ value: String) -> String {
      guard case .choice(let choices) = incident?.field(.category)?.type else { return value }
      return choices.first { $0.value == value }.map { words($0.label) } ?? value
    }
    return [
      ("type", label(of: .category)), ("real", word("real")), ("drill", word("drill")),
      ("beginning", label(of: .began)),
      ("ending", label(of: .ended)),
    ]
  }
}

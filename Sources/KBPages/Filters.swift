import KBCatalog
import KBMarkup
import KBSource

/// The filters above a list; the script applies them.
struct Filters: Page {
  let context: PageContext

  /// One of several values to narrow the list to.
  struct Choices {
    package let name: String
    package let label: Message
    package let values: [(value: String, text: String)]
  }

  func write(_ html: inout HTML, _ choices: [Choices]) {
    html.element(.details, .class("narrow js"), .open(true)) { html in
      html.element(.summary, text: words(Words.filter))
      html.element(.form, .class("filters")) { html in
        html.element(.div, .class("field")) { html in
          html.element(.label, .for(PageID.own("f-text")), text: words(Words.searchInList))
          html.void(.input, .ownID("f-text"), .type("search"), .data("filter", "*"), .noAutocomplete)
        }
        // One value is no choice.
        for choice in choices where choice.values.count > 1 { select(&html, choice) }
        html.element(.button, .class("btn"), .type("reset"), text: words(Words.showAll))
      }
    }
  }

  private func select(_ html: inout HTML, _ choices: Choices) {
    let id = PageID.own("f-\(choices.name)")
    html.element(.div, .class("field")) { html in
      html.element(.label, .for(id), text: words(choices.label))
      html.element(.select, .id(id), .data("filter", choices.name)) { html in
        html.element(.option, .value(""), text: words(Words.all))
        for choice in choices.values { html.element(.option, .value(choice.value), text: choice.text) }
      }
    }
  }
}

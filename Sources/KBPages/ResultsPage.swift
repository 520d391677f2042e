import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// The page of all results; `search-pages.js` fills it in. Without a script it explains the lists.
struct ResultsPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    html.element(.h1, .class("vh"), text: words(Words.search))
    html.element(
      .form, .class("ask js"), .role("search"), Attribute(name: "action", value: SitePage.search.path),
      .data("failed", words(Words.searchFailed))
    ) { html in
      html.element(.label, .class("vh"), .for(PageID.own("q")), text: words(Words.searchInBar))
      html.element(.div) { html in
        html.void(
          .input, .ownID("q"), Attribute(name: "name", value: "q"), .type("search"), .noAutocomplete,
          Attribute(name: "enterkeyhint", value: "search"),
          Attribute(name: "placeholder", value: words(Words.findWhat)), Attribute(name: "data-search", value: nil))
        html.element(.button, .type("submit"), text: words(Words.searchInBar))
      }
      html.element(.p, .ownID("said"), .role("status"), text: "")
    }
    html.element(.section, .class("no-js")) { listsInsteadOfSearch(&$0) }
    html.element(.details, .class("syntax js"), .ownID("syntax")) { querySyntax(&$0) }
    html.element(.div, .class("found js"), .ownID("found"), Attribute(name: "hidden", value: nil)) { html in
      html.element(.details, .class("narrow"), .open(true)) { html in
        html.element(.summary, text: words(Words.narrow))
        html.element(.form, .ownID("facets"), .aria("label", words(Words.narrow))) { _ in }
      }
      html.element(.div) { html in
        html.element(.ol, .class("hits"), .ownID("hits")) { _ in }
        html.element(.p, .class("also")) { html in
          html.element(.button, .class("btn"), .type("button"), .ownID("more"), Attribute(name: "hidden", value: nil)) {
            $0.text(words(Words.all))
          }
        }
      }
    }
  }

  private func listsInsteadOfSearch(_ html: inout HTML) {
    html.element(.p, .class("lead"), text: words(Words.searchNeedsScript))
    html.list("rows", SitePage.all.filter { $0.purpose != nil }) { html, page in
      html.element(.a, .class("key"), .href(page.address), text: words(page.title))
      html.element(.span, text: page.purpose.map(words) ?? "")
    }
    Directory(context: context).write(&html)
  }

  /// What a query may say, with names that this knowledge base has.
  private func querySyntax(_ html: inout HTML) {
    html.element(.summary, text: words(Words.howToAsk))
    let system = records.first { $0.kind.behaviour == .system }
    let owner = records.lazy.flatMap { catalog.records(.owner, of: $0) }.first(where: answers.isPublished)
    let tag = records.lazy.flatMap { $0.values(.tags) }.lazy.compactMap(\.text).first { !$0.contains(" ") }
    let kind = records.first { answers.isForTrouble($0) }?.kind ?? records.first?.kind
    let lines: [(example: String?, explanation: Message)] = [
      (words(Words.examplePhrase), Words.askPhrase), (words(Words.exampleWithout), Words.askWithout),
      (kind.map { "kind:\($0.id)" }, Words.askKind), (owner.map { "owner:\($0.id)" }, Words.askOwner),
      (tag.map { "tag:\($0)" }, Words.askTag), (system.map { "system:\($0.id)" }, Words.askSystem),
    ]
    html.element(.dl) { html in
      for case (let example?, let explanation) in lines {
        html.element(.div) { html in
          html.element(.dt) { $0.element(.code, text: example) }
          html.element(.dd, text: words(explanation))
        }
      }
    }
  }
}

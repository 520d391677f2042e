import KBMarkup
import KBSource

/// The page that says whether a copy of the site, on a stick or a phone, has all its files.
struct CopyPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    top(&html, words(Words.isCopyWhole)) { html in html.text(words(Words.tellsOfCopy)) }
    html.element(
      .p, .ownID("copy"), .data("age", words(Words.copyAge)), .data("oneday", words(Words.copyAgeOne)),
      .data("whole", words(Words.copyIsWhole)), .data("missing", words(Words.copyLacks)),
      .data("web", words(Words.copyOnWeb)), .data("none", words(Words.copyUnknown)), text: words(Words.copyNeedsScript))
    html.element(.p, .class("muted")) { html in
      html.text(words(Words.copyCommand) + " ")
      html.element(.code, text: "kb verify")
    }
  }
}

import KBCatalog
import KBDocument
package import KBMarkup
import KBSchema
package import KBSource

/// The frame around a page that needs no other file: it carries the style sheet, and leads nowhere.
package struct LonePage {
  let title: String
  let siteTitle: String
  let language: Language

  package init(title: String, siteTitle: String, language: Language) {
    (self.title, self.siteTitle, self.language) = (title, siteTitle, language)
  }

  /// What the frame can name.
  private enum Name: String {
    case lang, title, style, skip, sprite, brand, brandRest, body
  }

  private static let frame: FrameTemplate<Name> = {
    do throws(FrameFault) {
      return try FrameTemplate(EmbeddedTemplates.text("site/review.mustache"))
    } catch {
      preconditionFailure("templates/site/review.mustache: \(error)")
    }
  }()

  /// The page around a content.
  package func bytes(_ html: HTML) -> [UInt8] {
    let words = siteTitle.split(separator: " ", maxSplits: 1).map(String.init)
    return Array(
      LonePage.frame.render([
        .lang: .text(language.rawValue), .title: .text("\(title) · \(siteTitle)"), .style: .text(StyleSheet.text),
        .skip: .text(Words.skip[language]), .sprite: .text(html.icons.sprite), .brand: .text(words.first ?? ""),
        .brandRest: .text(words.count > 1 ? words[1] : ""), .body: .text(String(decoding: html.bytes, as: UTF8.self)),
      ]).utf8)
  }
}

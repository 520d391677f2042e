import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// The picture of what is around a record, and beside it a list of the same.
struct Surroundings: Page {
  /// What connects the records.
  enum View { case needs, flows }

  let context: PageContext
  let record: Record
  let view: View
  private let picture: Picture

  /// `nil` for a record that nothing is around.
  init?(context: PageContext, record: Record, view: View) {
    let picture = view == .needs ? context.answers.neighbourhood(of: record) : context.answers.flows(of: record)
    guard let picture else { return nil }
    (self.context, self.record, self.view, self.picture) = (context, record, view, picture)
  }

  private var title: Message { view == .needs ? Words.surroundings : LandscapeWords.dataFlows }

  func write(_ html: inout HTML) {
    guard picture.isDrawn else {
      html.element(.p) { html in
        html.text(words(LandscapeWords.tooMany(picture.boxes.count - 1 + picture.further)) + " ")
        toRelations(&html, picture.boxes.count - 1 + picture.further)
      }
      return
    }
    PictureFigure(
      context: context, picture: picture, label: "\(words(title)): \(record.title)",
      name: view == .needs ? "needs" : "flows", legend: view == .needs ? Words.legend : LandscapeWords.flowLegend,
      depth: 1
    ).write(&html)
    if picture.further > 0 { html.element(.p, .class("small")) { toRelations(&$0, picture.further) } }
  }

  private func toRelations(_ html: inout HTML, _ count: Int) {
    html.link(.anchor(slug(words(Words.relations))), words(LandscapeWords.more(count)))
  }
}

/// A picture with its legend, and the list of the same records.
struct PictureFigure: Page {
  let context: PageContext
  let picture: Picture
  let label: String
  let name: String
  let legend: Message
  let depth: Int

  func write(_ html: inout HTML) {
    html.element(.figure, .class("picture")) { html in
      html.element(.div, .class("scroll"), .tabIndex, .role("region"), .aria("label", label)) { html in
        PictureDrawing(
          picture: picture, language: language, label: label, name: name,
          address: { map.address(of: $0, depth: depth) }
        ).write(&html)
      }
      html.element(.figcaption, .class("legend"), text: words(legend))
    }
    html.element(.details, .class("small beside"), .open(true)) { html in
      html.element(.summary, text: words(LandscapeWords.asList))
      html.element(.div) { html in
        for (column, edges) in picture.lists {
          html.element(.div) { html in
            let title = column.title[language]
            if !title.isEmpty { html.element(.h3, text: title) }
            html.list("", column.boxes) { self.item(&$0, $1, edges) }
          }
        }
      }
    }
  }

  private func item(_ html: inout HTML, _ number: Int, _ edges: [Picture.Edge]) {
    let record = picture.boxes[number]
    link(&html, to: record, depth: depth)
    if let choice = record.choice(.criticality) {
      html.text(" ")
      mark(&html, criticality: choice)
    }
    guard let centre = picture.centre, number != centre else { return }
    let edges = edges.filter { ($0.from, $0.to) == (number, centre) || ($0.from, $0.to) == (centre, number) }
    if edges.contains(where: { $0.strength == .soft }) {
      html.element(.span, .class("muted"), text: ", \(words(LandscapeWords.soft))")
    }
    for note in edges.compactMap(\.note) { html.what(note) }
  }
}

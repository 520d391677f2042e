/// The forms that pages are made of: sections, tables, lists, links.
extension HTML {
  /// A section: a rule, a heading, what is at its right end, and the content.
  package mutating func section(
    _ title: String, id: String? = nil, end: ((inout HTML) -> Void)? = nil, content: (inout HTML) -> Void
  ) {
    section(
      { html in if let id { html.element(.h2, .id(id), text: title) } else { html.element(.h2, text: title) } },
      end: end, content: content)
  }

  /// A section whose heading is more than a text.
  package mutating func section(
    _ heading: (inout HTML) -> Void, end: ((inout HTML) -> Void)? = nil, content: (inout HTML) -> Void
  ) {
    element(.section, .class("sec")) { html in
      if let end {
        html.element(.div, .class("sec-h")) { html in
          heading(&html)
          end(&html)
        }
      } else {
        heading(&html)
      }
      content(&html)
    }
  }

  /// The heading of a column, and its classes.
  package struct Column {
    package let label: String
    package var classes = ""

    package init(label: String, classes: String = "") {
      self.label = label
      self.classes = classes
    }
  }

  /// A table. A script sorts and filters the rows of a list, whose headings are buttons then.
  package mutating func table(
    _ classes: String = "", _ columns: [Column], isList: Bool = false, _ attributes: [Attribute] = [],
    rows: (inout HTML) -> Void
  ) {
    open(.table, [.class(classes)] + (isList ? [Attribute(name: "data-list", value: nil)] : []) + attributes)
    if !columns.isEmpty {
      element(.thead) { html in
        html.element(.tr) { html in
          for column in columns {
            html.element(.th, .scope("col"), .class(column.classes)) { html in
              guard isList else { return html.name(column.label) }
              html.element(.span, .class("no-js"), name: column.label)
              html.element(.button, .class("js"), .type("button"), name: column.label)
            }
          }
        }
      }
    }
    element(.tbody, content: rows)
    close(.table)
  }

  /// The first cell of a row, which names it.
  package mutating func rowHead(content: (inout HTML) -> Void) { element(.th, .scope("row"), content: content) }

  /// A list with an item for each element.
  package mutating func list<Items: Sequence>(
    _ classes: String = "rows", _ items: Items, item: (inout HTML, Items.Element) -> Void
  ) {
    element(.ul, .class(classes)) { html in for element in items { html.element(.li) { item(&$0, element) } } }
  }

  /// An entry of a list of terms.
  package mutating func entry(_ term: String, description: (inout HTML) -> Void) {
    element(.div) { html in
      html.element(.dt, name: term)
      html.element(.dd, content: description)
    }
  }

  /// Elements with a separator between them.
  package mutating func joined<Items: Sequence>(
    _ items: Items, by separator: String = ", ", item: (inout HTML, Items.Element) -> Void
  ) {
    for (number, element) in items.enumerated() {
      if number > 0 { text(separator) }
      item(&self, element)
    }
  }

  /// Key figures, each with what it counts.
  package mutating func figures(_ figures: [(number: String, text: String)]) {
    element(.dl, .class("figures")) { html in
      for figure in figures { html.entry(figure.text) { $0.text(figure.number) } }
    }
  }

  /// A day or a word about how fresh something is, with its shape.
  package mutating func age(_ style: String, _ icon: Icon, _ text: String) {
    element(.span, .class("age \(style)")) { html in
      html.icon(icon)
      html.text(text)
    }
  }

  package mutating func link(_ address: Address, _ text: String) { element(.a, .href(address), text: text) }

  /// A second, quieter line.
  package mutating func what(_ text: String) { element(.span, .class("what"), text: text) }

  /// A file, place or code.
  package mutating func place(_ text: String) { element(.span, .class("place"), text: text) }
}

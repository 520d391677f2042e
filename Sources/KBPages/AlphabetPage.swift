import KBAnswers
package import KBCatalog
package import KBMarkup
import KBSchema
import KBSource

/// Every record by its first letter; a long list is a page for each letter.
struct AlphabetPage: Page {
  let context: PageContext

  /// A longer list is cut by letter.
  private static let longest = 1500

  private var isCut: Bool { records.count > Self.longest }

  /// Records under their first letter; characters that are no letter come first.
  private func letters() -> [(letter: String, records: [Record])] {
    var groups: [(letter: String, records: [Record])] = []
    var numbers: [String: Int] = [:]
    for record in records {
      let first = sortKey(record.title).unicodeScalars.first
      let letter = first.map { ("a"..."z").contains($0) ? String($0).uppercased() : "#" } ?? "#"
      if let number = numbers[letter] {
        groups[number].records.append(record)
      } else {
        numbers[letter] = groups.count
        groups.append((letter, [record]))
      }
    }
    return groups.sorted { $0.letter < $1.letter }
  }

  func write(_ html: inout HTML) {
    let (groups, title) = (letters(), words(Words.aToZ))
    guard isCut else {
      head(&html, title)
      html.element(.nav, .class("tags"), .aria("label", title)) { html in
        for group in groups { html.link(.anchor(anchor(group.letter)), group.letter) }
      }
      for group in groups { section(&html, group.letter, group.records, depth: 0) }
      return
    }
    html.element(.h1, text: title)
    html.element(.ul, .class("index")) { html in
      for group in groups {
        let parts = ListPage.parts(of: group.records)
        for (number, part) in parts.enumerated() {
          html.element(.li) { html in
            html.link(
              .file(path(group.letter, number + 1), depth: 0),
              parts.count > 1 ? "\(group.letter) \(number + 1)" : group.letter)
            html.element(.span, text: format.integer(part.count))
          }
        }
      }
    }
  }

  /// The pages of a long list, a letter or a part of one each.
  var parts: [PlannedPage] {
    guard isCut else { return [] }
    return letters().flatMap { group in
      ListPage.parts(of: group.records).enumerated().map { number, members in
        let title = "\(words(Words.aToZ)): \(group.letter)"
        return PlannedPage(path: path(group.letter, number + 1), title: title, current: SitePage.alphabet.path) {
          html in
          head(&html, title)
          section(&html, group.letter, members, depth: 1)
        }
      }
    }
  }

  private func anchor(_ letter: String) -> String {
    letter == "#"
      ? words(Message(de: "zeichen", en: "signs"))
      : words(Message(de: "buchstabe", en: "letter")) + "-\(letter.lowercased())"
  }

  private func path(_ letter: String, _ part: Int) -> String {
    let name = letter == "#" ? "0" : letter.lowercased()
    return "\(SitePage.alphabet.folder ?? "")/\(name)\(part > 1 ? "-\(part)" : "").html"
  }

  private func head(_ html: inout HTML, _ title: String) {
    html.element(.h1, text: title)
    html.element(.form, .class("ask find js")) { html in
      html.element(.label, .for(PageID.own("find")), text: words(Words.lookUpAnything))
      html.element(.div) { findField(&$0, placeholder: " ") }
      html.element(.p, text: words(Words.findHint))
    }
  }

  private func section(_ html: inout HTML, _ letter: String, _ members: [Record], depth: Int) {
    html.section(letter, id: anchor(letter)) { html in
      html.list("rows", members) { directoryRow(&$0, $1, depth: depth) }
    }
  }
}

extension Page {
  /// Writes the field that narrows what is on the page.
  ///
  /// With `namesFirst`, an entry whose name matches hides those that match in what is said about them.
  func findField(_ html: inout HTML, placeholder: String, namesFirst: Bool = false) {
    html.void(
      .input, .ownID("find"), .type("search"), .noAutocomplete, Attribute(name: "placeholder", value: placeholder),
      Attribute(name: "data-find", value: namesFirst ? "names" : nil))
  }

  /// Writes a record in a list of all kinds.
  func directoryRow(_ html: inout HTML, _ record: Record, depth: Int) {
    html.element(.span, .class("key"), text: words(record.kind.label))
    html.element(.div) { html in
      link(&html, to: record, depth: depth)
      file(&html, ofNamesake: record)
      if let summary = record.value(.summary)?.text { html.what(summary) }
    }
  }

  /// Writes the file of a record whose title does not tell it from another one.
  package func file(_ html: inout HTML, ofNamesake record: Record) {
    if answers.hasNamesake(record) { html.what(record.path.string) }
  }
}

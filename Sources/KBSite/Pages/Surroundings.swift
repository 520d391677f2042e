import KBCatalog
import KBSource

/// The diagram of what a system needs and what needs it; the relations say the same in words.
extension Site {
  /// More boxes in a column would not be read; the list below has them all.
  private static let tallestColumn = 8

  private struct Box {
    let record: Record
    let x: Int
    let y: Int
    var isCentre = false
  }

  func surroundings(of record: Record) -> HTML? {
    guard record.kind.field(.dependency) != nil else { return nil }
    let needs = neighbours(of: record, isForward: true)
    let neededBy = neighbours(of: record, isForward: false)
    guard !needs.isEmpty || !neededBy.isEmpty, needs.count <= Site.tallestColumn, neededBy.count <= Site.tallestColumn
    else { return nil }
    var second: [(Record, Bool, Int)] = []
    for (record, _) in needs {
      for (further, isSoft) in neighbours(of: record, isForward: true)
      where !needs.contains(where: { $0.0.index == further.index }) && further.index != record.index {
        second.append((further, isSoft, record.index))
      }
    }
    second = second.filter { $0.0.index != record.index }
    var furthest: [Record] = []
    for (further, _, _) in second where !furthest.contains(where: { $0.index == further.index }) {
      furthest.append(further)
    }
    if furthest.count > Site.tallestColumn { furthest = [] }

    let tallest = max(neededBy.count, needs.count, furthest.count, 1)
    let height = tallest * 46 + 16
    func column(_ records: [Record], x: Int) -> [Box] {
      let top = 16 + (tallest - records.count) * 23 + 8
      return records.enumerated().map { Box(record: $1, x: x, y: top + $0 * 46) }
    }
    let left = column(neededBy.map(\.0), x: 0)
    let centre = Box(record: record, x: 211, y: 16 + (tallest - 1) * 23 + 8, isCentre: true)
    let right = column(needs.map(\.0), x: 422)
    let far = column(furthest, x: 633)

    var html = HTML()
    html.element(.figure, .class("wide")) { html in
      let label = "\(self.words(Words.surroundings)): \(record.title)"
      html.open(.svg, [.class("graph"), .svg("viewBox", "0 0 800 \(height)"), .role("group"), .aria("label", label)])
      html.open(.defs)
      html.open(
        .marker,
        [
          .ownID("tip"), .svg("viewBox", "0 0 8 8"), .svg("refX", "7"), .svg("refY", "4"), .svg("markerWidth", "7"),
          .svg("markerHeight", "7"), .svg("orient", "auto"),
        ])
      html.element(.path, .class("tip"), .svg("d", "M0 0l8 4-8 4z")) { _ in }
      html.close(.marker)
      html.close(.defs)
      let german = self.language == .german
      if !left.isEmpty { self.caption(&html, german ? "braucht dieses System" : "needs this system", x: 0) }
      if !right.isEmpty { self.caption(&html, german ? "davon hängt es ab" : "what it depends on", x: 422) }
      if !far.isEmpty { self.caption(&html, german ? "im zweiten Schritt" : "at second hand", x: 633) }
      for (box, neighbour) in zip(left, neededBy) { self.edge(&html, from: box, to: centre, isSoft: neighbour.1) }
      for (box, neighbour) in zip(right, needs) { self.edge(&html, from: centre, to: box, isSoft: neighbour.1) }
      for (further, isSoft, origin) in second {
        guard let start = right.first(where: { $0.record.index == origin }),
          let stop = far.first(where: { $0.record.index == further.index })
        else { continue }
        self.edge(&html, from: start, to: stop, isSoft: isSoft)
      }
      for box in left + [centre] + right + far { self.box(&html, box) }
      html.close(.svg)
      html.element(
        .figcaption, .class("legend"),
        text: german
          ? "Durchgezogen: harte Abhängigkeit. Gestrichelt: weich, der Betrieb geht eine Weile weiter. Balken: Kritikalität."
          : "Solid: hard dependency. Dashed: soft, operation goes on for a while. Bars: criticality.")
    }
    html.element(
      .p, .class("only-phone small muted"),
      text: language == .german
        ? "Auf schmalen Bildschirmen als Liste unter „Beziehungen“." : "On narrow screens as a list under “Relations”.")
    return html
  }

  private func neighbours(of record: Record, isForward: Bool) -> [(Record, Bool)] {
    var seen: Set<Int> = [record.index]
    return (isForward ? Array(catalog.relations(from: record)) : catalog.relations(to: record)).compactMap { relation in
      guard relation.role == .dependency else { return nil }
      let other = catalog.records[isForward ? relation.target : relation.source]
      guard map.isPublished(other), other.lifecycle != .retired, seen.insert(other.index).inserted else { return nil }
      return (other, relation.isSoft)
    }
  }

  private func caption(_ html: inout HTML, _ text: String, x: Int) {
    html.element(.text, .class("cap"), .svg("x", String(x)), .svg("y", "11"), text: text)
  }

  private func edge(_ html: inout HTML, from start: Box, to stop: Box, isSoft: Bool) {
    let (x1, y1, x2, y2) = (start.x + 166, start.y + 17, stop.x - 1, stop.y + 17)
    let middle = (x1 + x2) / 2
    html.element(
      .path, .class(isSoft ? "e soft" : "e"), .svg("marker-end", "url(#\(PageID.own("tip")))"),
      .svg("d", "M\(x1) \(y1)C\(middle) \(y1) \(middle) \(y2) \(x2) \(y2)")
    ) { _ in }
  }

  private func box(_ html: inout HTML, _ box: Box) {
    guard let path = map.path(of: box.record) else { return }
    let rank = box.record.choice(.criticality)
    let label = box.record.title + (rank.map { ", \(words($0.label))" } ?? "")
    html.element(.a, .class(box.isCentre ? "n me" : "n"), .href(.file(path, depth: 1)), .aria("label", label)) { html in
      html.element(.rect, .svg("x", "\(box.x).5"), .svg("y", "\(box.y).5"), .svg("width", "165"), .svg("height", "33"))
      { _ in }
      if let rank = rank?.rank, (1...4).contains(rank) {
        let icon: Icon = rank == 4 ? .critical : rank == 3 ? .high : rank == 2 ? .medium : .low
        html.element(.g, .class(icon.rawValue)) { html in
          html.use(icon, x: box.x + 10, y: box.y + 11, width: 15, height: 12)
        }
      }
      let lines = self.lines(box.record.title)
      for (number, line) in lines.enumerated() {
        let y = lines.count == 1 ? box.y + 21 : box.y + 14 + number * 13
        html.element(.text, .svg("x", String(box.x + 34)), .svg("y", "\(y).5"), text: line)
      }
    }
  }

  /// A box holds two lines of sixteen letters, in the widest face of a system.
  private func lines(_ title: String) -> [String] {
    let longest = 16
    guard title.count > longest else { return [title] }
    // The last gap or hyphen that leaves a first line short enough.
    let gap = title.prefix(longest + 1).lastIndex { $0 == " " || $0 == "-" }
    guard let gap, gap > title.startIndex else { return [shortened(title, longest)] }
    let stop = title[gap] == "-" && title[...gap].count <= longest ? title.index(after: gap) : gap
    return [String(title[..<stop]), shortened(String(title[stop...].drop { $0 == " " }), longest)]
  }

  private func shortened(_ text: String, _ longest: Int) -> String {
    text.count > longest ? text.prefix(longest - 1) + "…" : text
  }
}

import KBAnswers
import KBCatalog
import KBSource

/// The diagram of what a system needs and what needs it; the relations say the same in words.
struct Surroundings: Page {
  typealias Neighbour = (record: Record, isSoft: Bool)

  /// More boxes in a column would not be read; the list below has them all.
  private static let tallest = 8

  private struct Box {
    let record: Record
    let x: Int
    let y: Int
    var isCentre = false
  }

  let context: PageContext
  let record: Record
  private let needs: [Neighbour]
  private let neededBy: [Neighbour]
  /// What is needed by what the system needs, with the number of the latter.
  private let second: [(further: Neighbour, origin: Int)]

  /// `nil` for a record without dependencies, and for one with more than a drawing can show.
  init?(context: PageContext, record: Record) {
    guard record.kind.field(.dependency) != nil else { return nil }
    let needs = context.answers.neighbours(of: record, isForward: true)
    let neededBy = context.answers.neighbours(of: record, isForward: false)
    guard !needs.isEmpty || !neededBy.isEmpty, needs.count <= Self.tallest, neededBy.count <= Self.tallest else {
      return nil
    }
    (self.context, self.record, self.needs, self.neededBy) = (context, record, needs, neededBy)
    let known = Set(needs.map(\.record.index) + [record.index])
    second = needs.flatMap { need in
      context.answers.neighbours(of: need.record, isForward: true).filter { !known.contains($0.record.index) }
        .map { (further: $0, origin: need.record.index) }
    }
  }

  /// The records of the second step, each once; none when they are too many.
  private var furthest: [Record] {
    var seen: Set<Int> = []
    let all = second.map(\.further.record).filter { seen.insert($0.index).inserted }
    return all.count > Self.tallest ? [] : all
  }

  func write(_ html: inout HTML) {
    let furthest = furthest
    let tallest = max(neededBy.count, needs.count, furthest.count, 1)
    func column(_ records: [Record], x: Int) -> [Box] {
      let top = 16 + (tallest - records.count) * 23 + 8
      return records.enumerated().map { Box(record: $1, x: x, y: top + $0 * 46) }
    }
    let left = column(neededBy.map(\.record), x: 0)
    let centre = Box(record: record, x: 211, y: 16 + (tallest - 1) * 23 + 8, isCentre: true)
    let right = column(needs.map(\.record), x: 422)
    let far = column(furthest, x: 633)
    html.element(.figure, .class("wide")) { html in
      let label = "\(words(Words.surroundings)): \(record.title)"
      html.element(
        .svg, .class("graph"), .svg("viewBox", "0 0 800 \(tallest * 46 + 16)"), .role("group"), .aria("label", label)
      ) { html in
        arrowHead(&html)
        if !left.isEmpty { caption(&html, words(Words.needsThis), x: 0) }
        if !right.isEmpty { caption(&html, words(Words.needed), x: 422) }
        if !far.isEmpty { caption(&html, words(Words.indirect), x: 633) }
        for (box, neighbour) in zip(left, neededBy) { edge(&html, from: box, to: centre, isSoft: neighbour.isSoft) }
        for (box, neighbour) in zip(right, needs) { edge(&html, from: centre, to: box, isSoft: neighbour.isSoft) }
        for (further, origin) in second {
          guard let start = right.first(where: { $0.record.index == origin }),
            let stop = far.first(where: { $0.record.index == further.record.index })
          else { continue }
          edge(&html, from: start, to: stop, isSoft: further.isSoft)
        }
        for box in left + [centre] + right + far { self.box(&html, box) }
      }
      html.element(.figcaption, .class("legend"), text: words(Words.legend))
    }
    html.element(.p, .class("only-phone small muted"), text: words(Words.seeRelations))
  }

  private func arrowHead(_ html: inout HTML) {
    html.element(.defs) { html in
      html.element(
        .marker, .ownID("tip"), .svg("viewBox", "0 0 8 8"), .svg("refX", "7"), .svg("refY", "4"),
        .svg("markerWidth", "7"), .svg("markerHeight", "7"), .svg("orient", "auto")
      ) { $0.element(.path, .class("tip"), .svg("d", "M0 0l8 4-8 4z")) { _ in } }
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
        let icon = Icon(rank: rank)
        html.element(.g, .class(icon.name)) { html in
          html.use(icon, x: box.x + 10, y: box.y + 11, width: 15, height: 12)
        }
      }
      let lines = lines(box.record.title)
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

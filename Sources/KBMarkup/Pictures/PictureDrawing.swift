package import KBAnswers
package import KBCatalog
import KBSchema
package import KBSource

/// A picture as SVG: boxes in layers from left to right, and curves between them.
///
/// It is never scaled, so that its labels are as large on every screen; a narrow one scrolls it.
package struct PictureDrawing {
  package let picture: Picture
  package let language: Language
  /// What it shows, for those who can't see it.
  package let label: String
  /// A name that no other picture of the page has.
  package let name: String
  /// Where a box leads; `nil` for a box that is no link.
  package let address: (Record) -> Address?

  package init(
    picture: Picture, language: Language, label: String, name: String, address: @escaping (Record) -> Address?
  ) {
    self.picture = picture
    self.language = language
    self.label = label
    self.name = name
    self.address = address
  }

  private static let boxWidth = 166.0
  private static let boxHeight = 36.0
  private static let gap = 40.0
  private static let pitch = 46.0
  /// The room for the headings of columns.
  private static let captionHeight = 22.0

  private var top: Double { picture.columns.isEmpty ? 2 : PictureDrawing.captionHeight }

  /// Writes it, `attributes` being those of a file of its own.
  package func write(_ html: inout HTML, _ attributes: [Attribute] = []) {
    let layout = picture.layout
    // Lines between boxes of the last column go around their right edges.
    let last = layout.width - 1
    let hasLoop = picture.edges.contains {
      $0.from != $0.to && layout.layers[$0.from] == last && layout.layers[$0.to] == last
    }
    let width = Double(layout.width) * (Self.boxWidth + Self.gap) - (hasLoop ? 6 : Self.gap) + 2
    let height = top + layout.height * Self.pitch - (Self.pitch - Self.boxHeight) + 2
    html.open(
      .svg,
      [
        .class("graph"), .svg("viewBox", "0 0 \(px(width)) \(px(height))"), .svg("width", px(width)),
        .svg("height", px(height)), .role("group"), .aria("label", label),
      ] + attributes)
    arrowHead(&html)
    for (layer, column) in picture.columns.enumerated() where !column.title[language].isEmpty {
      html.element(.text, .class("cap"), .svg("x", px(x(layer))), .svg("y", "12"), text: column.title[language])
    }
    for (number, edge) in picture.edges.enumerated() where edge.from != edge.to {
      line(&html, edge, through: layout.bends[number], layout)
    }
    for number in picture.boxes.indices { box(&html, number, layout) }
    html.close(.svg)
  }

  // MARK: Places

  private func x(_ layer: Int) -> Double { Double(layer) * (Self.boxWidth + Self.gap) + 1 }
  private func y(_ row: Double) -> Double { (top + row * Self.pitch).rounded() + 1 }

  private func px(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String((number * 10).rounded() / 10)
  }

  // MARK: Edges

  private func arrowHead(_ html: inout HTML) {
    html.element(.defs) { html in
      html.element(
        .marker, .ownID("tip-\(name)"), .svg("viewBox", "0 0 8 8"), .svg("refX", "7"), .svg("refY", "4"),
        .svg("markerWidth", "7"), .svg("markerHeight", "7"), .svg("orient", "auto")
      ) { $0.element(.path, .class("tip"), .svg("d", "M0 0l8 4-8 4z")) { _ in } }
    }
  }

  private func line(_ html: inout HTML, _ edge: Picture.Edge, through bends: [Double], _ layout: LayeredLayout) {
    let (from, to) = (layout.layers[edge.from], layout.layers[edge.to])
    let (start, stop) = (
      y(layout.rows[edge.from]) + Self.boxHeight / 2, y(layout.rows[edge.to]) + Self.boxHeight / 2
    )
    let path =
      from == to
      ? arc(x(from) + Self.boxWidth, start, stop)
      : curve(from: from, start, to: to, stop, bends.map { y($0) + Self.boxHeight / 2 })
    let style =
      switch edge.strength {
      case .hard, .flow: "e"
      case .soft: "e soft"
      case .part: "e part"
      }
    html.element(
      .path, .class(style), .svg("marker-end", "url(#\(PageID.own("tip-\(name)")))"), .svg("d", path)
    ) { _ in }
  }

  /// The path between boxes of one column: around their right edges.
  private func arc(_ x: Double, _ start: Double, _ stop: Double) -> String {
    let out = x + min(Self.gap - 6, 14 + abs(stop - start) / 12)
    return "M\(px(x)) \(px(start))C\(px(out)) \(px(start)) \(px(out)) \(px(stop)) \(px(x + 1)) \(px(stop))"
  }

  /// The path between columns, straight where it passes between boxes.
  private func curve(from: Int, _ start: Double, to: Int, _ stop: Double, _ bends: [Double]) -> String {
    let isForward = from < to
    let layers = isForward ? Array(from...to) : Array((to...from).reversed())
    let rows = [start] + (isForward ? bends : bends.reversed()) + [stop]
    let (leaves, enters) = isForward ? (Self.boxWidth, 0) : (0, Self.boxWidth)
    var point = (x: x(layers[0]) + leaves, y: rows[0])
    var path = "M\(px(point.x)) \(px(point.y))"
    for (layer, row) in zip(layers, rows).dropFirst() {
      let end = (x: x(layer) + enters + (layer == to ? (isForward ? -1 : 1) : 0), y: row)
      let middle = (point.x + end.x) / 2
      path += "C\(px(middle)) \(px(point.y)) \(px(middle)) \(px(end.y)) \(px(end.x)) \(px(end.y))"
      point = end
      if layer != to {
        point.x = x(layer) + leaves
        path += "H\(px(point.x))"
      }
    }
    return path
  }

  // MARK: Boxes

  private func box(_ html: inout HTML, _ number: Int, _ layout: LayeredLayout) {
    let record = picture.boxes[number]
    let (x, y) = (x(layout.layers[number]), y(layout.rows[number]))
    let rank = record.choice(.criticality)
    let label = record.title + (rank.map { ", \($0.label[language])" } ?? "")
    let style: Attribute = .class(number == picture.centre ? "n me" : "n")
    let address = address(record)
    if let address {
      html.open(.a, [style, .href(address), .aria("label", label)])
    } else {
      html.open(.g, [style, .aria("label", label)])
    }
    html.element(
      .rect, .svg("x", px(x)), .svg("y", px(y)), .svg("width", px(Self.boxWidth)), .svg("height", px(Self.boxHeight))
    ) { _ in }
    var left = x + 9
    if let rank = rank?.rank, (1...4).contains(rank) {
      let icon = Icon(rank: rank)
      html.element(.g, .class(icon.name)) { html in
        html.use(icon, x: Int(left), y: Int(y) + 12, width: 15, height: 12)
      }
      left += 21
    }
    let lines = BoxLabel(record.title, width: x + Self.boxWidth - 5 - left).lines
    for (number, line) in lines.enumerated() {
      let base = y + (lines.count == 1 ? 22 : 15 + Double(number) * 14)
      html.element(.text, .svg("x", px(left)), .svg("y", px(base)), text: line)
    }
    html.close(address == nil ? .g : .a)
  }
}

/// A title on at most two lines that fit into a box.
struct BoxLabel {
  private(set) var lines: [String] = []

  /// Breaks a title at spaces and hyphens; what does not fit then is cut.
  init(_ title: String, width: Double) {
    // Line ends and the like are spaces here.
    let words = BoxLabel.words(title).flatMap { BoxLabel.parted($0, width) }
    var line = ""
    for (number, word) in words.enumerated() {
      let longer = line.isEmpty || line.hasSuffix("-") ? line + word : "\(line) \(word)"
      if line.isEmpty || BoxLabel.width(of: longer) <= width {
        line = longer
      } else if lines.isEmpty {
        lines.append(BoxLabel.cut(line, width))
        line = word
      } else {
        line = ([line] + words[number...]).joined(separator: " ")
        break
      }
    }
    lines.append(BoxLabel.cut(line, width))
  }

  private static func words(_ title: String) -> [String] {
    title.split(whereSeparator: \.isWhitespace).flatMap { word -> [String] in
      var parts: [String] = []
      var rest = word
      while let hyphen = rest.firstIndex(of: "-"), rest.index(after: hyphen) < rest.endIndex {
        parts.append(String(rest[...hyphen]))
        rest = rest[rest.index(after: hyphen)...]
      }
      return parts + [String(rest)]
    }
  }

  /// A word that is wider than the box, in two pieces with a hyphen: at a joint of the word, else between two syllables.
  private static func parted(_ word: String, _ width: Double) -> [String] {
    guard Self.width(of: word) > width else { return [word] }
    let letters = Array(word)
    var sum = Self.width(of: "-")
    let most = letters.prefix { letter in
      sum += Self.width(of: letter)
      return sum <= width
    }.count
    guard most > 3, letters.count > 6 else { return [word] }
    let place =
      joints(of: word).last { $0 <= most } ?? (3...min(most, letters.count - 3)).last { isSyllable(letters, $0) }
      ?? min(most, letters.count - 3)
    return [String(letters[..<place]) + "-", String(letters[place...])]
  }

  /// The numbers of letters before the joints of a compound.
  private static func joints(of word: String) -> [Int] {
    let parts = CompoundJoints.marked(word).split(separator: CompoundJoints.softHyphen)
    return parts.dropLast().reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
  }

  /// Consonants that begin a syllable together.
  private static let onsets = [
    "sch", "ch", "ck", "ph", "th", "st", "sp", "qu", "bl", "br", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "kl", "kn",
    "kr",
    "pf", "pl", "pr", "sl", "tr", "zw",
  ]

  /// Whether a syllable may begin at a letter: with a consonant that a vowel follows, or with several that stay together.
  private static func isSyllable(_ letters: [Character], _ place: Int) -> Bool {
    func isVowel(_ at: Int) -> Bool { at < letters.count && "aeiouyäöü".contains(letters[at].lowercased()) }
    guard letters[place].isLetter, !isVowel(place) else { return false }
    let rest = String(letters[place...]).lowercased()
    let onset = onsets.first(where: rest.hasPrefix)?.count ?? 1
    guard isVowel(place + onset) else { return false }
    // What begins earlier is not cut.
    return !onsets.contains { onset in
      (1..<onset.count).contains { back in
        place >= back && String(letters[(place - back)...]).lowercased().hasPrefix(onset)
      }
    }
  }

  private static func cut(_ line: String, _ width: Double) -> String {
    guard Self.width(of: line) > width else { return line }
    var kept = ""
    var sum = Self.width(of: "…")
    for character in line {
      sum += Self.width(of: character)
      if sum > width { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private static func width(of text: String) -> Double { text.reduce(0) { $0 + width(of: $1) } }

  /// The width of a character at 12 px in the widest face of a system, DejaVu Sans Bold.
  private static func width(of character: Character) -> Double {
    guard let byte = character.asciiValue else { return character.isLetter && character < "\u{2000}" ? 8.8 : 12.5 }
    return switch byte {
    case UInt8(ascii: "m"), UInt8(ascii: "M"), UInt8(ascii: "@"): 12.6
    case UInt8(ascii: "W"): 13.3
    case UInt8(ascii: "w"), UInt8(ascii: "&"), UInt8(ascii: "%"): 11.2
    case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "j"), UInt8(ascii: "I"), UInt8(ascii: "J"): 4.6
    case UInt8(ascii: "f"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "|"): 5.3
    case UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "("), UInt8(ascii: ")"): 6
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "'"): 4.9
    case UInt8(ascii: "s"), UInt8(ascii: "c"), UInt8(ascii: "z"): 7.2
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): 10.1
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "#"): 10.2
    default: 8.6
    }
  }
}

public import KBAnswers
import KBCatalog
import KBSchema
public import KBSource

/// A picture, or the landscape in groups, as an SVG file of its own.
public struct PictureFile {
  /// The styles of a page, for a file that has none: in the colours of paper.
  private static let style = """
    text{font:600 12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#12181b}\
    .cap,.word{font-weight:400;fill:#414b51}.n rect,.group{fill:#fff;stroke:#747e83}.n.me rect{fill:#12181b}\
    .n.me text{fill:#fff}.n.me .g{fill:#fff}.e{fill:none;stroke:#414b51;stroke-width:1.25}.soft{stroke-dasharray:4 3}\
    .part{stroke-dasharray:1 3}.tip{fill:#414b51}.c4{color:#ad1019}.c3{color:#8a4200}.c2{color:#414b51}.c1{color:#5a646a}\
    .n.me g{color:#fff}
    """

  private let content: HTML

  /// The file of a picture.
  public init(_ picture: Picture, label: String, language: Language) {
    var drawing = HTML()
    PictureDrawing(picture: picture, language: language, label: label, name: "file", address: { _ in nil }).write(
      &drawing, [PictureFile.namespace])
    content = drawing
  }

  /// The file of the landscape in groups.
  public init(_ grouping: Grouping, label: String, language: Language) {
    var drawing = HTML()
    GroupDrawing(grouping: grouping, language: language, label: label).write(&drawing, [PictureFile.namespace])
    content = drawing
  }

  private static let namespace = Attribute.svg("xmlns", "http://www.w3.org/2000/svg")

  /// The text of the file.
  public var text: String {
    let drawing = String(decoding: content.bytes, as: UTF8.self)
    // Two characters that no XML file may hold (XML 1.0, section 2.2).
    let allowed = drawing.replacing("\u{FFFE}", with: "\u{FFFD}").replacing("\u{FFFF}", with: "\u{FFFD}")
    guard let end = allowed.firstIndex(of: ">") else { return allowed }
    let start = allowed.index(after: end)
    return allowed[..<start] + "<style>\(PictureFile.style)</style>\(content.icons.definitions)" + allowed[start...]
      + "\n"
  }
}

/// The landscape as nested boxes without edges: groups, and in them systems with the shape and the word of their criticality.
private struct GroupDrawing {
  let grouping: Grouping
  let language: Language
  let label: String

  private static let columns = 4
  private static let width = 196.0
  private static let height = 40.0
  private static let gap = 8.0

  func write(_ html: inout HTML, _ attributes: [Attribute]) {
    let width = Double(Self.columns) * (Self.width + Self.gap) + Self.gap
    let heights = grouping.groups.map {
      28 + Double(($0.systems.count + Self.columns - 1) / Self.columns) * (Self.height + Self.gap)
    }
    let height = heights.reduce(2) { $0 + $1 + Self.gap }
    html.open(
      .svg,
      [
        .class("graph"), .svg("viewBox", "0 0 \(Int(width) + 2) \(Int(height))"), .svg("width", "\(Int(width) + 2)"),
        .svg("height", "\(Int(height))"), .role("group"), .aria("label", label),
      ] + attributes)
    var top = 1.0
    for (group, height) in zip(grouping.groups, heights) {
      html.element(.g, .aria("label", group.title[language])) { html in
        rect(&html, "group", x: 1, y: top, width: width, height: height)
        html.element(
          .text, .svg("x", "\(Int(Self.gap) + 1)"), .svg("y", "\(Int(top) + 19)"),
          text: "\(group.title[language]) (\(group.systems.count))")
        for (number, system) in group.systems.enumerated() {
          let x = 1 + Self.gap + Double(number % Self.columns) * (Self.width + Self.gap)
          box(&html, system, x: x, y: top + 28 + Double(number / Self.columns) * (Self.height + Self.gap))
        }
      }
      top += height + Self.gap
    }
    html.close(.svg)
  }

  private func rect(_ html: inout HTML, _ style: String, x: Double, y: Double, width: Double, height: Double) {
    html.element(
      .rect, .class(style), .svg("x", "\(Int(x))"), .svg("y", "\(Int(y))"), .svg("width", "\(Int(width))"),
      .svg("height", "\(Int(height))")
    ) { _ in }
  }

  private func box(_ html: inout HTML, _ record: Record, x: Double, y: Double) {
    html.element(.g, .class("n")) { html in
      rect(&html, "", x: x, y: y, width: Self.width, height: Self.height)
      let title = BoxLabel(record.title, width: 2 * Self.width).lines.first ?? ""
      html.element(
        .text, .svg("x", "\(Int(x) + 9)"), .svg("y", "\(Int(y) + 17)"),
        text: BoxLabel(title.replacing(" ", with: "\u{A0}"), width: Self.width - 14).lines.first ?? "")
      guard let choice = record.choice(.criticality) else { return }
      let icon = Icon(rank: choice.rank ?? 0)
      html.element(.g, .class(icon.name)) { $0.use(icon, x: Int(x) + 9, y: Int(y) + 23, width: 15, height: 12) }
      html.element(
        .text, .class("word"), .svg("x", "\(Int(x) + 30)"), .svg("y", "\(Int(y) + 33)"), text: choice.label[language])
    }
  }
}

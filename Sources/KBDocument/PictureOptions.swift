import KBSource

/// The sizes and texts that wiki links give to pictures.
extension Markdown.Link {
  /// Takes the options of a picture from its text, as GitHub's wikis write them: `[[plan.png|alt=Plan|width=300px]]`.
  mutating func readOptions() {
    // Most wiki links have no text of their own.
    guard text != destination else { return }
    let options = text.split(separator: "|").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    let known = pictureOptions
    guard let first = options.first?.first, known.contains(first),
      options.allSatisfy({ $0.first.map { known.contains($0.trimmingBlanks()) } ?? false }),
      destination.contains(/\.[A-Za-z]{3,4}$/)
    else { return }
    func value(_ name: String) -> String? { options.first { $0.count == 2 && $0[0].trimmingBlanks() == name }?[1] }
    func size(_ name: String) -> String? {
      value(name).flatMap { $0.wholeMatch(of: /([0-9]{1,4})(px)?/) }.map { String($0.1) }
    }
    isEmbed = true
    text = value("alt") ?? value("caption") ?? destination
    (width, height) = (size("width"), size("height"))
  }

  /// Takes the size of a picture from its text, as in `![[plan.png|300x200]]`.
  mutating func readSize() {
    guard let size = text.wholeMatch(of: /([0-9]{1,4})(?:x([0-9]{1,4}))?/) else { return }
    text = destination
    width = String(size.output.1)
    height = size.output.2.map(String.init)
  }
}

private let pictureOptions: Set<String> = [
  "alt", "width", "height", "align", "float", "frame", "caption", "title", "link",
]

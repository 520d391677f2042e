import KBSource

/// Places that HTML gives a name: `<a name="backup"></a>`, `<h2 id="backup">`.
extension MarkdownTape {
  /// The most of them in a text.
  private static let mostAnchors = 1000

  /// Notes the place of a tag, where it has a name that links may use.
  mutating func addAnchor(of tag: HTMLTag) {
    let written = tag.attributes["id"] ?? (tag.name == "a" ? tag.attributes["name"] : nil)
    guard let name = written?.value.trimmingBlanks(), !name.isEmpty, name.utf8.count <= 100,
      name.utf8.allSatisfy({ $0 > UInt8(ascii: " ") && !"\"'<>&#`".utf8.contains($0) }),
      // Ids of pages' own begin so.
      !name.lowercased().hasPrefix("kb."),
      result.anchors.count < MarkdownTape.mostAnchors, !result.anchors.contains(name)
    else { return }
    waitingAnchors.append(UInt32(result.anchors.count))
    result.anchors.append(name)
  }

  /// Writes the noted anchors as soon as they are allowed: a row or a list has none outside its cells or items.
  mutating func writeAnchors() {
    guard !waitingAnchors.isEmpty, open.last?.isStructure != true else { return }
    for number in waitingAnchors {
      for phase in [Markdown.Event.Phase.enter, .leave] {
        result.events.append(Markdown.Event(kind: .anchor, phase: phase, detail: 0, lower: number, upper: 0))
      }
    }
    waitingAnchors = []
  }
}

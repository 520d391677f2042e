internal import KBDocument
internal import KBSource

/// The text of a record with every link written as the id of the record that it leads to.
struct LinkedText {
  let bytes: [UInt8]

  /// `name` gives the id of today for a reference as it is written.
  init(_ record: Record, _ name: (Reference) -> String) {
    let document = Document(parsing: record.document.file)
    let file = document.file
    var bytes: [UInt8] = []
    var at = Int(document.body.range.lower)
    for link in document.body.links.sorted(by: { $0.range.lower < $1.range.lower }) where Int(link.range.lower) >= at {
      guard let text = LinkedText.renamed(file.text(link.range), link, name) else { continue }
      bytes += file.bytes[at..<Int(link.range.lower)]
      bytes += Array(text.utf8)
      at = Int(link.range.upper)
    }
    self.bytes = bytes + file.bytes[at..<Int(document.body.range.upper)]
  }

  /// Whether the texts of two versions differ, but only in that they call other records by other names.
  static func differsInNames(_ before: Record, _ after: Record, _ names: RecordNames) -> Bool {
    let (old, new) = (before.bodyBytes, after.bodyBytes)
    guard old != new, differsInLinks(old, new) else { return false }
    return Record.text(LinkedText(before, names.before).bytes) == Record.text(LinkedText(after, names.after).bytes)
  }

  /// Whether every line that differs holds a link: most changes are settled by this, without reading the text.
  private static func differsInLinks(_ old: [UInt8], _ new: [UInt8]) -> Bool {
    let left = old.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let right = new.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { $0 == $1 || (hasLink($0) && hasLink($1)) }
  }

  private static func hasLink(_ line: ArraySlice<UInt8>) -> Bool {
    zip(line, line.dropFirst()).contains { first, second in
      switch (first, second) {
      case (UInt8(ascii: "["), UInt8(ascii: "[")), (UInt8(ascii: "]"), UInt8(ascii: "(")),
        (UInt8(ascii: "]"), UInt8(ascii: ":")):
        true
      default: false
      }
    }
  }

  /// A link as it would be written today; nothing where it stays as it is.
  private static func renamed(_ written: String, _ link: Markdown.Link, _ name: (Reference) -> String) -> String? {
    switch link.kind {
    case .automatic: return nil
    case .wiki:
      guard written == link.destination else { return nil }
      let parts = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target = String(parts[0]).trimmingBlanks()
      guard !target.isEmpty else { return nil }
      return today(target, name) + (parts.count > 1 ? "#\(parts[1])" : "")
    case .inline, .image:
      guard case .path = LinkAddress(link.destination) else { return nil }
      let end = written.firstIndex { $0 == "#" || $0 == "?" } ?? written.endIndex
      let start = written[..<end].lastIndex(of: "/").map { written.index(after: $0) } ?? written.startIndex
      let file = written[start..<end]
      let stem = file.prefix { $0 != "." }
      let ending = file.dropFirst(stem.count)
      guard !stem.isEmpty, ["", ".md", ".markdown", ".html"].contains(ending.lowercased()) else { return nil }
      return written[..<start] + today(String(stem), name) + ending + written[end...]
    }
  }

  private static func today(_ target: String, _ name: (Reference) -> String) -> String {
    let reference = Reference(written: target)
    let id = name(reference)
    guard id == reference.id else { return id }
    // The name of a file, or a title, is written like an id.
    let proposed = Record.proposedID(for: target)
    let other = name(Reference(written: proposed))
    return other == proposed ? target : other
  }
}

import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// The text of a record with every link written as the id of the record that it leads to.
struct LinkedText {
  let bytes: [UInt8]

  /// The way in which the texts of two versions differ.
  enum Difference {
    case nothing
    /// They call the record itself by another name: its heading, and links to itself.
    case ownName
    /// They call other records by other names.
    case otherNames
    case words
  }

  /// `name` gives the id of today for a reference as it is written, `title` the heading of its page that is the title.
  init(
    _ record: Record, _ name: @escaping (Reference) -> String,
    title: @escaping (Reference) -> Markdown.Heading? = { _ in nil }
  ) {
    let document = Document(parsing: record.document.file, masksSecrets: false)
    let own = document.body.heading(thatIs: record.title)
    let names = Names(id: name, title: title, ownID: name(Reference(written: record.id)), own: own)
    var places: [(range: SourceRange, text: String)] = document.body.links.compactMap { link in
      names.today(document.file.text(link.range), link).map { (link.range, $0) }
    }
    if let own { places.append((own.range, Names.title)) }
    places += document.body.comments.map { ($0, "") }
    self.bytes = LinkedText.replaced(places, in: document)
  }

  private static func replaced(_ places: [(range: SourceRange, text: String)], in document: Document) -> [UInt8] {
    let file = document.file
    var bytes: [UInt8] = []
    var at = Int(document.body.range.lower)
    for (range, text) in places.sorted(by: { $0.range.lower < $1.range.lower }) where Int(range.lower) >= at {
      bytes += file.bytes[at..<Int(range.lower)]
      bytes += Array(text.utf8)
      at = Int(range.upper)
    }
    return bytes + file.bytes[at..<Int(document.body.range.upper)]
  }

  /// Returns how the texts of two versions differ: in words, or only in that they call records by other names.
  static func difference(_ before: Record, _ after: Record, _ names: NameMeanings) -> Difference {
    let (old, new) = (before.bodyBytes, after.bodyBytes)
    guard old != new else { return .nothing }
    let titles = before.title == after.title ? nil : (before.title, after.title)
    guard differsInNames(old, new, titles) else { return .words }
    func isSame(_ idBefore: @escaping (Reference) -> String, _ idAfter: @escaping (Reference) -> String) -> Bool {
      Record.text(LinkedText(before, idBefore, title: names.titleBefore).bytes)
        == Record.text(LinkedText(after, idAfter, title: names.titleAfter).bytes)
    }
    guard isSame(names.before, names.after) else { return .words }
    guard before.id != after.id || titles != nil else { return .otherNames }
    let own = names.after(Reference(written: after.id))
    return isSame({ names.before($0) == own ? own : $0.id }, { names.after($0) == own ? own : $0.id })
      ? .ownName : .otherNames
  }

  /// Whether every line that differs holds a link, or the title: most changes are settled by this, without reading the text.
  private static func differsInNames(_ old: [UInt8], _ new: [UInt8], _ titles: (String, String)?) -> Bool {
    let left = old.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let right = new.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { one, other in
      one == other || (hasLink(one) && hasLink(other))
        || (titles.map { one.contains($0.0.utf8) && other.contains($0.1.utf8) } ?? false)
    }
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

  /// The names that places of a text have today.
  private struct Names {
    /// The placeholder for a heading that is the title.
    static let title = "\u{0}"

    let id: (Reference) -> String
    let title: (Reference) -> Markdown.Heading?
    /// The record's own id of today, and the heading that is its title.
    let ownID: String
    let own: Markdown.Heading?

    /// A link as it would be written today; `nil` where it stays as it is.
    func today(_ written: String, _ link: Markdown.Link) -> String? {
      switch link.kind {
      case .automatic: return nil
      case .wiki:
        guard written == link.destination else { return nil }
        let parts = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].trimmingBlanks()
        let page = target.isEmpty ? own : page(target)
        return (target.isEmpty ? "" : today(target)) + (parts.count > 1 ? "#\(heading(parts[1], of: page))" : "")
      case .inline, .image:
        if case .anchor = LinkAddress(link.destination) { return "#\(heading(String(written.dropFirst()), of: own))" }
        guard case .path = LinkAddress(link.destination) else { return nil }
        let end = written.firstIndex { $0 == "#" || $0 == "?" } ?? written.endIndex
        let start = written[..<end].lastIndex(of: "/").map { written.index(after: $0) } ?? written.startIndex
        let file = written[start..<end]
        let stem = file.prefix { $0 != "." }
        let ending = file.dropFirst(stem.count)
        guard !stem.isEmpty, ["", ".md", ".markdown", ".html"].contains(ending.lowercased()) else { return nil }
        let rest = written[end...]
        let anchor =
          rest.first == "#" ? "#\(heading(String(rest.dropFirst()), of: page(String(stem))))" : String(rest)
        return written[..<start] + today(String(stem)) + ending + anchor
      }
    }

    /// A heading as a link names it; all that are the title of their page are called alike.
    private func heading(_ written: String, of page: Markdown.Heading?) -> String {
      page.map { written == $0.anchor || written == $0.text } ?? false ? Names.title : written
    }

    private func today(_ target: String) -> String {
      let reference = Reference(written: target)
      let id = self.id(reference)
      guard id == reference.id else { return id }
      // The name of a file, or a title, is written like an id.
      let proposed = Record.proposedID(for: target)
      let other = self.id(Reference(written: proposed))
      return other == proposed ? target : other
    }

    /// The heading that is the title of the page that a target means: its id, the name of its file, or its title.
    private func page(_ target: String) -> Markdown.Heading? {
      let references = [Reference(written: target), Reference(written: Record.proposedID(for: target))]
      return references.contains { id($0) == ownID } ? own : references.lazy.compactMap(title).first
    }
  }
}

extension Markdown {
  /// The first heading, where it is the title.
  func heading(thatIs title: String) -> Heading? { headings.first.flatMap { $0.text == title ? $0 : nil } }
}

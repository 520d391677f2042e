import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// The links in bodies that lead to a record, as they are written after it is renamed.
struct RenamedLinks {
  let record: Record
  let newID: String
  let newPath: RepoPath
  /// Anchors that change with the title, old to new.
  let anchors: [String: String]

  /// What changes in a record's body; several links through one definition are one place.
  func replacements(in other: Record, _ catalog: Catalog) throws(EditRefusal) -> [TextReplacement] {
    var replacements: [TextReplacement] = []
    for (link, lead) in zip(other.document.body.links, catalog.links[other.index]) {
      switch lead {
      case .record(record.index, _): break
      case .anchor where other.index == record.index && !anchors.isEmpty: break
      default: continue
      }
      var link = link
      if catalog.isTextFirst(link, lead, in: other) { (link.destination, link.range) = (link.text, link.textRange) }
      let written = other.document.source.text(link.range)
      guard let new = try link.kind == .wiki ? wiki(written, link, other) : path(written, link, other), new != written
      else { continue }
      let replacement = TextReplacement(range: link.range, text: new)
      if !replacements.contains(replacement) { replacements.append(replacement) }
    }
    return replacements + definitions(in: other, besides: replacements.map(\.range))
  }

  /// What changes in definitions that no link uses yet, `[x]: erp.md`: the first one that does would be dead. `known`: the used ones.
  private func definitions(in other: Record, besides known: [SourceRange]) -> [TextReplacement] {
    guard newPath != record.path else { return [] }
    let (body, source) = (other.document.body, other.document.source)
    return source.bytes[body.range.offsets].split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let place = RenamedLinks.destination(inDefinition: line) else { return nil }
      let range = SourceRange(place.lowerBound, place.upperBound)
      let written = source.text(range)
      guard !known.contains(range), !RenamedLinks.isShown(range, in: body),
        case .path(let path, _) = LinkAddress(written), let target = other.path.resolving(path),
        target.folder == record.path.folder, renamed(String(target.name)) != nil, let new = address(written),
        new != written
      else { return nil }
      return TextReplacement(range: range, text: new)
    }
  }

  /// Whether a place is text or a comment: what looks like a definition there is none.
  private static func isShown(_ range: SourceRange, in body: Markdown) -> Bool {
    func overlaps(_ lower: UInt32, _ upper: UInt32) -> Bool { lower < range.upper && range.lower < upper }
    return body.comments.contains { overlaps($0.lower, $0.upper) }
      || body.events.contains { $0.phase == .text && $0.detail == 0 && overlaps($0.lower, $0.upper) }
  }

  /// The place of the destination in a line that may be a definition: `[x]: <erp.md> "ERP"`.
  private static func destination(inDefinition line: ArraySlice<UInt8>) -> Range<Int>? {
    let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ">") }
    guard text.first == UInt8(ascii: "["), text.dropFirst().first != UInt8(ascii: "^"),
      let close = text.firstIndex(of: UInt8(ascii: "]")), text[(close + 1)...].first == UInt8(ascii: ":")
    else { return nil }
    let rest = text[(close + 2)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let inner =
      rest.first == UInt8(ascii: "<")
      ? rest.dropFirst().prefix { $0 != UInt8(ascii: ">") } : rest.prefix { $0 > UInt8(ascii: " ") }
    return inner.isEmpty ? nil : inner.startIndex..<inner.endIndex
  }

  /// What changes in the Markdown of a record's fields.
  func fieldReplacements(in other: Record, _ catalog: Catalog) throws(EditRefusal) -> [TextReplacement] {
    var replacements: [TextReplacement] = []
    for link in other.fieldLinks where link.destination.first != "#" {
      guard catalog.record(WikiAddress(link.destination))?.index == record.index else { continue }
      let written = other.document.source.text(link.range)
      if let new = try wiki(written, link, other), new != written {
        replacements.append(TextReplacement(range: link.range, text: new))
      }
    }
    return replacements
  }

  /// `id#heading`; `nil` where it names the record by an alias.
  private func wiki(_ written: String, _ link: Markdown.Link, _ other: Record) throws(EditRefusal) -> String? {
    guard written == link.destination else { throw refusal(link, other) }
    let (name, anchor) = RenamedLinks.parted(written, at: "#")
    let trimmed = name.trimmingBlanks()
    var renamed = name
    if Reference(written: trimmed).id == record.id {
      renamed =
        RenamedFields.renamed(trimmed, from: record.id, to: newID).map { name.replacing(trimmed, with: $0) } ?? name
    } else if !trimmed.isEmpty, Record.proposedID(for: trimmed) == record.id,
      !record.values(.aliases).contains(where: { $0.text == Reference(written: trimmed).id })
    {
      renamed = name.replacing(trimmed, with: newID)
    }
    if renamed == name, let path = renamedPath(trimmed) { renamed = name.replacing(trimmed, with: path) }
    return renamed + (anchor.map { "#" + (anchors[$0.lowercased()] ?? anchors[githubAnchor($0)] ?? $0) } ?? "")
  }

  /// `Network/Server List.md`: the folders and the ending stay; `nil` where the file is not named by its name.
  private func renamedPath(_ written: String) -> String? {
    guard newPath != record.path, !record.values(.aliases).contains(where: { $0.text == written }) else { return nil }
    let folder = written.lastIndex(of: "/").map { written[...$0] } ?? ""
    let file = written.dropFirst(folder.count)
    let ending = [".md", ".markdown"].first { file.lowercased().hasSuffix($0) }.map { file.suffix($0.count) } ?? ""
    guard
      Record.proposedID(for: String(file.dropLast(ending.count)))
        == Record.proposedID(for: Record.stem(of: record.path))
    else { return nil }
    return folder + Record.stem(of: newPath) + ending
  }

  /// `../systems/erp.md#heading`: only the file's name and the anchor change, the folders stay.
  private func path(_ written: String, _ link: Markdown.Link, _ other: Record) throws(EditRefusal) -> String? {
    guard LinkAddress(written) == LinkAddress(link.destination), let new = address(written) else {
      throw refusal(link, other)
    }
    return new
  }

  /// An address with the new name; `nil` where it names the file in another way.
  private func address(_ written: String) -> String? {
    let (place, anchor) = RenamedLinks.parted(written, at: "#")
    let suffix = anchor.map { "#" + (anchors[$0.lowercased()] ?? $0) } ?? ""
    guard newPath != record.path, !place.isEmpty else { return place + suffix }
    let (path, query) = RenamedLinks.parted(place, at: "?")
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let name = String(path.dropFirst(folder.count))
    guard case .path(let decoded, _) = LinkAddress(name), let renamed = renamed(decoded) else { return nil }
    return folder + renamed + (query.map { "?" + $0 } ?? "") + suffix
  }

  /// The new name of the file, with the endings that the link writes.
  private func renamed(_ name: String) -> String? {
    let (old, new) = (String(record.path.name), String(newPath.name))
    func base(_ name: String) -> String {
      String(name.dropLast(name.lowercased().hasSuffix(".markdown") ? 9 : 3))
    }
    if name == old { return new }
    if name == base(old) { return base(new) }
    if name == base(old) + ".html" { return base(new) + ".html" }
    return nil
  }

  private func refusal(_ link: Markdown.Link, _ other: Record) -> EditRefusal {
    let line = other.document.file.position(of: link.range.lower).line
    return EditRefusal(
      Message(
        de:
          "der Link in \(code: "\(other.path):\(line)") auf \(id: record) ist so geschrieben, dass kb ihn nicht ändern kann",
        en:
          "the link to \(id: record) in \(code: "\(other.path):\(line)") is written in a way in which kb can't change it"
      ),
      remedy: Message(de: "dort \(code: "[[\(record.id)]]") schreiben", en: "write \(code: "[[\(record.id)]]") there"))
  }

  private static func parted(_ text: String, at sign: Character) -> (String, String?) {
    let parts = text.split(separator: sign, maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : nil)
  }
}

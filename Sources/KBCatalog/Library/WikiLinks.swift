import KBDocument
import KBSource

/// Wiki links, `[[page]]`, and what is meant as a link or a picture and is none.
extension ReferenceResolver {
  mutating func resolveWiki(_ link: Markdown.Link, in record: Record) -> Link {
    if let lead = wikiLead(link.destination, in: record) { return resolved(lead, link, in: record) }
    // GitHub's wikis write the text first.
    if link.text != link.destination, let lead = wikiLead(link.text.trimmingBlanks(), in: record) {
      return resolved(lead, link, in: record)
    }
    let address = WikiAddress(link.destination)
    if link.isEmbed, address.name.contains(/\.[A-Za-z][A-Za-z0-9]{1,4}$/), !address.name.lowercased().hasSuffix(".md") {
      report(
        ReferenceRules.missingFile, link, record,
        Message(
          de: "die Datei \(code: address.name) gibt es nicht", en: "there is no file \(code: address.name)"),
        Message(de: "die Datei ablegen, oder den Namen berichtigen", en: "add the file, or correct the name"))
      return .missing
    }
    let near = nearMiss(address.id, [])
    report(
      ReferenceRules.unwritten, link, record,
      near.asked(
        after: Message(
          de: "einen Eintrag \(name: address.name, id: address.id) gibt es noch nicht",
          en: "there is no record \(name: address.name, id: address.id) yet")),
      Message(de: "den Eintrag anlegen, oder den Namen berichtigen", en: "create the record, or correct the name"))
    return .missing
  }

  /// What the name in a wiki link stands for.
  private enum WikiLead {
    case record(Int, anchor: String?)
    case anchor(String)
    case file(RepoPath)
    case external(String)
  }

  private func wikiLead(_ name: String, in record: Record) -> WikiLead? {
    switch LinkAddress(name) {
    case .web(let address), .contact(let address): return .external(address)
    default: break
    }
    let address = WikiAddress(name)
    if address.name.isEmpty { return address.anchor.map { .anchor($0) } }
    if let target = names.index(of: address, from: record.path) { return .record(target, anchor: address.anchor) }
    return attachment(named: address.name, from: record).map { .file($0) }
  }

  /// The file that a wiki link names: by its path from the file or from the root, or by its name where only one file has it.
  private func attachment(named name: String, from record: Record) -> RepoPath? {
    let paths = [record.path.resolving(name), RepoPath(String(name.drop { $0 == "/" }))]
    if let found = paths.lazy.compactMap(\.self).first(where: { attachments[$0] != nil }) { return found }
    guard !name.contains("/"), name.contains(".") else { return nil }
    let named = attachments.keys.filter { $0.name == name }
    return named.count == 1 ? named[0] : nil
  }

  private mutating func resolved(_ lead: WikiLead, _ link: Markdown.Link, in record: Record) -> Link {
    switch lead {
    case .external(let address): return .external(address)
    case .file(let path): return published(path, link, in: record)
    case .anchor(let anchor):
      return checked(.anchor(githubAnchor(anchor)), anchor, of: record, link, in: record)
    case .record(let target, let anchor):
      if link.isEmbed { reportEmbeddedPage(link, record) }
      guard let anchor, !anchor.isEmpty else { return .record(target, anchor: nil) }
      // Obsidian writes the way through the headings, `page#Section#Part`, and blocks as `#^1a2b3c`.
      let last = anchor.split(separator: "#").last.map(String.init) ?? anchor
      if last.hasPrefix("^") { return .record(target, anchor: nil) }
      return checked(.record(target, anchor: githubAnchor(last)), last, of: records[target], link, in: record)
    }
  }

  private mutating func reportEmbeddedPage(_ link: Markdown.Link, _ record: Record) {
    let range = link.range
    // The exclamation mark is before the two brackets.
    let mark = SourceRange(Int(range.lower) - 3, Int(range.lower) - 2)
    guard range.lower >= 3, record.document.file.text(mark) == "!" else { return }
    report(
      ReferenceRules.notALink, at: range, record,
      Message(
        de: "\(code: "![[\(link.destination)]]") fügt die Seite nicht ein: hier erscheint ein Link",
        en: "\(code: "![[\(link.destination)]]") does not insert the page: a link is shown"),
      Message(
        de: "\(code: "[[\(link.destination)]]") schreiben", en: "write \(code: "[[\(link.destination)]]")"),
      [FixIt(replacing: mark, with: "", isSafe: true)])
  }

  // MARK: Links that are none

  /// Reports what is meant as a link or a picture, and is shown as text.
  mutating func reportStrayLinks(in record: Record) {
    for stray in record.document.body.strayLinks {
      let path = stray.destination
      let encoded = path.replacing(" ", with: "%20").replacing("\t", with: "%09")
      // Where it is known to lead somewhere, nothing else can be meant.
      let isKnown: Bool
      if case .path(let written, _) = LinkAddress(encoded), let target = record.path.resolving(written) {
        isKnown =
          stray.isImage ? attachments[target] != nil : attachments[target] != nil || self.target(of: target) != nil
      } else {
        isKnown = false
      }
      let what =
        stray.isImage
        ? Message(de: "dieses Bild wird als Text gezeigt", en: "this picture is shown as text")
        : Message(de: "dieser Link wird als Text gezeigt", en: "this link is shown as text")
      guard let size = stray.size else {
        report(
          ReferenceRules.notALink, at: stray.range, record,
          Message(
            de: "\(what): im Pfad \(code: shortened(path)) sind Leerzeichen",
            en: "\(what): the path \(code: shortened(path)) contains spaces"),
          Message(de: "\(code: shortened(encoded)) schreiben", en: "write \(code: shortened(encoded))"),
          [FixIt(replacing: stray.range, with: encoded, isSafe: isKnown)])
        continue
      }
      let tag = stray.imageTag(size, source: encoded)
      report(
        ReferenceRules.notALink, at: stray.range, record,
        Message(
          de: "\(what): die Größe \(code: "=\(size)") gehört nicht zu Markdown",
          en: "\(what): the size \(code: "=\(size)") is not part of Markdown"),
        Message(de: "\(code: shortened(tag)) schreiben", en: "write \(code: shortened(tag))"),
        stray.whole.map { [FixIt(replacing: $0, with: tag, isSafe: isKnown && stray.isImage)] } ?? [])
    }
  }

  private mutating func report(
    _ rule: Rule, at range: SourceRange, _ record: Record, _ message: Message, _ remedy: Message, _ fixes: [FixIt]
  ) {
    found.diagnostics.append(Diagnostic(rule, at: record.path, range, message, remedy: remedy, fixes: fixes))
  }
}

extension Markdown.StrayLink {
  /// The picture as a tag with a size, which GitHub shows.
  fileprivate func imageTag(_ size: String, source: String) -> String {
    let parts = size.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "x" || $0 == "*" }).map(
      String.init)
    let width = parts[0].isEmpty ? "" : " width=\"\(parts[0])\""
    let height = parts.count > 1 && !parts[1].isEmpty ? " height=\"\(parts[1])\"" : ""
    let words = text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
    return "<img src=\"\(source)\" alt=\"\(words)\"\(width)\(height)>"
  }
}

import KBDocument
import KBSource

/// Wiki links, `[[page]]`, and what is meant as a link or a picture and is none.
extension ReferenceResolver {
  mutating func resolveWiki(_ link: Markdown.Link, in record: Record) -> Link {
    if let lead = resolveShared(link, in: record) { return lead }
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
        Message(de: "die Datei ablegen oder den Namen berichtigen", en: "add the file, or correct the name"))
      return .missing
    }
    if link.destination.contains("://"), case .forbidden = LinkAddress(link.destination) {
      let (message, remedy) = forbiddenAddress(link.destination.trimmingBlanks())
      report(ReferenceRules.forbiddenAddress, link, record, message, remedy)
      return .refused
    }
    if let category = WikiCategory(link.destination) {
      report(
        ReferenceRules.unwritten, link, record, category.message, category.remedy)
      return .missing
    }
    if let advice = slashed(link, in: record) {
      reportPath(ReferenceRules.unwritten, link, record, advice)
      return .missing
    }
    if let index = sharedIndex(address, isPrefixed: false) { return .shared(index) }
    let near = nearMiss(address.id, [])
    report(
      ReferenceRules.unwritten, link, record,
      near.asked(
        after: Message(
          de: "es gibt keinen Eintrag \(name: address.name, id: address.id)",
          en: "there is no record \(name: address.name, id: address.id)")),
      Message(de: "den Eintrag anlegen oder den Namen berichtigen", en: "create the record, or correct the name"),
      fixes: fixes(near, address, link, in: record))
    return .missing
  }

  /// Resolves `[[shared/page]]`; `nil` for every other link, and where a folder here is called that.
  private mutating func resolveShared(_ link: Markdown.Link, in record: Record) -> Link? {
    let address = WikiAddress(link.destination)
    guard address.name.hasPrefix("\(Member.shared)/"), meansShared(Member.shared), !hasFolder(Member.shared) else {
      return nil
    }
    if let index = sharedIndex(address, isPrefixed: true) { return .shared(index) }
    if neighbours?.shared == nil {
      reportUnchecked(address.name, at: link.range, record)
    } else {
      reportNotShared(address.name, at: link.range, ReferenceRules.unwritten, record)
    }
    return .missing
  }

  private func hasFolder(_ name: String) -> Bool {
    records.contains { $0.path.string.hasPrefix("\(name)/") }
      || attachments.keys.contains { $0.string.hasPrefix("\(name)/") }
  }

  /// The page that is meant where backslashes separate the folders, `[[docs\\page]]`.
  private func slashed(_ link: Markdown.Link, in record: Record) -> PathAdvice? {
    let meant = link.destination.replacing("\\", with: "/")
    guard meant != link.destination, wikiLead(meant, in: record) != nil else { return nil }
    let id = WikiAddress(meant).id
    return PathAdvice(
      message: Message(
        de: "in \(code: link.destination, id: id) trennen Backslashes die Ordner; Links brauchen \(code: "/")",
        en: "\(code: link.destination, id: id) separates folders with backslashes, but links need \(code: "/")"),
      remedy: Message(de: "\(code: "[[\(meant)]]", id: id) schreiben", en: "write \(code: "[[\(meant)]]", id: id)"),
      meant: (meant, true))
  }

  /// The link to the record that is near, with the text that is shown now.
  private func fixes(_ near: NearMiss, _ address: WikiAddress, _ link: Markdown.Link, in record: Record) -> [FixIt] {
    guard let id = near.nearest, let index = names.byID[id],
      record.document.file.text(link.range) == link.destination
    else { return [] }
    let anchor = address.anchor.map { "#\($0)" } ?? ""
    let text = link.text == link.destination ? "|\(address.name)" : ""
    let isTitle = NearNames.key(records[index].title) == NearNames.key(address.name)
    return [FixIt(replacing: link.range, with: id + anchor + text, isSafe: isTitle)]
  }

  /// What the name in a wiki link stands for.
  private enum WikiLead {
    case record(Int, anchor: String?)
    case anchor(String)
    case file(RepoPath)
    case external(String)
  }

  /// Whether the name of a wiki link leads to something in the knowledge base.
  func leadsSomewhere(_ name: String, in record: Record) -> Bool {
    switch wikiLead(name, in: record) {
    case .record, .file: true
    case .anchor, .external, nil: false
    }
  }

  private func wikiLead(_ name: String, in record: Record) -> WikiLead? {
    switch LinkAddress(name.trimmingBlanks()) {
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
    case .external(let address): return external(address, link, in: record)
    case .file(let path): return published(path, link, in: record)
    case .anchor(let anchor):
      return checked(
        .anchor(anchor.hasPrefix("^") ? anchor : githubAnchor(anchor)), anchor, of: record, link, in: record)
    case .record(let target, let anchor):
      if link.isEmbed { reportEmbeddedPage(link, record) }
      guard let anchor, !anchor.isEmpty else { return .record(target, anchor: nil) }
      // Obsidian writes the way through the headings, `page#Section#Part`, and blocks as `#^1a2b3c`.
      let last = anchor.split(separator: "#").last.map(String.init) ?? anchor
      if last.hasPrefix("^") {
        return checked(.record(target, anchor: last), last, of: records[target], link, in: record)
      }
      return checked(.record(target, anchor: githubAnchor(last)), last, of: records[target], link, in: record)
    }
  }

  /// Returns the link to an address; blanks in it are a finding, for they may also separate it from its text.
  private mutating func external(_ address: String, _ link: Markdown.Link, in record: Record) -> Link {
    let parts = address.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, address.contains("://") else { return .external(address) }
    let encoded = address.replacing(" ", with: "%20")
    let named = "[\(String(parts[1]).trimmingBlanks())](\(parts[0]))"
    report(
      ReferenceRules.notALink, link, record,
      Message(
        de: "in der Adresse \(code: shortened(address)) sind Leerzeichen",
        en: "the address \(code: shortened(address)) contains spaces"),
      Message(
        de: "\(code: encoded) schreiben oder, wenn der Rest der Text ist, \(code: named)",
        en: "write \(code: encoded), or, if the rest is the text, \(code: named)"))
    return .external(encoded)
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

  mutating func report(
    _ rule: Rule, at range: SourceRange, _ record: Record, _ message: Message, _ remedy: Message, _ fixes: [FixIt]
  ) {
    found.diagnostics.append(Diagnostic(rule, at: record.path, range, message, remedy: remedy, fixes: fixes))
  }
}

/// A mark of MediaWiki in double brackets that is no link: `[[Category:Network]]`.
private struct WikiCategory {
  let message: Message
  let remedy: Message

  init?(_ name: String) {
    guard let colon = name.firstIndex(of: ":") else { return nil }
    let space = String(name[..<colon]).trimmingBlanks().lowercased()
    let page = String(name[name.index(after: colon)...]).trimmingBlanks()
    if ["category", "kategorie"].contains(space), !page.isEmpty {
      message = Message(
        de: "\(code: "[[\(name)]]") ist eine Kategorie von MediaWiki: kb kennt Schlagwörter",
        en: "\(code: "[[\(name)]]") is a category of MediaWiki: kb has tags")
      remedy = Message(
        de: "\(code: page) im Kopf unter \(code: "tags") eintragen und die Klammern löschen",
        en: "add \(code: page) to \(code: "tags") in the front matter and delete the brackets")
    } else if ["file", "datei", "image", "bild", "media"].contains(space), !page.isEmpty {
      message = Message(
        de: "\(code: "[[\(name)]]") ist ein Bild von MediaWiki, das kb so nicht zeigt",
        en: "\(code: "[[\(name)]]") is a picture of MediaWiki, which kb does not show like this")
      remedy = Message(
        de: "\(code: "![[\(page)]]") schreiben und die Datei ablegen",
        en: "write \(code: "![[\(page)]]") and add the file")
    } else {
      return nil
    }
  }
}

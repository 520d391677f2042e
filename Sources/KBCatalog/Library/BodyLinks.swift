import KBDocument
import KBSource

/// The links of bodies: addresses, paths and anchors.
extension ReferenceResolver {
  /// Whether nothing, not even a picture, is between the brackets of a link, `[](a.md)`.
  private func hasNoText(_ link: Markdown.Link, in record: Record) -> Bool {
    guard link.kind == .inline, link.text.trimmingBlanks().isEmpty, link.range.lower > 2 else { return false }
    let bytes = record.document.file.bytes
    var at = Int(link.range.lower) - 1
    if bytes[at] == UInt8(ascii: "<") { at -= 1 }
    guard at > 1, bytes[at] == UInt8(ascii: "("), bytes[at - 1] == UInt8(ascii: "]") else { return false }
    at -= 2
    while at > 0, bytes[at] == UInt8(ascii: " ") { at -= 1 }
    return bytes[at] == UInt8(ascii: "[")
  }

  mutating func resolve(_ link: Markdown.Link, in record: Record) -> Link {
    if link.kind == .wiki { return resolveWiki(link, in: record) }
    if let lead = reportPeculiar(link, in: record) { return lead }
    if hasNoText(link, in: record) {
      report(
        ReferenceRules.notALink, link, record,
        Message(de: "dieser Link hat keinen Text: niemand sieht ihn", en: "this link has no text: nobody can see it"),
        Message(
          de: "zwischen die eckigen Klammern schreiben, wohin er führt",
          en: "write where it leads between the square brackets"))
    }
    switch LinkAddress(link.destination) {
    case .web(let address):
      guard link.kind == .image else { return .external(address) }
      report(
        ReferenceRules.remoteImage, link, record,
        Message(
          de: "das Bild \(code: shortened(link.destination)) liegt im Internet",
          en: "the image \(code: shortened(link.destination)) is on the internet"),
        Message(
          de: "das Bild herunterladen, neben die Datei legen und den Pfad angeben",
          en: "download it, put it next to this file and use its path"))
      return .refused
    case .contact(let address): return link.kind == .image ? .refused : .external(address)
    case .forbidden:
      if let missing = SchemelessAddress(link.destination) {
        return reportScheme(missing, ReferenceRules.forbiddenAddress, link, record)
      }
      let (message, remedy) = forbiddenAddress(link.destination)
      report(ReferenceRules.forbiddenAddress, link, record, message, remedy)
      return .refused
    case .anchor(let anchor):
      guard !anchor.isEmpty else { return .anchor("") }
      return checked(.anchor(anchor), anchor, of: record, link, in: record)
    case .path(let path, let anchor): return resolvePath(path, anchor, link, in: record)
    }
  }

  mutating func resolvePath(_ written: String, _ anchor: String?, _ link: Markdown.Link, in record: Record)
    -> Link
  {
    guard let exact = record.path.resolving(written) else {
      if link.kind != .image, let target = rootIndex(written, from: record) { return .record(target, anchor: nil) }
      // A path that climbs out of the knowledge base, or the root itself.
      return reportDead(link, record, isSiteLink: written.hasPrefix("/"))
    }
    let isKnown = names.byPath[exact] != nil || attachments[exact] != nil
    let path = isKnown || pathForms.isEmpty ? exact : pathForms[exact.string] ?? exact
    if link.kind != .image, let target = target(of: path) {
      guard let anchor, !anchor.isEmpty else { return .record(target, anchor: nil) }
      return checked(.record(target, anchor: anchor), anchor, of: records[target], link, in: record)
    }
    if attachments[path] != nil { return published(path, link, in: record) }
    if link.kind == .image, names.byPath[path] != nil { return reportPageAsPicture(path, link, record) }
    return reportDead(link, record, isSiteLink: written.hasPrefix("/"))
  }

  /// The index of the topmost folder, where a path such as `..` or `/` leads to that folder.
  private func rootIndex(_ written: String, from record: Record) -> Int? {
    guard let index = record.path.resolving(written + "/index.md"), index.folder.isEmpty else { return nil }
    let names = ["index.md", "README.md", "_index.md"]
    return names.lazy.compactMap { self.names.byPath[RepoPath(normalized: $0)] }.first
  }

  /// Returns the link to a file, where it is published.
  mutating func published(_ path: RepoPath, _ link: Markdown.Link, in record: Record) -> Link {
    guard let attachment = attachments[path] else { return .missing }
    // The finding about the file says what is to be done.
    if attachment.check == .pointer { return .refused }
    if let advice = AttachmentAdvice.refusal(attachment) {
      report(advice.rule, link, record, advice.message, advice.remedy)
      return .refused
    }
    if let advice = AttachmentAdvice.remark(attachment, isImage: link.kind == .image) {
      report(advice.rule, link, record, advice.message, advice.remedy)
    }
    return .attachment(path)
  }

  /// Returns the record at a path: the file itself, without an ending, with `.html` as a site would write it, or a folder's index.
  func target(of path: RepoPath) -> Int? {
    if let target = names.byPath[path] { return target }
    var stem = path.string
    if stem.hasSuffix(".html") { stem = String(stem.dropLast(5)) }
    let guesses = [
      "\(stem).md", "\(stem).html.md", "\(stem)/index.md", "\(stem)/index.html.md", "\(stem)/README.md",
      "\(stem)/_index.md",
    ]
    return guesses.lazy.compactMap { names.byPath[RepoPath(normalized: $0)] }.first
  }

  /// Returns the link if the heading that it names exists.
  mutating func checked(
    _ lead: Link, _ anchor: String, of target: Record, _ link: Markdown.Link, in record: Record
  ) -> Link {
    let wanted = anchor.lowercased()
    let anchors = target.document.body.linkTargets
    // Capitals do not matter, as on GitHub; a browser needs the exact anchor.
    let exact =
      anchors.first { $0 == anchor } ?? anchors.first { $0.lowercased() == wanted || $0 == githubAnchor(anchor) }
    if let exact {
      if case .record(let index, _) = lead { return .record(index, anchor: exact) }
      return .anchor(exact)
    }
    let near = NearMiss("#\(wanted)", nearest: NearMiss(wanted, among: anchors).nearest.map { "#\($0)" })
    report(
      ReferenceRules.deadAnchor, link, record,
      near.asked(
        after: anchor.hasPrefix("^")
          ? Message(
            de: "\(target) hat keinen Absatz mit der Marke \(code: anchor)",
            en: "\(target) has no block \(code: anchor)")
          : Message(
            de: "\(target) hat keine Überschrift \(code: "#\(anchor)")",
            en: "\(target) has no heading \(code: "#\(anchor)")")),
      near.remedy(
        else: anchor.hasPrefix("^")
          ? Message(de: "die Marke an das Ende des Absatzes schreiben", en: "write the mark at the end of the block")
          : Message(de: "die Überschrift wählen, die gemeint ist", en: "choose the heading that is meant")))
    // The page still opens, at its top.
    if case .record(let index, _) = lead { return .record(index, anchor: nil) }
    return .missing
  }

  /// Reports an address that lacks `https://` or the like.
  private mutating func reportScheme(
    _ missing: SchemelessAddress, _ rule: Rule, _ link: Markdown.Link, _ record: Record
  ) -> Link {
    let shown = shortened(link.destination)
    let isWritten = record.document.file.text(link.range) == link.destination
    found.diagnostics.append(
      Diagnostic(
        rule, at: record.path, link.range,
        missing.misspelt.map {
          Message(
            de: "der Link \(code: shown) führt ins Leere: \(code: $0) ist falsch geschrieben",
            en: "the link \(code: shown) leads nowhere: \(code: $0) is misspelt")
        }
          ?? Message(
            de: "der Link \(code: shown) führt ins Leere: davor fehlt \(code: missing.scheme)",
            en: "the link \(code: shown) leads nowhere: \(code: missing.scheme) is missing before it"),
        remedy: Message(
          de: "\(code: missing.address) schreiben", en: "write \(code: missing.address)"),
        fixes: isWritten
          ? [FixIt(replacing: link.range, with: missing.address, isSafe: missing.isCertain && link.kind != .image)] : []
      ))
    return .missing
  }

  private mutating func reportDead(_ link: Markdown.Link, _ record: Record, isSiteLink: Bool) -> Link {
    let shown = shortened(link.destination)
    let isFile =
      link.destination.contains(".") && !link.destination.contains(".md") && !link.destination.contains(".html")
    if case .path(let written, _) = LinkAddress(link.destination),
      let advice = PathAdvice(written, in: record.path, pathIndex, isImage: link.kind == .image)
    {
      reportPath(
        link.kind == .image || isFile ? ReferenceRules.missingFile : ReferenceRules.deadLink, link, record, advice)
      return .missing
    }
    if link.kind != .image || link.destination.contains("/"), let missing = SchemelessAddress(link.destination) {
      return reportScheme(
        missing, link.kind == .image ? ReferenceRules.missingFile : ReferenceRules.deadLink, link, record)
    }
    let name = RecordReader.derivedID(of: RepoPath(normalized: link.destination))
    let near = names.byID[name] != nil ? name : nearMiss(name, []).nearest
    if link.kind == .image {
      report(
        ReferenceRules.missingFile, link, record,
        Message(
          de: "das Bild \(code: shown, id: near ?? name) gibt es nicht",
          en: "there is no image \(code: shown, id: near ?? name)"),
        Message(de: "die Datei ablegen oder den Pfad berichtigen", en: "add the file, or correct the path"))
      return .missing
    }
    report(
      isFile ? ReferenceRules.missingFile : isSiteLink ? ReferenceRules.unwritten : ReferenceRules.deadLink, link,
      record,
      Message(
        de:
          "der Link \(code: shown, id: name) führt ins Leere\(near, { "; meinten Sie \(code: "[[\($0)]]", id: $0)?" })",
        en:
          "the link \(code: shown, id: name) leads nowhere\(near, { "; did you mean \(code: "[[\($0)]]", id: $0)?" })"),
      isSiteLink
        ? Message(
          de: "den Pfad von der Wurzel der Wissensbasis aus angeben oder die ganze Adresse mit https://",
          en: "give the path from the root of the knowledge base, or the whole address with https://")
        : Message(
          de: "den Pfad von dieser Datei aus angeben oder \(code: "[[kennung]]") schreiben",
          en: "give the path from this file, or write \(code: "[[id]]")"))
    return .missing
  }

  mutating func report(
    _ rule: Rule, _ link: Markdown.Link, _ record: Record, _ message: Message, _ remedy: Message
  ) {
    report(rule, link, record, message, remedy, fixes: [])
  }

  mutating func report(
    _ rule: Rule, _ link: Markdown.Link, _ record: Record, _ message: Message, _ remedy: Message, fixes: [FixIt]
  ) {
    let body = record.document.body.range
    let place = destinationRange(of: link, in: record) ?? link.range
    let range = place.count > 0 ? place : SourceRange(Int(body.lower), Int(body.lower))
    found.diagnostics.append(Diagnostic(rule, at: record.path, range, message, remedy: remedy, fixes: fixes))
  }

  func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(57) + "..." : text }
}

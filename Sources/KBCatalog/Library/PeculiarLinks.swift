import KBDocument
import KBSource

/// Links and pictures whose addresses are no paths: empty ones, those of Windows, and pages in the place of pictures.
extension ReferenceResolver {
  /// Reports an empty destination, or a path of Windows; `nil` where it is neither.
  mutating func reportPeculiar(_ link: Markdown.Link, in record: Record) -> Link? {
    if link.destination.trimmingBlanks().isEmpty {
      report(
        link.kind == .image ? ReferenceRules.missingFile : ReferenceRules.deadLink, link, record,
        link.kind == .image
          ? Message(de: "bei diesem Bild fehlt der Pfad", en: "this picture has no path")
          : Message(de: "dieser Link ist leer", en: "this link is empty"),
        Message(
          de: "das Ziel zwischen die runden Klammern schreiben oder die Klammern löschen",
          en: "write the destination between the parentheses, or delete the brackets"))
      return .missing
    }
    let place = destinationRange(of: link, in: record)
    let written = place.map { record.document.file.text($0) } ?? link.destination
    let isShare = link.destination.hasPrefix("\\\\") && !written.hasPrefix("\\\\")
    guard let (message, remedy) = windowsPath(isShare ? link.destination : written) else { return nil }
    report(ReferenceRules.forbiddenAddress, link, record, message, remedy)
    return .refused
  }

  /// Returns what is said of a path of Windows; `nil` where it is none.
  func windowsPath(_ written: String) -> (message: Message, remedy: Message)? {
    let isShare = written.hasPrefix("\\\\")
    guard isShare || isOnDrive(written) else { return nil }
    let shown = shortened(written)
    return (
      isShare
        ? Message(
          de: "\(code: shown) ist eine Windows-Freigabe: Browser öffnen Freigaben nicht",
          en: "\(code: shown) is a Windows share: browsers don't open shares")
        : Message(
          de: "\(code: shown) ist ein Pfad auf einem Laufwerk: auf anderen Rechnern und im Browser führt er ins Leere",
          en: "\(code: shown) is a path on a drive: on other machines and in a browser it leads nowhere"),
      Message(
        de: "als Code schreiben, damit man ihn kopieren kann, oder die Datei in die Wissensbasis legen",
        en: "write it as code, so that people can copy it, or put the file into the knowledge base")
    )
  }

  /// Returns what is said of an address of a scheme that pages do not lead to.
  func forbiddenAddress(_ written: String) -> (message: Message, remedy: Message) {
    let shown = shortened(written)
    return (
      Message(
        de: "Links auf \(code: shown) sind nicht erlaubt", en: "links to \(code: shown) are not allowed"),
      Message(
        de: "eine Adresse mit https://, mailto: oder tel: verwenden oder als Code schreiben",
        en: "use an address with https://, mailto: or tel:, or write it as code")
    )
  }

  /// Whether a destination begins with the letter of a drive: `C:\`, `c:/`, `C:%5C`.
  private func isOnDrive(_ destination: String) -> Bool {
    let start = Array(destination.utf8.prefix(5))
    guard start.count > 2, start[0].isASCIILetter, start[1] == UInt8(ascii: ":") else { return false }
    return start[2] == UInt8(ascii: "/") || start[2] == UInt8(ascii: "\\")
      || [Array("%5C".utf8), Array("%5c".utf8)].contains(Array(start[2...]))
  }

  /// Reports a picture that is a page.
  mutating func reportPageAsPicture(_ path: RepoPath, _ link: Markdown.Link, _ record: Record) -> Link {
    let (shown, id) = (shortened(link.destination), RecordReader.derivedID(of: path))
    report(
      ReferenceRules.noPicture, link, record,
      Message(
        de: "\(code: shown, id: id) ist eine Seite, kein Bild", en: "\(code: shown, id: id) is a page, not a picture"
      ),
      Message(de: "als Link schreiben, ohne \(code: "!")", en: "write it as a link, without \(code: "!")"),
      fixes: exclamationMark(of: link, in: record).map { [FixIt(replacing: $0, with: "", isSafe: true)] } ?? [])
    return .missing
  }

  /// The exclamation mark that makes a link a picture.
  private func exclamationMark(of link: Markdown.Link, in record: Record) -> SourceRange? {
    let bytes = record.document.file.bytes
    guard let place = destinationRange(of: link, in: record), place.lower > 3 else { return nil }
    var at = Int(place.lower) - 1
    while at > 0, Int(place.lower) - at < 300, bytes[at] != UInt8(ascii: "\n") {
      if bytes[at] == UInt8(ascii: "["), bytes[at - 1] == UInt8(ascii: "!") { return SourceRange(at - 1, at) }
      at -= 1
    }
    return nil
  }

  /// Reports an opening bracket before a link whose text is its path: `[[a.md](a.md)`, half a wiki link.
  mutating func reportLoneBrackets(in record: Record) {
    let bytes = record.document.file.bytes
    for link in record.document.body.links where link.kind == .inline && link.text == link.destination {
      let start = Int(link.textRange.lower) - 2
      let end = Int(link.range.upper) + 1
      guard start >= 0, end <= bytes.count, bytes[start] == UInt8(ascii: "["), bytes[start + 1] == UInt8(ascii: "["),
        start == 0 || bytes[start - 1] <= UInt8(ascii: " "), bytes[end - 1] == UInt8(ascii: ")"),
        !bytes[end...].prefix(while: { $0 != UInt8(ascii: "\n") }).contains(UInt8(ascii: "]"))
      else { continue }
      found.diagnostics.append(
        Diagnostic(
          ReferenceRules.notALink, at: record.path, SourceRange(start, start + 1),
          Message(
            de: "vor diesem Link ist eine eckige Klammer zu viel: sie wird als Text gezeigt",
            en: "there is a square bracket too many before this link: it is shown as text"),
          remedy: Message(de: "die Klammer löschen", en: "delete the bracket"),
          fixes: [FixIt(replacing: SourceRange(start, start + 1), with: "", isSafe: true)]))
    }
  }

  /// Reports links to pictures with a blank after the exclamation mark, `! [Plan](plan.png)`.
  mutating func reportPartedPictures(in record: Record) {
    let bytes = record.document.file.bytes
    for (link, lead) in zip(record.document.body.links, found.links) {
      guard case .attachment(let path) = lead, link.kind == .inline, AttachmentType.isImage(path) else { continue }
      let start = Int(link.textRange.lower) - 1
      guard start > 1, start < bytes.count, bytes[start] == UInt8(ascii: "["), bytes[start - 1] == UInt8(ascii: " "),
        bytes[start - 2] == UInt8(ascii: "!"), start == 2 || bytes[start - 3] <= UInt8(ascii: " ")
      else { continue }
      let blank = SourceRange(start - 1, start)
      found.diagnostics.append(
        Diagnostic(
          ReferenceRules.notALink, at: record.path, SourceRange(start - 2, start + 1),
          Message(
            de: "nach \(code: "!") ist ein Leerzeichen: statt des Bildes erscheint ein Link",
            en: "there is a space after \(code: "!"): a link is shown instead of the picture"),
          remedy: Message(de: "das Leerzeichen löschen", en: "delete the space"),
          fixes: [FixIt(replacing: blank, with: "", isSafe: true)]))
    }
  }
}

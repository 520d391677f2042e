import KBDocument
import KBSource

/// What is meant as a link or a picture, and is shown as text.
extension ReferenceResolver {
  mutating func reportStrayLinks(in record: Record) {
    for stray in record.document.body.strayLinks {
      let path = stray.writtenPath
      // Where it is known to lead somewhere, nothing else can be meant.
      let isKnown: Bool
      if case .path(let written, _) = LinkAddress(path), let target = record.path.resolving(written) {
        isKnown =
          stray.isImage ? attachments[target] != nil : attachments[target] != nil || self.target(of: target) != nil
      } else {
        isKnown = false
      }
      guard stray.isCertain || isKnown else { continue }
      let what =
        stray.isImage
        ? Message(de: "dieses Bild wird als Text gezeigt", en: "this picture is shown as text")
        : Message(de: "dieser Link wird als Text gezeigt", en: "this link is shown as text")
      switch stray.problem {
      case .attributes: reportAttributes(stray, record)
      case .blanks where stray.size != nil: reportSize(stray, path, what, isKnown, record)
      case .blanks:
        report(
          ReferenceRules.notALink, at: stray.range, record,
          Message(
            de: "\(what): im Pfad \(code: shortened(stray.destination)) sind Leerzeichen",
            en: "\(what): the path \(code: shortened(stray.destination)) contains spaces"),
          Message(de: "\(code: shortened(path)) schreiben", en: "write \(code: shortened(path))"),
          [FixIt(replacing: stray.range, with: path, isSafe: isKnown)])
      case .undefined: reportUndefined(stray, what, record)
      case .gap, .open, .title, .exchanged, .unnamed: reportForm(stray, path, what, record)
      }
    }
  }

  /// Reports a link whose address a line of its own should give, `[name]: a.md`.
  private mutating func reportUndefined(_ stray: Markdown.StrayLink, _ what: Message, _ record: Record) {
    let line = "[\(shortened(stray.destination))]: …"
    report(
      ReferenceRules.notALink, at: stray.range, record,
      Message(
        de: "\(what): nirgends ist angegeben, wohin \(code: shortened(stray.destination)) führt",
        en: "\(what): nothing says where \(code: shortened(stray.destination)) leads"),
      Message(
        de: "die Zeile \(code: line) ergänzen oder \(code: "[\(shortened(stray.text))](…)") schreiben",
        en: "add the line \(code: line), or write \(code: "[\(shortened(stray.text))](…)")"), [])
  }

  private mutating func reportSize(
    _ stray: Markdown.StrayLink, _ path: String, _ what: Message, _ isKnown: Bool, _ record: Record
  ) {
    let tag = stray.imageTag(stray.size ?? "", source: path)
    report(
      ReferenceRules.notALink, at: stray.range, record,
      Message(
        de: "\(what): die Größe \(code: "=\(stray.size ?? "")") gehört nicht zu Markdown",
        en: "\(what): the size \(code: "=\(stray.size ?? "")") is not part of Markdown"),
      Message(de: "\(code: shortened(tag)) schreiben", en: "write \(code: shortened(tag))"),
      stray.whole.map { [FixIt(replacing: $0, with: tag, isSafe: isKnown && stray.isImage)] } ?? [])
  }

  /// Reports brackets in the wrong place; only where the path leads somewhere, for brackets have many uses.
  private mutating func reportForm(
    _ stray: Markdown.StrayLink, _ path: String, _ what: Message, _ record: Record
  ) {
    let fault =
      switch stray.problem {
      case .gap: Message(de: "zwischen den Klammern ist ein Leerzeichen", en: "there is a space between the brackets")
      case .title:
        Message(
          de: "das Anführungszeichen nach dem Pfad wird nicht geschlossen",
          en: "the quote after the path is not closed")
      case .open: Message(de: "die schließende Klammer fehlt", en: "the closing parenthesis is missing")
      case .exchanged: Message(de: "die Klammern sind vertauscht", en: "the brackets are swapped")
      default: Message(de: "vor dem Pfad fehlen eckige Klammern", en: "square brackets are missing before the path")
      }
    let meant = "\(stray.isImage ? "!" : "")[\(stray.text)](\(path))"
    report(
      ReferenceRules.notALink, at: stray.whole ?? stray.range, record,
      Message(de: "\(what): \(fault)", en: "\(what): \(fault)"),
      Message(de: "\(code: shortened(meant)) schreiben", en: "write \(code: shortened(meant))"),
      stray.whole.map { [FixIt(replacing: $0, with: meant, isSafe: stray.problem != .open && stray.problem != .title)] }
        ?? [])
  }

  /// Reports attributes after a picture.
  private mutating func reportAttributes(_ stray: Markdown.StrayLink, _ record: Record) {
    let bytes = record.document.file.bytes
    let shown = record.document.file.text(stray.range)
    // The picture itself is before it, in the same line.
    let end = Int(stray.range.lower)
    var start = end - 1
    while start > 0, end - start < 600, bytes[start] != UInt8(ascii: "\n"),
      !(bytes[start] == UInt8(ascii: "!") && bytes[start + 1] == UInt8(ascii: "["))
    { start -= 1 }
    let isFound = start >= 0 && bytes[start] == UInt8(ascii: "!") && bytes[start + 1] == UInt8(ascii: "[")
    let tag = stray.imageTag(stray.size ?? "", source: stray.writtenPath)
    report(
      ReferenceRules.notALink, at: stray.range, record,
      Message(
        de: "\(code: shortened(shown)) gehört nicht zu Markdown und wird als Text gezeigt",
        en: "\(code: shortened(shown)) is not part of Markdown and is shown as text"),
      Message(de: "\(code: shortened(tag)) schreiben", en: "write \(code: shortened(tag))"),
      isFound && stray.size?.isEmpty == false
        ? [FixIt(replacing: SourceRange(start, Int(stray.range.upper)), with: tag, isSafe: true)] : [])
  }
}

extension Markdown.StrayLink {
  /// The destination as Markdown takes it: without blanks and backslashes.
  fileprivate var writtenPath: String {
    if destination.lowercased().hasPrefix("tel:") { return destination.filter { $0 != " " && $0 != "\t" } }
    let path = destination.replacing(" ", with: "%20").replacing("\t", with: "%09")
    return path.contains("://") ? path : path.replacing("\\", with: "/")
  }

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

import KBDocument
import KBSource

/// What is meant as a link or a picture, and is shown as text.
extension ReferenceResolver {
  mutating func reportStrayLinks(in record: Record) {
    for stray in record.document.body.strayLinks {
      let (path, title, isKnown) = aim(of: stray, in: record)
      guard stray.isCertain || isKnown else { continue }
      let what =
        stray.isImage
        ? Message(de: "dieses Bild wird als Text gezeigt", en: "this picture is shown as text")
        : Message(de: "dieser Link wird als Text gezeigt", en: "this link is shown as text")
      switch stray.problem {
      case .attributes: reportAttributes(stray, record)
      case .blanks where stray.size != nil: reportSize(stray, path, what, isKnown, record)
      case .blanks:
        if reportForbidden(stray, path, record) { continue }
        if let title {
          reportTitle(stray, path, title, what, record)
        } else {
          reportBlanks(stray, path, what, isKnown, record)
        }
      case .undefined:
        if isKnown { reportForm(stray, path, what, record) } else { reportUndefined(stray, what, record) }
      case .parenthesis, .angle, .gap, .open, .title, .exchanged, .unnamed, .square, .path, .wiki, .automatic,
        .shortcode:
        reportForm(stray, path, what, record)
      }
    }
  }

  /// Returns the address that is meant, what is probably its title, and whether it leads somewhere.
  private func aim(of stray: Markdown.StrayLink, in record: Record) -> (path: String, title: String?, isKnown: Bool) {
    let written = stray.written(stray.destination)
    // Where it is known to lead somewhere, nothing else can be meant.
    if leads(written, stray, in: record) { return (written, nil, true) }
    switch stray.problem {
    case .parenthesis:
      let without = stray.written(stray.destination.filter { $0 != "(" })
      if leads(without, stray, in: record) { return (without, nil, true) }
    case .blanks where stray.size == nil:
      let words = stray.destination.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count == 2, words[0].contains("."), !words[1].contains("#") else { break }
      let first = stray.written(String(words[0]))
      if leads(first, stray, in: record) { return (first, String(words[1]).trimmingBlanks(), true) }
    default: break
    }
    return (written, nil, false)
  }

  /// Whether an address leads to a file, a page or a heading that is there.
  private func leads(_ path: String, _ stray: Markdown.StrayLink, in record: Record) -> Bool {
    if stray.problem == .wiki { return leadsSomewhere(stray.destination, in: record) }
    switch LinkAddress(path) {
    case .anchor(let anchor): return !stray.isImage && record.document.body.linkTargets.contains(anchor)
    case .path(let written, _):
      // Only as the name of a reference a single word may be the name of a page.
      if stray.problem == .undefined, !written.contains("."), !written.contains("/") { return false }
      guard let target = record.path.resolving(written) else { return false }
      return attachments[target] != nil || !stray.isImage && self.target(of: target) != nil
    case .web, .contact, .forbidden: return false
    }
  }

  private mutating func reportBlanks(
    _ stray: Markdown.StrayLink, _ path: String, _ what: Message, _ isKnown: Bool, _ record: Record
  ) {
    let shown = shortened(stray.destination)
    let isPath =
      if case .path = LinkAddress(path) { true } else { false }
    report(
      ReferenceRules.notALink, at: stray.range, record,
      isPath
        ? Message(
          de: "\(what): im Pfad \(code: shown) sind Leerzeichen",
          en: "\(what): the path \(code: shown) contains spaces")
        : Message(
          de: "\(what): in der Adresse \(code: shown) sind Leerzeichen",
          en: "\(what): the address \(code: shown) contains spaces"),
      Message(de: "\(code: path) schreiben", en: "write \(code: path)"),
      [FixIt(replacing: stray.range, with: path, isSafe: isKnown && !(isPath && path.contains("#")))])
  }

  /// Reports a title that has no quotes, `[x](a.md Title)`.
  private mutating func reportTitle(
    _ stray: Markdown.StrayLink, _ path: String, _ title: String, _ what: Message, _ record: Record
  ) {
    let meant = "\(path) \"\(title.filter { $0 != "\"" })\""
    report(
      ReferenceRules.notALink, at: stray.range, record,
      Message(
        de: "\(what): der Titel nach dem Pfad braucht Anführungszeichen",
        en: "\(what): the title after the path needs quotes"),
      Message(de: "\(code: meant) schreiben", en: "write \(code: meant)"),
      [FixIt(replacing: stray.range, with: meant, isSafe: true)])
  }

  /// Reports a path of Windows, or an address of a scheme that pages do not lead to; false where it is neither.
  private mutating func reportForbidden(_ stray: Markdown.StrayLink, _ path: String, _ record: Record) -> Bool {
    let bytes = record.document.file.bytes
    let start = Int(stray.range.lower)
    // The first one of two backslashes means that the second one is a character.
    let isShare = stray.destination.hasPrefix("\\") && start > 0 && bytes[start - 1] == UInt8(ascii: "\\")
    let range =
      isShare && !stray.destination.hasPrefix("\\\\") ? SourceRange(start - 1, Int(stray.range.upper)) : stray.range
    let written = record.document.file.text(range)
    if let (message, remedy) = windowsPath(written) {
      report(ReferenceRules.forbiddenAddress, at: range, record, message, remedy, [])
      return true
    }
    guard path.lowercased().hasPrefix("file:") else { return false }
    let (message, remedy) = forbiddenAddress(written)
    report(ReferenceRules.forbiddenAddress, at: range, record, message, remedy, [])
    return true
  }

  /// Reports a link whose address a line of its own should give, `[name]: a.md`.
  private mutating func reportUndefined(_ stray: Markdown.StrayLink, _ what: Message, _ record: Record) {
    let line = "[\(stray.destination)]: …"
    let link = "\(stray.isImage ? "!" : "")[\(stray.text)](…)"
    report(
      ReferenceRules.notALink, at: stray.range, record,
      Message(
        de: "\(what): nirgends ist angegeben, wohin \(code: shortened(stray.destination)) führt",
        en: "\(what): nothing says where \(code: shortened(stray.destination)) leads"),
      Message(
        de: "die Zeile \(code: line) ergänzen oder \(code: link) schreiben",
        en: "add the line \(code: line), or write \(code: link)"), [])
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
      Message(de: "\(code: tag) schreiben", en: "write \(code: tag)"),
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
      case .parenthesis:
        Message(
          de: "im Pfad wird eine Klammer nicht geschlossen", en: "a parenthesis in the path is not closed")
      case .angle:
        Message(de: "nach dem Pfad fehlt \(code: ">")", en: "\(code: ">") is missing after the path")
      case .square, .undefined:
        Message(
          de: "der Pfad ist in eckigen Klammern, nicht in runden",
          en: "the path is in square brackets, not in parentheses")
      case .path: Message(de: "der Pfad ist nicht in runden Klammern", en: "the path is not in parentheses")
      case .wiki: Message(de: "am Ende fehlt \(code: "]")", en: "\(code: "]") is missing at the end")
      case .automatic:
        Message(
          de: "in spitzen Klammern werden nur ganze Adressen zu Links",
          en: "in angle brackets only whole addresses become links")
      case .shortcode:
        Message(de: "das ist ein Shortcode von Hugo", en: "this is a shortcode of Hugo")
      default: Message(de: "vor dem Pfad fehlen eckige Klammern", en: "square brackets are missing before the path")
      }
    let meant = stray.markdown(leadingTo: path)
    report(
      ReferenceRules.notALink, at: stray.whole ?? stray.range, record,
      Message(de: "\(what): \(fault)", en: "\(what): \(fault)"),
      Message(de: "\(code: meant) schreiben", en: "write \(code: meant)"),
      stray.whole.map { [FixIt(replacing: $0, with: meant, isSafe: stray.hasSafeCure)] } ?? [])
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
    let tag = stray.imageTag(stray.size ?? "", source: stray.written(stray.destination))
    report(
      ReferenceRules.notALink, at: stray.range, record,
      Message(
        de: "\(code: shortened(shown)) gehört nicht zu Markdown und wird als Text gezeigt",
        en: "\(code: shortened(shown)) is not part of Markdown and is shown as text"),
      Message(de: "\(code: tag) schreiben", en: "write \(code: tag)"),
      isFound && stray.size?.isEmpty == false
        ? [FixIt(replacing: SourceRange(start, Int(stray.range.upper)), with: tag, isSafe: true)] : [])
  }
}

extension Markdown.StrayLink {
  /// A destination as Markdown takes it: without blanks and backslashes; an anchor as that of a heading.
  fileprivate func written(_ destination: String) -> String {
    func encoded(_ text: some StringProtocol) -> String {
      String(text).replacing(" ", with: "%20").replacing("\t", with: "%09")
    }
    let lowered = destination.lowercased()
    if lowered.hasPrefix("tel:") { return destination.filter { $0 != " " && $0 != "\t" } }
    if lowered.hasPrefix("mailto:") {
      return String(destination.prefix(7)) + encoded(String(destination.dropFirst(7)).trimmingBlanks())
    }
    if destination.contains("://") { return encoded(destination) }
    let hash = destination.utf8.firstIndex(of: UInt8(ascii: "#"))
    var path = encoded(String(destination[..<(hash ?? destination.endIndex)]).trimmingBlanks())
      .replacing("\\", with: "/")
    if problem == .parenthesis { path = path.replacing("(", with: "%28").replacing(")", with: "%29") }
    guard let hash else { return path }
    let anchor = String(destination[destination.utf8.index(after: hash)...]).trimmingBlanks()
    let hasBlank = anchor.contains { $0 == " " || $0 == "\t" }
    return "\(path)#\(hasBlank ? githubAnchor(LinkAddress.percentDecoded(anchor)) : anchor)"
  }

  /// How Markdown writes what is meant.
  fileprivate func markdown(leadingTo path: String) -> String {
    switch problem {
    case .wiki: return "\(isImage ? "!" : "")[[\(destination)]]"
    case .path, .automatic, .shortcode:
      let name = destination.split(separator: "/").last.map(String.init) ?? destination
      let words = text.isEmpty ? name.prefix { $0 != "." && $0 != "#" } : text[...]
      return "\(isImage ? "!" : "")[\(words)](\(path))"
    default: return "\(isImage ? "!" : "")[\(text)](\(path))"
    }
  }

  /// Whether nobody can have meant anything else.
  fileprivate var hasSafeCure: Bool {
    switch problem {
    case .open, .title, .parenthesis, .angle, .wiki, .automatic, .shortcode: false
    default: true
    }
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

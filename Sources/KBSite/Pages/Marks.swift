internal import KBCatalog
internal import KBSource

/// The marks of the look: shape, word, colour, in this order.
extension Site {
  func mark(_ html: inout HTML, criticality choice: Choice) {
    let (icon, style): (Icon, String) =
      switch choice.rank ?? 0 {
      case 4...: (.critical, "c4")
      case 3: (.high, "c3")
      case 2: (.medium, "c2")
      default: (.low, "c1")
      }
    html.element(.span, .class("crit \(style)")) { html in
      html.icon(icon)
      html.text(words(choice.label))
    }
  }

  func mark(_ html: inout HTML, status record: Record) {
    let icon: Icon =
      switch record.lifecycle {
      case .draft: .draft
      case .planned: .planned
      case .active: .active
      case .deprecated: .deprecated
      case .retired: .retired
      }
    html.element(.span, .class("state")) { html in
      html.icon(icon)
      html.text(statusLabel(of: record))
    }
  }

  /// The word for a record's status: its own kind's, where the kind has one.
  func statusLabel(of record: Record) -> String {
    if let choice = record.value(.status)?.choice ?? record.value(.topicState)?.choice { return words(choice.label) }
    if case .choice(let choices)? = record.kind.field(.status)?.type,
      let choice = choices.first(where: { $0.means == record.lifecycle })
    {
      return words(choice.label)
    }
    return ""
  }

  func mark(_ html: inout HTML, severity: Severity, count: Int? = nil) {
    let (icon, style): (Icon, String) =
      switch severity {
      case .error: (.error, "sev-e")
      case .warning: (.warning, "sev-w")
      case .hint: (.hint, "sev-h")
      }
    html.element(.span, .class("sev \(style)")) { html in
      html.icon(icon)
      html.text(count.map(String.init) ?? words(severity.word))
    }
  }

  /// How fresh a confirmation is.
  enum Freshness {
    case never, fresh(CalendarDate), dueSoon(CalendarDate), overdue(CalendarDate)
  }

  /// Thirty days before the due day a confirmation counts as due soon.
  func freshness(of record: Record) -> Freshness? {
    guard let reviewed = record.value(.reviewed)?.date else { return record.reviewEvery == nil ? nil : .never }
    guard let due = record.reviewDue else { return .fresh(reviewed) }
    if due < catalog.today { return .overdue(reviewed) }
    return due <= catalog.today.adding(days: 30) ? .dueSoon(reviewed) : .fresh(reviewed)
  }

  func mark(_ html: inout HTML, freshness: Freshness) {
    switch freshness {
    case .never: html.element(.span, .class("age soon"), text: words(Words.never))
    case .fresh(let date): html.element(.span, .class("age")) { $0.text(format.date(date)) }
    case .dueSoon(let date):
      html.element(.span, .class("age soon")) { html in
        html.icon(.soon)
        html.text(format.date(date))
      }
      html.element(.span, .class("vh"), text: " \(words(Words.dueSoon))")
    case .overdue(let date):
      html.element(.span, .class("age late")) { html in
        html.icon(.overdue)
        html.text(format.date(date))
      }
      html.element(.span, .class("vh"), text: " \(words(Words.overdue))")
    }
  }

  /// A link to a record's page, or its name where it is not published.
  func link(_ html: inout HTML, to record: Record, depth: Int, text: String? = nil) {
    guard let address = map.address(of: record, depth: depth) else {
      html.element(.span, .class("muted"), text: words(Words.notPublished))
      return
    }
    html.element(.a, .href(address), text: text ?? record.title)
  }

  func phone(_ html: inout HTML, _ number: String) {
    html.element(.a, .class("nb"), .href(.phone(number)), text: format.phone(number))
  }

  /// A place in a file, linked to where it can be edited.
  func place(_ html: inout HTML, of diagnostic: Diagnostic) {
    let position = catalog.file(diagnostic.path)?.position(of: diagnostic.range.lower) ?? (line: 1, column: 1)
    html.element(.span, .class("place"), text: "\(diagnostic.path.string):\(position.line):\(position.column)")
  }

  /// A message: what it quotes is code when it looks like code, else a name; dates are written as people read them.
  func message(_ html: inout HTML, _ text: String) {
    var isQuoted = false
    var rest = text.utf8[...]
    while let quote = rest.firstIndex(of: UInt8(ascii: "'")) {
      let before = String(Substring(rest[..<quote]))
      if !isQuoted {
        html.text(withReadableDates(before))
      } else if looksLikeCode(before) {
        html.element(.code, text: before)
      } else {
        html.text(language == .german ? "„\(before)“" : "“\(before)”")
      }
      isQuoted.toggle()
      rest = rest[rest.index(after: quote)...]
    }
    html.text(isQuoted ? "'\(Substring(rest))" : withReadableDates(String(Substring(rest))))
  }

  /// Keys, ids, paths and commands are lower case or hold signs that names do not.
  private func looksLikeCode(_ text: String) -> Bool {
    let isIdentifier = text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "_-./:*#".utf8.contains(byte)
    }
    // Most quoted texts are plain names: without these signs there is nothing more to ask.
    guard !isIdentifier else { return true }
    guard text.utf8.contains(where: { ":[</".utf8.contains($0) }) || text.hasPrefix("kb ") else { return false }
    return text.contains(": ") || text.hasPrefix("kb ") || text.contains("[[") || text.contains("<")
      || text.hasPrefix("/")
  }

  /// The text with dates of the form 2026-11-21 written in the language of the page.
  private func withReadableDates(_ text: String) -> String {
    // A date begins with a digit before a hyphen; most texts hold none.
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    guard zip(text.utf8, text.utf8.dropFirst()).contains(where: { isDigit($0) && $1 == UInt8(ascii: "-") }) else {
      return text
    }
    return text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { part in
      let word = Substring(part)
      guard part.first.map(isDigit) == true else { return word }
      let sign = word.last.map { ",.;:)".contains($0) } == true ? word.suffix(1) : ""
      return CalendarDate(iso: word.dropLast(sign.count)).map { format.date($0) + sign } ?? word
    }.joined(separator: " ")
  }
}

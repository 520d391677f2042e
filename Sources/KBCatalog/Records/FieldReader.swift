import KBDocument
import KBSource

/// Reads the entries of a mapping by the types that declarations give them.
///
/// The type decides what a text means: `NO` is a country where text is declared, `1.10` a version, `0049` a number to dial.
struct FieldReader {
  let path: RepoPath
  /// What money is counted in when it says nothing.
  var currency = "EUR"
  private(set) var diagnostics: [Diagnostic] = []

  init(path: RepoPath, currency: String = "EUR") {
    self.path = path
    self.currency = currency
  }

  /// Keys that no declaration names.
  typealias Extra = YAMLNode.Entry

  /// Reads the entries that `find` knows; the others are returned as they are.
  mutating func read(
    _ entries: [YAMLNode.Entry], _ find: (String) -> FieldDeclaration?
  ) -> (fields: [Field], extras: [Extra]) {
    var fields: [Field] = []
    fields.reserveCapacity(entries.count)
    var extras: [Extra] = []
    for entry in entries {
      guard let declaration = find(entry.key) ?? find(FieldDeclaration.folded(entry.key)) else {
        extras.append(entry)
        continue
      }
      if let first = fields.first(where: { $0.declaration === declaration }) {
        report(
          YAMLRules.duplicateKey, entry.keyRange,
          Message(
            de: "'\(entry.key)' meint dasselbe Feld wie '\(declaration.name)' weiter oben",
            en: "'\(entry.key)' means the same field as '\(declaration.name)' above"),
          Message(de: "eine der beiden Zeilen löschen", en: "delete one of the two lines"),
          notes: [Note(at: path, first.keyRange, Message(de: "zuerst hier", en: "first here"))])
        continue
      }
      if entry.value.isEmpty { continue }
      let value = read(entry.value, as: declaration)
      fields.append(Field(declaration: declaration, keyRange: entry.keyRange, value: value))
    }
    return (fields, extras)
  }

  mutating func read(_ node: YAMLNode, as declaration: FieldDeclaration) -> Value {
    switch declaration.type {
    case .list(let element): return readList(node, element, declaration)
    case .object(let members, let shorthand): return readObject(node, members, shorthand, declaration)
    case .map(let element): return readMap(node, element, declaration)
    case .money: return readMoney(node, declaration)
    case .any: return Value(.text(node.scalar ?? ""), node.range)
    default: break
    }
    if let id = node.unquotedWikiLink {
      let range = node.range
      report(
        FormRules.badValue, range,
        Message(
          de: "'[[\(id)]]' liest YAML als Liste in einer Liste", en: "YAML reads '[[\(id)]]' as a list in a list"),
        Message(de: "in Anführungszeichen setzen: \"[[\(id)]]\"", en: "put it in quotes: \"[[\(id)]]\""),
        fixes: [FixIt(replacing: range, with: "\"[[\(id)]]\"", isSafe: true)])
      return Value(readScalar(id, node.range, declaration, quiet: true), node.range)
    }
    guard let text = node.scalar else {
      report(
        FormRules.badValue, SourceRange(Int(node.range.lower), Int(node.range.lower) + 1),
        Message(
          de: "'\(declaration.name)' nimmt einen einzelnen Wert, hier steht eine Liste oder Gruppe",
          en: "'\(declaration.name)' takes a single value, and here stands a list or a group"),
        Message(de: "nur einen Wert hinter den Doppelpunkt schreiben", en: "write only one value behind the colon"))
      return Value(.invalid(""), node.range)
    }
    return Value(readScalar(text, node.range, declaration, quiet: false), node.range)
  }

  // MARK: Lists and objects

  private mutating func readList(_ node: YAMLNode, _ element: FieldDeclaration, _ declaration: FieldDeclaration)
    -> Value
  {
    // A single value stands for a list of one; so does an unquoted [[id]], where no lists in lists are meant.
    let holdsLists = if case .list = element.type { true } else { false }
    guard let nodes = node.unquotedWikiLink == nil || holdsLists ? node.sequence : nil else {
      return Value(.list([read(node, as: element)]), node.range)
    }
    return Value(.list(nodes.filter { !$0.isEmpty }.map { read($0, as: element) }), node.range)
  }

  private mutating func readObject(
    _ node: YAMLNode, _ members: [FieldDeclaration], _ shorthand: String?, _ declaration: FieldDeclaration
  ) -> Value {
    if let entries = node.mapping {
      let (fields, extras) = read(entries) { key in members.first { $0.name == key || $0.aliases.contains(key) } }
      for extra in extras where !extra.key.hasPrefix("x-") {
        reportUnknownKey(extra, members.map(\.name), in: declaration.name)
      }
      return Value(.object(fields), node.range)
    }
    if let shorthand, let member = members.first(where: { $0.name == shorthand }),
      node.scalar != nil || node.unquotedWikiLink != nil
    {
      let value = read(node, as: member)
      return Value(.object([Field(declaration: member, keyRange: node.range, value: value)]), node.range)
    }
    let names = members.prefix(3).map(\.name).joined(separator: ", ")
    report(
      FormRules.badValue, SourceRange(Int(node.range.lower), min(Int(node.range.upper), Int(node.range.lower) + 40)),
      Message(
        de: "'\(declaration.name)' besteht aus mehreren Angaben (\(names) ...)",
        en: "'\(declaration.name)' is made of several facts (\(names) ...)"),
      Message(
        de: "in eingerückten Zeilen 'Schlüssel: Wert' darunter schreiben",
        en: "write 'key: value' in indented lines below it"))
    return Value(.invalid(node.scalar ?? ""), node.range)
  }

  private mutating func readMap(_ node: YAMLNode, _ element: FieldDeclaration, _ declaration: FieldDeclaration) -> Value
  {
    let entries = node.mapping ?? []
    if node.mapping == nil, !node.isEmpty {
      report(
        FormRules.badValue, SourceRange(Int(node.range.lower), min(Int(node.range.upper), Int(node.range.lower) + 40)),
        Message(
          de: "'\(declaration.name)' besteht aus Zeilen 'Schlüssel: Wert'",
          en: "'\(declaration.name)' is made of lines 'key: value'"),
        Message(
          de: "in eingerückten Zeilen 'Schlüssel: Wert' darunter schreiben",
          en: "write 'key: value' in indented lines below it"))
    }
    return Value(
      .object(
        entries.map { entry in
          let declaration = FieldDeclaration(name: entry.key, type: element.type)
          return Field(declaration: declaration, keyRange: entry.keyRange, value: read(entry.value, as: declaration))
        }), node.range)
  }

  private mutating func readMoney(_ node: YAMLNode, _ declaration: FieldDeclaration) -> Value {
    let amount = node["amount"] ?? node["betrag"] ?? node
    guard let text = amount.scalar, let hundredths = FieldReader.hundredths(text) else {
      report(
        FormRules.badValue, amount.range,
        Message(de: "hier wird ein Betrag erwartet", en: "an amount is expected here"),
        Message(
          de: "'{amount: 4800, currency: \(currency), per: year}' schreiben; Nachkommastellen mit Punkt",
          en: "write '{amount: 4800, currency: \(currency), per: year}'; decimals with a point"))
      return Value(.invalid(amount.scalar ?? ""), node.range)
    }
    for entry in node.mapping ?? []
    where !["amount", "betrag", "currency", "währung", "per", "je", "unit"].contains(entry.key) {
      reportUnknownKey(entry, ["amount", "currency", "per", "unit"], in: declaration.name)
    }
    func word<Word: RawRepresentable & CaseIterable>(_ node: YAMLNode?, _ fallback: Word) -> Word
    where Word.RawValue == String {
      guard let node, let text = node.scalar else { return fallback }
      guard let word = Word(rawValue: text) else {
        reportUnknownValue(text, node.range, Word.allCases.map(\.rawValue), in: declaration.name)
        return fallback
      }
      return word
    }
    let code = node["currency"]?.scalar ?? node["währung"]?.scalar ?? currency
    return Value(
      .money(
        Money(
          hundredths: hundredths, currency: code, period: word(node["per"] ?? node["je"], .year),
          unit: word(node["unit"], .total))), node.range)
  }

  /// Reads `4800`, `4800.5`, `4800.50`.
  static func hundredths(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int(parts[0]), whole >= 0, whole < 1_000_000_000_000 else { return nil }
    guard parts.count == 2 else { return whole * 100 }
    guard (1...2).contains(parts[1].utf8.count), let fraction = Int(parts[1]), fraction >= 0 else { return nil }
    return whole * 100 + (parts[1].utf8.count == 1 ? fraction * 10 : fraction)
  }

  // MARK: Scalars

  private mutating func readScalar(
    _ text: String, _ range: SourceRange, _ declaration: FieldDeclaration, quiet: Bool
  ) -> Value.Content {
    func bad(_ expected: Message, _ remedy: Message, fix: String? = nil, isSafe: Bool = true) -> Value.Content {
      if !quiet {
        report(
          FormRules.badValue, range,
          Message(
            de: "'\(text)' ist \(expected.german), und '\(declaration.name)' braucht das",
            en: "'\(text)' is \(expected.english), which '\(declaration.name)' needs"),
          remedy, fixes: fix.map { [FixIt(replacing: range, with: $0, isSafe: isSafe)] } ?? [])
      }
      return .invalid(text)
    }
    switch declaration.type {
    case .text, .markdown:
      if let limit = declaration.maxLength, text.count > limit, !quiet {
        diagnostics.append(
          Diagnostic(
            FormRules.badValue, at: path, range,
            Message(
              de: "'\(declaration.name)' hat \(text.count) Zeichen, erlaubt sind \(limit)",
              en: "'\(declaration.name)' has \(text.count) characters, and \(limit) are allowed"),
            remedy: Message(
              de: "kürzen; Einzelheiten gehören in den Text", en: "shorten it; details belong in the body")))
      }
      return .text(text)
    case .bool:
      switch text.lowercased() {
      case "true", "yes", "ja", "on": return .bool(true)
      case "false", "no", "nein", "off": return .bool(false)
      default:
        return bad(
          Message(de: "weder ja noch nein", en: "neither yes nor no"),
          Message(de: "true oder false schreiben", en: "write true or false"))
      }
    case .integer:
      guard let number = Int(text) else {
        return bad(
          Message(de: "keine ganze Zahl", en: "no whole number"),
          Message(de: "eine Zahl ohne Einheit schreiben", en: "write a number without a unit"))
      }
      if let minimum = declaration.minimum, number < minimum {
        return bad(
          Message(de: "zu klein", en: "too small"), Message(de: "mindestens \(minimum)", en: "at least \(minimum)"))
      }
      if let maximum = declaration.maximum, number > maximum {
        return bad(
          Message(de: "zu groß", en: "too large"), Message(de: "höchstens \(maximum)", en: "at most \(maximum)"))
      }
      return .integer(number)
    case .number:
      guard let number = Double(text), number.isFinite else {
        let pointed = String(text.map { $0 == "," ? "." : $0 })
        return bad(
          Message(de: "keine Zahl", en: "no number"),
          Message(de: "eine Zahl wie 99.5 schreiben", en: "write a number such as 99.5"),
          fix: Double(pointed) == nil ? nil : pointed)
      }
      return .number(number)
    case .date:
      if let date = CalendarDate(iso: text) { return .date(date) }
      if let date = CalendarDate(lenient: text) {
        return bad(
          Message(de: "kein Datum in der Form Jahr-Monat-Tag", en: "no date in the form year-month-day"),
          Message(de: "'\(date)' schreiben", en: "write '\(date)'"), fix: date.description,
          // Of two digits nobody knows the century.
          isSafe: text.contains("\(date.year)"))
      }
      return bad(
        Message(de: "kein Tag des Kalenders", en: "no day of the calendar"),
        Message(de: "in der Form 2026-11-21 schreiben", en: "write it in the form 2026-11-21"))
    case .duration:
      guard let duration = CalendarDuration(text) else {
        return bad(
          Message(de: "keine Dauer", en: "no duration"),
          Message(
            de: "30m (Minuten), 4h, 2d, 6w, 3M (Monate) oder 1y schreiben",
            en: "write 30m (minutes), 4h, 2d, 6w, 3M (months) or 1y"))
      }
      return .duration(duration)
    case .choice(let choices):
      if let choice = choices.first(where: { $0.value == text }) { return .choice(choice) }
      if !quiet { reportUnknownChoice(text, range, choices, in: declaration.name) }
      return .invalid(text)
    case .slug:
      guard !text.isEmpty, text.utf8.allSatisfy(\.isIDCharacter) else {
        let parts = text.split(separator: ",").map { slug(String($0)) }.filter { !$0.isEmpty }
        if parts.count > 1 {
          let list = parts.joined(separator: ", ")
          return bad(
            Message(de: "mehr als ein Kurzname", en: "more than one short name"),
            Message(de: "als Liste schreiben: [\(list)]", en: "write a list: [\(list)]"))
        }
        let proposal = slug(text)
        return bad(
          Message(de: "kein Kurzname", en: "no short name"),
          Message(
            de: proposal.isEmpty
              ? "nur Kleinbuchstaben, Ziffern und Bindestriche verwenden" : "'\(proposal)' schreiben",
            en: proposal.isEmpty ? "use only lower-case letters, digits and hyphens" : "write '\(proposal)'"),
          fix: proposal.isEmpty || declaration.name == "id" ? nil : proposal)
      }
      return .text(text)
    case .url:
      guard isWebAddress(text) else {
        return bad(
          Message(de: "keine vollständige Adresse", en: "no complete address"),
          Message(de: "mit https:// beginnen", en: "begin with https://"))
      }
      return .text(text)
    case .email:
      guard isEmailAddress(text) else {
        return bad(
          Message(de: "keine E-Mail-Adresse", en: "no e-mail address"),
          Message(de: "in der Form name@firma.de schreiben", en: "write it in the form name@company.com"))
      }
      return .text(text)
    case .phone:
      guard isPhoneNumber(text) else {
        return bad(
          Message(de: "keine einzelne Rufnummer", en: "no single phone number"),
          Message(
            de: "eine einzige Nummer in der Form +49 40 123456 oder 040 123456 schreiben; weitere gehören in den Text",
            en: "write a single number in the form +49 40 123456; others belong in the body"))
      }
      return .text(text)
    case .secretRef:
      guard text.hasPrefix("vault:"), text.dropFirst(6).contains("/"), !text.contains(where: \.isWhitespace) else {
        return bad(
          Message(de: "kein Verweis in einen Tresor", en: "no pointer into a vault"),
          Message(
            de: "'vault:ablage/eintrag' schreiben, nie das Geheimnis selbst",
            en: "write 'vault:store/entry', never the secret itself"))
      }
      return .text(text)
    case .reference, .referenceOrText: return .reference(Reference(written: text))
    case .any, .money, .list, .object, .map: return .text(text)
    }
  }

  // MARK: Findings

  mutating func report(
    _ rule: Rule, _ range: SourceRange, _ message: Message, _ remedy: Message, notes: [Note] = [], fixes: [FixIt] = []
  ) {
    diagnostics.append(Diagnostic(rule, at: path, range, message, remedy: remedy, notes: notes, fixes: fixes))
  }

  mutating func reportUnknownKey(_ entry: YAMLNode.Entry, _ known: [String], in owner: String) {
    let near = suggestion(for: entry.key, among: known)
    report(
      FormRules.unknownKey, entry.keyRange,
      Message(
        de: "'\(owner)' kennt keinen Schlüssel '\(entry.key)'" + Message(asking: near).german,
        en: "'\(owner)' has no key '\(entry.key)'" + Message(asking: near).english),
      near.map { Message(de: "durch '\($0)' ersetzen", en: "replace with '\($0)'") }
        ?? Message(
          de: "löschen, oder mit 'x-' beginnen lassen, wenn er bleiben soll",
          en: "delete it, or begin it with 'x-' when it shall stay"),
      fixes: near.map { [FixIt(replacing: entry.keyRange, with: $0, isSafe: false)] } ?? [])
  }

  private mutating func reportUnknownChoice(_ text: String, _ range: SourceRange, _ choices: [Choice], in field: String)
  {
    // The label in either language is surely what was meant; a similar word may be.
    let meant = choices.first {
      $0.label.german.lowercased() == text.lowercased() || $0.label.english.lowercased() == text.lowercased()
        || $0.value == text.lowercased()
    }
    if let meant {
      report(
        FormRules.unknownValue, range,
        Message(
          de: "'\(text)' heißt bei '\(field)' '\(meant.value)'",
          en: "'\(text)' is called '\(meant.value)' in '\(field)'"),
        Message(de: "'\(meant.value)' schreiben", en: "write '\(meant.value)'"),
        fixes: [FixIt(replacing: range, with: meant.value, isSafe: true)])
    } else {
      reportUnknownValue(text, range, choices.map(\.value), in: field)
    }
  }

  private mutating func reportUnknownValue(_ text: String, _ range: SourceRange, _ known: [String], in field: String) {
    let near = suggestion(for: text, among: known)
    let list = known.joined(separator: ", ")
    report(
      FormRules.unknownValue, range,
      Message(
        de: "'\(field)' kennt den Wert '\(text)' nicht" + Message(asking: near).german,
        en: "'\(field)' does not know the value '\(text)'" + Message(asking: near).english),
      Message(de: "eines von: \(list)", en: "one of: \(list)"),
      fixes: near.map { [FixIt(replacing: range, with: $0, isSafe: false)] } ?? [])
  }
}

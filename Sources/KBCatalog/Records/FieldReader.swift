import KBDocument
import KBSchema
import KBSource
import KBYAML

/// Reads the entries of a mapping by the types that declarations give them.
///
/// The type decides what a text means: `NO` is a country where text is declared, `1.10` a version, `0049` a number to dial.
struct FieldReader {
  let path: RepoPath
  /// The currency of money that names none.
  let currency: String
  /// The country of phone numbers without a calling code.
  let country: Country
  /// The rule of every finding; without one each has the rule of its kind.
  private let rule: Rule?
  private(set) var diagnostics: [Diagnostic] = []

  init(path: RepoPath, currency: String = "EUR", country: Country = .germany, rule: Rule? = nil) {
    self.path = path
    self.rule = rule
    self.currency = currency
    self.country = country
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
      guard let declaration = find(entry.key), !isOutdone(entry.key, declaration, entries, find) else {
        extras.append(entry)
        continue
      }
      let known = ObjectIdentifier(declaration)
      if let first = fields.first(where: { $0.declarationID == known }) {
        report(
          YAMLRules.duplicateKey, entry.keyRange,
          Message(
            de: "\(code: entry.key) meint dasselbe Feld wie \(code: declaration.name) weiter oben",
            en: "\(code: entry.key) means the same field as \(code: declaration.name) above"),
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

  /// Whether a key of another program stands for a field that has a key of its own here.
  private func isOutdone(
    _ key: String, _ declaration: FieldDeclaration, _ entries: [YAMLNode.Entry], _ find: (String) -> FieldDeclaration?
  ) -> Bool {
    func isBorrowed(_ key: String) -> Bool {
      declaration.borrowed.contains(key) || declaration.borrowed.contains(FieldDeclaration.folded(key))
    }
    guard !declaration.borrowed.isEmpty, isBorrowed(key) else { return false }
    return entries.contains {
      $0.key != key && find($0.key) === declaration && !isBorrowed($0.key) && !$0.value.isEmpty
    }
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
          de: "\(code: "[[\(id)]]") liest YAML als Liste in einer Liste",
          en: "YAML reads \(code: "[[\(id)]]") as a list in a list"),
        Message(
          de: "in Anführungszeichen setzen: \(code: "\"[[\(id)]]\"")", en: "put it in quotes: \(code: "\"[[\(id)]]\"")"),
        fixes: [FixIt(replacing: range, with: "\"[[\(id)]]\"", isSafe: true)])
      return Value(readScalar(id, node.range, declaration, quiet: true), node.range)
    }
    guard let text = node.scalar else {
      report(
        FormRules.badValue, SourceRange(Int(node.range.lower), Int(node.range.lower) + 1),
        Message(
          de: "\(code: declaration.name) erwartet einen einzelnen Wert, keine Liste oder Gruppe",
          en: "\(code: declaration.name) takes a single value, not a list or group"),
        Message(de: "nur einen Wert nach dem Doppelpunkt schreiben", en: "write only one value after the colon"))
      return Value(.invalid(""), node.range)
    }
    return Value(readScalar(text, node.range, declaration, quiet: false), node.range)
  }

  // MARK: Lists and objects

  private mutating func readList(_ node: YAMLNode, _ element: FieldDeclaration, _ declaration: FieldDeclaration)
    -> Value
  {
    // A single value is a list of one; so is an unquoted [[id]], where no lists in lists are meant.
    let holdsLists = if case .list = element.type { true } else { false }
    if let entries = node.mapping, !element.type.isMapping { return readGroup(node, entries, element, declaration) }
    guard let nodes = node.unquotedWikiLink == nil || holdsLists ? node.sequence : nil else {
      return Value(.list([read(node, as: element)]), node.range)
    }
    var written = nodes.filter { !$0.isEmpty }
    if let most = declaration.maxItems, written.count > most {
      report(
        FormRules.badValue, written[most].range,
        Message(
          de: "\(code: declaration.name) hat \(written.count) Einträge, gelesen werden die ersten \(most)",
          en: "\(code: declaration.name) has \(written.count) entries, but only the first \(most) are read"),
        Message(de: "die Liste kürzen", en: "shorten the list"))
      written = Array(written.prefix(most))
    }
    return Value(
      .list(
        written.map { entry in
          guard let pair = entry.mapping, !element.type.isMapping else { return read(entry, as: element) }
          return readPair(entry, pair, declaration)
        }), node.range)
  }

  /// Braces where a list is meant: `{a, b}`.
  private mutating func readGroup(
    _ node: YAMLNode, _ entries: [YAMLNode.Entry], _ element: FieldDeclaration, _ declaration: FieldDeclaration
  ) -> Value {
    let names = entries.map { $0.value.isEmpty ? $0.key : "\($0.key): \($0.value.written)" }
    let isList = entries.allSatisfy(\.value.isEmpty)
    report(
      FormRules.badValue, SourceRange(Int(node.range.lower), Int(node.range.lower) + 1),
      Message(
        de: "\(code: declaration.name) erwartet eine Liste, keine Gruppe",
        en: "\(code: declaration.name) takes a list, not a group"),
      Message(
        de:
          "jeden Eintrag in eine eigene Zeile mit \(code: "- ") schreiben oder in eckige Klammern: \(code: "[\(names.joined(separator: ", "))]")",
        en:
          "write each entry on a line of its own with \(code: "- "), or in square brackets: \(code: "[\(names.joined(separator: ", "))]")"
      ),
      fixes: isList && node.range.count > 1
        ? [FixIt(replacing: node.range, with: "[\(names.joined(separator: ", "))]", isSafe: false)] : [])
    guard isList else { return Value(.invalid(""), node.range) }
    return Value(
      .list(entries.map { read(YAMLNode(.scalar($0.key, isPlain: true), $0.keyRange), as: element) }), node.range)
  }

  /// An entry with a colon, which YAML takes for a key and its value: `[a, c: d]`.
  private mutating func readPair(
    _ entry: YAMLNode, _ pair: [YAMLNode.Entry], _ declaration: FieldDeclaration
  ) -> Value {
    let text = entry.written
    let isOneLine = pair.count == 1 && pair[0].value.scalar != nil
    let range =
      pair.first.flatMap { isOneLine ? SourceRange(Int($0.keyRange.lower), Int($0.value.range.upper)) : nil }
      ?? SourceRange(Int(entry.range.lower), Int(entry.range.lower) + 1)
    report(
      FormRules.badValue, range,
      Message(
        de: "in der Liste \(code: declaration.name) liest YAML \(code: text) als Schlüssel und Wert, nicht als Text",
        en: "in the list \(code: declaration.name) YAML reads \(code: text) as a key and a value, not as text"),
      Message(
        de: "in Anführungszeichen setzen: \(code: "\"\(text)\"")", en: "put it in quotes: \(code: "\"\(text)\"")"),
      fixes: isOneLine && !text.contains("\"") && !text.contains("\\")
        ? [FixIt(replacing: range, with: "\"\(text)\"", isSafe: false)] : [])
    return Value(.invalid(text), entry.range)
  }

  private mutating func readObject(
    _ node: YAMLNode, _ members: [FieldDeclaration], _ shorthand: String?, _ declaration: FieldDeclaration
  ) -> Value {
    if let entries = node.mapping {
      let (fields, extras) = read(entries) { members.named($0) }
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
    let names = members.prefix(3).map(\.name)
    reportNoMapping(
      node,
      Message(
        de: "\(code: declaration.name) besteht aus mehreren Angaben (\(codes: names, .none) ...)",
        en: "\(code: declaration.name) consists of several parts (\(codes: names, .none) ...)"))
    return Value(.invalid(node.scalar ?? ""), node.range)
  }

  private mutating func reportNoMapping(_ node: YAMLNode, _ message: Message) {
    report(
      FormRules.badValue, SourceRange(Int(node.range.lower), min(Int(node.range.upper), Int(node.range.lower) + 40)),
      message,
      Message(
        de: "in eingerückten Zeilen \(code: "Schlüssel: Wert") darunter schreiben",
        en: "write \(code: "key: value") in indented lines below it"))
  }

  private mutating func readMap(_ node: YAMLNode, _ element: FieldDeclaration, _ declaration: FieldDeclaration) -> Value
  {
    let entries = node.mapping ?? []
    if node.mapping == nil, !node.isEmpty {
      reportNoMapping(
        node,
        Message(
          de: "\(code: declaration.name) besteht aus Zeilen \(code: "Schlüssel: Wert")",
          en: "\(code: declaration.name) consists of lines \(code: "key: value")"))
    }
    return Value(
      .object(
        entries.map { entry in
          let declaration = FieldDeclaration(name: entry.key, type: element.type)
          return Field(declaration: declaration, keyRange: entry.keyRange, value: read(entry.value, as: declaration))
        }), node.range)
  }

  /// The amount as it is written: three decimals are none, and perhaps a German thousand.
  private static let amount = FieldDeclaration.money.named("amount").map {
    FieldDeclaration(name: $0.name, type: .text, aliases: $0.aliases)
  }

  private mutating func readMoney(_ node: YAMLNode, _ declaration: FieldDeclaration) -> Value {
    let (fields, extras) = read(node.mapping ?? []) { key in
      let member = FieldDeclaration.money.named(key)
      return member?.name == FieldReader.amount?.name ? FieldReader.amount : member
    }
    for extra in extras { reportUnknownKey(extra, FieldDeclaration.money.map(\.name), in: declaration.name) }
    let parts = Value(.object(fields), node.range)
    let amount = parts["amount"]
    guard let hundredths = (amount?.text ?? node.scalar).flatMap(FieldReader.hundredths) else {
      if amount?.isInvalid != true {
        report(
          FormRules.badValue, amount?.range ?? node.range,
          Message(de: "hier wird ein Betrag erwartet", en: "an amount is expected here"),
          Message(
            de: "\(code: "{amount: 4800, currency: \(currency), per: year}") schreiben; Nachkommastellen mit Punkt",
            en: "write \(code: "{amount: 4800, currency: \(currency), per: year}"); decimals with a point"))
      }
      return Value(.invalid((amount?.text ?? node.scalar) ?? ""), node.range)
    }
    return Value(
      .money(
        Money(
          hundredths: hundredths, currency: parts["currency"]?.text ?? currency,
          period: parts["per"]?.choice.flatMap { Money.Period(rawValue: $0.value) } ?? .year,
          unit: parts["unit"]?.choice.flatMap { Money.Unit(rawValue: $0.value) } ?? .total)), node.range)
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
    switch ScalarReading(text, as: declaration, in: country) {
    case .value(let content):
      if !quiet { checkText(text, range, declaration, content) }
      return content
    case .misfit(let misfit):
      if !quiet {
        report(
          FormRules.badValue, range, misfit.message, misfit.remedy,
          fixes: misfit.fix.map { [FixIt(replacing: range, with: $0, isSafe: misfit.isFixSafe)] } ?? [])
      }
      return .invalid(text)
    case .unknownChoice(let choices):
      if !quiet { reportUnknownChoice(text, range, choices, in: declaration.name) }
      return .invalid(text)
    }
  }

  /// Reports a text that is too long, and hours that are kept as text.
  private mutating func checkText(
    _ text: String, _ range: SourceRange, _ declaration: FieldDeclaration, _ content: Value.Content
  ) {
    switch (declaration.type, content) {
    case (.text, _), (.markdown, _):
      // Bytes are counted in no time, and there are at least as many of them.
      guard let limit = declaration.maxLength, text.utf8.count > limit, text.count > limit else { return }
      report(
        FormRules.badValue, range,
        Message(
          de: "\(code: declaration.name) hat \(text.count) Zeichen, erlaubt sind \(limit)",
          en: "\(code: declaration.name) has \(text.count) characters, but only \(limit) are allowed"),
        Message(de: "kürzen; Einzelheiten gehören in den Text", en: "shorten it; details belong in the text"))
    case (.hours, .text):
      report(
        FormRules.unreadHours, range,
        Message(
          de: "\(code: text) lässt sich nicht als Zeiten lesen: ob gerade jemand erreichbar ist, bleibt offen",
          en: "\(code: text) can't be read as hours: kb can't tell whether anyone can be reached now"),
        Message(
          de: "Zeiten wie \(code: "Mo-Fr 8-17"), \(code: "Mo-Do 7:30-16, Fr 7:30-13") oder \(code: "24/7") schreiben",
          en: "write hours such as \(code: "Mon-Fri 8-17"), \(code: "Mon-Thu 7:30-16, Fri 7:30-13") or \(code: "24/7")")
      )
    default: break
    }
  }

  // MARK: Findings

  mutating func report(
    _ rule: Rule, _ range: SourceRange, _ message: Message, _ remedy: Message, notes: [Note] = [], fixes: [FixIt] = []
  ) {
    diagnostics.append(
      Diagnostic(self.rule ?? rule, at: path, range, message, remedy: remedy, notes: notes, fixes: fixes))
  }

  mutating func reportUnknownKey(_ entry: YAMLNode.Entry, _ known: [String], in owner: String) {
    let near = NearMiss(entry.key, among: known)
    report(
      FormRules.unknownKey, entry.keyRange,
      near.asked(
        after: Message(
          de: "\(code: owner) kennt keinen Schlüssel \(code: entry.key)",
          en: "\(code: owner) has no key \(code: entry.key)")),
      near.remedy(
        else: Message(
          de: "löschen oder zum Behalten mit \(code: "x-") beginnen",
          en: "delete it, or start it with \(code: "x-") to keep it")),
      fixes: near.fixes(at: entry.keyRange))
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
          de: "\(code: text) wird in \(code: field) als \(code: meant.value) geschrieben",
          en: "\(code: text) is written \(code: meant.value) in \(code: field)"),
        Message(de: "\(code: meant.value) schreiben", en: "write \(code: meant.value)"),
        fixes: [FixIt(replacing: range, with: meant.value, isSafe: true)])
    } else {
      reportUnknownValue(text, range, choices.map(\.value), in: field)
    }
  }

  mutating func reportUnknownValue(_ text: String, _ range: SourceRange, _ known: [String], in field: String) {
    let near = NearMiss(text, among: known)
    let list = known
    report(
      FormRules.unknownValue, range,
      near.asked(
        after: Message(
          de: "\(code: text) ist kein gültiger Wert für \(code: field)",
          en: "\(code: text) is not a valid value for \(code: field)")),
      list.isEmpty
        ? Message(de: "die Angabe löschen", en: "delete it")
        : Message(de: "\(codes: list, .or) eintragen", en: "use \(codes: list, .or)"),
      fixes: near.fixes(at: range))
  }
}

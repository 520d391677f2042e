import KBCatalog
import KBDocument
import KBSchema
import KBSecrets
import KBSheet
import KBSource
import KBYAML

/// Reads the cells of a sheet by the types of fields: numbers with commas, days in other forms, choices by their words,
/// records by their titles.
struct CellReading {
  let names: SheetNames
  /// Whether the sheet came from `kb export`: then the items of a list are separated as it writes them.
  let isExported: Bool
  let language: Language

  /// What a cell says, as `kb set` takes it; empty for an empty cell.
  func text(of cell: Table.Cell, _ column: RecordColumn) throws(EditRefusal) -> String {
    if let part = column.moneyPart { return try moneyPart(cell, part) }
    guard let declaration = column.declaration else { return plain(cell) }
    return try text(of: cell, declaration)
  }

  private func text(of cell: Table.Cell, _ declaration: FieldDeclaration) throws(EditRefusal) -> String {
    let written = plain(cell)
    guard !written.isEmpty else { return "" }
    switch declaration.type {
    case .integer, .number: return try number(cell, shown(written), declaration.type.name)
    case .date: return try date(cell, shown(written))
    case .bool: return try bool(cell, shown(written))
    case .duration: return duration(written)
    case .choice(let choices): return try choice(shown(written), choices)
    case .reference(let kinds): return try names.id(of: shown(written), among: kinds)
    case .list(let element): return try list(written, element)
    case .object(let members, let shorthand?) where !written.hasPrefix("{"):
      guard let member = members.named(shorthand) else { return written }
      return try text(of: .text(written), member)
    default: return written
    }
  }

  /// A text that a refusal may repeat: no number, day, choice or name of a record is a secret.
  private func shown(_ written: String) -> String { SecretMask.masked(written) }

  /// The text without spaces at its ends; of control characters only line ends are left.
  private func plain(_ cell: Table.Cell) -> String {
    let text = Table.text(cell, .english)
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "\u{A0}" }) else { return text.trimmed }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.compactMap { scalar in
          scalar == "\u{A0}" ? " " : scalar == "\n" || scalar.value >= 0x20 ? scalar : nil
        })
    ).trimmed
  }

  private func moneyPart(_ cell: Table.Cell, _ part: String) throws(EditRefusal) -> String {
    let written = plain(cell)
    guard !written.isEmpty else { return "" }
    if part == "amount" { return try number(cell, AmountNote(cell: written).number, "number") }
    guard case .choice(let choices)? = FieldDeclaration.money.named(part)?.type else { return try currency(written) }
    return try choice(written, choices)
  }

  private func currency(_ written: String) throws(EditRefusal) -> String {
    if let code = AmountNote.currency(written) { return code }
    throw EditRefusal(
      Message(de: "\(code: written) ist kein Währungskürzel", en: "\(code: written) is not a currency code"),
      remedy: Message(
        de: "drei Großbuchstaben schreiben (ISO 4217): EUR, CHF, USD",
        en: "write three capitals (ISO 4217): EUR, CHF, USD"))
  }

  /// What is beside the amount in its cell.
  func note(of cell: Table.Cell) -> AmountNote { AmountNote(cell: plain(cell)) }

  // MARK: Scalars

  private func number(_ cell: Table.Cell, _ written: String, _ type: String) throws(EditRefusal) -> String {
    let number: Double? = if case .number(let number) = cell { number } else { self.number(written) }
    guard let number, number.isFinite, type != "integer" || number == number.rounded() else {
      throw EditRefusal(
        Message(
          de: "\(code: written) ist keine \(type == "integer" ? "ganze Zahl" : "Zahl")",
          en: "\(code: written) is not a \(type == "integer" ? "whole number" : "number")"))
    }
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    // Amounts have two decimals; binary fractions are none of the author's.
    let hundredths = (number * 100).rounded()
    guard abs(hundredths) < 1e15, abs(number * 100 - hundredths) < 1e-6 else { return String(number) }
    let cents = Int(abs(hundredths)) % 100
    let whole = Int(abs(hundredths)) / 100
    return "\(number < 0 ? "-" : "")\(whole).\(cents < 10 ? "0" : "")\(cents)".trimmingZero
  }

  /// `1.234,50`, `1,234.50`, `12,5`, `12,-`.
  private func number(_ written: String) -> Double? {
    var text = written.filter { !$0.isWhitespace && $0 != "'" }
    for end in [",-", ",–", ".-", ".–"] where text.hasSuffix(end) { text.removeLast(2) }
    let (comma, point) = (text.lastIndex(of: ","), text.lastIndex(of: "."))
    let decimal: Character? =
      switch (comma, point) {
      case (nil, nil): nil
      case (let comma?, let point?): comma > point ? "," : "."
      case (let comma?, nil): language == .english && isGrouped(text, ",") ? nil : text[comma]
      case (nil, let point?): language == .german && isGrouped(text, ".") ? nil : text[point]
      }
    let plain = text.compactMap { character -> Character? in
      guard character == "," || character == "." else { return character }
      return character == decimal ? "." : nil
    }
    return Double(String(plain))
  }

  /// Whether a separator is only between groups of three digits.
  private func isGrouped(_ text: String, _ separator: Character) -> Bool {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    return parts.count > 1 && parts.dropFirst().allSatisfy { $0.count == 3 }
  }

  private func date(_ cell: Table.Cell, _ written: String) throws(EditRefusal) -> String {
    if case .date(let date) = cell { return date.description }
    // A day whose cell lost its format: the number by which spreadsheets count, of the years 1954 to 2119.
    if case .number(let number) = cell, number == number.rounded(), (20_000..<80_000).contains(number) {
      return CalendarDate(daysSinceEpoch: Int(number) - 25_569).description
    }
    // The rest of a moment, as exports have it: `2026-11-29T10:00:00Z`, `29.11.2026 10:00`.
    let day = written.split(whereSeparator: { $0 == " " || $0 == "T" }).first.map(String.init) ?? written
    if let date = CalendarDate(iso: day) ?? CalendarDate(lenient: written) ?? CalendarDate(lenient: day) {
      return date.description
    }
    throw EditRefusal(
      Message(de: "\(code: written) ist kein gültiges Datum", en: "\(code: written) is not a valid date"),
      remedy: Message(
        de: "Jahr-Monat-Tag schreiben, etwa \(code: "2026-11-29")",
        en: "write year-month-day, such as \(code: "2026-11-29")"))
  }

  private func bool(_ cell: Table.Cell, _ written: String) throws(EditRefusal) -> String {
    switch written.lowercased() {
    case "true", "wahr", "ja", "yes", "x", "1": return "true"
    case "false", "falsch", "nein", "no", "0": return "false"
    default:
      throw EditRefusal(
        Message(de: "\(code: written) ist weder ja noch nein", en: "\(code: written) is neither yes nor no"))
    }
  }

  private static let units: [(CalendarDuration.Unit, [String])] = [
    (.minutes, ["min", "minute", "minuten", "minutes"]), (.hours, ["std", "stunde", "stunden", "hour", "hours"]),
    (.days, ["tag", "tage", "day", "days"]), (.weeks, ["woche", "wochen", "week", "weeks"]),
    (.months, ["monat", "monate", "month", "months"]), (.years, ["jahr", "jahre", "year", "years"]),
  ]

  /// `3 Monate` as `3M`; what is none is said by the check of the field.
  private func duration(_ written: String) -> String {
    if CalendarDuration(written) != nil { return written }
    let parts = written.split(separator: " ")
    guard parts.count == 2, let amount = Int(parts[0]),
      let unit = Self.units.first(where: { $0.1.contains(parts[1].lowercased()) })?.0
    else { return written }
    return CalendarDuration(amount, unit).description
  }

  private func choice(_ written: String, _ choices: [Choice]) throws(EditRefusal) -> String {
    if let known = choices.first(where: { $0.value == written }) { return known.value }
    let folded = written.lowercased()
    let meant = choices.first { choice in
      [choice.value, choice.label.german, choice.label.english].contains { $0.lowercased() == folded }
    }
    if let meant { return meant.value }
    func names(_ language: Language) -> String {
      choices.map { choice in
        let label = choice.label[language]
        return label.lowercased() == choice.value.lowercased() ? choice.value : "\(choice.value) (\(label))"
      }.joined(separator: ", ")
    }
    throw EditRefusal(
      Message(de: "\(code: written) gehört nicht zur Auswahl", en: "\(code: written) is not one of the choices"),
      remedy: Message(
        de: "möglich sind: \(names(.german)); oder in der Zuordnung unter \(code: "values") übersetzen",
        en: "choose one of: \(names(.english)); or translate it under \(code: "values") in the mapping"))
  }

  private func list(_ written: String, _ element: FieldDeclaration) throws(EditRefusal) -> String {
    if written.hasPrefix("["), !written.hasPrefix("[[") { return written }
    if written.hasPrefix("{") { return "[\(written)]" }
    switch element.type {
    case .text, .markdown:
      if isExported { return FlowText.written(.list(Self.items(written).map { .text($0) })) }
      let lines = written.split(separator: "\n").map { FieldContent.text(String($0).trimmed) }
      return FlowText.written(.list(lines))
    default:
      var items: [String] = []
      for part in written.split(whereSeparator: { ",;\n".contains($0) }) where !part.allSatisfy(\.isWhitespace) {
        items.append(try text(of: .text(String(part)), element))
      }
      return items.joined(separator: ", ")
    }
  }
}

extension CellReading {
  /// The items of a list as an export writes them: separated by commas, or by people in lines; one that has a comma is between quotes.
  private static func items(_ written: String) -> [String] {
    written.split(separator: "\n").flatMap { line -> [String] in
      var items: [String] = []
      var rest = line.drop(while: \.isWhitespace)
      while !rest.isEmpty {
        var item: String
        if let (quoted, end) = quoted(rest) {
          (item, rest) = (quoted, rest[end...])
        } else {
          item = String(rest.prefix { $0 != "," }).trimmed
          rest = rest.drop { $0 != "," }
        }
        if !item.isEmpty { items.append(item) }
        rest = rest.dropFirst().drop(while: \.isWhitespace)
      }
      return items
    }
  }

  /// A text between quotes up to a comma or the end, and where it ends.
  private static func quoted(_ text: Substring) -> (text: String, end: Substring.Index)? {
    guard let quote = text.first, quote == "\"" || quote == "'" else { return nil }
    var end = text.index(after: text.startIndex)
    while end < text.endIndex, text[end] != quote {
      if quote == "\"", text[end] == "\\" { end = text.index(after: end) }
      if end < text.endIndex { end = text.index(after: end) }
    }
    guard end < text.endIndex else { return nil }
    end = text.index(after: end)
    let rest = text[end...].drop(while: \.isWhitespace)
    guard rest.isEmpty || rest.first == ",", let node = FlowText.read(String(text[..<end])), let text = node.scalar
    else { return nil }
    return (text, rest.startIndex)
  }
}

extension String {
  /// `15.80` as `15.8`.
  fileprivate var trimmingZero: String { hasSuffix("0") && contains(".") ? String(dropLast()) : self }
}

/// The records of a knowledge base by what people call them; asked for many rows, it looks each name up once.
final class SheetNames {
  private let catalog: Catalog
  private lazy var byTitle: [String: [Record]] = Dictionary(grouping: catalog.records) { $0.title.lowercased() }
  private lazy var byEmail: [String: Record] = Dictionary(
    catalog.records.compactMap { record in record.value(.email)?.text.map { ($0.lowercased(), record) } },
    uniquingKeysWith: { first, _ in first })
  private var known: [String: Result<String, EditRefusal>] = [:]
  /// The ids of records that the same sheet makes, by their titles and by themselves, with their kinds.
  private var coming: [String: [(id: String, kind: String)]] = [:]

  init(_ catalog: Catalog) { self.catalog = catalog }

  /// The record of a kind with a title; `nil` for none, or several.
  func record(titled title: String, _ kind: Kind) -> Record? {
    let found = byTitle[title.lowercased()]?.filter { $0.kind === kind } ?? []
    return found.count == 1 ? found[0] : nil
  }

  /// Tells of a record that the same sheet makes.
  func add(_ id: String, titled title: String, _ kind: Kind) {
    for name in Set([title.lowercased(), id]) { coming[name, default: []].append((id, kind.id)) }
  }

  /// The id of the record that is meant: by id, title or address, or by what begins so.
  func id(of written: String, among kinds: [String]) throws(EditRefusal) -> String {
    if let record = catalog.record(id: written), kinds.isEmpty || kinds.contains(record.kind.id) { return written }
    let key = "\(written)\0\(kinds.joined(separator: ","))"
    if let known = known[key] { return try known.get() }
    let result = find(written, kinds)
    known[key] = result
    return try result.get()
  }

  private func find(_ written: String, _ kinds: [String]) -> Result<String, EditRefusal> {
    let folded = written.lowercased()
    let titled = byTitle[folded]?.filter { kinds.isEmpty || kinds.contains($0.kind.id) } ?? []
    if titled.count == 1 { return .success(titled[0].id) }
    let new = titled.isEmpty ? coming[folded]?.filter { kinds.isEmpty || kinds.contains($0.kind) } ?? [] : []
    if new.count == 1 { return .success(new[0].id) }
    if new.count > 1 {
      return .failure(
        EditRefusal(
          Message(de: "mehrere Zeilen heißen \(code: written)", en: "several rows are called \(code: written)"),
          remedy: Message(
            de: "eine von ihnen mit ihrer Kennung nennen", en: "name the one that is meant by its id")))
    }
    if let record = byEmail[folded], kinds.isEmpty || kinds.contains(record.kind.id) { return .success(record.id) }
    return Result { () throws(EditRefusal) in
      try ReferenceCompletion.id(of: written, among: kinds, in: catalog)
    }
  }
}

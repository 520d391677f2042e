import KBAnswers
package import KBCatalog
import KBMarkup
package import KBSchema
import KBSource

/// The list of a kind or of one of its types, or a part of it.
package struct ListPage: Page {
  package let context: PageContext
  package let kind: Kind
  /// `nil` for the list of the whole kind.
  package let type: Choice?
  /// The types that published records of the kind have.
  let types: [Choice]
  package let rows: [Record]
  /// The number of records in all parts.
  package let total: Int
  package let part: Int
  let partCount: Int

  /// Longer lists are cut into parts, so that no page grows with the knowledge base.
  private static let longest = 1000

  /// A list in parts that are short enough.
  package static func parts(of records: [Record]) -> [[Record]] {
    stride(from: 0, to: records.count, by: longest).map { Array(records.dropFirst($0).prefix(longest)) }
  }

  /// The lists of all kinds: all of a kind, and one for each of its types.
  package static func pages(_ context: PageContext) -> [PlannedPage] {
    let byKind = Dictionary(grouping: context.answers.records) { ObjectIdentifier($0.kind) }
    return context.answers.catalog.schema.kinds.flatMap { kind -> [PlannedPage] in
      guard let members = byKind[ObjectIdentifier(kind)].map(ordered) else { return [] }
      let byType = Dictionary(grouping: members) { $0.choice(.category)?.value ?? "" }
      let types = kind.types.filter { byType[$0.value] != nil }
      return pages(context, kind, types, type: nil, members)
        + types.flatMap { pages(context, kind, types, type: $0, byType[$0.value] ?? []) }
    }
  }

  private static func pages(
    _ context: PageContext, _ kind: Kind, _ types: [Choice], type: Choice?, _ members: [Record]
  ) -> [PlannedPage] {
    let parts = parts(of: members)
    return parts.enumerated().map { index, rows in
      let page = ListPage(
        context: context, kind: kind, type: type, types: types, rows: rows, total: members.count, part: index + 1,
        partCount: parts.count)
      return PlannedPage(
        path: page.path(part: page.part), title: page.title, current: SiteMap.list(of: kind), write: page.write)
    }
  }

  /// The critical first, what is over last, then by title.
  private static func ordered(_ records: [Record]) -> [Record] {
    let ranks = records.map { $0.lifecycle == .retired ? -1 : $0.choice(.criticality)?.rank ?? 0 }
    return records.indices.sorted { left, right in
      ranks[left] == ranks[right] ? left < right : ranks[left] > ranks[right]
    }.map { records[$0] }
  }

  private func path(part: Int) -> String { SiteMap.list(of: kind, type: type?.value, part: part) }
  private var title: String { words(kind.plural) + (type.map { ": \(words($0.label))" } ?? "") }

  private func write(_ html: inout HTML) {
    top(&html, title) { $0.text(words(kind.lead)) }
    filters(&html)
    typeLinks(&html)
    html.element(
      .p, .class("small muted"), .role("status"), .ownID("total"), .data("of", words(Words.ofWord)),
      .data("none", words(Words.noMatch)),
      text: "\(format.integer(total)) \(words(total == 1 ? kind.label : kind.plural))")
    let columns = columns
    let classes = classes(of: columns)
    let heads = zip(columns, classes).compactMap { column, classes in
      column.last.map { HTML.Column(label: words($0.name == "title" ? kind.label : $0.label), classes: classes) }
    }
    let showsFindings = rows.contains { answers.findings(of: $0).contains { $0.severity > .hint } }
    let findings = showsFindings ? [HTML.Column(label: words(Words.findings), classes: "num opt")] : []
    html.table("stick dense", heads + findings, isList: true) { html in
      for record in rows { row(&html, record, columns, classes, showsFindings) }
    }
    guard partCount > 1 else { return }
    html.element(.nav, .class("parts"), .aria("label", words(Words.page))) { html in
      for number in 1...partCount {
        html.open(
          .a,
          [.class("btn"), .href(.file(path(part: number), depth: 1))]
            + (number == part ? [.aria("current", "page")] : []))
        html.text(String(number))
        html.close(.a)
      }
    }
  }

  /// The columns of the kind that hold something, and after the name of a contract the day to cancel by.
  private var columns: [[FieldDeclaration]] {
    var columns = kind.columns.compactMap { kind.path(named: $0) }.filter(holdsSomething)
    if kind.hasTerm { columns.insert([Self.cancelBy], at: min(1, columns.count)) }
    return columns
  }

  /// Whether a column has a value in a row; what is worked out for each record always counts.
  private func holdsSomething(_ path: [FieldDeclaration]) -> Bool {
    guard let field = path.last, field.name != "title", ![.holders, .cost, .reviewed].contains(field.role) else {
      return true
    }
    return rows.contains { $0.value(path: path).map { !$0.isInvalid } ?? false }
  }

  /// The column of a day that no field holds.
  private static let cancelBy = FieldDeclaration(name: "cancel_by", type: .date, label: Words.cancelBy)

  /// Which columns hold numbers, and which of them leave as the screen grows smaller.
  private func classes(of columns: [[FieldDeclaration]]) -> [String] {
    // A phone shows the name and one more column: the number to call, where there is one.
    let number = columns.firstIndex { if case .phone? = $0.last?.type { true } else { false } }
    return columns.enumerated().map { index, column in
      guard let declaration = column.last else { return "" }
      var classes: [String] = []
      switch declaration.type {
      case .integer, .number, .duration, .money: classes.append("num")
      default: break
      }
      let stays = number.map { index == $0 } ?? (index <= 1)
      if declaration.name != "title", declaration.role != .criticality, !stays { classes.append("opt") }
      // A tablet shows four columns, a small desk five.
      if index > 3, index != number { classes.append(index > 4 ? "mid" : "fourth") }
      return classes.joined(separator: " ")
    }
  }

  private func row(
    _ html: inout HTML, _ record: Record, _ columns: [[FieldDeclaration]], _ classes: [String],
    _ showsFindings: Bool
  ) {
    var attributes: [Attribute] = []
    if let rank = record.choice(.criticality)?.rank { attributes.append(.data("crit", String(rank))) }
    if let type = record.choice(.category) { attributes.append(.data("type", type.value)) }
    attributes.append(.data("status", record.lifecycle.rawValue))
    if let owner = catalog.records(.owner, of: record).first, answers.isPublished(owner) {
      attributes.append(.data("owner", owner.id))
    }
    let operators = catalog.records(.operator, of: record).filter(answers.isPublished).map(\.id)
    if !operators.isEmpty { attributes.append(.data("operator", " \(operators.joined(separator: " ")) ")) }
    let tags = record.values(.tags).compactMap(\.text)
    if !tags.isEmpty { attributes.append(.data("tags", " \(tags.joined(separator: " ")) ")) }
    if record.lifecycle == .retired { attributes.append(.class("gone")) }
    html.open(.tr, attributes)
    for (index, path) in columns.enumerated() { cell(&html, record, path, classes[index]) }
    if showsFindings { findingsCell(&html, record) }
    html.close(.tr)
  }

  private func cell(_ html: inout HTML, _ record: Record, _ path: [FieldDeclaration], _ classes: String) {
    guard let declaration = path.last else { return }
    if declaration.name == "title" {
      html.rowHead { html in
        link(&html, to: record, depth: 1)
        if record.lifecycle == .retired, !record.kind.columns.contains("status") {
          html.text(" ")
          mark(&html, status: record)
        }
        file(&html, ofNamesake: record)
      }
      return
    }
    if declaration === Self.cancelBy { return cancelByCell(&html, record, classes) }
    let value = record.value(path: path)
    let yearly = declaration.role == .cost ? answers.cost(of: record) : nil
    var attributes: [Attribute] = classes.isEmpty ? [] : [.class(classes)]
    if let yearly {
      attributes.append(.data("v", String(yearly.perYear[answers.currency])))
    } else if let value, let key = sortValue(value) {
      attributes.append(.data("v", key))
    }
    html.open(.td, attributes)
    switch declaration.role {
    case .status: mark(&html, status: record)
    case .reviewed:
      if let freshness = answers.freshness(of: record), record.lifecycle.isInUse { mark(&html, freshness: freshness) }
    case .holders: html.text(String(answers.holdings(of: record).count))
    default: if let value, !value.isInvalid { write(&html, value, declaration, depth: 1) }
    }
    // What a price amounts to in a year, where it does not say that itself, or where only positions have prices.
    if let yearly, !yearly.perYear.isZero {
      let sum = yearly.perYear.amounts(first: answers.currency).map(format.money).joined(separator: " + ")
      if value == nil {
        html.text(sum)
      } else if let money = value?.money, money.period != .year || money.unit == .seat {
        html.what(sum)
      }
    }
    html.close(.td)
  }

  /// The day to cancel by; of a contract that can be cancelled at any time the day on which it would end.
  private func cancelByCell(_ html: inout HTML, _ record: Record, _ classes: String) {
    let next = answers.cancelBy(of: record)
    let rolling = answers.rolling(record)
    var attributes: [Attribute] = [.class(classes)]
    if let day = rolling?.end ?? next?.cancelBy { attributes.append(.data("v", day.description)) }
    html.open(.td, attributes)
    if rolling != nil {
      html.text(words(Words.anyTime))
    } else if let next {
      html.element(.span, .class("nb"), text: format.date(next.cancelBy))
    }
    html.close(.td)
  }

  private func findingsCell(_ html: inout HTML, _ record: Record) {
    let findings = answers.findings(of: record)
    let worst = findings.map(\.severity).max()
    html.element(.td, .class("num opt"), .data("v", String(findings.count))) { html in
      guard let worst, worst > .hint else { return }
      mark(&html, severity: worst, count: findings.count { $0.severity == worst })
      html.element(.span, .class("vh"), text: " \(words(worst.word))")
    }
  }

  // MARK: Filters

  private func filters(_ html: inout HTML) {
    var choices: [Filters.Choices] = []
    func add(_ name: String, _ label: Message?, _ values: [(String, String)]) {
      if let label { choices.append(.init(name: name, label: label, values: values)) }
    }
    let ranks = Set(rows.compactMap { $0.choice(.criticality) }).sorted { ($0.rank ?? 0) > ($1.rank ?? 0) }
    add("crit", kind.field(.criticality)?.label, ranks.map { (String($0.rank ?? 0), words($0.label)) })
    if type == nil {
      let used = Set(rows.compactMap { $0.choice(.category)?.value })
      let shown = types.filter { used.contains($0.value) }
      add("type", kind.field(.category)?.label, shown.map { ($0.value, words($0.label)) })
    }
    var states: [(String, String)] = []
    for record in rows where !states.contains(where: { $0.0 == record.lifecycle.rawValue }) {
      states.append((record.lifecycle.rawValue, statusLabel(of: record)))
    }
    add("status", kind.field(.status)?.label, states)
    var owners: [Int: Record] = [:]
    for owner in rows.compactMap({ catalog.records(.owner, of: $0).first }) where answers.isPublished(owner) {
      owners[owner.index] = owner
    }
    add("owner", Words.owner, Answers.sorted(Array(owners.values)).map { ($0.id, $0.title) })
    var operators: [Int: Record] = [:]
    for record in rows.flatMap({ catalog.records(.operator, of: $0) }) where answers.isPublished(record) {
      operators[record.index] = record
    }
    add(
      "operator", kind.field(.operator)?.label,
      Answers.sorted(Array(operators.values)).map { (" \($0.id) ", $0.title) })
    let tags = Set(rows.flatMap { $0.values(.tags).compactMap(\.text) }).sorted()
    add("tags", Words.tag, tags.prefix(100).map { (" \($0) ", $0) })
    Filters(context: context).write(&html, choices)
  }

  /// The choice of a type without a script.
  private func typeLinks(_ html: inout HTML) {
    guard types.count > 1 else { return }
    html.element(.p, .class(type == nil ? "no-js tags" : "tags")) { html in
      if type != nil { html.link(.file(SiteMap.list(of: kind), depth: 1), words(Words.all)) }
      for choice in types where choice.value != type?.value {
        html.link(.file(SiteMap.list(of: kind, type: choice.value), depth: 1), words(choice.label))
      }
    }
  }
}

extension Kind {
  /// The values of its type.
  var types: [Choice] {
    guard case .choice(let choices)? = field(.category)?.type else { return [] }
    return choices
  }
}

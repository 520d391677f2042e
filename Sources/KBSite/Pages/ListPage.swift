import KBCatalog
import KBDisk
import KBSource

/// The lists of a kind: all of it, and one for each type.
extension Site {
  /// Longer lists are cut into parts, so that no page grows with the knowledge base.
  private static let longestList = 1000

  /// A list in parts that are short enough.
  static func parts(of records: [Record]) -> [[Record]] {
    stride(from: 0, to: records.count, by: longestList).map { Array(records.dropFirst($0).prefix(longestList)) }
  }

  func listPages(of kind: Kind) -> [OutputFile] {
    let members = ordered(records.filter { $0.kind === kind })
    guard !members.isEmpty else { return [] }
    var files = parts(of: members, kind, type: nil)
    let byType = Dictionary(grouping: members) { $0.choice(.category)?.value }
    for choice in types(of: kind) {
      if let ofType = byType[choice.value] { files += parts(of: ofType, kind, type: choice) }
    }
    return files
  }

  /// The values of a kind's type.
  func types(of kind: Kind) -> [Choice] {
    guard case .choice(let choices)? = kind.field(.category)?.type else { return [] }
    return choices
  }

  /// The critical first, what is over last, then by title.
  private func ordered(_ records: [Record]) -> [Record] {
    let ranks = records.map(rank)
    return records.indices.sorted { left, right in
      ranks[left] == ranks[right] ? left < right : ranks[left] > ranks[right]
    }.map { records[$0] }
  }

  private func rank(_ record: Record) -> Int {
    record.lifecycle == .retired ? -1 : record.choice(.criticality)?.rank ?? 0
  }

  private func parts(of members: [Record], _ kind: Kind, type: Choice?) -> [OutputFile] {
    let parts = Site.parts(of: members)
    return parts.enumerated().map { index, rows in
      let part = index + 1
      let title = words(kind.plural) + (type.map { ": \(words($0.label))" } ?? "")
      return page(SiteMap.list(of: kind, type: type?.value, part: part), title: title, current: SiteMap.list(of: kind))
      { html in
        self.listPage(&html, title, kind, type: type, rows, total: members.count, part: part, of: parts.count)
      }
    }
  }

  private func listPage(
    _ html: inout HTML, _ title: String, _ kind: Kind, type: Choice?, _ rows: [Record], total: Int, part: Int,
    of parts: Int
  ) {
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: title)
      html.element(.p, .class("lead"), text: self.words(kind.lead))
    }
    filters(&html, kind, type: type, rows)
    typeLinks(&html, kind, type: type)
    let counted = "\(format.integer(total)) \(words(kind.plural))"
    html.element(
      .p, .class("small muted"), .role("status"), .ownID("total"), .data("of", words(Words.ofWord)), text: counted)
    let columns = kind.columns.compactMap { kind.path(dotted: $0) }
    let classes = classes(of: columns)
    html.element(.table, .class("stick dense"), Attribute(name: "data-list", value: nil)) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          for (index, column) in columns.enumerated() {
            guard let declaration = column.last else { continue }
            let label = declaration.name == "title" ? kind.label : declaration.label
            self.columnHead(&html, self.words(label), classes: classes[index])
          }
          self.columnHead(&html, self.words(Words.findings), classes: "num opt")
        }
      }
      html.element(.tbody) { html in for record in rows { self.row(&html, record, columns, classes) } }
    }
    if parts > 1 {
      html.element(.nav, .class("parts"), .aria("label", words(Words.page))) { html in
        for number in 1...parts {
          let address = Address.file(SiteMap.list(of: kind, type: type?.value, part: number), depth: 1)
          html.open(.a, [.class("btn"), .href(address)] + (number == part ? [.aria("current", "page")] : []))
          html.text(String(number))
          html.close(.a)
        }
      }
    }
  }

  private func columnHead(_ html: inout HTML, _ label: String, classes: String) {
    html.open(.th, [.scope("col")] + (classes.isEmpty ? [] : [.class(classes)]))
    html.element(.span, .class("no-js"), text: label)
    html.element(.button, .class("js"), .type("button"), text: label)
    html.close(.th)
  }

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

  private func row(_ html: inout HTML, _ record: Record, _ columns: [[FieldDeclaration]], _ classes: [String]) {
    var attributes: [Attribute] = []
    if let rank = record.choice(.criticality)?.rank { attributes.append(.data("crit", String(rank))) }
    if let type = record.choice(.category) { attributes.append(.data("type", type.value)) }
    attributes.append(.data("status", record.lifecycle.rawValue))
    if let owner = catalog.records(.owner, of: record).first, map.isPublished(owner) {
      attributes.append(.data("owner", owner.id))
    }
    let tags = record.values(.tags).compactMap(\.text)
    if !tags.isEmpty { attributes.append(.data("tags", " \(tags.joined(separator: " ")) ")) }
    if record.lifecycle == .retired { attributes.append(.class("gone")) }
    html.open(.tr, attributes)
    for (index, path) in columns.enumerated() { cell(&html, record, path, classes[index]) }
    findingsCell(&html, record)
    html.close(.tr)
  }

  private func cell(_ html: inout HTML, _ record: Record, _ path: [FieldDeclaration], _ classes: String) {
    guard let declaration = path.last else { return }
    if declaration.name == "title" {
      html.element(.th, .scope("row")) { html in
        self.link(&html, to: record, depth: 1)
        if record.lifecycle == .retired, !record.kind.columns.contains("status") {
          html.text(" ")
          self.mark(&html, status: record)
        }
        self.file(&html, ofNamesake: record)
      }
      return
    }
    let value = record.value(path: path)
    var attributes: [Attribute] = classes.isEmpty ? [] : [.class(classes)]
    if let value, let key = sortValue(value) { attributes.append(.data("v", key)) }
    html.open(.td, attributes)
    switch declaration.role {
    case .status: mark(&html, status: record)
    case .reviewed:
      if let freshness = freshness(of: record), record.lifecycle.isInUse { mark(&html, freshness: freshness) }
    case .holders: html.text(String(currentHolders(of: record).count))
    default: if let value, !value.isInvalid { write(&html, value, declaration, depth: 1) }
    }
    html.close(.td)
  }

  private func findingsCell(_ html: inout HTML, _ record: Record) {
    let findings = diagnostics(of: record)
    let worst = findings.map(\.severity).max()
    html.element(.td, .class("num opt"), .data("v", String(findings.count))) { html in
      guard let worst, worst > .hint else { return }
      self.mark(&html, severity: worst, count: findings.count { $0.severity == worst })
      html.element(.span, .class("vh"), text: " \(self.words(worst.word))")
    }
  }

  // MARK: Filters

  private func filters(_ html: inout HTML, _ kind: Kind, type: Choice?, _ rows: [Record]) {
    html.element(.details, .class("narrow js"), .open(true)) { html in
      html.element(.summary, text: self.words(Words.filter))
      html.element(.form, .class("filters")) { html in
        html.element(.div, .class("field")) { html in
          html.element(.label, .for(PageID.own("f-text")), text: self.words(Words.searchInList))
          html.void(.input, .ownID("f-text"), .type("search"), .data("filter", "*"), .noAutocomplete)
        }
        let ranks = Set(rows.compactMap { $0.choice(.criticality) }).sorted { ($0.rank ?? 0) > ($1.rank ?? 0) }
        if let label = kind.field(.criticality)?.label {
          self.select(&html, "crit", label, ranks.map { (String($0.rank ?? 0), self.words($0.label)) })
        }
        let used = Set(rows.compactMap { $0.choice(.category)?.value })
        if type == nil, let label = kind.field(.category)?.label {
          self.select(
            &html, "type", label,
            self.types(of: kind).filter { used.contains($0.value) }.map { ($0.value, self.words($0.label)) })
        }
        var states: [(String, String)] = []
        for record in rows where !states.contains(where: { $0.0 == record.lifecycle.rawValue }) {
          states.append((record.lifecycle.rawValue, self.statusLabel(of: record)))
        }
        if let label = kind.field(.status)?.label { self.select(&html, "status", label, states) }
        let owners = Site.sorted(
          Array(
            Dictionary(
              rows.compactMap { self.catalog.records(.owner, of: $0).first }.filter(self.map.isPublished).map {
                ($0.id, $0)
              },
              uniquingKeysWith: { first, _ in first }
            ).values))
        self.select(&html, "owner", Words.owner, owners.map { ($0.id, $0.title) })
        let tags = Set(rows.flatMap { $0.values(.tags).compactMap(\.text) }).sorted()
        self.select(&html, "tags", Words.tag, tags.prefix(100).map { (" \($0) ", $0) })
        html.element(.button, .class("btn"), .type("reset"), text: self.words(Words.showAll))
      }
    }
  }

  /// A filter of a list by one of several values; nothing when there is no choice.
  func select(_ html: inout HTML, _ name: String, _ label: Message, _ values: [(String, String)]) {
    guard values.count > 1 else { return }
    html.element(.div, .class("field")) { html in
      html.element(.label, .for(PageID.own("f-\(name)")), text: self.words(label))
      html.element(.select, .ownID("f-\(name)"), .data("filter", name)) { html in
        html.element(.option, .value(""), text: self.words(Words.all))
        for (value, text) in values { html.element(.option, .value(value), text: text) }
      }
    }
  }

  /// The same choice without a script.
  private func typeLinks(_ html: inout HTML, _ kind: Kind, type: Choice?) {
    let used = usedTypes[kind.id] ?? []
    let choices = types(of: kind).filter { used.contains($0.value) }
    guard choices.count > 1 else { return }
    html.element(.p, .class(type == nil ? "no-js tags" : "tags")) { html in
      if type != nil { html.element(.a, .href(.file(SiteMap.list(of: kind), depth: 1)), text: self.words(Words.all)) }
      for choice in choices where choice.value != type?.value {
        html.element(
          .a, .href(.file(SiteMap.list(of: kind, type: choice.value), depth: 1)), text: self.words(choice.label))
      }
    }
  }
}

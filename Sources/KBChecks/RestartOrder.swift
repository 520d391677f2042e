import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("recovery/wrong-order")

  /// Systems that are to be started again before something that they need: a neighbour, what is behind systems without a number, or
  /// the whole of which they are a part.
  static let restartOrder = Check { catalog in
    let needs = catalog.hardDependencies.map { Need(source: $0.source, target: $0.target) } + wholes(catalog)
    let behind = latest(behind: needs, catalog)
    var seen: Set<[Int]> = []
    return needs.compactMap { need -> Diagnostic? in
      guard let value = need.source.value(.restoreOrder), let own = value.integer else { return nil }
      let late = need.target.value(.restoreOrder) == nil ? behind[need.target.index] : need.target
      guard let late, late.index != need.source.index, let needed = late.value(.restoreOrder),
        let other = needed.integer, other > own, seen.insert([need.source.index, late.index]).inserted
      else { return nil }
      return finding(need, value, own, late, needed, other)
    }
  }

  private struct Need {
    let source: Record
    let target: Record
  }

  /// A part needs the whole.
  private static func wholes(_ catalog: Library) -> [Need] {
    catalog.relations(.partOf).compactMap { relation in
      let (part, whole) = (catalog.records[relation.source], catalog.records[relation.target])
      guard part.lifecycle.isInUse, whole.lifecycle != .retired, part.index != whole.index else { return nil }
      return Need(source: part, target: whole)
    }
  }

  /// For what has no number the last system to be started of those that it needs by way of others without one.
  private static func latest(behind needs: [Need], _ catalog: Library) -> [Int: Record] {
    var sources: [Int: [Record]] = [:]
    for need in needs where need.source.value(.restoreOrder) == nil {
      sources[need.target.index, default: []].append(need.source)
    }
    guard !sources.isEmpty else { return [:] }
    let numbered = catalog.records.compactMap { record in
      record.value(.restoreOrder)?.integer.map { (order: $0, record: record) }
    }.sorted { ($1.order, $0.record.index) < ($0.order, $1.record.index) }
    var latest: [Int: Record] = [:]
    for (_, record) in numbered {
      var stack = [record.index]
      // The latest comes first: what it has marked keeps the mark.
      while let node = stack.popLast() {
        for source in sources[node] ?? [] where latest[source.index] == nil {
          latest[source.index] = record
          stack.append(source.index)
        }
      }
    }
    return latest
  }

  private static func finding(
    _ need: Need, _ value: Value, _ own: Int, _ late: Record, _ needed: Value, _ other: Int
  ) -> Diagnostic {
    let isDirect = late.index == need.target.index
    return Diagnostic(
      rule, at: need.source.path, value.range,
      Message(
        de:
          "\(need.source) startet als Nr. \(own), braucht aber \(when: !isDirect, "über \(need.target) auch ")\(late) (Nr. \(other))",
        en:
          "\(need.source) starts as no. \(own) but needs \(when: !isDirect, "through \(need.target) also ")\(late) (no. \(other))"
      ),
      remedy: Message(
        de: "eine höhere Nummer als \(code: "\(other)") wählen oder die Abhängigkeit als \(code: "soft") eintragen",
        en: "choose a higher number than \(code: "\(other)"), or mark the dependency as \(code: "soft")"),
      notes: [Note(at: late.path, needed.range, Message(de: "die Nummer von \(late)", en: "the number of \(late)"))])
  }
}

public import KBAnswers
import KBCatalog
import KBSource

/// The paper that relieves management: risks, deadlines, money, decisions, and the state of the documentation.
extension Answers {
  /// `past`: the same questions asked of an earlier state, where there is one.
  public func managementPaper(since past: Answers?) -> Paper {
    let decisions = openDecisions()
    return Paper(
      Message(de: "Überblick für die Leitung", en: "Overview for management"),
      facts: [Message(de: "Stand \(today)", en: "As of \(today)")],
      [
        riskSection(openRisks()), deadlineSection(), costSection(past),
        decisions.isEmpty
          ? Paper.Section(
            Message(de: "Offene Entscheidungen", en: "Open decisions"), note: Message(de: "keine", en: "none"),
            items: [])
          : decisionSection(decisions, Message(de: "Offene Entscheidungen", en: "Open decisions")),
        healthSection(past),
      ])
  }

  private func deadlineSection() -> Paper.Section {
    let all = deadlines(until: today.adding(days: 90))
    // Turns of those who run systems are theirs, as long as none is late.
    let ahead = all.filter { $0.category.isHard || [.due, .revisit].contains($0.category) || $0.isOverdue }
    let most = 25
    let turns = all.count - ahead.count
    var notes: [Message.Text] = ahead.isEmpty ? ["\(Message(de: "keine", en: "none"))"] : []
    if ahead.count > most {
      notes.append(
        "\(Message(de: "die ersten \(most) von \(ahead.count)", en: "the first \(most) of \(ahead.count)"))")
    }
    if turns > 0 {
      notes.append(
        "\(Message(de: "ohne \(turns) anstehende Bestätigungen, Proben und Patches: \(code: "kb due --within 90d")", en: "without \(turns) confirmations, rehearsals and patches to come: \(code: "kb due --within 90d")"))"
      )
    }
    return Paper.Section(
      Message(de: "Fristen in 90 Tagen", en: "Deadlines within 90 days"),
      note: notes.isEmpty ? nil : Message("\(list: notes, .none)"),
      columns: [
        Message(de: "Tag", en: "Day"), Message(de: "Was", en: "What"),
        Message(de: "Wenn nichts geschieht", en: "If nobody acts"), Message(de: "Wer", en: "Who"),
      ],
      rows: ahead.prefix(most).map { deadline in
        [
          Paper.Cell(deadline.date, mark: deadline.isOverdue ? .bad : nil),
          Paper.Cell(deadline.record, Message("(\(deadline.category.label))")),
          Paper.Cell(consequence(of: deadline)), deadline.owner.map { Paper.Cell($0) } ?? Paper.Cell(Message("")),
        ]
      })
  }

  private func costSection(_ past: Answers?) -> Paper.Section {
    let now = costs(by: .provider)
    let then = past.map { $0.costs(by: .provider) }
    if now.rows.isEmpty, then?.rows.isEmpty ?? true {
      return Paper.Section(
        Message(de: "Kosten", en: "Cost"), note: Message(de: "keine Kosten eingetragen", en: "no costs recorded"),
        items: [])
    }
    func row(_ title: Paper.Cell, _ new: MoneySum, _ old: MoneySum?) -> [Paper.Cell] {
      var cells = [title, Paper.Cell(money(new))]
      cells[1].isNumber = true
      guard let old else { return cells }
      let changes = new.minus(old).amounts(first: currency).map { change -> Message.Text in
        let size = Money(
          hundredths: abs(change.hundredths), currency: change.currency, period: change.period, unit: change.unit)
        return "\(change.hundredths > 0 ? "+" : "−") \(amount: size)"
      }
      var cell = Paper.Cell(
        changes.isEmpty ? Message(de: "unverändert", en: "unchanged") : Message("\(list: changes, .none)"))
      cell.isNumber = true
      return cells + [cell]
    }
    var rows = [row(Paper.Cell(Message(de: "Zusammen", en: "Total")), now.total.perYear, then?.total.perYear)]
    func title(_ line: CostRow) -> Paper.Cell { line.record.map { Paper.Cell($0) } ?? Paper.Cell(line.title) }
    typealias Line = (title: Paper.Cell, now: MoneySum, before: MoneySum?)
    var lines = now.rows.map { line -> Line in
      (title(line), line.cost.perYear, then.map { $0.rows.first { $0.id == line.id }?.cost.perYear ?? MoneySum() })
    }
    // What is no longer paid is part of the change.
    for line in then?.rows ?? [] where !line.cost.perYear.isZero && !now.rows.contains(where: { $0.id == line.id }) {
      let record = line.record.flatMap { catalog.record(Reference(written: $0.id)) }
      lines.append((record.map { Paper.Cell($0) } ?? Paper.Cell(line.title), MoneySum(), line.cost.perYear))
    }
    let most = lines.count > 9 ? 8 : lines.count
    rows += lines.prefix(most).map { row($0.title, $0.now, $0.before) }
    let others = lines.dropFirst(most)
    if !others.isEmpty {
      let count = others.count
      rows.append(
        row(
          Paper.Cell(Message(de: "\(count) weitere", en: "\(count) more")),
          others.reduce(into: MoneySum()) { $0 += $1.now },
          then.map { _ in others.reduce(into: MoneySum()) { $0 += $1.before ?? MoneySum() } }))
    }
    var columns = [Message(de: "Dienstleister", en: "Provider"), Message(de: "Kosten im Jahr", en: "Cost per year")]
    if let past { columns.append(Message(de: "seit \(past.today)", en: "since \(past.today)")) }
    return Paper.Section(
      Message(de: "Kosten", en: "Cost"),
      note: past == nil
        ? Message(
          de: "ohne Vergleich: git enthält keinen früheren Stand", en: "no comparison: git has no earlier state")
        : nil,
      columns: columns, rows: rows)
  }

  private func healthSection(_ past: Answers?) -> Paper.Section {
    let now = health
    let then = past?.health
    func row(_ label: Message, _ value: (Health) -> Int, isGoodHigh: Bool) -> [Paper.Cell] {
      var cells = [Paper.Cell(label), Paper.Cell(value(now))]
      guard let then else { return cells }
      let (before, after) = (value(then), value(now))
      var cell = Paper.Cell(before)
      if before != after { cell.mark = (after > before) == isGoodHigh ? .good : .soon }
      cell.details = before == after ? [] : [after > before ? Message("↑") : Message("↓")]
      cells.append(cell)
      return cells
    }
    var columns = [Message(de: "Was", en: "What"), Message(de: "Heute", en: "Today")]
    if let past { columns.append(Message(de: "Am \(past.today)", en: "On \(past.today)")) }
    return Paper.Section(
      Message(de: "Stand der Dokumentation", en: "State of the documentation"), columns: columns,
      rows: [
        row(Message(de: "Einträge", en: "Records"), \.records, isGoodHigh: true),
        row(
          Message(de: "davon bestätigt und noch gültig", en: "confirmed, and still valid"), \.confirmed,
          isGoodHigh: true),
        row(Message(de: "zu bestätigen insgesamt", en: "to be confirmed in all"), \.confirmable, isGoodHigh: true),
        row(Message(de: "Fehler", en: "Errors"), \.errors, isGoodHigh: false),
        row(Message(de: "Warnungen", en: "Warnings"), \.warnings, isGoodHigh: false),
        row(Message(de: "kritische Systeme", en: "Critical systems"), \.critical, isGoodHigh: true),
        row(Message(de: "davon mit Runbook", en: "with a runbook"), \.withRunbook, isGoodHigh: true),
        row(Message(de: "davon mit Verantwortlichen", en: "with an owner"), \.withOwner, isGoodHigh: true),
        row(
          Message(de: "davon mit geprobter Rücksicherung", en: "with a tested restore"), \.withRestoreTest,
          isGoodHigh: true),
      ])
  }
}

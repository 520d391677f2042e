public import KBAnswers
public import KBCatalog
import KBSchema
public import KBSource

/// The paper for the regular meeting with a provider.
extension Answers {
  /// What there is to talk about with a provider: what was promised and kept, what it runs and holds, what is open.
  ///
  /// `held`: the accesses that are held now.
  public func paper(about provider: Record, _ held: HeldAccesses) -> Paper {
    let systems = Answers.sorted(unique(catalog.sources(.operator, to: provider))).filter(\.lifecycle.isInUse)
    let contracts = unique(catalog.sources(.contractProvider, to: provider)).filter { $0.lifecycle != .retired }
    return Paper(
      Message("\(provider.title)"), facts: scope(of: provider),
      [
        contractSection(contracts), promiseSection(contracts, systems), figureSection(provider),
        systemSection(systems), topicSection(about: provider, systems), accessSection(held.of(provider)),
        agreementSection(provider), findingSection([provider] + contracts, systems),
      ].compactMap(\.self))
  }

  /// The ids of the records whose changes touch a provider.
  public func idsTouching(_ provider: Record, _ held: HeldAccesses) -> Set<String> {
    let systems = unique(catalog.sources(.operator, to: provider))
    let lines = held.of(provider)
    let records =
      [provider] + systems + catalog.sources(.contractProvider, to: provider)
      + catalog.sources(.employer, to: provider) + openTopics(about: provider, systems) + lines.map(\.access)
    return Set(records.filter(isPublished).map(\.id))
  }

  private func unique(_ records: [Record]) -> [Record] {
    var seen: Set<Int> = []
    return records.filter { isPublished($0) && seen.insert($0.index).inserted }
  }

  private func scope(of provider: Record) -> [Message] {
    func fact(_ role: Role, _ label: Message) -> Message? {
      provider.value(role)?.text.map { Message("\(label): \($0)") }
    }
    return [
      fact(.customerNumber, Message(de: "Kundennummer", en: "Customer number")),
      fact(.responsibleFor, Message(de: "Zuständig für", en: "Responsible for")),
      fact(.notFor, Message(de: "Nicht für", en: "Not for")),
      fact(.exit, Message(de: "Ausstieg", en: "Exit")),
    ].compactMap(\.self)
  }

  private func contractSection(_ contracts: [Record]) -> Paper.Section {
    Paper.Section(
      Message(de: "Verträge und Termine", en: "Contracts and dates"),
      note: contracts.isEmpty ? Message(de: "kein Vertrag eingetragen", en: "no contract recorded") : nil,
      columns: [
        Message(de: "Vertrag", en: "Contract"), Message(de: "Nummer", en: "Number"),
        Message(de: "Nächster Termin", en: "Next date"), Message(de: "Kosten im Jahr", en: "Cost per year"),
      ],
      rows: contracts.map { contract in
        let next = deadlines(of: contract).first { $0.category != .review }
        var date = Paper.Cell(Message(""))
        if let next {
          let isSoon = today.days(until: next.date) <= 90
          date = Paper.Cell(
            Message("\(next.category.label): \(next.date)"), mark: next.isOverdue ? .bad : isSoon ? .soon : nil)
        } else if rolling(contract) != nil {
          date = Paper.Cell(Message(de: "jederzeit kündbar", en: "can be cancelled at any time"))
        }
        var price = Paper.Cell(money(cost(of: contract).perYear))
        price.isNumber = true
        return [Paper.Cell(contract), Paper.Cell(verbatim: contract.value(.contractNumber)?.text), date, price]
      })
  }

  /// A sum as words; empty for none.
  package func money(_ sum: MoneySum) -> Message {
    Message("\(list: sum.amounts(first: currency).map { "\(amount: $0)" as Message.Text }, .none)")
  }

  // MARK: Promises

  private func promiseSection(_ contracts: [Record], _ systems: [Record]) -> Paper.Section? {
    let promises = contracts.flatMap { catalog.library.promises(of: $0) }
    let covered = contracts.flatMap { records(.covers, of: $0) }
    let incidents = incidents(of: Set((systems + covered).map(\.index))).filter { !$0.isDrill }
    guard !promises.isEmpty || !incidents.isEmpty else { return nil }
    var rows = promises.map { promise -> [Paper.Cell] in
      let times = [
        promise.response?.duration.map { Message(de: "Reaktion \($0)", en: "response \($0)") },
        promise.resolution?.duration.map { Message(de: "Lösung \($0)", en: "resolution \($0)") },
      ].compactMap(\.self)
      return [
        Paper.Cell(promise.contract), Paper.Cell(verbatim: promise.priority),
        Paper.Cell(
          Message("\(list: times.map { "\($0)" as Message.Text }, .none)"),
          details: promise.written.map { [Message(verbatim: $0)] } ?? []),
      ]
    }
    rows += incidents.map { incident in
      let systems = Set(incident.systems.map(\.index))
      let covering = contracts.filter { contract in
        contract.lifecycle.isInUse && records(.covers, of: contract).contains { systems.contains($0.index) }
      }
      return [Paper.Cell(incident.record), Paper.Cell(incident.began), kept(incident, by: covering)]
    }
    let hasResponse = promises.contains { $0.response?.duration != nil }
    return Paper.Section(
      Message(de: "Zugesagt und eingehalten", en: "Promised and kept"),
      note: incidents.isEmpty
        ? Message(
          de: "Kein Vorfall mit diesen Systemen eingetragen: ob die Zusagen eingehalten wurden, ist nicht belegt.",
          en: "No incident with these systems is recorded: whether the promises were kept is not proven.")
        : hasResponse
          ? Message(
            de: "Verglichen wird die Lösung, in Servicezeit; Reaktionszeiten sind nicht erfasst.",
            en: "What is compared is the resolution, in service time; response times are not recorded.") : nil,
      columns: [
        Message(de: "Vertrag oder Vorfall", en: "Contract or incident"),
        Message(de: "Priorität oder Tag", en: "Priority or day"), Message(de: "Zeit", en: "Time"),
      ], rows: rows)
  }

  /// How long an incident lasted, and whether that was more than its contracts promise for the highest priority, in their service time.
  private func kept(_ incident: Incident, by contracts: [Record]) -> Paper.Cell {
    guard let ended = incident.ended else { return Paper.Cell(Message(de: "dauert an", en: "goes on"), mark: .bad) }
    let promises = contracts.compactMap { contract in
      catalog.library.promises(of: contract).first { $0.resolution?.duration != nil }
    }
    // Without times it began and ended at any minute of its days.
    let begin =
      incident.times.map { ($0.begin, $0.begin) }
      ?? (LocalMoment(incident.began), LocalMoment(incident.began, minute: 24 * 60 - 1))
    let end = incident.times.map { ($0.end, $0.end) } ?? (LocalMoment(ended), LocalMoment(ended, minute: 24 * 60 - 1))
    func due(_ promise: ServicePromise, from begin: LocalMoment) -> LocalMoment? {
      promise.resolution?.duration.flatMap { promise.due(after: $0, from: begin) }
    }
    let broken = promises.filter { promise in due(promise, from: begin.1).map { $0 < end.0 } ?? false }
    let isKept = !promises.isEmpty && promises.allSatisfy { due($0, from: begin.0).map { $0 >= end.1 } ?? false }
    let length = length(of: incident, ended)
    var cell = Paper.Cell(
      broken.isEmpty ? length : Message(de: "\(length), länger als zugesagt", en: "\(length), longer than promised"),
      mark: broken.isEmpty ? (isKept ? .good : nil) : .bad)
    if incident.times != nil, let promise = broken.first ?? promises.first, let due = due(promise, from: begin.0) {
      let place = promises.count > 1 ? Message(" (\(promise.contract.title))") : Message("")
      cell.details.append(
        Message(de: "fällig am \(due.date), \(due.time) Uhr\(place)", en: "due on \(due.date), \(due.time)\(place)"))
    } else if incident.times == nil, broken.isEmpty, !isKept, !promises.isEmpty {
      cell.details.append(Message(de: "nicht auf die Minute bekannt", en: "not known to the minute"))
    }
    return cell
  }

  private func length(of incident: Incident, _ ended: CalendarDate) -> Message {
    if let times = incident.times {
      let minutes = times.begin.minutes(until: times.end)
      return Message("\(String(minutes / 60)):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60) h")
    }
    let days = incident.began.days(until: ended)
    return days > 0 ? Noun.day.counted(days) : Message(de: "am selben Tag behoben", en: "resolved on the same day")
  }

  // MARK: Key figures

  private func figureSection(_ provider: Record) -> Paper.Section? {
    let figures = keyFigures(of: provider)
    guard !figures.isEmpty else { return nil }
    return Paper.Section(
      Message(de: "Kennzahlen", en: "Key figures"),
      columns: [
        Message(de: "Kennzahl", en: "Key figure"), Message(de: "Ziel", en: "Target"),
        Message(de: "Werte", en: "Values"), Message(de: "Verlauf", en: "Trend"),
      ], rows: figures.map(row))
  }

  private func row(_ figure: KeyFigure) -> [Paper.Cell] {
    let unit = figure.unit.map { "\u{A0}\($0)" } ?? ""
    let values = figure.readings.suffix(6).map { reading -> Message.Text in
      let number = Message.both { Message.Text(verbatim: Format(language: $0).number(reading.value)) }
      let word = Message(de: "verfehlt", en: "missed")
      return "\(reading.period): \(number)\(unit)\(when: reading.isMissed == true, " (\(word))")"
    }
    let trend: Message =
      switch figure.trend {
      case .rising: Message(de: "↑ steigt", en: "↑ rising")
      case .falling: Message(de: "↓ fällt", en: "↓ falling")
      case .level: Message(de: "→ gleich", en: "→ level")
      case nil: Message("")
      }
    var cell = Paper.Cell(Message("\(list: values, .none)"))
    if figure.readings.last?.isMissed == true { cell.mark = .bad }
    if !figure.unreadable.isEmpty {
      let list = figure.unreadable.map { "\(code: $0)" as Message.Text }
      cell.details.append(Message(de: "kein Zeitraum: \(list: list)", en: "not a period: \(list: list)"))
    }
    return [
      Paper.Cell(verbatim: figure.name), Paper.Cell(verbatim: figure.shownTarget(in: language)), cell,
      Paper.Cell(trend),
    ]
  }

  // MARK: What it runs, and what is open

  private func systemSection(_ systems: [Record]) -> Paper.Section? {
    guard !systems.isEmpty else { return nil }
    let ordered = systems.enumerated().sorted {
      let (one, other) = ($0.element.choice(.criticality)?.rank ?? 0, $1.element.choice(.criticality)?.rank ?? 0)
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
    return Paper.Section(
      Message(de: "Betreibt", en: "Operates"),
      columns: [
        Message(de: "System", en: "System"), Message(de: "Kritikalität", en: "Criticality"),
        Message(de: "Verantwortlich bei uns", en: "Our owner"),
      ],
      rows: ordered.map { [Paper.Cell($0), Paper.Cell($0.choice(.criticality)), Paper.Cell(records(.owner, of: $0))] })
  }

  /// The open topics that a provider handles, or that concern it or one of its systems.
  func openTopics(about provider: Record, _ systems: [Record]) -> [Record] {
    let own = catalog.sources(.handledBy, to: provider) + catalog.sources(.affects, to: provider)
    let others = systems.flatMap { catalog.sources(.affects, to: $0) }
    return unique(own + others).filter { $0.kind.behaviour == .topic && $0.lifecycle != .retired }
  }

  private func topicSection(about provider: Record, _ systems: [Record]) -> Paper.Section? {
    let topics = openTopics(about: provider, systems)
    guard !topics.isEmpty else { return nil }
    return Paper.Section(
      Message(de: "Offene Vorgänge", en: "Open topics"),
      columns: [
        Message(de: "Vorgang", en: "Topic"), Message(de: "Stand", en: "State"), Message(de: "Fällig", en: "Due"),
        Message(de: "Verantwortlich", en: "Owner"),
      ],
      rows: topics.map { topic in
        let due = topic.value(.due)?.date
        return [
          Paper.Cell(topic), Paper.Cell(topic.choice(.topicState)?.label ?? Message("")),
          Paper.Cell(due, mark: due.map { $0 < today } == true ? .bad : nil), Paper.Cell(records(.owner, of: topic)),
        ]
      })
  }

  /// A table of accesses with their holders; `nil` for none. `isOnePerson`: whether all have the same holder, who need not be named.
  public func accessSection(
    _ lines: [HeldAccess], _ heading: Message = Message(de: "Zugänge", en: "Accesses"), isOnePerson: Bool = false
  ) -> Paper.Section? {
    guard !lines.isEmpty else { return nil }
    let hasEnd = lines.contains { $0.holding.until?.date != nil }
    return Paper.Section(
      heading,
      columns: [
        Message(de: "Zugang", en: "Access"),
        isOnePerson ? Message(de: "Durch", en: "Through") : Message(de: "Wer", en: "Who"), Message(verbatim: "MFA"),
      ] + (hasEnd ? [Message(de: "Bis", en: "Until")] : []),
      rows: lines.map { line in
        [
          Paper.Cell(line.access, of: line.system),
          // Of one person it does not matter how many others the team has.
          isOnePerson
            ? Paper.Cell(line.teamWay ?? Message("")) : Paper.Cell(line.who, details: line.through.map { [$0] } ?? []),
          Paper.Cell(line.access.choice(.mfa)?.label ?? Message("")),
        ] + (hasEnd ? [Paper.Cell(line.holding.until?.date)] : [])
      })
  }

  private func agreementSection(_ provider: Record) -> Paper.Section? {
    let row = agreement(with: provider)
    guard provider.value(.dpa) != nil || handlesPersonalData(provider) else { return nil }
    return Paper.Section(
      Message(de: "Auftragsverarbeitung", en: "Data processing"), columns: Answers.agreementColumns, rows: [row])
  }

  private func findingSection(_ own: [Record], _ systems: [Record]) -> Paper.Section? {
    let provider = own.first?.id
    let about = (own + systems).flatMap { record in
      findings(of: record).filter { finding in
        finding.severity > .hint
          && (own.contains { $0.path == finding.path } || finding.message.names { $0 == provider })
      }.map { (record, $0) }
    }
    guard !about.isEmpty else { return nil }
    return Paper.Section(
      Message(de: "Befunde", en: "Findings"),
      columns: [Message(de: "Eintrag", en: "Record"), Message(de: "Was nicht stimmt", en: "What is wrong")],
      rows: about.map { record, finding in
        [
          Paper.Cell(record),
          Paper.Cell(
            finding.message, mark: finding.severity == .error ? .bad : .soon,
            details: finding.remedy.map { [$0] } ?? []),
        ]
      })
  }
}

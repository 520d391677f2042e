public import KBAnswers
import KBCatalog
import KBSchema
import KBSource

/// What is planned, what is a problem or a risk, and what was decided.
extension Answers {
  /// The open topics by state, the roadmap by quarter, recurring problems, risks, acceptance, and the log of decisions.
  public func roadmapPaper() -> Paper {
    let topics = records(.topic)
    let open = topics.filter { $0.lifecycle != .retired }
    return Paper(
      Message(de: "Vorhaben und Entscheidungen", en: "Roadmap and decisions"),
      facts: [Answers.count(open.count, of: topics.count)],
      board(open) + [quarters(open), problems(open), risks(open), acceptance(open), decisionLog()])
  }

  private static func count(_ open: Int, of all: Int) -> Message {
    Message(de: "\(open) von \(all) Vorgängen sind offen.", en: "\(open) of \(all) topics are open.")
  }

  private static let topic = Message(de: "Vorgang", en: "Topic")
  private static let due = Message(de: "Fällig", en: "Due")
  private static let owner = Message(de: "Verantwortlich", en: "Owner")

  /// The label of a field, as its kind has it.
  private func label(_ role: Role, _ fallback: Message) -> Message {
    catalog.schema.kinds.first { $0.behaviour == .topic }?.field(role)?.label ?? fallback
  }

  // MARK: Board

  /// A section for each state, in the order of the kind.
  private func board(_ topics: [Record]) -> [Paper.Section] {
    guard
      case .choice(let states)? = catalog.schema.kinds.first(where: { $0.behaviour == .topic })?.field(.topicState)?
        .type
    else { return [] }
    let groups = Dictionary(grouping: topics) { $0.choice(.topicState)?.value ?? "" }
    return states.compactMap { state in
      guard let members = groups[state.value] else { return nil }
      let ranked = members.enumerated().sorted {
        let (one, other) = ($0.element.choice(.priority)?.rank ?? 0, $1.element.choice(.priority)?.rank ?? 0)
        return one == other ? $0.offset < $1.offset : one > other
      }.map(\.element)
      var section = Paper.Section(
        state.label,
        columns: [
          Answers.topic, Message(de: "Typ", en: "Type"), label(.priority, Message(de: "Priorität", en: "Priority")),
          label(.benefit, Message(de: "Nutzen", en: "Benefit")),
          label(.effort, Message(de: "Aufwand", en: "Effort")), label(.risk, Message(de: "Risiko", en: "Risk")),
          Answers.owner, Answers.due,
        ], rows: ranked.map(boardRow))
      section.isSortable = true
      return section
    }
  }

  private func boardRow(_ topic: Record) -> [Paper.Cell] {
    func level(_ level: Role, _ prose: Role) -> Paper.Cell {
      var cell = Paper.Cell(topic.choice(level))
      if let text = topic.value(prose)?.text { cell.details = [Message(verbatim: text)] }
      return cell
    }
    return [
      Paper.Cell(topic), Paper.Cell(topic.choice(.category)?.label ?? Message("")),
      Paper.Cell(topic.choice(.priority)), level(.benefitLevel, .benefit), level(.effortLevel, .effort),
      level(.riskLevel, .risk), Paper.Cell(records(.owner, of: topic)), dueCell(topic),
    ]
  }

  private func dueCell(_ topic: Record) -> Paper.Cell {
    let due = topic.value(.due)?.date
    return Paper.Cell(due, mark: due.map { $0 < today } == true ? .bad : nil)
  }

  // MARK: Roadmap

  /// What is due in which quarter; what has no day is not on it.
  private func quarters(_ topics: [Record]) -> Paper.Section {
    let dated = topics.compactMap { topic in topic.value(.due)?.date.map { (topic: topic, due: $0) } }
      .sorted { ($0.due, $0.topic.id) < ($1.due, $1.topic.id) }
    let undated = topics.count - dated.count
    return Paper.Section(
      Message(de: "Nach Quartal", en: "By quarter"),
      note: undated > 0 && !topics.isEmpty
        ? Message(de: "Ohne Termin: \(undated)", en: "Without a date: \(undated)") : nil,
      columns: [
        Message(de: "Quartal", en: "Quarter"), Answers.topic, Answers.due,
        Message(de: "Betrifft", en: "Concerns"),
      ],
      rows: dated.map { topic, due in
        [
          Paper.Cell(Message("\(String((due.month + 2) / 3))/\(String(due.year))")), Paper.Cell(topic), dueCell(topic),
          Paper.Cell(records(.affects, of: topic)),
        ]
      })
  }

  // MARK: Problems, risks, acceptance

  private func problems(_ topics: [Record]) -> Paper.Section {
    let problems = topics.filter { $0.choice(.category)?.value == "problem" }
      .map { (topic: $0, days: $0.values(.occurrences).compactMap(\.date).sorted()) }
      .enumerated().sorted {
        ($1.element.days.count, $0.offset) < ($0.element.days.count, $1.offset)
      }.map(\.element)
    return Paper.Section(
      Message(de: "Wiederkehrende Probleme", en: "Recurring problems"),
      columns: [
        Message(de: "Problem", en: "Problem"), Message(de: "Aufgetreten", en: "Occurred"),
        Message(de: "Zuletzt", en: "Last"), Message(de: "Ursache", en: "Root cause"),
        Message(de: "Umgehung", en: "Workaround"),
      ],
      rows: problems.map { topic, days in
        [
          Paper.Cell(topic), Paper.Cell(days.count), Paper.Cell(days.last),
          Paper.Cell(verbatim: topic.value(.rootCause)?.text), Paper.Cell(records(.workaround, of: topic)),
        ]
      })
  }

  /// The open risks, the greatest first.
  func openRisks() -> [Record] {
    records(.topic).filter { $0.lifecycle != .retired && $0.choice(.category)?.value == "risk" }.enumerated().sorted {
      let (one, other) = ($0.element.choice(.riskLevel)?.rank ?? 0, $1.element.choice(.riskLevel)?.rank ?? 0)
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
  }

  private func risks(_ topics: [Record]) -> Paper.Section { riskSection(openRisks()) }

  func riskSection(_ risks: [Record]) -> Paper.Section {
    Paper.Section(
      Message(de: "Risiken", en: "Risks"),
      columns: [
        Message(de: "Risiko", en: "Risk"), Message(de: "Stufe", en: "Level"),
        Message(de: "Was geschehen kann", en: "What can happen"), Answers.owner, Answers.due,
      ],
      rows: risks.map { risk in
        [
          Paper.Cell(risk), Paper.Cell(risk.choice(.riskLevel)), Paper.Cell(verbatim: risk.value(.risk)?.text),
          Paper.Cell(records(.owner, of: risk)), dueCell(risk),
        ]
      })
  }

  private func acceptance(_ topics: [Record]) -> Paper.Section {
    let rows = topics.compactMap { topic -> [Paper.Cell]? in
      let criteria = topic.values(.acceptance).filter { $0.value(.criterion) != nil }
      guard !criteria.isEmpty else { return nil }
      let met = criteria.count { $0.value(.criterionMet)?.bool == true }
      let open = criteria.filter { $0.value(.criterionMet)?.bool != true }.compactMap { $0.value(.criterion)?.text }
      return [
        Paper.Cell(topic), Paper.Cell(Message(de: "\(met) von \(criteria.count)", en: "\(met) of \(criteria.count)")),
        Paper.Cell(Message(""), details: open.map { Message(verbatim: $0) }),
      ]
    }
    return Paper.Section(
      Message(de: "Abnahme", en: "Acceptance"),
      columns: [
        Answers.topic, Message(de: "Kriterien erfüllt", en: "Criteria met"),
        Message(de: "Noch offen", en: "Still open"),
      ], rows: rows)
  }

  // MARK: Decisions

  /// The decisions that are proposed, and those whose day to look at them again has come.
  func openDecisions() -> [Record] {
    records(.decision).filter { decision in
      decision.lifecycle == .draft
        || decision.lifecycle.isInUse && decision.value(.revisit)?.date.map { $0 <= today } == true
    }
  }

  /// All decisions, the last one first, each with what it superseded.
  private func decisionLog() -> Paper.Section {
    let decisions = records(.decision).sorted {
      let (one, other) = ($0.value(.decidedOn)?.date?.description ?? "", $1.value(.decidedOn)?.date?.description ?? "")
      return one == other ? $0.id < $1.id : one > other
    }
    return decisionSection(decisions, Message(de: "Entscheidungen", en: "Decisions"))
  }

  func decisionSection(_ decisions: [Record], _ heading: Message) -> Paper.Section {
    Paper.Section(
      heading,
      columns: [
        Message(de: "Tag", en: "Day"), Message(de: "Entscheidung", en: "Decision"), Message(de: "Status", en: "Status"),
        Message(de: "Entschieden von", en: "Decided by"), Message(de: "Löst ab", en: "Supersedes"),
      ],
      rows: decisions.map { decision in
        [
          Paper.Cell(decision.value(.decidedOn)?.date), Paper.Cell(decision),
          Paper.Cell(decision.value(.status)?.choice?.label ?? Message("")),
          Paper.Cell(records(.deciders, of: decision)), Paper.Cell(superseded(by: decision)),
        ]
      })
  }

  /// The chain of decisions that one replaced, the last one first; one that replaces itself ends.
  private func superseded(by decision: Record) -> [Record] {
    var chain: [Record] = []
    var seen: Set<Int> = [decision.index]
    var next = records(.supersedes, of: decision).first
    while let found = next, seen.insert(found.index).inserted {
      chain.append(found)
      next = records(.supersedes, of: found).first
    }
    return chain
  }
}

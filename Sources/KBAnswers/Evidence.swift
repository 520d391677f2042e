public import KBCatalog
import KBSchema
public import KBSource

/// The answer to one question of a questionnaire.
public struct Evidence: Sendable {
  /// A record that lacks something, or a record that there should be.
  public struct Gap: Sendable {
    /// `nil` where no record is there at all.
    public let record: Record?
    public let message: Message

    fileprivate var key: String { "\(record?.id ?? ""): \(message.english)" }
  }

  /// A record that proves something, and what it says: days and values, and the records that name it.
  public struct Proof: Sendable {
    public let record: Record
    public let facts: [Message]
  }

  public let question: Questionnaire.Question
  public let proofs: [Proof]
  /// Records for which it does not hold, each with the reason that it gives for that.
  public let exceptions: [Proof]
  public let gaps: [Gap]

  public enum State: String, Sendable, CaseIterable {
    /// Records prove it.
    case proven
    /// Records prove it, but for some that say why it does not hold for them.
    case excepted
    /// Something is missing.
    case open
    /// No record is meant.
    case empty
  }

  public var state: State {
    if !gaps.isEmpty { return .open }
    return exceptions.isEmpty ? (proofs.isEmpty ? .empty : .proven) : .excepted
  }
}

extension Answers {
  /// The answers to the questions of a questionnaire, as far as the published records give them.
  public func evidence(_ questionnaire: Questionnaire) -> [Evidence] {
    questionnaire.questions.map { question in
      let parts = question.queries.map(evidence)
      // Several queries may find the same.
      var seen: Set<String> = []
      let gaps = parts.flatMap(\.gaps).filter { seen.insert($0.key).inserted }
      var others = Set(gaps.compactMap { $0.record?.index })
      let exceptions = Answers.proofs(parts.map(\.exceptions), without: others)
      others.formUnion(exceptions.map(\.record.index))
      return Evidence(
        question: question, proofs: Answers.proofs(parts.map(\.proofs), without: others), exceptions: exceptions,
        gaps: gaps)
    }
  }

  /// The proofs of several queries, each record once with all that it says.
  private static func proofs(_ parts: [[Evidence.Proof]], without lacking: Set<Int>) -> [Evidence.Proof] {
    var proofs: [Evidence.Proof] = []
    var places: [Int: Int] = [:]
    for proof in parts.joined() where !lacking.contains(proof.record.index) {
      guard let place = places[proof.record.index] else {
        places[proof.record.index] = proofs.count
        proofs.append(proof)
        continue
      }
      let facts = proofs[place].facts
      proofs[place] = Evidence.Proof(
        record: proof.record, facts: facts + proof.facts.filter { !facts.contains($0) })
    }
    return proofs
  }

  private typealias Found = (proofs: [Evidence.Proof], exceptions: [Evidence.Proof], gaps: [Evidence.Gap])

  private func evidence(_ query: EvidenceQuery) -> Found {
    let meant = records.filter { record in
      record.lifecycle.isInUse && record.isDescribed
        && (query.behaviour == nil || record.kind.behaviour == query.behaviour)
        && query.conditions.allSatisfy { isMet($0, by: record) }
    }
    var (proofs, exceptions, gaps): Found = ([], [], [])
    for record in meant {
      let unmet = query.needs.filter { !isMet($0, by: record) }
      let excuses = unmet.compactMap { excuse(for: $0, in: record) }
      let missing = unmet.filter { excuse(for: $0, in: record) == nil }.map { lack(of: $0, in: record) }
      let findings = findings(of: record).filter { query.rules.contains($0.rule.code) }.map(\.message)
      if missing.isEmpty, findings.isEmpty {
        let facts = query.needs.compactMap { fact(of: $0, in: record) }
        if unmet.isEmpty {
          proofs.append(Evidence.Proof(record: record, facts: facts))
        } else {
          exceptions.append(Evidence.Proof(record: record, facts: excuses + facts))
        }
      }
      gaps += (missing + findings).map { Evidence.Gap(record: record, message: $0) }
    }
    let least: Int
    switch query.extent {
    case .each: return (proofs, exceptions, gaps)
    case .none: return ([], [], gaps)
    case .some(let count): least = count
    }
    guard proofs.count < least else { return (proofs, [], []) }
    return (proofs, [], gaps.isEmpty ? [Evidence.Gap(record: nil, message: absence(query, least))] : gaps)
  }

  /// "Missing: a deadline with tags: policy".
  private func absence(_ query: EvidenceQuery, _ least: Int) -> Message {
    let kind = catalog.schema.kinds.first { $0.behaviour == query.behaviour }
    let name = kind?.label ?? Message(de: "Eintrag", en: "record")
    let words = (query.conditions + query.needs).compactMap {
      self.words(of: $0, in: kind).map { "\($0)" as Message.Text }
    }
    guard !words.isEmpty else { return Message(de: "fehlt: \(name)", en: "missing: \(name)") }
    return Message(de: "fehlt: \(name) mit \(list: words)", en: "missing: \(name) with \(list: words)")
  }

  /// What a need asks for, as the fields of a kind are called.
  private func words(of need: EvidenceNeed, in kind: Kind?) -> Message? {
    guard let way = need.ways.first else { return nil }
    func label(_ role: Role) -> Message {
      kind?.field(role)?.label ?? catalog.schema.kinds.lazy.compactMap { $0.field(role)?.label }.first
        ?? Message(verbatim: role.name)
    }
    func values(_ role: Role, _ values: [String]) -> Message.Text {
      let declaration = kind?.field(role)
      let texts = values.map { value -> Message.Text in
        guard case .choice(let choices)? = declaration?.type, let choice = choices.first(where: { $0.value == value })
        else { return Message.Text(verbatim: value) }
        return "\(choice.label)"
      }
      return "\(list: texts, .or)"
    }
    switch way {
    case .present(let role): return label(role)
    case .oneOf(let role, let some): return Message("\(label(role)) \(values(role, some))")
    case .noneOf(let role, let some):
      return Message(de: "\(label(role)) nicht \(values(role, some))", en: "\(label(role)) not \(values(role, some))")
    case .within(let role, let duration):
      return Message(
        de: "\(label(role)) vor höchstens \(duration, .dative)", en: "\(label(role)) at most \(duration) ago")
    case .pointedAt(let role):
      return catalog.relations(role).first.map { $0.names.inverse } ?? Message(verbatim: role.name)
    case .confirmed: return Message(de: "gültiger Bestätigung", en: "a confirmation that still holds")
    case .outageRunbook: return Message(de: "Runbook für den Ausfall", en: "a runbook for the outage")
    }
  }

  // MARK: Needs

  private func isMet(_ need: EvidenceNeed, by record: Record) -> Bool { need.ways.contains { isMet($0, by: record) } }

  private func isMet(_ way: EvidenceNeed.Way, by record: Record) -> Bool {
    switch way {
    case .present(let role): return holds(role, record)
    case .oneOf(let role, let values): return !words(role, of: record).isDisjoint(with: values)
    case .noneOf(let role, let values): return words(role, of: record).isDisjoint(with: values)
    case .within(let role, let duration):
      let days = record.values(role).compactMap(\.date).filter { $0 <= today }
      return days.contains { $0.adding(duration) >= today }
    case .pointedAt(let role):
      return catalog.sources(role, to: record).contains { $0.lifecycle.isInUse && isPublished($0) }
    case .confirmed: return record.reviewDue.map { $0 >= today } ?? (record.reviewEvery == nil)
    case .outageRunbook: return !outageRunbooks(for: record).isEmpty
    }
  }

  /// The reason for which a record need not meet a need.
  private func excuse(for need: EvidenceNeed, in record: Record) -> Message? {
    guard let way = need.excuse, isMet(way, by: record) else { return nil }
    if case .present(let role) = way, let text = record.value(role)?.text {
      return Message("\(label(role, in: record)): \(text)")
    }
    return fact(of: way, in: record) ?? Message(verbatim: need.written)
  }

  /// Whether a role has a value; references count where they lead to a published record that is not retired.
  private func holds(_ role: Role, _ record: Record) -> Bool {
    let values = record.values(role).filter { !$0.isEmpty && !$0.isInvalid }
    let references = values.filter { $0.reference != nil }
    if !references.isEmpty, references.count == values.count {
      return records(role, of: record).contains { $0.lifecycle != .retired }
    }
    return !values.isEmpty || record.choice(role) != nil
  }

  /// What a role says, as it is written.
  private func words(_ role: Role, of record: Record) -> Set<String> {
    let values = record.values(role)
    if values.isEmpty { return Set([record.choice(role)?.value].compactMap(\.self)) }
    return Set(
      values.flatMap { value in [value.choice?.value, value.reference?.id, value.bool.map { "\($0)" }, value.text] }
        .compactMap(\.self))
  }

  /// What a record says to a need that it meets: the last day, the value, or who names it.
  private func fact(of need: EvidenceNeed, in record: Record) -> Message? {
    need.ways.first { isMet($0, by: record) }.flatMap { fact(of: $0, in: record) }
  }

  private func fact(of way: EvidenceNeed.Way, in record: Record) -> Message? {
    func named(_ sources: [Record]) -> Message? {
      guard let kind = sources.first?.kind else { return nil }
      return Message("\(kind.label): \(list: sources.map { Message.Text(verbatim: $0.title) }, .none, most: 3)")
    }
    switch way {
    case .within(let role, _):
      let last = record.values(role).compactMap(\.date).filter { $0 <= today }.max()
      return last.map { Message("\(label(role, in: record)): \($0)") }
    case .oneOf(let role, _):
      return shown(role, in: record).map { Message("\(label(role, in: record)): \($0)") }
    case .present(let role):
      let named = records(role, of: record)
      if !named.isEmpty { return Message("\(label(role, in: record)): \(Message.titles(named))") }
      return (record.value(role)?.date).map { Message("\(label(role, in: record)): \($0)") }
    case .pointedAt(let role):
      return named(catalog.sources(role, to: record).filter { $0.lifecycle.isInUse && isPublished($0) })
    case .outageRunbook: return named(outageRunbooks(for: record))
    case .noneOf, .confirmed: return nil
    }
  }

  private func label(_ role: Role, in record: Record) -> Message {
    record.kind.field(role)?.label ?? record.kind.path(to: role).last?.label ?? Message(verbatim: role.name)
  }

  /// The label of a value that may be chosen.
  private func choice(_ value: String, _ role: Role, in record: Record) -> Message? {
    guard case .choice(let choices)? = (record.kind.field(role) ?? record.kind.path(to: role).last)?.type else {
      return nil
    }
    return choices.first { $0.value == value }?.label
  }

  private func shown(_ role: Role, in record: Record) -> Message? {
    record.choice(role)?.label ?? record.value(role)?.text.map { Message(verbatim: $0) }
  }

  /// What a record lacks.
  private func lack(of need: EvidenceNeed, in record: Record) -> Message {
    guard let way = need.ways.first else { return Message("") }
    func label(_ role: Role) -> Message { self.label(role, in: record) }
    func shown(_ role: Role) -> Message? { self.shown(role, in: record) }
    switch way {
    case .present(let role): return Message(de: "\(label(role)) fehlt", en: "\(label(role)) is missing")
    case .oneOf(let role, let values):
      guard let shown = shown(role) else {
        return Message(de: "\(label(role)) fehlt", en: "\(label(role)) is missing")
      }
      let wanted = values.map { value in
        "\(choice(value, role, in: record) ?? Message(verbatim: value))" as Message.Text
      }
      return Message(
        de: "\(label(role)): \(shown), erwartet: \(list: wanted, .or)",
        en: "\(label(role)): \(shown), expected: \(list: wanted, .or)")
    case .noneOf(let role, _):
      return Message(
        de: "\(label(role)): \(shown(role) ?? Message("–"))", en: "\(label(role)): \(shown(role) ?? Message("–"))")
    case .within(let role, let duration):
      guard let last = record.values(role).compactMap(\.date).filter({ $0 <= today }).max() else {
        return Message(de: "\(label(role)): nie", en: "\(label(role)): never")
      }
      return Message(
        de: "\(label(role)): zuletzt am \(last), erwartet: alle \(duration)",
        en: "\(label(role)): last on \(last), expected: every \(duration)")
    case .pointedAt(let role):
      let words = catalog.relations(role).first?.names.inverse ?? Message(verbatim: role.name)
      return Message(de: "kein Eintrag: \(words)", en: "no record: \(words)")
    case .confirmed:
      guard let due = record.reviewDue else { return Message(de: "nie bestätigt", en: "never confirmed") }
      return Message(de: "zu bestätigen seit \(due)", en: "to be confirmed since \(due)")
    case .outageRunbook:
      return Message(de: "Runbook für den Ausfall fehlt", en: "a runbook for the outage is missing")
    }
  }
}

/// The difference between two answers to one question.
public struct EvidenceChange: Sendable {
  public let before: Evidence.State
  public let newGaps: [Evidence.Gap]
  public let closedGaps: [Evidence.Gap]
  /// The records that prove it, and say something else than before.
  public let changed: [Record]

  public var isEmpty: Bool { newGaps.isEmpty && closedGaps.isEmpty && changed.isEmpty }
}

extension Evidence {
  /// What is different from an earlier answer to the same question. `changed`: the ids of the records that changed since.
  public func change(since past: Evidence, changed: Set<String>) -> EvidenceChange {
    let (then, now) = (Set(past.gaps.map(\.key)), Set(gaps.map(\.key)))
    return EvidenceChange(
      before: past.state, newGaps: gaps.filter { !then.contains($0.key) },
      closedGaps: past.gaps.filter { !now.contains($0.key) },
      changed: (proofs + exceptions).map(\.record).filter { changed.contains($0.id) })
  }
}

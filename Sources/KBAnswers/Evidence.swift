public import KBCatalog
public import KBSource

/// The answer to one question of a questionnaire.
public struct Evidence: Sendable {
  /// A record that lacks something, or a record that there should be.
  public struct Gap: Sendable {
    /// `nil` where no record is there at all.
    public let record: Record?
    public let message: Message
  }

  public let question: Questionnaire.Question
  /// The records that prove it.
  public let proofs: [Record]
  public let gaps: [Gap]

  public enum State: String, Sendable {
    /// Records prove it.
    case proven
    /// Something is missing.
    case open
    /// No record is meant.
    case empty
  }

  public var state: State { gaps.isEmpty ? (proofs.isEmpty ? .empty : .proven) : .open }
}

extension Answers {
  /// The answers to the questions of a questionnaire, as far as the published records give them.
  public func evidence(_ questionnaire: Questionnaire) -> [Evidence] {
    questionnaire.questions.map { question in
      let parts = question.queries.map(evidence)
      var seen: Set<Int> = []
      let gaps = parts.flatMap(\.gaps)
      let lacking = Set(gaps.compactMap { $0.record?.index })
      let proofs = parts.flatMap(\.proofs).filter { !lacking.contains($0.index) && seen.insert($0.index).inserted }
      return Evidence(question: question, proofs: proofs, gaps: gaps)
    }
  }

  private func evidence(_ query: EvidenceQuery) -> (proofs: [Record], gaps: [Evidence.Gap]) {
    let meant = records.filter { record in
      record.lifecycle.isInUse && record.isDescribed && (query.behaviour == nil || record.kind.behaviour == query.behaviour)
        && query.conditions.allSatisfy { isMet($0, by: record) }
    }
    var proofs: [Record] = []
    var gaps: [Evidence.Gap] = []
    for record in meant {
      let missing = query.needs.filter { !isMet($0, by: record) }.map { lack(of: $0, in: record) }
      let findings = findings(of: record).filter { query.rules.contains($0.rule.code) }.map(\.message)
      if missing.isEmpty, findings.isEmpty { proofs.append(record) }
      gaps += (missing + findings).map { Evidence.Gap(record: record, message: $0) }
    }
    guard case .some(let least) = query.extent else { return (proofs, gaps) }
    guard proofs.count < least else { return (proofs, []) }
    return (proofs, gaps.isEmpty ? [Evidence.Gap(record: nil, message: absence(query, least))] : gaps)
  }

  /// "no record of the sort (…)".
  private func absence(_ query: EvidenceQuery, _ least: Int) -> Message {
    let kind = catalog.schema.kinds.first { $0.behaviour == query.behaviour }
    let name = kind?.label ?? Message(de: "Eintrag", en: "record")
    let words = (query.conditions + query.needs).map { Message.Text(verbatim: $0.written) }
    return Message(
      de: "\(name): nicht vorhanden, auf den zutrifft: \(list: words)", en: "\(name): none for which holds: \(list: words)")
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
    }
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
    return Set(values.flatMap { value in [value.choice?.value, value.reference?.id, value.bool.map { "\($0)" }, value.text] }
      .compactMap(\.self))
  }

  /// What a record lacks.
  private func lack(of need: EvidenceNeed, in record: Record) -> Message {
    guard let way = need.ways.first else { return Message("") }
    func label(_ role: Role) -> Message {
      record.kind.field(role)?.label ?? record.kind.path(to: role).last?.label ?? Message(verbatim: role.name)
    }
    func shown(_ role: Role) -> Message? {
      record.choice(role)?.label ?? record.value(role)?.text.map { Message(verbatim: $0) }
    }
    switch way {
    case .present(let role): return Message(de: "\(label(role)) fehlt", en: "\(label(role)) is missing")
    case .oneOf(let role, let values):
      guard let shown = shown(role) else {
        return Message(de: "\(label(role)) fehlt", en: "\(label(role)) is missing")
      }
      let wanted = values.map { Message.Text(verbatim: $0) }
      return Message(
        de: "\(label(role)): \(shown), erwartet: \(list: wanted, .or)", en: "\(label(role)): \(shown), expected: \(list: wanted, .or)")
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
    }
  }
}

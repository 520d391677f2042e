public import KBCatalog
import KBSchema
public import KBSource

/// A day by which somebody must act, or on which something ends.
public struct Deadline: Sendable {
  /// What happens on the day.
  public enum Category: String, Sendable, CaseIterable {
    /// The last day on which notice can be received.
    case cancelBy = "cancel-by"
    case end
    case expiry = "deadline"
    case endOfSupport = "end-of-support"
    case accessEnd = "access-end"
    case due
    case revisit
    case review
    case test
    case restoreTest = "restore-test"
    case patch

    /// Whether something ends or is bound on the day, whether anybody acts or not; the others are somebody's next turn.
    public var isHard: Bool {
      switch self {
      case .cancelBy, .end, .expiry, .endOfSupport, .accessEnd: true
      case .due, .revisit, .review, .test, .restoreTest, .patch: false
      }
    }
  }

  public let category: Category
  public let date: CalendarDate
  public let record: Record
  /// The label of the field that the day is in, or follows from.
  public let label: Message
  /// What tells it apart from the record's other days, however they move: the field, and the holder or number in a list.
  public let key: String
  /// Its number among those with the same holder.
  var number = 0
  /// The holder of an access that ends.
  public var holder: Record?
  /// What people tell it by where the record has several such days: the words of its line in a list, or its field's label.
  public var part: Message?
  /// The day on which the contract ends if notice is received in time.
  public var termEnd: CalendarDate?
  /// The person or team who must act: the owner, or the deputy where the owner has left; `nil` where nobody is left.
  public var owner: Record?
  /// Whether the day is past.
  public var isOverdue = false

  /// The identifier by today's ids.
  public var id: String { id(naming: \.id) }

  /// An identifier that stays the same when the day moves, also from the day of a notice to the end when notice was given.
  ///
  /// `name`: the id that a record counts under, which stays the same when the record is renamed.
  public func id(naming name: (Record) -> String) -> String {
    let what = holder.map { name($0) + (number == 0 ? "" : ".\(number + 1)") } ?? key
    return "\((category == .cancelBy ? .end : category).rawValue).\(name(record)).\(what)"
  }
}

/// An open-ended contract, or one past its first term, that can be cancelled at any time.
public struct RollingContract: Sendable {
  public let record: Record
  /// The day on which it ends if notice is received today.
  public let end: CalendarDate
}

extension Answers {
  /// The days by which somebody must act, the first one first: every date with such a role in any kind, what follows from the
  /// last time and an interval, and of contracts the days by which notice must be received.
  ///
  /// `horizon`: the last day to look at. Overdue ones are always among them.
  public func deadlines(until horizon: CalendarDate? = nil) -> [Deadline] {
    var found: [Deadline] = []
    for record in records where record.lifecycle != .retired { found += allDeadlines(of: record) }
    if let horizon { found.removeAll { $0.date > horizon } }
    return found.sorted {
      ($0.date, $0.category.place, $0.record.index, $0.key) < ($1.date, $1.category.place, $1.record.index, $1.key)
    }
  }

  /// The days for a calendar: whatever ends at any time ahead, and what is somebody's turn within a year.
  public func deadlinesAhead() -> [Deadline] {
    let year = today.adding(months: 12)
    return deadlines().filter { $0.category.isHard || $0.date <= year }
  }

  /// The days of one record, the first one first.
  public func deadlines(of record: Record) -> [Deadline] {
    guard isPublished(record), record.lifecycle != .retired else { return [] }
    return allDeadlines(of: record).sorted { ($0.date, $0.key) < ($1.date, $1.key) }
  }

  /// The day by which notice must be received, the next one; `nil` for what has none.
  public func cancelBy(of record: Record) -> ContractTerm.Deadline? {
    guard record.lifecycle.isInUse, record.kind.hasTerm else { return nil }
    return ContractTerm(record: record).next(on: today)
  }

  /// The contracts in use that can be cancelled at any time, by title.
  public func rollingContracts() -> [RollingContract] {
    records.compactMap(rolling)
  }

  /// The record as a contract that can be cancelled at any time; `nil` when it is none.
  public func rolling(_ record: Record) -> RollingContract? {
    guard record.lifecycle.isInUse, record.kind.hasTerm, case let term = ContractTerm(record: record),
      term.isRolling(on: today), let end = term.lastDay(cancelledOn: today)
    else { return nil }
    return RollingContract(record: record, end: end)
  }

  /// Who must act for a record: its owner; where the owner has left, the deputy; nobody where both have.
  public func responsible(for record: Record) -> Record? {
    (records(.owner, of: record).prefix(1) + records(.deputy, of: record)).first { $0.lifecycle != .retired }
  }

  // MARK: Finding

  private func allDeadlines(of record: Record) -> [Deadline] {
    var found: [Deadline] = []
    func add(
      _ category: Deadline.Category, _ date: CalendarDate, _ field: FieldDeclaration, _ key: String,
      holder: Record? = nil, termEnd: CalendarDate? = nil
    ) {
      guard category.counts(for: record) else { return }
      found.append(
        Deadline(
          category: category, date: date, record: record, label: field.label, key: key, holder: holder,
          termEnd: termEnd, owner: responsible(for: record), isOverdue: date < today))
    }
    for field in record.kind.deadlineFields {
      guard let category = Answers.categories[field.role] else { continue }
      if category == .end, record.kind.hasTerm {
        // An open-ended contract has no value there, and may have such days.
        if field.isFirst, let (category, date, termEnd) = termDay(of: record) {
          add(category, date, field.declaration, field.name, termEnd: termEnd)
        }
        continue
      }
      for (number, place) in record.dates(in: field).enumerated() {
        guard let date = place.value.date else { continue }
        let holder = place.context?.value(.holder)?.reference.flatMap { catalog.record($0) }
        // The ended line of somebody who has left is the record of it.
        if category == .accessEnd, let holder,
          !isPublished(holder) || holder.lifecycle == .retired && date < today
        {
          continue
        }
        let key = holder?.id ?? (number == 0 ? field.name : "\(field.name).\(number + 1)")
        add(category, date, field.declaration, key, holder: holder)
        if let last = found.indices.last, field.isInList, holder == nil, found[last].key == key {
          found[last].part = place.context.flatMap(words)
        }
      }
    }
    if let due = record.reviewDue, let field = record.kind.field(.reviewed) { add(.review, due, field, field.name) }
    for duty in RepeatedDuty.allCases {
      guard let turn = duty.turn(of: record), let field = record.kind.field(duty.last) else { continue }
      add(duty.category, turn.due, field, duty.last.name)
    }
    return Answers.told(apart: found)
  }

  /// The days of one record, with what tells those of one category apart.
  private static func told(apart deadlines: [Deadline]) -> [Deadline] {
    guard deadlines.count > 1 else { return deadlines }
    var deadlines = deadlines
    var fields: [Deadline.Category: Set<String>] = [:]
    var lines: [String: Int] = [:]
    for index in deadlines.indices {
      let deadline = deadlines[index]
      fields[deadline.category, default: []].insert(deadline.label.german)
      guard deadline.holder != nil else { continue }
      deadlines[index].number = lines[deadline.key, default: 0]
      lines[deadline.key, default: 0] += 1
    }
    for index in deadlines.indices where deadlines[index].part == nil && deadlines[index].holder == nil {
      guard (fields[deadlines[index].category]?.count ?? 0) > 1 else { continue }
      deadlines[index].part = deadlines[index].label
    }
    return deadlines
  }

  /// What a line of a list is about: its first words, or the record that it names.
  private func words(of line: Value) -> Message? {
    for field in line.fields ?? [] {
      switch field.value.content {
      case .text(let text) where !text.isEmpty:
        return Message("\(text.prefix(60))\(when: text.count > 60, "…")")
      case .choice(let choice): return choice.label
      case .reference(let reference):
        guard let record = catalog.record(reference), isPublished(record) else { continue }
        return Message("\(record.title)")
      default: continue
      }
    }
    return nil
  }

  /// What the roles of dates mean.
  private static let categories: [Role: Deadline.Category] = [
    .end: .end, .deadline: .expiry, .endOfSupport: .endOfSupport, .holderUntil: .accessEnd, .due: .due,
    .revisit: .revisit,
  ]

  /// The next day of a contract: the one to cancel by, or else its last.
  private func termDay(of record: Record) -> (Deadline.Category, CalendarDate, termEnd: CalendarDate?)? {
    let term = ContractTerm(record: record)
    if term.isRolling(on: today) { return nil }
    if let next = term.next(on: today) { return (.cancelBy, next.cancelBy, next.termEnd) }
    if let last = term.lastDay { return (.end, last, nil) }
    // It renews by itself, but nobody wrote down what the day to cancel by follows from.
    guard let end = term.end, end >= today else { return nil }
    return (.end, end, nil)
  }
}

extension RepeatedDuty {
  fileprivate var category: Deadline.Category {
    switch self {
    case .test: .test
    case .restoreTest: .restoreTest
    case .patch: .patch
    }
  }
}

extension Deadline.Category {
  /// Its place among those of one day.
  fileprivate var place: Int { Deadline.Category.allCases.firstIndex(of: self) ?? 0 }

  /// Whether a record in its state has such days: what is planned has an end and a due day, and nothing to confirm.
  fileprivate func counts(for record: Record) -> Bool {
    switch self {
    case .due, .revisit, .expiry: record.lifecycle != .retired
    case .end: record.lifecycle.isInUse || record.lifecycle == .planned
    default: record.lifecycle.isInUse
    }
  }
}

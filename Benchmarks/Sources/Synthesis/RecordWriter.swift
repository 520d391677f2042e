/// Writes one record; what it writes depends on the blueprint and the record alone, not on the other records' texts.
struct RecordWriter {
  let blueprint: Blueprint
  let entry: Entry
  /// What the record is about, where it is about a provider or a system.
  let subject: Entry?
  var filler: PhraseFiller
  var front = FrontMatter()
  var body = ""
  /// The links that the body has yet to contain.
  var pendingLinks: [Entry] = []

  init(_ entry: Entry, in blueprint: Blueprint) {
    self.blueprint = blueprint
    self.entry = entry
    subject = blueprint.subject(of: entry)
    let stream = UInt64(entry.kind.rawValue + 1) << 32 | UInt64(entry.number)
    filler = PhraseFiller(random: RandomSource(seed: blueprint.seed, stream: stream), language: entry.language)
    filler.subject = subject?.title ?? entry.title
  }

  /// The whole file.
  mutating func text() -> String {
    choosePendingLinks()
    switch entry.kind {
    case .team: writeTeam()
    case .person: writePerson()
    case .provider: writeProvider()
    case .system: writeSystem()
    case .access: writeAccess()
    case .process: writeProcess()
    case .contract: writeContract()
    case .runbook: writeRunbook()
    case .decision: writeDecision()
    case .topic: writeTopic()
    case .page: writePage()
    }
    writeRemainingLinks()
    return front.text.isEmpty ? body : "---\n\(front.text)---\n\n\(body)"
  }

  /// Chooses between a German and an English text.
  func localized(_ german: String, _ english: String) -> String { entry.language.text(german, english) }

  /// Whether something happens that does so in `percent` of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { filler.random.chance(percent) }

  /// One element, each as likely as the others.
  mutating func pick<Element>(_ elements: [Element]) -> Element { filler.random.pick(elements) }

  /// A value in `percent` of a hundred cases.
  mutating func sometimes<Value>(_ percent: Int, _ value: Value) -> Value? { chance(percent) ? value : nil }

  /// A day some days before today.
  mutating func daysAgo(_ days: ClosedRange<Int>) -> String {
    CalendarDay.today.advanced(by: -filler.random.number(days)).iso
  }

  /// One record of a kind, the first ones more likely.
  mutating func someRecord(_ kind: Kind) -> Entry {
    let records = blueprint[kind]
    return records[filler.random.skewed(below: records.count)]
  }

  /// Up to `count` records of a kind without this one.
  mutating func someRecords(_ kind: Kind, _ count: ClosedRange<Int>) -> [String] {
    let records = blueprint[kind]
    let numbers = filler.random.skewedNumbers(filler.random.number(count), below: records.count)
    return numbers.map { records[$0].id }.filter { $0 != entry.id }
  }

  /// A person who has not left.
  mutating func somePerson() -> Entry { pick(blueprint.activePeople) }

  /// A team or a person who has not left.
  mutating func someOwner() -> String { chance(60) ? someRecord(.team).id : somePerson().id }

  private mutating func choosePendingLinks() {
    let wanted = entry.kind == .person ? filler.random.number(1...3) : filler.random.number(3...6)
    if let subject { pendingLinks.append(subject) }
    for _ in 0..<(2 * wanted) where pendingLinks.count < wanted {
      let target = someRecord(pick(Kind.allCases))
      if target.id != entry.id, !pendingLinks.contains(where: { $0.id == target.id }) { pendingLinks.append(target) }
    }
  }
}

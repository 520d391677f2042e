/// The plan of a knowledge base: which records there are, and the facts that more than one of them speaks of.
struct Blueprint {
  let seed: UInt64
  /// The records by the raw value of their kind.
  let entries: [[Entry]]
  /// The systems' facts, in their order.
  let systems: [SystemFacts]
  /// The types of the providers, in their order.
  let providerTypes: [String]
  /// The types of the runbooks, in their order.
  let runbookTypes: [String]
  /// The last day of the people who have left, in the people's order.
  let lastDays: [CalendarDay?]
  /// The people who have not left.
  let activePeople: [Entry]
  /// The systems that each provider operates, in the providers' order.
  private let operatedSystems: [[Entry]]

  static let systemTypes = [
    "network", "infrastructure", "identity", "backup", "application", "communication", "security", "data", "endpoint",
    "website", "telephony", "peripheral", "ot", "other",
  ]
  static let providerTypes = [
    "msp", "saas", "hosting", "isp", "software", "hardware", "telecom", "agency", "freelancer", "consulting",
    "authority", "other",
  ]
  /// How many of the provider types, from the front, operate systems.
  private static let operatingTypes = 4
  static let runbookTypes = ["incident", "recovery", "operation", "emergency", "change"]

  /// Plans a knowledge base of `total` records.
  init(total: Int, seed: UInt64) {
    let counts = Kind.counts(total: total)
    var random = RandomSource(seed: seed, stream: 0)
    var entries: [[Entry]] = Kind.allCases.map { _ in [] }
    var namer = Namer(seed: seed)

    lastDays = (0..<counts[Kind.person.rawValue]).map { number in
      number >= 3 && random.chance(6) ? CalendarDay.today.advanced(by: -random.number(20...380)) : nil
    }
    let providerTypes = (0..<counts[Kind.provider.rawValue]).map { number in
      Blueprint.providerTypes[number % Blueprint.providerTypes.count]
    }
    let operators = providerTypes.indices.filter { $0 % Blueprint.providerTypes.count < Blueprint.operatingTypes }
    let systems = (0..<counts[Kind.system.rawValue]).map { number in
      SystemFacts(
        type: Blueprint.systemTypes[number % Blueprint.systemTypes.count],
        criticality: number < 2 ? "critical" : Blueprint.criticality(&random),
        name: InventedWord.name(number),
        provider: operators[random.skewed(below: operators.count)])
    }
    let runbookTypes = (0..<counts[Kind.runbook.rawValue]).map { number in
      // The systems' first runbooks are for outages.
      number < systems.count ? Blueprint.runbookTypes[number % 2] : random.pick(Blueprint.runbookTypes)
    }
    for kind in Kind.allCases {
      for number in 0..<counts[kind.rawValue] {
        let language: Language = random.chance(20) ? .english : .german
        let about = Blueprint.subject(of: kind, number: number, entries: entries)
        let entry =
          switch kind {
          case .team: namer.team(number, language)
          case .person: namer.person(number, language)
          case .provider: namer.provider(number, language, type: providerTypes[number])
          case .system: namer.system(number, language, systems[number])
          case .runbook: namer.runbook(number, language, type: runbookTypes[number], subject: about)
          case .access, .process, .contract, .decision, .topic, .page:
            namer.record(kind, number, language, subject: about)
          }
        entries[kind.rawValue].append(entry)
      }
    }
    var operatedSystems: [[Entry]] = providerTypes.map { _ in [] }
    for (facts, system) in zip(systems, entries[Kind.system.rawValue]) {
      operatedSystems[facts.provider].append(system)
    }
    self.seed = seed
    self.entries = entries
    self.operatedSystems = operatedSystems
    activePeople = zip(entries[Kind.person.rawValue], lastDays).filter { $0.1 == nil }.map(\.0)
    self.systems = systems
    self.providerTypes = providerTypes
    self.runbookTypes = runbookTypes
  }

  /// The records of a kind.
  subscript(kind: Kind) -> [Entry] { entries[kind.rawValue] }

  /// The provider or system that a record is about.
  func subject(of entry: Entry) -> Entry? { Blueprint.subject(of: entry.kind, number: entry.number, entries: entries) }

  /// The first system of a type, for those that everything else needs.
  func firstSystem(ofType type: String) -> Entry? {
    systems.firstIndex { $0.type == type }.map { self[.system][$0] }
  }

  /// The systems that a provider operates.
  func systems(ofProvider provider: Int) -> [Entry] { operatedSystems[provider] }

  private static func subject(of kind: Kind, number: Int, entries: [[Entry]]) -> Entry? {
    let systems = entries[Kind.system.rawValue]
    let providers = entries[Kind.provider.rawValue]
    switch kind {
    case .team, .person, .provider, .process, .system: return nil
    case .contract: return providers[number % providers.count]
    case .access, .runbook, .decision, .topic, .page: return systems[number % systems.count]
    }
  }

  private static func criticality(_ random: inout RandomSource) -> String {
    switch random.below(100) {
    case ..<6: "critical"
    case ..<24: "high"
    case ..<68: "medium"
    default: "low"
    }
  }
}

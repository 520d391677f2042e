import KBSchema
import KBSource

/// What a provider is handed of a knowledge base: its systems, the runbooks that are for it, whom to call, the scope of its
/// contracts, the accesses that it holds. No prices, and nothing of other providers.
public struct HandOver: Sendable {
  /// The files of the records that it may see.
  let paths: Set<RepoPath>
  /// The ids of the provider and its people: of an access only their lines are shown.
  private let holders: Set<String>

  /// Chooses the records for a provider.
  public init(to provider: Record, in library: Library) {
    let people = library.sources(.employer, to: provider)
    let systems = [Role.operator, .vendor].flatMap { library.sources($0, to: provider) }
    let contracts = library.sources(.contractProvider, to: provider)
    let runbooks = systems.flatMap { library.sources(.handles, to: $0) }.filter {
      $0.value(.audienceRole)?.choice?.value == "provider"
    }
    let accesses = (people + [provider]).flatMap { library.sources(.holder, to: $0) }
    let subjects = systems + contracts + runbooks + accesses + [provider]
    let contacts = subjects.flatMap { record in
      [Role.owner, .deputy, .businessOwner, .approver].flatMap { library.records($0, of: record) }
    }
    let chosen = subjects + people + contacts
    paths = Set(chosen.filter { $0.audience <= .internal }.map(\.path))
    holders = Set((people + [provider]).map(\.id))
  }

  /// The fields without prices, pointers to secrets, our own judgement, and the lines of others.
  func reduced(_ fields: [Field]) -> [Field] {
    fields.compactMap { field in
      let declaration = field.declaration
      if declaration.type.isMoney || declaration.role.map(HandOver.own.contains) ?? false { return nil }
      var value = field.value
      if declaration.role == .holders, let lines = value.list {
        value = Value(.list(lines.filter(isTheirs)), value.range)
      }
      return Field(declaration: declaration, keyRange: field.keyRange, value: reduced(value))
    }
  }

  private static let own: Set<Role> = [.cost, .costCentre, .secret, .kpis, .exit, .seatsBought, .seatsUsed]

  private func reduced(_ value: Value) -> Value {
    switch value.content {
    case .money: Value(.invalid(""), value.range)
    case .list(let elements): Value(.list(elements.map(reduced)), value.range)
    case .object(let fields): Value(.object(reduced(fields)), value.range)
    default: value
    }
  }

  private func isTheirs(_ line: Value) -> Bool {
    let who = line.fields?.first { $0.declaration.role == .holder }?.value ?? line
    return who.reference.map { holders.contains($0.id) } ?? false
  }
}

extension Configuration {
  /// Whether a site with these settings tells of a record.
  public func includes(_ record: Record) -> Bool {
    record.audience <= audience && (handOver?.paths.contains(record.path) ?? true)
  }
}

public import KBCatalog
import KBSource

/// An account as a service has it.
public struct RealAccount: Sendable {
  public let address: String
  public let name: String
  public let licences: [String]
  public let isBlocked: Bool
  /// Roles of administration.
  public let roles: [String]

  public init(address: String, name: String, licences: [String], isBlocked: Bool, roles: [String]) {
    (self.address, self.name, self.licences) = (address, name, licences)
    (self.isBlocked, self.roles) = (isBlocked, roles)
  }
}

/// Where real accounts differ from what is on paper.
public struct AccountComparison: Sendable {
  /// Accounts that no record has, by address, title or account name.
  public var unknown: [RealAccount] = []
  /// People who have left, with an account that is not blocked or has a licence.
  public var leavers: [(account: RealAccount, person: Record)] = []
  /// Administrators who hold no access of administration.
  public var admins: [(account: RealAccount, person: Record?)] = []
  /// Accounts with a licence, and the seats of the contract.
  public var assigned = 0
  public var bought: Int?

  /// Whether nothing differs.
  public var isEmpty: Bool {
    unknown.isEmpty && leavers.isEmpty && admins.isEmpty && (bought.map { assigned <= $0 } ?? true)
  }
}

extension Answers {
  /// Compares real accounts with people, accesses and the seats of a contract.
  public func comparison(with accounts: [RealAccount], contract: Record?) -> AccountComparison {
    var comparison = AccountComparison()
    var owners: [String: Record] = [:]
    for record in records {
      let names =
        [record.value(.email)?.text, record.value(.account)?.text].compactMap(\.self)
        + record.values(.aliases).compactMap(\.text)
      for name in names where owners[name.lowercased()] == nil { owners[name.lowercased()] = record }
    }
    let people = records(.person)
    let byTitle = Dictionary(people.map { ($0.title.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    let admins = administrators()
    for account in accounts {
      if !account.licences.isEmpty { comparison.assigned += 1 }
      let owner = owners[account.address.lowercased()] ?? byTitle[account.name.lowercased()]
      guard let owner else {
        comparison.unknown.append(account)
        if !account.roles.isEmpty { comparison.admins.append((account, nil)) }
        continue
      }
      if owner.kind.behaviour == .person, owner.lifecycle == .retired, !account.isBlocked || !account.licences.isEmpty {
        comparison.leavers.append((account, owner))
      }
      // An account that an access names is on paper by that.
      if !account.roles.isEmpty, owner.kind.behaviour == .person, !admins.contains(owner.index) {
        comparison.admins.append((account, owner))
      }
    }
    comparison.bought = contract.flatMap { seats(of: $0)?.bought ?? $0.value(.seatsBought)?.integer }
    return comparison
  }

  /// The numbers of those who hold an access of administration, or one for emergencies.
  private func administrators() -> Set<Int> {
    Set(
      records(.access).filter { $0.lifecycle.isInUse && ["admin", "emergency"].contains($0.choice(.category)?.value) }
        .flatMap { holdings(of: $0) }.flatMap { catalog.people(behind: $0.holder) })
  }
}

public import KBCatalog
import KBSchema
import KBSource

/// An account as a service has it.
public struct RealAccount: Sendable {
  public let address: String
  public private(set) var otherAddresses: [String]
  public private(set) var name: String
  public private(set) var licences: [String]
  public private(set) var isBlocked: Bool
  /// Roles of administration.
  public private(set) var roles: [String]

  public init(
    address: String, otherAddresses: [String] = [], name: String, licences: [String], isBlocked: Bool, roles: [String]
  ) {
    (self.address, self.otherAddresses, self.name) = (address, otherAddresses, name)
    (self.licences, self.isBlocked, self.roles) = (licences, isBlocked, roles)
  }

  /// Adds what another list says of the account.
  public mutating func formUnion(_ other: RealAccount) {
    if name.isEmpty { name = other.name }
    otherAddresses += other.otherAddresses
    isBlocked = isBlocked || other.isBlocked
    licences += other.licences.filter { !licences.contains($0) }
    roles += other.roles.filter { !roles.contains($0) }
  }

  /// The licences that are paid for: trials and free ones take no seat.
  var paidLicences: [String] {
    licences.filter { name in !RealAccount.freeWords.contains { name.lowercased().contains($0) } }
  }

  private static let freeWords = [
    "free", "kostenlos", "trial", "testversion", "viral", "adhoc", "ad-hoc", "exploratory", "unlicensed",
  ]
}

/// Where real accounts differ from what is on paper.
public struct AccountComparison: Sendable {
  /// A contract with seats, and the accounts that have a licence of it.
  public struct Seats: Sendable {
    public let contract: Record
    public let bought: Int
    public let assigned: Int
  }

  /// Accounts that no record has, by address, title or account name.
  public var unknown: [RealAccount] = []
  /// People who have left, with an account that is not blocked or has a licence.
  public var leavers: [(account: RealAccount, person: Record)] = []
  /// Administrators who hold no access of administration.
  public var admins: [(account: RealAccount, person: Record?)] = []
  /// The number of accounts with each licence, by its name.
  public var licences: [(name: String, accounts: Int)] = []
  /// Accounts with a licence that is paid for.
  public var assigned = 0
  /// The contracts that the licences are of.
  public var seats: [Seats] = []

  /// Whether nothing differs.
  public var isEmpty: Bool {
    unknown.isEmpty && leavers.isEmpty && admins.isEmpty && seats.allSatisfy { $0.assigned <= $0.bought }
  }
}

extension Answers {
  /// Compares real accounts with people, accesses and the seats of contracts.
  ///
  /// `contract`: whose seats the licences are; without it those that name them.
  public func comparison(with accounts: [RealAccount], contract: Record?) -> AccountComparison {
    var comparison = AccountComparison()
    comparison.seats = seats(of: accounts, contract)
    let owners = AccountOwners(self)
    let admins = administrators(of: contract.map { [$0] } ?? comparison.seats.map(\.contract))
    for account in accounts {
      if !account.paidLicences.isEmpty { comparison.assigned += 1 }
      guard let owner = owners.owner(of: account) else {
        comparison.unknown.append(account)
        if !account.roles.isEmpty { comparison.admins.append((account, nil)) }
        continue
      }
      if owner.kind.behaviour == .person, owner.lifecycle == .retired, !account.isBlocked || !account.licences.isEmpty {
        comparison.leavers.append((account, owner))
      }
      // An account that an access names is on paper for what that access is.
      let isOnPaper = owner.kind.behaviour == .person ? admins.contains(owner.index) : owner.isAdministration
      if !account.roles.isEmpty, !isOnPaper {
        comparison.admins.append((account, owner))
      }
    }
    let licences = Dictionary(grouping: accounts.flatMap { Set($0.licences) }) { $0 }
    comparison.licences = licences.map { ($0.key, $0.value.count) }.sorted { $0.name < $1.name }
    return comparison
  }

  /// The numbers of those who hold an access of administration, or one for emergencies: of the systems that the contracts cover,
  /// where these have such accesses.
  private func administrators(of contracts: [Record]) -> Set<Int> {
    let systems = Set(contracts.flatMap { records(.covers, of: $0) }.map(\.index))
    let accesses = records(.access).filter {
      $0.lifecycle.isInUse && $0.isAdministration
    }
    let own = accesses.filter { access in records(.accessTo, of: access).contains { systems.contains($0.index) } }
    return Set(
      (own.isEmpty ? accesses : own).flatMap { holdings(of: $0) }.flatMap { catalog.people(behind: $0.holder) })
  }

  // MARK: Seats

  /// The contracts whose licences the accounts have, with their seats.
  private func seats(of accounts: [RealAccount], _ contract: Record?) -> [AccountComparison.Seats] {
    let names = Set(accounts.flatMap(\.paidLicences))
    if let contract {
      guard let bought = contract.seatsBought else { return [] }
      let own = names.filter { isNamed($0, by: contract) }
      // Where the contract has other words for its licences, all are meant.
      return [seats(of: contract, bought, own.isEmpty ? names : own, accounts)]
    }
    var licences: [Int: Set<String>] = [:]
    let contracts = records.filter { $0.kind.hasTerm && $0.lifecycle.isInUse && $0.seatsBought != nil }
    for name in names {
      let named = contracts.filter { isNamed(name, by: $0) }
      // The one that is called like the licence, before those that cover the system.
      let titled = named.filter { Answers.isAlike(name, $0.title) }
      for found in titled.count == 1 ? titled : named { licences[found.index, default: []].insert(name) }
    }
    return contracts.compactMap { contract in
      guard let own = licences[contract.index], let bought = contract.seatsBought else { return nil }
      return seats(of: contract, bought, own, accounts)
    }
  }

  private func seats(
    of contract: Record, _ bought: Int, _ licences: Set<String>, _ accounts: [RealAccount]
  ) -> AccountComparison.Seats {
    let assigned = accounts.count { !licences.isDisjoint(with: $0.paidLicences) }
    return AccountComparison.Seats(contract: contract, bought: bought, assigned: assigned)
  }

  /// Whether a contract is about a licence: by its title, one of its positions, or a system that it covers.
  private func isNamed(_ licence: String, by contract: Record) -> Bool {
    let positions = contract.values(.positions).compactMap { $0.fields?.first?.value.text }
    let systems = records(.covers, of: contract).flatMap { [$0.title] + $0.values(.aliases).compactMap(\.text) }
    let words = licence.lowercased().split { !$0.isLetter && !$0.isNumber }
    return Answers.isAlike(licence, contract.title)
      || positions.contains { position in
        Answers.isAlike(licence, position) || words.last.map { $0 == position.lowercased() } ?? false
      }
      || systems.contains { $0.count > 3 && licence.lowercased().contains($0.lowercased()) }
  }

  /// Whether one of two names of a product contains the other.
  private static func isAlike(_ licence: String, _ name: String) -> Bool {
    func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
    let (one, other) = (plain(licence), plain(name))
    return one.count > 3 && other.count > 3 && (one.contains(other) || other.contains(one))
  }
}

/// Who or what has an account: by address, by what an access calls it, and by name.
private struct AccountOwners {
  private var byAddress: [String: Record] = [:]
  private var byName: [String: Record] = [:]
  /// The part of addresses before the sign, where only one person has it.
  private var byLocalPart: [String: [Record]] = [:]

  init(_ answers: Answers) {
    for record in answers.records {
      let names =
        [record.value(.email)?.text, record.value(.account)?.text].compactMap(\.self)
        + record.values(.aliases).compactMap(\.text)
      for name in names where byAddress[name.lowercased()] == nil { byAddress[name.lowercased()] = record }
      guard record.kind.behaviour == .person else { continue }
      if byName[record.title.lowercased()] == nil { byName[record.title.lowercased()] = record }
      if let local = record.value(.email)?.text.flatMap(AccountOwners.localPart) {
        byLocalPart[local, default: []].append(record)
      }
    }
  }

  func owner(of account: RealAccount) -> Record? {
    for address in [account.address] + account.otherAddresses {
      if let record = byAddress[address.lowercased()] { return record }
    }
    // The address that every tenant has, before its own domain.
    if account.address.lowercased().hasSuffix(".onmicrosoft.com"),
      let found = AccountOwners.localPart(account.address).flatMap({ byLocalPart[$0] }), found.count == 1
    {
      return found[0]
    }
    let name = account.name.lowercased()
    if let record = byName[name] { return record }
    // "Berg, Ada".
    let parts = name.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
    return parts.count == 2 ? byName["\(parts[1]) \(parts[0])"] : nil
  }

  private static func localPart(_ address: String) -> String? {
    address.lowercased().split(separator: "@").first.map(String.init)
  }
}

extension Record {
  /// Whether it is an access of administration, or one for emergencies.
  fileprivate var isAdministration: Bool { ["admin", "emergency"].contains(choice(.category)?.value) }
}

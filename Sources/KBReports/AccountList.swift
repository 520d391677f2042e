package import KBAnswers
import KBEditing
package import KBSheet
import KBSource

/// The accounts in a list of users, or of roles and who has them, by the headings of exports in German and English.
package struct AccountList {
  package private(set) var accounts: [RealAccount]

  /// The headings of a column: letters and digits only.
  private enum Heading {
    static let address = [
      "userprincipalname", "benutzerprinzipalname", "upn", "principalname", "emailaddress", "email", "mail",
      "emailadresse", "mailadresse", "primaryemail", "benutzername", "username", "useremail", "memberuserprincipalname",
    ]
    static let name = ["displayname", "anzeigename", "name", "fullname", "vollständigername", "userdisplayname"]
    static let licences = [
      "licenses", "lizenzen", "licences", "assignedlicenses", "zugewiesenelizenzen", "productlicenses",
      "produktlizenzen", "license", "lizenz",
    ]
    static let blocked = [
      "blockcredential", "blockcredentials", "anmeldungblockiert", "anmeldeinformationenblockieren",
      "anmeldeinformationblockieren", "anmeldeinformationenblockiert", "anmeldungblockieren", "blocked", "gesperrt",
      "signinblocked", "blocksignin", "kontogesperrt",
    ]
    static let enabled = [
      "accountenabled", "kontoaktiviert", "kontoaktiv", "enabled", "aktiviert", "signinallowed", "anmeldungzulässig",
      "anmeldungerlaubt",
    ]
    static let status = ["status", "signinstatus", "anmeldestatus", "accountstatus", "kontostatus"]
    static let roles = [
      "roles", "rollen", "role", "rolle", "adminroles", "adminrole", "administratorrollen", "administratorrolle",
      "assignedroles", "zugewiesenerollen", "rolename", "rollenname", "roledisplayname", "directoryroles",
    ]
    static let others = ["proxyaddresses", "proxyadressen", "alternateemailaddress", "alias", "aliase", "aliases"]
  }

  /// Words that stand for no licence and no role.
  private static let none: Set<String> = [
    "unlicensed", "nicht lizenziert", "none", "keine", "user", "benutzer", "no administrator access",
    "kein administratorzugriff", "",
  ]

  /// `nil` where no column has addresses.
  package init?(_ table: SheetTable) {
    let headings = table.columns.map(ColumnMapping.letters)
    func place(_ names: [String]) -> Int? { names.lazy.compactMap { headings.firstIndex(of: $0) }.first }
    guard let address = place(Heading.address) else { return nil }
    let (name, licences, roles) = (place(Heading.name), place(Heading.licences), place(Heading.roles))
    let (blocked, enabled, status) = (place(Heading.blocked), place(Heading.enabled), place(Heading.status))
    let others = place(Heading.others)
    accounts = table.rows.compactMap { row in
      func text(_ place: Int?) -> String { place.map { Table.text(row[$0], .english).trimmedBlanks } ?? "" }
      let written = text(address)
      guard !written.isEmpty else { return nil }
      let isBlocked =
        AccountList.isYes(text(blocked)) || AccountList.isNo(text(enabled))
        || ["blocked", "gesperrt", "suspended", "disabled", "deaktiviert", "inactive"].contains(
          text(status).lowercased())
      return RealAccount(
        address: written, otherAddresses: AccountList.addresses(text(others)), name: text(name),
        licences: AccountList.items(text(licences)), isBlocked: isBlocked, roles: AccountList.items(text(roles)))
    }
  }

  /// The accounts of all lists, each once: what they say of one address is added up.
  package static func merged(_ lists: [AccountList]) -> [RealAccount] {
    var accounts: [RealAccount] = []
    var places: [String: Int] = [:]
    for account in lists.flatMap(\.accounts) {
      if let place = places[account.address.lowercased()] {
        accounts[place].formUnion(account)
      } else {
        places[account.address.lowercased()] = accounts.count
        accounts.append(account)
      }
    }
    return accounts
  }

  /// The items of a cell: between pluses without spaces around them, as "Enterprise Mobility + Security E3" is one licence.
  private static func items(_ text: String) -> [String] {
    var items: [String] = []
    var item = ""
    let characters = Array(text)
    for (number, character) in characters.enumerated() {
      let isSpaced = number > 0 && characters[number - 1] == " "
      if ";,\n".contains(character) || character == "+" && !isSpaced {
        items.append(item)
        item = ""
      } else {
        item.append(character)
      }
    }
    return (items + [item]).map(\.trimmedBlanks).filter { !none.contains($0.lowercased()) }
  }

  /// "SMTP:anna@example.org+smtp:a.berg@example.org".
  private static func addresses(_ text: String) -> [String] {
    text.split(whereSeparator: { "+;, \n".contains($0) }).map(String.init).compactMap { part in
      let address = part.lowercased().hasPrefix("smtp:") ? String(part.dropFirst(5)) : part
      return address.contains("@") && !address.contains(":") ? address : nil
    }
  }

  private static func isYes(_ text: String) -> Bool { ["true", "wahr", "yes", "ja", "1"].contains(text.lowercased()) }
  private static func isNo(_ text: String) -> Bool {
    ["false", "falsch", "no", "nein", "0"].contains(text.lowercased())
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

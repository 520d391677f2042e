package import KBAnswers
package import KBCatalog
package import KBMarkup
package import KBSchema
package import KBSource

/// The files of the pages and attachments.
package struct SiteMap: Sendable {
  /// For each record the file of its page; `nil` when it is not published.
  private let paths: [String?]
  /// The same as addresses from the root, and from a page in a folder: most links are one of them.
  private let addresses: [(fromRoot: Address, fromFolder: Address)?]

  private let attachments: [RepoPath: String]

  /// What is before the pages of the shared knowledge base, from the root of this site; `nil` where they have no address.
  private let sharedRoot: String?
  private let shared: Library?

  /// `isBesideShared`: whether the folder beside the site is the site of the shared knowledge base.
  package init(_ catalog: Catalog, isBesideShared: Bool = false) {
    shared = catalog.library.shared
    let base = shared?.configuration.baseURL
    sharedRoot = isBesideShared ? "../\(Member.shared)/" : base.map { $0.hasSuffix("/") ? $0 : "\($0)/" }
    var taken: Set<String> = []
    attachments = catalog.attachments.keys.sorted().reduce(into: [:]) { places, path in
      // Servers give out nothing whose name begins with a point.
      let shown = path.components.map { $0.utf8.first == UInt8(ascii: ".") ? $0.dropFirst() : $0 }.joined(
        separator: "/")
      var place = "files/\(shown)"
      var number = 2
      while !taken.insert(place.lowercased()).inserted {
        place = "files/\(number)/\(shown)"
        number += 1
      }
      places[path] = place
    }
    paths = catalog.records.map { record in
      catalog.configuration.includes(record) ? SiteMap.page(record.id, of: record.kind) : nil
    }
    // Folder and id are letters, digits and hyphens: nothing in them needs encoding.
    addresses = paths.map { $0.map { (.encodedFile($0, depth: 0), .encodedFile($0, depth: 1)) } }
  }

  /// The folder of a kind's pages.
  package static func folder(of kind: Kind) -> String {
    // The pages' folder names are addresses: only letters, digits, hyphens.
    let name = kind.folder.split(separator: "/").last.map(String.init) ?? kind.id
    let safe = name.utf8.allSatisfy(\.isIDCharacter)
    return safe && !SiteMap.reserved.contains(name) ? name : kind.id
  }

  /// Names at the top that are the site's own.
  private static let reserved: Set<String> = Set(
    ["files", "kb", "search", "down", "meetings"] + SitePage.all.compactMap(\.folder))

  /// The page of an id. Those that the lists of the kind have the names of get a character that no id has.
  package static func page(_ id: String, of kind: Kind) -> String {
    let isTaken = id == "index" || id.hasPrefix("index-") || id.hasPrefix("type-")
    return "\(folder(of: kind))/\(id)\(isTaken ? "_" : "").html"
  }

  /// The page of a record; `nil` when it is not published.
  package func path(of record: Record) -> String? { paths[record.index] }

  /// The address of a record's page; `nil` when it is not published.
  package func address(of record: Record, depth: Int, anchor: String? = nil) -> Address? {
    guard let path = paths[record.index], let known = addresses[record.index] else { return nil }
    if let anchor, !anchor.isEmpty { return .file(path, depth: depth, anchor: anchor) }
    return depth == 0 ? known.fromRoot : depth == 1 ? known.fromFolder : .encodedFile(path, depth: depth)
  }

  /// The address of the page of a shared record; `nil` where it has none that this site could lead to.
  func sharedAddress(of record: Record, depth: Int) -> (address: Address, isExternal: Bool)? {
    guard let sharedRoot else { return nil }
    let path = sharedRoot + SiteMap.page(record.id, of: record.kind)
    if let address = Address.external(path) { return (address, true) }
    return sharedRoot.hasPrefix("../") ? (.file(path, depth: depth), false) : nil
  }

  /// The shared record with a number.
  func sharedRecord(_ index: Int) -> Record? { shared?.records[index] }

  package func isPublished(_ record: Record) -> Bool { paths[record.index] != nil }

  /// The list of a kind, and of one of its types.
  package static func list(of kind: Kind, type: String? = nil, part: Int = 1) -> String {
    let name = type.map { "type-\(slugged($0))" } ?? "index"
    return "\(folder(of: kind))/\(name)\(part > 1 ? "-\(part)" : "").html"
  }

  /// The page of a record's history, beside its own; no id has an underscore.
  package static func history(_ path: String) -> String { "\(path.dropLast(".html".count))_history.html" }

  /// Whether there is a page about an outage of a record: what is not in use can't fail.
  package static func canFail(_ record: Record) -> Bool {
    [.system, .provider, .person].contains(record.kind.behaviour) && record.lifecycle.isInUse
  }

  /// The page for the regular meeting with a provider.
  static func meeting(with provider: Record) -> String { "meetings/\(provider.id).html" }

  /// The page about an outage of a record; no id has an underscore.
  package static func outage(of record: Record) -> String { "down/\(record.id)\(record.id == "index" ? "_" : "").html" }

  /// The page about an outage of a place.
  package static func outage(of place: Place) -> String { "down/place_\(place.id).html" }

  static func tag(_ tag: String) -> String { "tags/\(slugged(tag)).html" }

  /// Where an attachment goes. Names that differ only in case or Unicode form get different folders.
  package func attachment(_ path: RepoPath) -> String { attachments[path] ?? "files/\(path.string)" }

  /// A name for an address: lower-case letters, digits and hyphens stay, the rest is spelled in hexadecimal.
  private static func slugged(_ text: String) -> String {
    text.utf8.map { byte in
      byte.isIDCharacter ? String(UnicodeScalar(byte)) : "_" + String(byte, radix: 16)
    }.joined()
  }
}

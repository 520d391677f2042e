public import KBDocument
public import KBSchema
public import KBSource

/// A catalog can be asked what its library can.
extension Catalog {
  public var schema: Schema { library.schema }
  public var configuration: Configuration { library.configuration }
  public var today: CalendarDate { library.today }
  public var records: [Record] { library.records }
  public var links: [[Link]] { library.links }
  public var attachments: [RepoPath: Snapshot.Attachment] { library.attachments }
  public var otherFiles: [RepoPath: SourceFile] { library.otherFiles }
  public var ignoreFile: SourceFile? { library.ignoreFile }
  public var redirects: [(alias: String, record: Record)] { library.redirects }
  public var relations: [Relation] { library.relations }

  public func record(id: String) -> Record? { library.record(id: id) }
  public func record(at path: RepoPath) -> Record? { library.record(at: path) }
  public func record(_ reference: Reference) -> Record? { library.record(reference) }
  public func record(_ address: WikiAddress, from path: RepoPath? = nil) -> Record? {
    library.record(address, from: path)
  }
  public func isTextFirst(_ link: Markdown.Link, _ lead: Link, in record: Record) -> Bool {
    library.isTextFirst(link, lead, in: record)
  }
  public func records(_ role: Role, of record: Record) -> [Record] { library.records(role, of: record) }
  public func relations(_ role: Role) -> [Relation] { library.relations(role) }
  public func relations(from record: Record) -> ArraySlice<Relation> { library.relations(from: record) }
  public func relations(to record: Record) -> [Relation] { library.relations(to: record) }
  public func sources(_ role: Role, to record: Record) -> [Record] { library.sources(role, to: record) }
  public func file(_ path: RepoPath) -> SourceFile? { library.file(path) }
  public func holdings(of access: Record) -> [Holding] { library.holdings(of: access) }
  public func currentHoldings(of access: Record) -> [Holding] { library.currentHoldings(of: access) }
  public func people(behind holder: Record) -> [Int] { library.people(behind: holder) }
  public func members(of team: Record, where isSeen: (Record) -> Bool = { _ in true }) -> TeamMembers {
    library.members(of: team, where: isSeen)
  }
  public func seatUse(of contract: Record, isCounted: (Record) -> Bool = { _ in true }) -> SeatUse? {
    library.seatUse(of: contract, isCounted: isCounted)
  }
  public func inheritedProtection(_ role: Role) -> [Int: InheritedProtection] { library.inheritedProtection(role) }
  public func holdsRestoreTest(_ system: Record) -> Bool { library.holdsRestoreTest(system) }
  public func record(reading document: Document) -> (record: Record, findings: [Diagnostic]) {
    library.record(reading: document)
  }
  public func version(at path: RepoPath, _ bytes: [UInt8]) -> Record { library.version(at: path, bytes) }
}

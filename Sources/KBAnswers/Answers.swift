public import KBCatalog
public import KBHistory
public import KBSchema
public import KBSource

/// The answers to what people ask of a knowledge base, and what of them may be told: values without HTML.
///
/// A class because every page and command asks the one value; it never changes.
public final class Answers: Sendable {
  public let catalog: Catalog
  /// The circle that is told.
  public let audience: Audience
  /// Whether a provider is told.
  private let isHandOver: Bool
  private let includes: @Sendable (Record) -> Bool
  /// `nil` without git.
  public let history: SiteHistory?
  /// The published records, in the order of their titles.
  public let records: [Record]
  /// The published findings, in the order of their places.
  public let findings: [Diagnostic]
  /// The findings in what is published, for whoever publishes it: a provider is told none.
  public let publishersFindings: [Diagnostic]
  /// The names that no page may say.
  public let hidden: HiddenNames
  /// What is said in values that name records by their ids or titles, where those are not published.
  public let omission: Omission
  /// The commits that touched records which are not published, or were not then: no page says their messages.
  let silent: Set<ObjectID>
  /// The published records by what their kinds do.
  private let byBehaviour: [Kind.Behaviour: [Record]]
  /// The published records that somebody can hold: accesses, and what has holders in a kind of one's own.
  let holdable: [Record]
  /// Who is responsible for data protection: the one in the settings, else the people whose function it is.
  public let dataProtection: [Record]
  /// The numbers of the published records.
  let book: ContactBook
  /// The records that share their title with another one of their kind.
  private let namesakes: Set<Int>

  /// `further`: findings beside those of the catalog. `audience`: the circle that is told, by default that of the site.
  public init(
    _ catalog: Catalog, history: SiteHistory? = nil, further: [Diagnostic] = [], audience: Audience? = nil
  ) {
    self.catalog = catalog
    self.history = history
    var settings = catalog.configuration
    if let audience { settings.audience = audience }
    let audience = settings.audience
    self.audience = audience
    isHandOver = settings.handOver != nil
    let includes: @Sendable (Record) -> Bool = { [settings] in settings.includes($0) }
    self.includes = includes
    let records = Answers.sorted(catalog.records.filter(includes))
    let left = catalog.records.filter { !includes($0) }
    let gone = (history?.removed ?? []).filter { $0.edit.audience > audience }
    let edits = left.flatMap { history?.edits(of: $0) ?? [] } + gone.flatMap { [$0.edit] + $0.earlier }
    let hidden = HiddenNames(
      left, gone: gone.map(\.record), former: edits.flatMap(\.formerNames), published: records)
    silent = Set(
      edits.map(\.commit.id)
        + records.flatMap { history?.edits(of: $0) ?? [] }.filter { $0.audience > audience }.map(\.commit.id))
    let all = further.isEmpty ? catalog.diagnostics : (catalog.diagnostics + further).inOrder()
    // What is wrong here is none of a provider's business.
    publishersFindings = hidden.isEmpty ? all : all.filter { Answers.isPublished($0, catalog, includes, hidden) }
    findings = isHandOver ? [] : publishersFindings
    namesakes = Answers.namesakes(records)
    byBehaviour = Dictionary(grouping: records) { $0.kind.behaviour }
    let kinds = Set(catalog.schema.kinds.filter(\.isHoldable).map(\.id))
    holdable = records.filter { kinds.contains($0.kind.id) }
    dataProtection = Answers.dataProtection(catalog, records)
    book = ContactBook(catalog, includes)
    self.records = records
    self.hidden = hidden
    omission = Omission(catalog, isTold: includes)
  }

  /// The day that deadlines are counted from.
  public var today: CalendarDate { catalog.today }
  /// The language of the knowledge base.
  public var language: Language { catalog.configuration.language }

  /// Whether a record may be told of.
  public func isPublished(_ record: Record) -> Bool { includes(record) }

  /// The published records of a kind of behaviour.
  public func records(_ behaviour: Kind.Behaviour) -> [Record] { byBehaviour[behaviour] ?? [] }

  /// The published records that a record names in a role.
  public func records(_ role: Role, of record: Record) -> [Record] {
    catalog.records(role, of: record).filter(isPublished)
  }

  // MARK: Titles

  /// The order of titles in lists: letters before case, umlauts beside their vowels, numbers by their value.
  public static func sorted(_ records: [Record]) -> [Record] {
    var keyed: [(key: String, record: Record)] = records.map { (sortKey($0.title), $0) }
    keyed.sort { $0.key == $1.key ? $0.record.id < $1.record.id : $0.key < $1.key }
    return keyed.map { $0.record }
  }

  /// Whether another record of its kind has the same title: lists then tell them apart by their files.
  public func hasNamesake(_ record: Record) -> Bool { namesakes.contains(record.index) }

  private static func namesakes(_ records: [Record]) -> Set<Int> {
    struct Name: Hashable {
      let kind: ObjectIdentifier
      let title: String
    }
    var first: [Name: Int] = [:]
    first.reserveCapacity(records.count)
    var namesakes: Set<Int> = []
    for record in records {
      let name = Name(kind: ObjectIdentifier(record.kind), title: record.title)
      if let other = first.updateValue(record.index, forKey: name) { namesakes.formUnion([other, record.index]) }
    }
    return namesakes
  }

  // MARK: Findings

  /// Whether the site may show a finding: it must not be in a record that is not published, nor name one.
  private static func isPublished(
    _ finding: Diagnostic, _ catalog: Catalog, _ includes: (Record) -> Bool, _ hidden: HiddenNames
  ) -> Bool {
    return ([finding.path] + finding.notes.map(\.path)).allSatisfy {
      catalog.record(at: $0).map(includes) ?? true
    }
      && !hidden.areNamed(in: finding)
  }

  /// The findings to show on a record's page.
  public func findings(of record: Record) -> [Diagnostic] {
    let all = catalog.diagnostics(of: record)
    if isHandOver { return [] }
    return hidden.isEmpty ? Array(all) : all.filter { Answers.isPublished($0, catalog, includes, hidden) }
  }
}

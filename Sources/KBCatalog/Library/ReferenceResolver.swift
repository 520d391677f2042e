import KBDocument
import KBSchema
import KBSource

/// The search for the records that references point to, field by field and link by link.
struct ReferenceResolver {
  let records: [Record]
  let names: Names
  let attachments: [RepoPath: Snapshot.Attachment]
  let schema: Schema
  /// What is known of other knowledge bases; `nil` for one that is on its own.
  let neighbours: Neighbours?
  /// The circle that the site is made for.
  let audience: Audience
  let pathIndex: PathIndex
  /// Paths in any Unicode form: a name typed in composed letters finds the file that a Mac stored decomposed. (Strings
  /// are equal when they are canonically equivalent.)
  let pathForms: [String: RepoPath]
  /// The probable meaning of dead references; empty until those are known.
  private let near: [DeadReference: String]
  var found = Resolution()

  /// The targets of the references of one record.
  struct Resolution: Sendable {
    var relations: [Relation] = []
    /// The links of its body, in their order.
    var links: [Link] = []
    var diagnostics: [Diagnostic] = []
    /// The references that lead nowhere.
    var dead: [DeadReference] = []
  }

  /// A reference that leads nowhere, and the kinds it may lead to; any kind if the list is empty.
  struct DeadReference: Hashable, Sendable {
    let id: String
    let kinds: [String]
  }

  init(
    records: [Record], names: Names, attachments: [RepoPath: Snapshot.Attachment], settings: CatalogSettings,
    _ neighbours: Neighbours?, unread: [RepoPath: Snapshot.Unread]
  ) {
    self.neighbours = neighbours
    audience = settings.configuration.audience
    schema = settings.schema
    self.records = records
    self.names = names
    self.attachments = attachments
    let all = Array(names.byPath.keys) + Array(attachments.keys)
    pathIndex = PathIndex(all, unread: unread)
    pathForms = Dictionary(
      all.filter { !$0.string.utf8.allSatisfy { $0 < 0x80 } }.sorted().map { ($0.string, $0) },
      uniquingKeysWith: { first, _ in first })
    near = [:]
  }

  /// Creates a resolver that knows what dead references were probably meant to be.
  private init(_ resolver: ReferenceResolver, near: [DeadReference: String]) {
    records = resolver.records
    names = resolver.names
    attachments = resolver.attachments
    schema = resolver.schema
    neighbours = resolver.neighbours
    audience = resolver.audience
    pathIndex = resolver.pathIndex
    pathForms = resolver.pathForms
    self.near = near
  }

  /// Resolves the references of every record.
  ///
  /// Guessing what a dead reference was meant to be takes a pass over all names: it is done once for each dead reference,
  /// and the records with that reference are resolved again. `known`: the resolution of the record with a number, if known.
  func resolutions(known: @escaping @Sendable (Int) -> Resolution?) async throws -> [Resolution] {
    let first = try await records.concurrentMap { known($0.index) ?? firstResolution(of: $0) }
    let dead = Array(Set(first.flatMap(\.dead)))
    guard !dead.isEmpty else { return first }
    let names = NearNames(records)
    let found = try await dead.concurrentMap { names.nearest(to: $0) }
    let near = Dictionary(
      uniqueKeysWithValues: zip(dead, found).compactMap { reference, name in name.map { (reference, $0) } })
    guard !near.isEmpty else { return first }
    let resolver = ReferenceResolver(self, near: near)
    return try await zip(records, first).map { ($0, $1) }.concurrentMap { record, known in
      known.dead.contains { near[$0] != nil } ? resolver.firstResolution(of: record) : known
    }
  }

  /// Resolves the references of one record.
  func resolution(of record: Record) -> Resolution {
    let first = firstResolution(of: record)
    guard !first.dead.isEmpty else { return first }
    let names = NearNames(records)
    let near = Dictionary(
      first.dead.compactMap { reference in names.nearest(to: reference).map { (reference, $0) } },
      uniquingKeysWith: { name, _ in name })
    return ReferenceResolver(self, near: near).firstResolution(of: record)
  }

  /// Resolves a record's fields, then the links of its body, with what is known of dead references.
  private func firstResolution(of record: Record) -> Resolution {
    var resolver = self
    resolver.resolve(record)
    return resolver.found
  }

  private mutating func resolve(_ record: Record) {
    for field in record.fields where field.declaration.holdsReferences {
      resolve(field.value, field.declaration, field.declaration.name, nil, nil, record)
    }
    found.links.reserveCapacity(record.document.body.links.count)
    var mentioned: Set<Int> = [record.index]
    func mention(_ lead: Link, _ range: SourceRange) {
      guard case .record(let target, _) = lead, mentioned.insert(target).inserted else { return }
      found.relations.append(Relation.mention(of: target, in: record.index, at: range))
    }
    for link in record.fieldLinks { mention(resolve(link, in: record), link.range) }
    for link in record.document.body.links {
      let lead = resolve(link, in: record)
      mention(lead, link.range)
      found.links.append(lead)
    }
    reportStrayLinks(in: record)
    reportPartedPictures(in: record)
    reportLoneBrackets(in: record)
  }

  // MARK: Fields

  private mutating func resolve(
    _ value: Value, _ declaration: FieldDeclaration, _ name: String, _ context: Value?, _ outerRole: Role?,
    _ record: Record
  ) {
    switch value.content {
    case .list(let elements):
      guard case .list(let element) = declaration.type else { return }
      for value in elements { resolve(value, element, name, context, element.role ?? declaration.role, record) }
    case .object(let fields):
      for field in fields {
        resolve(
          field.value, field.declaration, "\(name).\(field.declaration.name)", value, field.declaration.role, record)
      }
    case .reference(let reference):
      resolve(reference, at: value.range, declaration, name, context, outerRole ?? declaration.role, record)
    default: break
    }
  }

  private mutating func resolve(
    _ reference: Reference, at range: SourceRange, _ declaration: FieldDeclaration, _ name: String, _ context: Value?,
    _ role: Role?, _ record: Record
  ) {
    let allowed: [String]
    switch declaration.type {
    case .reference(let kinds): allowed = kinds
    case .referenceOrText(let kinds): allowed = kinds
    default: return
    }
    if resolveShared(reference, at: range, declaration, allowed, record) { return }
    guard let target = names.index(of: reference.id) else {
      // Text is as good as a reference there.
      if case .referenceOrText = declaration.type { return }
      reportMissing(reference, at: range, allowed, record)
      return
    }
    let kind = records[target].kind
    let fits = ReferenceResolver.fits(kind, allowed)
    guard fits, reference.kind.map({ $0 == kind.id || $0 == kind.folder || $0 == neighbours?.id }) ?? true else {
      if case .referenceOrText = declaration.type { return }
      reportWrongKind(reference, at: range, allowed, records[target], declaration, record)
      return
    }
    if names.byID[reference.id] == nil { reportOldID(reference, at: range, records[target], record) }
    found.relations.append(
      Relation(
        source: record.index, target: target, declaration: declaration, name: name, range: range,
        context: context, role: role))
  }

  private static func fits(_ kind: Kind, _ allowed: [String]) -> Bool {
    allowed.isEmpty || allowed.contains(kind.id) || allowed.contains(kind.behaviour.rawValue)
  }

  /// Looks a reference up in the shared knowledge base, and returns whether it is meant.
  ///
  /// No relation follows: relations lead to records of this knowledge base.
  private mutating func resolveShared(
    _ reference: Reference, at range: SourceRange, _ declaration: FieldDeclaration, _ allowed: [String],
    _ record: Record
  ) -> Bool {
    let index = sharedIndex(reference)
    if let index, let kind = neighbours?.shared?.records[index].kind, ReferenceResolver.fits(kind, allowed) {
      return true
    }
    guard let prefix = reference.kind, meansShared(prefix) else { return false }
    if case .referenceOrText = declaration.type { return true }
    let written = "\(prefix)/\(reference.id)"
    if neighbours?.shared == nil {
      reportUnchecked(written, at: range, record)
    } else if let index, let target = neighbours?.shared?.records[index] {
      reportWrongKind(reference, at: range, allowed, target, declaration, record, isShared: true)
    } else {
      reportNotShared(written, at: range, ReferenceRules.missing, record)
    }
    return true
  }

  mutating func nearMiss(_ id: String, _ allowed: [String]) -> NearMiss {
    let reference = DeadReference(id: id, kinds: allowed)
    found.dead.append(reference)
    return NearMiss(id, nearest: near[reference], isOfRecords: true)
  }

  private mutating func reportMissing(
    _ reference: Reference, at range: SourceRange, _ allowed: [String], _ record: Record
  ) {
    let near = nearMiss(reference.id, allowed)
    let kinds = allowed.compactMap { schema[$0]?.label }
    let (german, english) = ReferenceResolver.alternatives(kinds)
    found.diagnostics.append(
      Diagnostic(
        ReferenceRules.missing, at: record.path, range,
        near.asked(
          after: Message(
            de:
              "es gibt keinen Eintrag\(when: !kinds.isEmpty, " der Art \(german)") mit der Kennung \(id: reference.id)",
            en: "there is no \(kinds.isEmpty ? "record" : english) called \(id: reference.id)")),
        remedy: near.remedy(
          else: Message(
            de: "den Eintrag anlegen oder den Verweis berichtigen", en: "create the record, or correct the reference")),
        fixes: near.fixes(at: range)))
  }

  private mutating func reportWrongKind(
    _ reference: Reference, at range: SourceRange, _ allowed: [String], _ target: Record,
    _ declaration: FieldDeclaration,
    _ record: Record, isShared: Bool = false
  ) {
    let (german, english) = ReferenceResolver.alternatives(allowed.compactMap { schema[$0]?.label })
    let near = nearMiss(reference.id, allowed)
    found.diagnostics.append(
      Diagnostic(
        ReferenceRules.wrongKind, at: record.path, range,
        Message(
          de:
            "\(code: reference.id, id: target.id) ist ein Eintrag der Art \(target.kind.label), erwartet ist \(german)",
          en:
            "\(code: reference.id, id: target.id) is of kind \(target.kind.label.english.lowercased()), but must be of kind \(english)"
        ),
        remedy: near.nearest.map {
          Message(de: "\(id: $0) verwenden, wenn das gemeint ist", en: "use \(id: $0) if that is meant")
        }
          ?? Message(de: "auf einen passenden Eintrag verweisen", en: "refer to a record that fits"),
        // A place in the other knowledge base is none here.
        notes: isShared
          ? [] : [Note(at: target.path, target.titleRange, Message(de: "das ist gemeint", en: "this is what it names"))]
      ))
  }

  private mutating func reportOldID(_ reference: Reference, at range: SourceRange, _ target: Record, _ record: Record) {
    found.diagnostics.append(
      Diagnostic(
        ReferenceRules.oldID, at: record.path, range,
        Message(
          de: "\(code: reference.id, id: target.id) heißt jetzt \(id: target)",
          en: "\(code: reference.id, id: target.id) is now called \(id: target)"),
        remedy: Message(de: "durch \(id: target) ersetzen", en: "replace with \(id: target)"),
        fixes: [FixIt(replacing: range, with: target.id, isSafe: true)]))
  }

  /// "system or process".
  private static func alternatives(_ kinds: [Message]) -> (german: Message.Text, english: Message.Text) {
    ("\(list: kinds.map { "\($0)" }, .or)", "\(list: kinds.map { "\($0.english.lowercased())" }, .or)")
  }
}

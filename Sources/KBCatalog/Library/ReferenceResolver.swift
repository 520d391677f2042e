import KBDocument
import KBSource

/// The search for the records that references point to, field by field and link by link.
struct ReferenceResolver {
  let records: [Record]
  let names: Names
  let attachments: [RepoPath: Snapshot.Attachment]
  let schema: Schema
  /// Paths in any Unicode form: a name typed in composed letters finds the file that a Mac stored decomposed. (Strings
  /// are equal when they are canonically equivalent.)
  private let pathForms: [String: RepoPath]
  /// The probable meaning of dead references; empty until those are known.
  private let near: [DeadReference: String]
  private var found = Resolution()

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
    records: [Record], names: Names, attachments: [RepoPath: Snapshot.Attachment], schema: Schema
  ) {
    self.records = records
    self.names = names
    self.attachments = attachments
    self.schema = schema
    let all = Array(names.byPath.keys) + Array(attachments.keys)
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
    guard let target = names.index(of: reference.id) else {
      // Text is as good as a reference there.
      if case .referenceOrText = declaration.type { return }
      reportMissing(reference, at: range, allowed, record)
      return
    }
    let kind = records[target].kind
    let fits = allowed.isEmpty || allowed.contains(kind.id) || allowed.contains(kind.behaviour.rawValue)
    guard fits, reference.kind.map({ $0 == kind.id || $0 == kind.folder }) ?? true else {
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

  private mutating func nearMiss(_ id: String, _ allowed: [String]) -> NearMiss {
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
            de: "den Eintrag anlegen, oder den Verweis berichtigen", en: "create the record, or correct the reference")),
        fixes: near.fixes(at: range)))
  }

  private mutating func reportWrongKind(
    _ reference: Reference, at range: SourceRange, _ allowed: [String], _ target: Record,
    _ declaration: FieldDeclaration,
    _ record: Record
  ) {
    let (german, english) = ReferenceResolver.alternatives(allowed.compactMap { schema[$0]?.label })
    let near = nearMiss(reference.id, allowed)
    found.diagnostics.append(
      Diagnostic(
        ReferenceRules.wrongKind, at: record.path, range,
        Message(
          de:
            "\(code: reference.id, id: target.id) ist ein Eintrag der Art \(target.kind.label), hier ist \(german) erlaubt",
          en:
            "\(code: reference.id, id: target.id) is of kind \(target.kind.label.english.lowercased()), and this field takes \(english)"
        ),
        remedy: near.nearest.map {
          Message(de: "\(id: $0) verwenden, wenn das gemeint ist", en: "use \(id: $0) if that is meant")
        }
          ?? Message(de: "auf einen passenden Eintrag verweisen", en: "refer to a record that fits"),
        notes: [Note(at: target.path, target.titleRange, Message(de: "das ist gemeint", en: "this is what it names"))]))
  }

  private mutating func reportOldID(_ reference: Reference, at range: SourceRange, _ target: Record, _ record: Record) {
    found.diagnostics.append(
      Diagnostic(
        ReferenceRules.oldID, at: record.path, range,
        Message(
          de: "\(code: reference.id, id: target.id) heißt heute \(id: target)",
          en: "\(code: reference.id, id: target.id) is called \(id: target) today"),
        remedy: Message(de: "durch \(id: target) ersetzen", en: "replace with \(id: target)"),
        fixes: [FixIt(replacing: range, with: target.id, isSafe: true)]))
  }

  // MARK: Links in bodies

  private mutating func resolve(_ link: Markdown.Link, in record: Record) -> Link {
    if link.kind == .wiki { return resolveWiki(link, in: record) }
    switch LinkAddress(link.destination) {
    case .web(let address):
      guard link.kind == .image else { return .external(address) }
      report(
        ReferenceRules.remoteImage, link, record,
        Message(
          de: "das Bild \(code: shortened(link.destination)) liegt im Internet",
          en: "the image \(code: shortened(link.destination)) is on the internet"),
        Message(
          de: "herunterladen, neben die Datei legen und mit ihrem Pfad nennen",
          en: "download it, put it beside the file and name its path"))
      return .refused
    case .contact(let address): return link.kind == .image ? .refused : .external(address)
    case .forbidden:
      report(
        ReferenceRules.forbiddenAddress, link, record,
        Message(
          de: "Links auf \(code: shortened(link.destination)) sind nicht erlaubt",
          en: "links to \(code: shortened(link.destination)) are not allowed"),
        Message(
          de: "eine Adresse mit https://, mailto: oder tel: verwenden, oder als Code schreiben",
          en: "use an address with https://, mailto: or tel:, or write it as code"))
      return .refused
    case .anchor(let anchor):
      guard !anchor.isEmpty else { return .anchor("") }
      return checked(.anchor(anchor), anchor, of: record, link, in: record)
    case .path(let path, let anchor): return resolvePath(path, anchor, link, in: record)
    }
  }

  private mutating func resolveWiki(_ link: Markdown.Link, in record: Record) -> Link {
    let address = WikiAddress(link.destination)
    let (name, anchor) = (address.name, address.anchor)
    if name.isEmpty, let anchor { return checked(.anchor(githubAnchor(anchor)), anchor, of: record, link, in: record) }
    guard let target = address.first(names.index(of:)) else {
      let near = nearMiss(address.id, [])
      report(
        ReferenceRules.unwritten, link, record,
        near.asked(
          after: Message(
            de: "einen Eintrag \(name: name, id: address.id) gibt es noch nicht",
            en: "there is no record \(name: name, id: address.id) yet")),
        Message(de: "den Eintrag anlegen, oder den Namen berichtigen", en: "create the record, or correct the name"))
      return .missing
    }
    guard let anchor, !anchor.isEmpty else { return .record(target, anchor: nil) }
    return checked(.record(target, anchor: githubAnchor(anchor)), anchor, of: records[target], link, in: record)
  }

  private mutating func resolvePath(_ written: String, _ anchor: String?, _ link: Markdown.Link, in record: Record)
    -> Link
  {
    guard let exact = record.path.resolving(written) else {
      // A path that climbs out of the knowledge base, or the root itself.
      return reportDead(link, record, isSiteLink: written.hasPrefix("/"))
    }
    let isKnown = names.byPath[exact] != nil || attachments[exact] != nil
    let path = isKnown || pathForms.isEmpty ? exact : pathForms[exact.string] ?? exact
    if link.kind != .image, let target = target(of: path) {
      guard let anchor, !anchor.isEmpty else { return .record(target, anchor: nil) }
      return checked(.record(target, anchor: anchor), anchor, of: records[target], link, in: record)
    }
    if let attachment = attachments[path] {
      guard AttachmentType.isPublished(path), attachment.isInert else {
        report(
          ReferenceRules.unsafeFile, link, record,
          Message(de: "\(code: path.name) würde ein Browser ausführen", en: "a browser would run \(code: path.name)"),
          Message(
            de: "als PDF, Bild oder Text ablegen, oder als ZIP packen",
            en: "store it as PDF, image or text, or pack it as ZIP"))
        return .refused
      }
      return .attachment(path)
    }
    return reportDead(link, record, isSiteLink: written.hasPrefix("/"))
  }

  /// Returns the record at a path: the file itself, without an ending, with `.html` as a site would write it, or a folder's index.
  private func target(of path: RepoPath) -> Int? {
    if let target = names.byPath[path] { return target }
    var stem = path.string
    if stem.hasSuffix(".html") { stem = String(stem.dropLast(5)) }
    let guesses = [
      "\(stem).md", "\(stem).html.md", "\(stem)/index.md", "\(stem)/index.html.md", "\(stem)/README.md",
      "\(stem)/_index.md",
    ]
    return guesses.lazy.compactMap { names.byPath[RepoPath(normalized: $0)] }.first
  }

  /// Returns the link if the heading that it names exists.
  private mutating func checked(
    _ lead: Link, _ anchor: String, of target: Record, _ link: Markdown.Link, in record: Record
  ) -> Link {
    let wanted = anchor.lowercased()
    let anchors = target.document.body.headings.map(\.anchor)
    // Capitals do not matter, as on GitHub; a browser needs the exact anchor.
    if let exact = anchors.first(where: { $0 == wanted || $0 == githubAnchor(anchor) }) {
      if case .record(let index, _) = lead { return .record(index, anchor: exact) }
      return .anchor(exact)
    }
    let near = NearMiss("#\(wanted)", nearest: NearMiss(wanted, among: anchors).nearest.map { "#\($0)" })
    report(
      ReferenceRules.deadAnchor, link, record,
      near.asked(
        after: Message(
          de: "\(target) hat keine Überschrift \(code: "#\(anchor)")",
          en: "\(target) has no heading \(code: "#\(anchor)")")),
      Message(de: "die Überschrift wählen, die gemeint ist", en: "choose the heading that is meant"))
    // The page still opens, at its top.
    if case .record(let index, _) = lead { return .record(index, anchor: nil) }
    return .missing
  }

  private mutating func reportDead(_ link: Markdown.Link, _ record: Record, isSiteLink: Bool) -> Link {
    let shown = shortened(link.destination)
    // Other generators look for images from the root; here, as on GitHub, a path starts at its file.
    if case .path(let written, _) = LinkAddress(link.destination), let fromRoot = RepoPath(written),
      attachments[fromRoot] != nil
    {
      report(
        ReferenceRules.missingFile, link, record,
        Message(
          de: "neben dieser Datei gibt es kein \(code: shown); meinten Sie \(code: "/\(fromRoot)")?",
          en: "there is no \(code: shown) beside this file; did you mean \(code: "/\(fromRoot)")?"),
        Message(de: "\(code: "/\(fromRoot)") schreiben", en: "write \(code: "/\(fromRoot)")"))
      return .missing
    }
    let name = RecordReader.derivedID(of: RepoPath(normalized: link.destination))
    let near = names.byID[name] != nil ? name : nearMiss(name, []).nearest
    if link.kind == .image {
      report(
        ReferenceRules.missingFile, link, record,
        Message(
          de: "das Bild \(code: shown, id: near ?? name) gibt es nicht",
          en: "there is no image \(code: shown, id: near ?? name)"),
        Message(de: "die Datei ablegen, oder den Pfad berichtigen", en: "add the file, or correct the path"))
      return .missing
    }
    let isFile =
      link.destination.contains(".") && !link.destination.contains(".md") && !link.destination.contains(".html")
    report(
      isFile ? ReferenceRules.missingFile : isSiteLink ? ReferenceRules.unwritten : ReferenceRules.deadLink, link,
      record,
      Message(
        de:
          "der Link \(code: shown, id: name) führt ins Leere\(near, { "; meinten Sie \(code: "[[\($0)]]", id: $0)?" })",
        en:
          "the link \(code: shown, id: name) leads nowhere\(near, { "; did you mean \(code: "[[\($0)]]", id: $0)?" })"),
      isSiteLink
        ? Message(
          de: "den Pfad von der Wurzel der Wissensbasis aus angeben, oder die ganze Adresse mit https://",
          en: "give the path from the root of the knowledge base, or the whole address with https://")
        : Message(
          de: "den Pfad von dieser Datei aus angeben, oder \(code: "[[kennung]]") schreiben",
          en: "give the path from this file, or write \(code: "[[id]]")"))
    return .missing
  }

  private mutating func report(
    _ rule: Rule, _ link: Markdown.Link, _ record: Record, _ message: Message, _ remedy: Message
  ) {
    let body = record.document.body.range
    let range = link.range.count > 0 ? link.range : SourceRange(Int(body.lower), Int(body.lower))
    found.diagnostics.append(Diagnostic(rule, at: record.path, range, message, remedy: remedy))
  }

  /// "system or process".
  private static func alternatives(_ kinds: [Message]) -> (german: Message.Text, english: Message.Text) {
    ("\(list: kinds.map { "\($0)" }, .or)", "\(list: kinds.map { "\($0.english.lowercased())" }, .or)")
  }

  private func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(57) + "..." : text }
}

import KBDocument
import KBSchema
import KBSource
import KBYAML

/// The reading of a document as a record: kind from the folder, fields by their types, id from the file's name.
struct RecordReader {
  let schema: Schema
  let configuration: Configuration
  let today: CalendarDate

  /// A record without its final place and id.
  struct Draft: Sendable {
    var kind: Kind
    var id: String
    var idRange: SourceRange
    var hasDerivedID: Bool
    var title: String
    var titleRange: SourceRange
    var document: Document
    var fields: [Field]
    var extras: [YAMLNode.Entry]
    var isDescribed: Bool
    var lifecycle: Lifecycle
    var language: Language
    var audience: Audience
    var headingIsTitle: Bool
    var diagnostics: [Diagnostic]
  }

  func read(_ document: Document) -> Draft {
    let kind = kind(of: document.path)
    var reader = FieldReader(
      path: document.path, currency: configuration.currency, country: configuration.country)
    let (fields, extras) = reader.read(document.frontMatter?.mapping ?? []) { kind.field(named: $0) }
    let isDescribed = RecordReader.isDescribed(fields, kind)
    let text: (FieldDeclaration?) -> (String, SourceRange)? = { declaration in
      guard let value = declaration.flatMap({ fields.value(of: $0) }) else { return nil }
      if case .invalid(let text) = value.content { return text.isEmpty ? nil : (text, value.range) }
      return value.text.flatMap { $0.isEmpty ? nil : ($0, value.range) }
    }
    let language = choice(.language, fields, kind).flatMap { Language(rawValue: $0) } ?? configuration.language
    // Rarely needed: most files say their title.
    func fallback() -> String { FileTitle(RecordReader.name(of: document.path), language).text }
    let start = SourceRange(Int(document.body.range.lower), Int(document.body.range.lower))
    let (title, titleRange) =
      text(kind.titleField) ?? document.body.titleHeading.map { ($0.text, $0.range) } ?? (fallback(), start)
    var id = text(kind.idField)
    if let written = id, !RecordReader.isValid(id: written.0) {
      let proposal = slug(written.0)
      reader.report(
        FormRules.badID, written.1,
        Message(
          de: "\(code: written.0) ist als Kennung nicht erlaubt", en: "\(code: written.0) is not allowed as an id"),
        Message(
          de: RecordReader.isValid(id: proposal)
            ? "\(code: proposal) schreiben, oder die Zeile löschen: dann gilt der Dateiname"
            : "die Zeile löschen: dann gilt der Dateiname",
          en: RecordReader.isValid(id: proposal)
            ? "write \(code: proposal), or delete the line: then the file name is used"
            : "delete the line: then the file name is used"))
      id = nil
    }
    let derived = RecordReader.derivedID(of: document.path)
    if id == nil, isReservedOnWindows(derived) {
      reader.report(
        FormRules.badID, start,
        Message(
          de: "\(code: derived) ist unter Windows kein gültiger Dateiname",
          en: "\(code: derived) is not a valid file name on Windows"),
        Message(de: "die Datei umbenennen", en: "rename the file"))
    }
    let shown = RecordReader.shown(title: title.trimmingBlanks().isEmpty ? fallback() : title.trimmingBlanks())
    if text(kind.titleField) == nil, shown.hasSuffix("…"), shown != title { reader.reportLongHeading(titleRange) }
    var draft = Draft(
      kind: kind, id: id?.0 ?? derived, idRange: id?.1 ?? titleRange, hasDerivedID: id == nil,
      title: shown, titleRange: titleRange,
      document: document,
      fields: fields, extras: extras, isDescribed: isDescribed, lifecycle: lifecycle(fields, kind),
      language: language,
      audience: audience(fields, kind),
      headingIsTitle: document.body.titleHeading?.text == title, diagnostics: reader.diagnostics)
    if let handOver = configuration.handOver { hand(&draft, over: handOver) }
    return draft
  }

  /// Who may read a record: what it says, else what its kind says of records that say nothing.
  private func audience(_ fields: [Field], _ kind: Kind) -> Audience {
    if let written = choice(.audience, fields, kind).flatMap({ Audience(rawValue: $0) }) { return written }
    let usual = kind.field(.audience)?.defaultText.flatMap { Audience(rawValue: $0) } ?? .internal
    // A value that can't be read was meant to say something.
    let isWritten = fields.contains { $0.declaration.role == .audience }
    return isWritten ? max(usual, .internal) : usual
  }

  /// Leaves out what is not handed over: some fields, keys that no kind knows, and the prose of contracts.
  private func hand(_ draft: inout Draft, over handOver: HandOver) {
    draft.fields = handOver.reduced(draft.fields)
    draft.extras = []
    guard draft.kind.behaviour == .contract else { return }
    draft.document.body.events = []
    draft.document.body.headings = []
    draft.document.body.links = []
    draft.document.body.codeBlocks = []
  }

  /// The most characters of a title that other pages repeat.
  fileprivate static let longestTitle = 200

  private static func shown(title: String) -> String {
    guard title.utf8.count > longestTitle, title.count > longestTitle else { return title }
    return title.prefix(longestTitle) + "…"
  }

  // MARK: Kind and id

  /// Returns the kind whose folder holds the file; the longest folder counts, `kb.yml` before the kinds.
  private func kind(of path: RepoPath) -> Kind {
    var best: (length: Int, kind: Kind)?
    for (folder, id) in configuration.folders {
      guard let kind = schema[id], RecordReader.holds(folder, path), folder.utf8.count > best?.length ?? -1 else {
        continue
      }
      best = (folder.utf8.count, kind)
    }
    if let best { return best.kind }
    for kind in schema.kinds where RecordReader.holds(kind.folder, path) && kind.folder.utf8.count > best?.length ?? -1
    {
      best = (kind.folder.utf8.count, kind)
    }
    return best?.kind ?? schema.page
  }

  private static func holds(_ folder: String, _ path: RepoPath) -> Bool {
    folder == "."
      || (path.string.hasPrefix(folder) && path.string.utf8.dropFirst(folder.utf8.count).first == UInt8(ascii: "/"))
  }

  /// The file's name without `.md` and without a second ending such as `.html`.
  static func stem(of path: RepoPath) -> String {
    // A blank that nobody sees may follow the ending.
    var name = String(path.name).trimmingBlanks()[...].utf8
    for ending in [".md", ".markdown", ".html"] where name.count > ending.utf8.count {
      let rest = name.dropLast(ending.utf8.count)
      if isEqual(name[rest.endIndex...], ending) { name = rest }
    }
    return String(Substring(name))
  }

  /// Whether a text is a word of small letters of ASCII, in whatever case.
  private static func isEqual(_ text: some Collection<UInt8>, _ word: String) -> Bool {
    text.lazy.map(\.asciiLowercased).elementsEqual(word.utf8)
  }

  /// The file's name; the folder's for an index file.
  private static func name(of path: RepoPath) -> String {
    let stem = stem(of: path)
    guard isIndex(stem: stem), let folder = path.components.dropLast().last else { return stem }
    return String(folder)
  }

  /// Whether the file gives its folder's name to its record.
  static func isIndex(_ path: RepoPath) -> Bool { isIndex(stem: stem(of: path)) }

  private static func isIndex(stem: String) -> Bool {
    ["index", "readme", "_index"].contains { isEqual(stem.utf8, $0) }
  }

  /// The id that the path gives: the file's name; the folder's for an index file.
  static func derivedID(of path: RepoPath) -> String {
    let id = slug(name(of: path))
    return id.isEmpty ? "record-\(hexadecimal(path.string))" : id
  }

  /// The id that the whole path gives, for a file whose name is not enough.
  static func pathID(of path: RepoPath) -> String {
    let parts = path.folder.split(separator: "/").map(String.init) + [stem(of: path)]
    let whole = parts.map(slug).filter { !$0.isEmpty }.joined(separator: "-")
    guard whole.utf8.count > 63 || whole.isEmpty else { return whole }
    return String(decoding: whole.utf8.suffix(54).drop { $0 == UInt8(ascii: "-") }, as: UTF8.self) + "-"
      + hexadecimal(path.string)
  }

  static func isValid(id: String) -> Bool {
    !id.isEmpty && id.utf8.count <= 63 && id.utf8.allSatisfy(\.isIDCharacter) && !isReservedOnWindows(id)
      && id.utf8.first != UInt8(ascii: "-") && id.utf8.last != UInt8(ascii: "-")
  }

  /// A stable short name for a text (FNV-1a, 32 bits).
  private static func hexadecimal(_ text: String) -> String {
    String(text.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }, radix: 16)
  }

  // MARK: Meaning of the fields

  /// Fields that any Markdown generator writes say nothing about a description.
  private static let foreign: Set<String> = [
    "title", "id", "tags", "summary", "aliases", "lang", "links", "status", "type",
  ]

  private static func isDescribed(_ fields: [Field], _ kind: Kind) -> Bool {
    kind.allowsAnyKey
      || fields.contains {
        !foreign.contains($0.declaration.name) || ($0.declaration.name == "type" && !$0.value.isInvalid)
      }
  }

  private func choice(_ role: Role, _ fields: [Field], _ kind: Kind) -> String? {
    guard let declaration = kind.field(role) else { return nil }
    return fields.value(of: declaration)?.choice?.value
  }

  /// From the status; without one from the state of a topic, or from the dates of a person.
  private func lifecycle(_ fields: [Field], _ kind: Kind) -> Lifecycle {
    func value(_ role: Role) -> Value? {
      guard let declaration = kind.field(role) else { return nil }
      return fields.value(of: declaration)
    }
    if let means = value(.status)?.choice?.means ?? value(.topicState)?.choice?.means { return means }
    if let until = value(.activeUntil)?.date, until < today { return .retired }
    if let from = value(.activeFrom)?.date, from > today { return .planned }
    return .active
  }
}

extension FieldReader {
  /// Reports a heading that is shown cut as a title.
  fileprivate mutating func reportLongHeading(_ range: SourceRange) {
    report(
      FormRules.badValue, range,
      Message(
        de: "diese Überschrift ist als Titel zu lang: gezeigt werden \(RecordReader.longestTitle) Zeichen",
        en: "this heading is too long for a title: \(RecordReader.longestTitle) characters are shown"),
      Message(de: "sie kürzen oder \(code: "title") setzen", en: "shorten it, or set \(code: "title")"))
  }
}

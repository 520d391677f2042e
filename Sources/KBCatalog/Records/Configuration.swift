import KBDocument
public import KBSchema
public import KBSource
import KBYAML

/// The settings in `kb.yml`; every key has a default.
public struct Configuration: Sendable {
  /// The name of the knowledge base; by default in its language.
  public var title: String {
    get { ownTitle ?? Message(de: "IT-Wissen", en: "IT Knowledge")[language] }
    set { ownTitle = newValue }
  }
  private var ownTitle: String?
  public var language = Language.german
  /// ISO 4217.
  public var currency = "EUR"
  /// What a unit of other currencies is worth in `currency`.
  public var rates: [String: Double] = [:]
  /// The country of phone numbers without a calling code.
  public var country = Country.germany
  /// The widest circle that a site is made for: records for a smaller one are left out.
  public var audience = Audience.internal
  /// The provider's part, where the site is handed over to one.
  public var handOver: HandOver?
  /// Folder to kind.
  public var folders: [(folder: String, kind: String)] = []
  /// Where the site will be served, for the sitemap.
  public var baseURL: String?
  /// Pattern of the address that edits a file; `{path}` becomes its path.
  public var editURL: String?
  public var synonyms: [[String]] = []
  /// Links beside the built-in navigation.
  public var navigation: [(title: String, url: String)] = []
  /// Severities for the whole knowledge base, then for paths; the last one that fits counts.
  public var severities: [SeverityRule] = []
  /// The systems that one needs in order to get help.
  public var helpers: [Helper] = []
  /// Who is responsible for the processing of personal data.
  public var controller: Controller?
  /// The knowledge bases that this one, an overview, brings together.
  public var members: [Member] = []
  public private(set) var diagnostics: [Diagnostic] = []

  /// A system that one needs in order to get help, such as the phones.
  public struct Helper: Sendable {
    /// Its key in `kb.yml`.
    public let key: String
    /// What it is called: its own title, else the label of its key.
    public let title: Message
    /// The id of the system.
    public let system: String
    package let range: SourceRange
    /// How to do without.
    public let instead: String?
  }

  /// The company that is responsible for the processing of personal data, as Art. 30(1)(a) GDPR wants it named.
  public struct Controller: Sendable {
    public let name: String
    /// Its address, and how to reach it.
    public let details: [String]
    public let representative: String?
    /// The id of the data protection officer, with its place.
    public let dataProtection: (id: String, range: SourceRange)?
  }

  /// A severity for some rules in some files; no severity switches them off.
  public struct SeverityRule: Sendable {
    public var paths: PathPattern?
    /// A code, `group/*`, or `*`.
    public var code: String
    public var severity: Severity?

    func applies(to rule: Rule, _ path: RepoPath) -> Bool {
      (code == "*" || code == rule.code || (code.hasSuffix("/*") && rule.code.hasPrefix(code.dropLast())))
        && paths.map { $0.matches(path) } ?? true
    }
  }

  public init() {}

  /// Reads `kb.yml`. What is wrong becomes a finding, and its default counts.
  public init(reading file: SourceFile, schema: Schema) {
    let yaml = YAMLFile(parsing: file)
    diagnostics = yaml.diagnostics
    guard let root = yaml.root else { return }
    var reader = FieldReader(path: file.path)
    let declarations = Configuration.declarations
    let (fields, extras) = reader.read(root.mapping ?? []) { declarations.named($0) }
    for extra in extras where !extra.key.hasPrefix("x-") {
      reader.reportUnknownKey(extra, declarations.map(\.name), in: "kb.yml")
    }
    for field in fields { apply(field, schema, &reader) }
    diagnostics += reader.diagnostics
  }

  /// The keys of `kb.yml`, declared like the fields of a kind.
  public static let declarations = FieldDeclaration.declared(inTemplate: "config.yml")

  private mutating func apply(_ field: Field, _ schema: Schema, _ reader: inout FieldReader) {
    let value = field.value
    switch field.declaration.name {
    case "title": title = value.text ?? title
    case "language": language = value.choice.flatMap { Language(rawValue: $0.value) } ?? language
    case "currency": readCurrency(value, &reader)
    case "rates": readRates(value, &reader)
    case "country": country = value.choice.flatMap { Country($0.value) } ?? country
    case "audience": audience = value.choice.flatMap { Audience(rawValue: $0.value) } ?? audience
    case "base_url": baseURL = value.text
    case "edit": readEditURL(value, &reader)
    case "synonyms": readSynonyms(value, &reader)
    case "helpers":
      helpers = (value.fields ?? []).compactMap { field in
        guard let system = field.value["system"], let id = system.text else { return nil }
        return Helper(
          key: field.declaration.name,
          title: field.value["title"]?.text.map { Message(verbatim: $0) } ?? field.declaration.label, system: id,
          range: system.range, instead: field.value["instead"]?.text)
      }
    case "controller":
      guard let name = value["name"]?.text else { return Configuration.reportIncomplete(value, ["name"], &reader) }
      controller = Controller(
        name: name, details: ["address", "contact"].compactMap { value[$0]?.text },
        representative: value["representative"]?.text,
        dataProtection: value["data_protection"].flatMap { id in id.text.map { ($0, id.range) } })
    case "navigation":
      navigation = (value.list ?? []).compactMap { link in
        guard let title = link["title"]?.text, let url = link["url"]?.text else {
          Configuration.reportIncomplete(link, ["title", "url"], &reader)
          return nil
        }
        return (title, url)
      }
    case "members": members = Member.read(value, &reader)
    case "folders":
      for entry in value.fields ?? [] {
        if let kind = entry.value.text { readFolder(entry, kind, schema, &reader) }
      }
    case "rules": severities = severityRules(value, for: nil, &reader) + severities
    case "paths":
      for entry in value.list ?? [] {
        guard let pattern = entry["path"]?.text, let rules = entry["rules"] else {
          Configuration.reportIncomplete(entry, ["path", "rules"], &reader)
          continue
        }
        severities += severityRules(rules, for: PathPattern(pattern), &reader)
      }
    default: break
    }
  }

  private mutating func readEditURL(_ value: Value, _ reader: inout FieldReader) {
    editURL = value.text
    if let text = value.text, !text.contains("{path}") {
      reader.report(
        FormRules.badValue, value.range,
        Message(
          de: "in der Adresse zum Bearbeiten fehlt \(code: "{path}"): jeder Link führte zur selben Seite",
          en: "the address for editing lacks \(code: "{path}"): every link would lead to the same page"),
        Message(
          de: "\(code: "{path}") dorthin schreiben, wo der Pfad der Datei hingehört",
          en: "write \(code: "{path}") where the file's path goes"))
    }
  }

  /// An entry that does nothing, since it is not whole.
  static func reportIncomplete(_ entry: Value, _ names: [String], _ reader: inout FieldReader) {
    let missing = names.filter { entry[$0] == nil }
    // A value that can't be read has its own finding.
    guard !missing.isEmpty, !entry.isInvalid else { return }
    reader.report(
      FormRules.missing, entry.range,
      Message(
        de: "hier \(missing.count == 1 ? "fehlt" : "fehlen") \(codes: missing): der Eintrag bewirkt nichts",
        en: "\(codes: missing) \(missing.count == 1 ? "is" : "are") missing here: the entry does nothing"),
      Message(
        de: "ergänzen oder den Eintrag löschen", en: "add it, or delete the entry"))
  }

  private mutating func readCurrency(_ value: Value, _ reader: inout FieldReader) {
    guard let text = value.text else { return }
    guard text.utf8.count == 3, text.utf8.allSatisfy(\.isASCIIUppercase) else {
      return reader.report(
        FormRules.badValue, value.range,
        Message(de: "\(code: text) ist kein Währungskürzel", en: "\(code: text) is not a currency code"),
        Message(
          de: "drei Großbuchstaben schreiben (ISO 4217): EUR, CHF, USD",
          en: "write three capitals (ISO 4217): EUR, CHF, USD"))
    }
    currency = text
  }

  private mutating func readRates(_ value: Value, _ reader: inout FieldReader) {
    for entry in value.fields ?? [] {
      let code = entry.declaration.name
      guard code.utf8.count == 3, code.utf8.allSatisfy(\.isASCIIUppercase) else {
        reader.report(
          FormRules.badValue, entry.keyRange,
          Message(de: "\(code: code) ist kein Währungskürzel", en: "\(code: code) is not a currency code"),
          Message(
            de: "drei Großbuchstaben schreiben (ISO 4217): EUR, CHF, USD",
            en: "write three capitals (ISO 4217): EUR, CHF, USD"))
        continue
      }
      guard let rate = entry.value.decimal else { continue }
      guard rate > 0, rate < 1_000_000 else {
        reader.report(
          FormRules.badValue, entry.value.range,
          Message(de: "ein Kurs muss größer als null sein", en: "a rate must be greater than zero"),
          Message(
            de: "den Wert einer Einheit in der eigenen Währung angeben, etwa \(code: "0.92")",
            en: "give the value of one unit in your currency, such as \(code: "0.92")"))
        continue
      }
      rates[code] = rate
    }
  }

  private mutating func readSynonyms(_ value: Value, _ reader: inout FieldReader) {
    for group in value.list ?? [] {
      let words = (group.list ?? []).compactMap(\.text)
      guard words.count > 1 else {
        let word = words.first ?? "..."
        reader.report(
          FormRules.badValue, group.range,
          Message(
            de: "ein Synonym braucht mindestens zwei Wörter", en: "a synonym needs at least two words"),
          Message(
            de: "Wörter, die dasselbe heißen, in eine Liste schreiben: \(code: "[[\(word), ...]]")",
            en: "write words that mean the same into one list: \(code: "[[\(word), ...]]")"))
        continue
      }
      if words.count > Configuration.mostSynonyms {
        reader.report(
          FormRules.badValue, group.range,
          Message(
            de: "die Liste hat \(words.count) Synonyme, erlaubt sind \(Configuration.mostSynonyms)",
            en: "the list has \(words.count) synonyms, but only \(Configuration.mostSynonyms) are allowed"),
          Message(
            de: "die Liste teilen; weitere Wörter zählen nicht", en: "split the list; further words do not count"))
      }
      synonyms.append(Array(words.prefix(Configuration.mostSynonyms)))
    }
  }

  /// The number of words that may mean the same: each of them is looked up for each.
  private static let mostSynonyms = 100

  private mutating func readFolder(_ entry: Field, _ kind: String, _ schema: Schema, _ reader: inout FieldReader) {
    if schema[kind] == nil {
      let near = NearMiss(kind, among: schema.kinds.map(\.id))
      let all = schema.kinds.map(\.id)
      reader.report(
        FormRules.unknownValue, entry.value.range,
        Message(de: "es gibt keine Art \(code: kind)", en: "there is no kind \(code: kind)"),
        near.remedy(else: Message(de: "\(codes: all, .or) eintragen", en: "use \(codes: all, .or)")),
        fixes: near.fixes(at: entry.value.range))
    }
    let name = entry.declaration.name
    guard let folder = name == "." ? "." : RepoPath(name)?.string else {
      return reader.report(
        FormRules.badValue, entry.keyRange,
        Message(
          de: "\(code: name) ist kein Ordner dieser Wissensbasis",
          en: "\(code: name) is not a folder of this knowledge base"),
        Message(
          de: "den Pfad von der Wurzel aus schreiben, ohne \(code: "/") am Anfang und ohne \(code: "..")",
          en: "write the path from the root, without \(code: "/") at its start and without \(code: "..")"))
    }
    folders.append((folder, kind))
  }

  private func severityRules(_ value: Value, for paths: PathPattern?, _ reader: inout FieldReader) -> [SeverityRule] {
    (value.fields ?? []).compactMap { entry in
      let code = entry.declaration.name
      let isKnown =
        code == "*"
        || Rule.codes.contains { $0 == code || (code.hasSuffix("/*") && $0.hasPrefix(code.dropLast())) }
      if !isKnown {
        reader.report(
          FormRules.unknownKey, entry.keyRange,
          NearMiss(code, among: Rule.codes).asked(
            after: Message(de: "es gibt keine Regel \(code: code)", en: "there is no rule \(code: code)")),
          Message(de: "\(code: "kb explain") zählt alle Regeln auf", en: "\(code: "kb explain") lists all rules"))
      }
      guard let word = entry.value.choice?.value else { return nil }
      return SeverityRule(paths: paths, code: code, severity: Severity(rawValue: word))
    }
  }

  /// The finding with the severity that counts here; `nil` when the rule is off.
  public func adjusted(_ diagnostic: Diagnostic) -> Diagnostic? {
    guard let rule = severities.last(where: { $0.applies(to: diagnostic.rule, diagnostic.path) }) else {
      return diagnostic
    }
    guard let severity = rule.severity else { return nil }
    var diagnostic = diagnostic
    diagnostic.severity = severity
    return diagnostic
  }
}

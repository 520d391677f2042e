import KBDocument
import KBSchema
package import KBSource
import KBYAML

/// Reads a questionnaire, and says what is wrong with its file.
package struct QuestionnaireReader {
  private(set) var questionnaire: Questionnaire?
  package private(set) var diagnostics: [Diagnostic]
  private let path: RepoPath

  static let invalid = Rule("schema/evidence")

  package init(_ file: SourceFile) {
    path = file.path
    let yaml = YAMLFile(parsing: file)
    diagnostics = yaml.diagnostics
    guard let root = yaml.root else { return }
    guard let id = root["evidence"]?.scalar, !id.isEmpty, id.utf8.allSatisfy(\.isIDCharacter) else {
      report(
        root["evidence"]?.range ?? SourceRange(0, 0),
        Message(de: "der Fragebogen hat keinen Namen", en: "the questionnaire has no name"),
        Message(
          de: "\(code: "evidence: name") in Kleinbuchstaben ergänzen", en: "add \(code: "evidence: name") in lower case"
        ))
      return
    }
    checkKeys(root, ["evidence", "label", "lead", "questions"])
    let questions = (root["questions"]?.sequence ?? []).enumerated().map { question($1, number: $0 + 1) }
    if questions.isEmpty {
      report(
        root["questions"]?.range ?? root["evidence"]?.range ?? SourceRange(0, 0),
        Message(de: "der Fragebogen enthält keine Fragen", en: "the questionnaire has no questions"),
        Message(de: "Fragen unter \(code: "questions") ergänzen", en: "add questions below \(code: "questions")"))
    }
    questionnaire = Questionnaire(
      id: id, label: root["label"]?.message ?? Message(verbatim: id), lead: root["lead"]?.message ?? Message(""),
      questions: questions)
  }

  private mutating func question(_ node: YAMLNode, number: Int) -> Questionnaire.Question {
    checkKeys(node, ["id", "ask", "queries"])
    let nodes = node["queries"]?.sequence ?? []
    let id = node["id"]?.scalar ?? String(number)
    if nodes.isEmpty {
      report(
        node.range, Message(de: "die Frage \(code: id) fragt nichts ab", en: "question \(code: id) queries nothing"),
        Message(
          de: "unter \(code: "queries") mindestens eine Abfrage ergänzen, etwa \(code: "{each: system, needs: [rto]}")",
          en: "add a query below \(code: "queries"), such as \(code: "{each: system, needs: [rto]}")"))
    }
    return Questionnaire.Question(
      id: id, ask: node["ask"]?.message ?? Message(verbatim: id), queries: nodes.compactMap { query($0) })
  }

  private mutating func query(_ node: YAMLNode) -> EvidenceQuery? {
    checkKeys(node, ["each", "some", "none", "least", "where", "needs", "rules"])
    guard let kind = node["each"] ?? node["some"] ?? node["none"], let name = kind.scalar else {
      report(
        node.range, Message(de: "die Abfrage nennt keine Einträge", en: "the query names no records"),
        Message(
          de:
            "mit \(code: "each: system") alle, mit \(code: "some: system") mindestens einen, mit \(code: "none: system") keinen verlangen",
          en:
            "ask for all with \(code: "each: system"), for at least one with \(code: "some: system"), for none with \(code: "none: system")"
        ))
      return nil
    }
    let behaviour = Kind.Behaviour(rawValue: name)
    if behaviour == nil, name != "record" {
      report(
        kind.range,
        Message(de: "\(code: name) ist keine Rolle einer Art", en: "\(code: name) is not the role of a kind"),
        Message(
          de: "\(codes: ["record"] + Kind.Behaviour.allCases.map(\.rawValue), .or) angeben",
          en: "use \(codes: ["record"] + Kind.Behaviour.allCases.map(\.rawValue), .or)"))
      return nil
    }
    let rules = node["rules"]?.scalars ?? []
    for rule in rules where !Rule.codes.contains(rule.scalar ?? "") {
      report(
        rule.range,
        Message(
          de: "die Regel \(code: rule.scalar ?? "") gibt es nicht", en: "there is no rule \(code: rule.scalar ?? "")"),
        Message(de: "\(code: "kb explain") nennt alle", en: "\(code: "kb explain") lists all"))
    }
    return EvidenceQuery(
      extent: node["each"] != nil ? .each : node["some"] != nil ? .some(max(1, node["least"]?.integer ?? 1)) : .none,
      behaviour: behaviour,
      conditions: needs(node["where"]), needs: needs(node["needs"]), rules: rules.compactMap(\.scalar))
  }

  private mutating func needs(_ node: YAMLNode?) -> [EvidenceNeed] {
    (node?.scalars ?? []).compactMap { scalar in
      let text = scalar.scalar ?? ""
      if let need = EvidenceNeed(text) { return need }
      report(
        scalar.range, Message(de: "\(code: text) ist keine Bedingung", en: "\(code: text) is not a condition"),
        Message(
          de:
            "die Rolle eines Feldes nennen: \(code: "rto"), \(code: "mfa=enforced"), \(code: "tested<=12M"), \(code: "<-handles")",
          en:
            "name the role of a field: \(code: "rto"), \(code: "mfa=enforced"), \(code: "tested<=12M"), \(code: "<-handles")"
        ))
      return nil
    }
  }

  private mutating func checkKeys(_ node: YAMLNode, _ known: [String]) {
    for entry in node.mapping ?? [] where !known.contains(entry.key) && !entry.key.hasPrefix("x-") {
      report(
        entry.keyRange, Message(de: "unbekannter Schlüssel \(code: entry.key)", en: "unknown key \(code: entry.key)"),
        Message(de: "\(codes: known, .or) verwenden", en: "use \(codes: known, .or)"))
    }
  }

  private mutating func report(_ range: SourceRange, _ message: Message, _ remedy: Message) {
    diagnostics.append(Diagnostic(QuestionnaireReader.invalid, at: path, range, message, remedy: remedy))
  }
}

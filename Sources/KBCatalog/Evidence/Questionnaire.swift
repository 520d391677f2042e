import KBDocument
public import KBSchema
public import KBSource

/// A list of questions that somebody outside asks, and the records that answer each of them.
public struct Questionnaire: Sendable {
  /// One question.
  public struct Question: Sendable {
    /// Its number or short name in the paper that it is from.
    public let id: String
    /// What is asked, in our own words.
    public let ask: Message
    /// What must hold for it to be answered.
    public let queries: [EvidenceQuery]
  }

  public let id: String
  public let label: Message
  public let lead: Message
  public let questions: [Question]

  /// The questionnaires that come with kb, then those of the knowledge base; one of the same name takes the place of ours.
  public static func all(_ library: Library) -> [Questionnaire] {
    var found = EmbeddedTemplates.files.filter { $0.path.hasPrefix("evidence/") }.map { path, text in
      SourceFile(path: RepoPath(normalized: path), bytes: Array(text.description.utf8))
    }.sorted { $0.path < $1.path }.compactMap { QuestionnaireReader($0).questionnaire }
    for file in own(library) {
      guard let read = QuestionnaireReader(file).questionnaire else { continue }
      if let index = found.firstIndex(where: { $0.id == read.id }) { found[index] = read } else { found.append(read) }
    }
    return found
  }

  /// The files of the knowledge base's own questionnaires.
  package static func own(_ library: Library) -> [SourceFile] {
    library.otherFiles.values.filter { FileRole($0.path) == .evidence }.sorted { $0.path < $1.path }
  }
}

/// What records must say for a question to be answered.
public struct EvidenceQuery: Sendable {
  public enum Extent: Sendable {
    /// Every record that is meant has to meet the needs.
    case each
    /// At least some number of them.
    case some(Int)
    /// None of them may break the rules; one that does not proves nothing.
    case none
  }

  public let extent: Extent
  /// The kinds of record that are meant; `nil` for all.
  public let behaviour: Kind.Behaviour?
  /// Which of them are meant.
  public let conditions: [EvidenceNeed]
  /// What they must say.
  public let needs: [EvidenceNeed]
  /// The rules that they must not break.
  public let rules: [String]
}

/// One thing that a record must say, or one of several.
///
/// Written `rto`, `mfa=enforced|optional`, `tested<=12M`, `<-handles`, or with `or` between several of them; after `else` what excuses
/// a record that does not say it, such as `backup-by else backup-none`.
public struct EvidenceNeed: Sendable {
  public enum Way: Sendable {
    /// The role has a value; a reference leads to a record that is not retired.
    case present(Role)
    case oneOf(Role, [String])
    case noneOf(Role, [String])
    /// The day is at most so long ago.
    case within(Role, CalendarDuration)
    /// A record in use points here with the role.
    case pointedAt(Role)
    /// The record was confirmed, and the confirmation still holds.
    case confirmed
    /// A runbook in use helps when it is down.
    case outageRunbook
  }

  public let ways: [Way]
  /// What excuses a record that does not meet the need; it is then no proof, but an exception with a reason.
  public let excuse: Way?
  /// As it is written.
  public let written: String

  public init?(_ text: String) {
    written = text
    let parts = text.components(separatedBy: " else ")
    guard parts.count <= 2 else { return nil }
    var ways: [Way] = []
    for part in parts[0].components(separatedBy: " or ") {
      guard let way = Way(part) else { return nil }
      ways.append(way)
    }
    self.ways = ways
    guard parts.count == 2 else {
      excuse = nil
      return
    }
    guard let way = Way(parts[1]) else { return nil }
    excuse = way
  }
}

extension EvidenceNeed.Way {
  fileprivate init?(_ text: String) {
    func role(_ name: some StringProtocol) -> Role? { Role(name: String(name)) }
    func values(_ text: some StringProtocol) -> [String] { text.split { $0 == "|" }.map { String($0) } }
    switch text {
    case "confirmed": self = .confirmed; return
    case "outage-runbook": self = .outageRunbook; return
    default: break
    }
    if text.hasPrefix("<-") {
      guard let role = role(text.dropFirst(2)) else { return nil }
      self = .pointedAt(role)
    } else if let sign = text.firstRange(of: "<=") {
      guard let role = role(text[..<sign.lowerBound]), let duration = CalendarDuration(text[sign.upperBound...]) else {
        return nil
      }
      self = .within(role, duration)
    } else if let sign = text.firstRange(of: "!=") {
      guard let role = role(text[..<sign.lowerBound]) else { return nil }
      self = .noneOf(role, values(text[sign.upperBound...]))
    } else if let sign = text.firstIndex(of: "=") {
      guard let role = role(text[..<sign]) else { return nil }
      self = .oneOf(role, values(text[text.index(after: sign)...]))
    } else {
      guard let role = role(text) else { return nil }
      self = .present(role)
    }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let found = rest.firstRange(of: separator) {
      parts.append(String(rest[..<found.lowerBound]).trimmingBlanks())
      rest = rest[found.upperBound...]
    }
    return parts + [String(rest).trimmingBlanks()]
  }
}

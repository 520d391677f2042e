public import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// Who can be called in an emergency: teams, people and providers with a number.
public struct EmergencyNumbers: Sendable {
  public let answers: Answers

  public init(_ answers: Answers) { self.answers = answers }

  /// The numbers to report an emergency to: those of the team which operates the most systems, without a team of a provider; where none of
  /// them is always answered, first a line of the crisis team that is. Paper does not know the hour: the first one is right at any.
  public var alarms: [Contact] {
    var counts: [Int: Int] = [:]
    for system in answers.landscape {
      for record in answers.records(.operator, of: system) { counts[record.index, default: 0] += 1 }
    }
    let operators = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { answers.catalog.records[$0.key] }
    let teams = operators.filter { $0.kind.behaviour == .team }
    let crisis = answers.crisisContacts
    let lines = (teams + operators).lazy.map { answers.lines(of: $0).ordered(at: nil) }.first { !$0.isEmpty } ?? []
    let isAnswered = lines.first?.opening?.isAlways == true
    let always = isAnswered ? nil : crisis.first { $0.opening?.isAlways == true }
    let all = ([always].compactMap(\.self) + Array(lines.prefix(3))).withoutRepeats()
    return all.isEmpty ? Array(crisis.prefix(1)) : all
  }

  /// The teams that decide in a crisis.
  public var crisisTeams: [Record] { teams.filter { $0.choice(.category)?.value == "body" } }

  /// The other teams that can be called.
  public var otherTeams: [Record] {
    teams.filter {
      $0.choice(.category)?.value != "body" && (!answers.lines(of: $0).isEmpty || !members(of: $0).isEmpty)
    }
  }

  private var teams: [Record] { answers.records(.team).filter(\.lifecycle.isInUse) }

  /// The people of a team that may be told of, those who lead it first.
  public func members(of team: Record) -> [Record] {
    var seen: Set<Int> = []
    return (answers.records(.lead, of: team) + answers.records(.member, of: team)).filter {
      $0.lifecycle.isInUse && seen.insert($0.index).inserted
    }
  }

  /// Everybody with a number.
  public var people: [Record] {
    answers.records(.person).filter { $0.lifecycle.isInUse && !answers.lines(of: $0).isEmpty }
  }

  /// The providers in use: those with a number for emergencies first, then those that operate systems.
  public var providers: [Record] {
    let all = answers.records(.provider).filter(\.lifecycle.isInUse)
    return all.filter { $0.value(.emergencyPhone) != nil } + all.filter { $0.value(.emergencyPhone) == nil }
  }

  /// Every line for emergencies: of teams, people and providers; each number once.
  public var lines: [Contact] {
    (teams + people + providers).flatMap { answers.lines(of: $0) }.filter { $0.line != .service }
      .withoutRepeats().ordered(at: nil)
  }

  /// Police, fire and rescue in the country of the settings, from `templates/emergency.yml`.
  public var publicServices: [Contact] {
    let country = answers.catalog.configuration.country
    let root = EmbeddedTemplates.yaml("emergency.yml")
    return (root["numbers"]?[country.code] ?? root["others"])?.sequence?.compactMap { node in
      guard let number = node["number"]?.scalar, let label = node["label"]?.bothLanguages else {
        preconditionFailure("templates/emergency.yml: a number is not whole")
      }
      return Contact(name: label[answers.language], phone: PhoneNumber(number, in: country))
    } ?? []
  }
}

import KBDocument
public import KBSource
import KBYAML

/// A duty to report an incident, from `templates/duties.yml`.
public struct ReportingDuty: Sendable {
  /// What must be so for it to be shown.
  public enum Condition: String, Sendable {
    case always, insurance
    case personalData = "personal-data"
  }

  public let id: String
  public let condition: Condition
  public let label: Message
  public let what: Message
  /// Where it is written.
  public let source: Message
  private let after: CalendarDuration
  /// The duty that it follows: its time begins when that one's ends.
  private let follows: String?

  /// The duties, in the order of their times.
  public static let all: [ReportingDuty] = {
    (EmbeddedTemplates.yaml("duties.yml")["duties"]?.sequence ?? []).map { node in
      func text(_ key: String) -> Message {
        guard let text = node[key]?.bothLanguages else {
          preconditionFailure("templates/duties.yml: '\(key)' is missing")
        }
        return text
      }
      guard let id = node["id"]?.scalar, let condition = node["when"]?.scalar.flatMap(Condition.init),
        let after = node["after"]?.scalar.flatMap({ CalendarDuration($0) })
      else { preconditionFailure("templates/duties.yml: a duty is not whole") }
      return ReportingDuty(
        id: id, condition: condition, label: text("label"), what: text("what"), source: text("source"), after: after,
        follows: node["follows"]?.scalar)
    }
  }()

  /// The times that it leaves, one after the other; none where it is due at once.
  public var lengths: [CalendarDuration] {
    let earlier = follows.flatMap { id in ReportingDuty.all.first { $0.id == id } }
    return (earlier?.lengths ?? []) + (after.amount == 0 ? [] : [after])
  }

  /// Returns the last moment for it, when the incident became known at another one.
  public func due(after begin: LocalMoment, on clock: WallClock = .unchanged) -> LocalMoment {
    lengths.reduce(begin) { $0.adding($1, on: clock) }
  }
}

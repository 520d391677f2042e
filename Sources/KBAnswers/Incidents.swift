public import KBCatalog
import KBSchema
public import KBSource

/// A failure that happened, and how long it lasted.
public struct Incident: Sendable {
  public let record: Record
  public let systems: [Record]
  public let began: CalendarDate
  /// `nil` while it goes on.
  public let ended: CalendarDate?
  /// The moments of the first and the last line of its log; `nil` where it is not known to the minute when it began and ended.
  public let times: (begin: LocalMoment, end: LocalMoment)?
  /// Whether it was a drill.
  public let isDrill: Bool
}

extension Answers {
  /// The incidents that touched some systems, the last one first.
  public func incidents(of systems: Set<Int>) -> [Incident] {
    records.compactMap { record -> Incident? in
      guard let began = record.value(.began)?.date else { return nil }
      let touched = records(.affectedSystem, of: record)
      guard touched.contains(where: { systems.contains($0.index) }) else { return nil }
      let ended = record.value(.ended)?.date
      return Incident(
        record: record, systems: touched, began: began, ended: ended,
        times: ended.flatMap { Answers.times(ofLog: record, from: began, to: $0) },
        isDrill: record.choice(.category)?.value == "drill")
    }.sorted { ($0.began, $0.record.id) > ($1.began, $1.record.id) }
  }

  /// The first and the last moment in a log: `2026-11-27 21:00`, or times of the day on which it began, and of the next one after midnight.
  private static func times(
    ofLog record: Record, from began: CalendarDate, to ended: CalendarDate
  ) -> (begin: LocalMoment, end: LocalMoment)? {
    var moments: [LocalMoment] = []
    for text in record.values(.incidentLog).compactMap({ $0.value(.loggedAt)?.text }) {
      if let moment = LocalMoment(iso: text), text.contains(":") {
        moments.append(moment)
      } else if let minute = minute(text) {
        let sameDay = LocalMoment(moments.last?.date ?? began, minute: minute)
        let isNextDay = moments.last.map { sameDay < $0 } ?? false
        moments.append(isNextDay ? sameDay.adding(minutes: 24 * 60) : sameDay)
      }
    }
    guard let first = moments.first, let last = moments.last, first < last, moments == moments.sorted(),
      first.date == began, last.date == ended
    else { return nil }
    return (first, last)
  }

  /// `8:05` as minutes since midnight.
  private static func minute(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }
}

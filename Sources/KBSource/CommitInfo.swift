/// Who changed something, when, and why: one commit, without what it changed.
public struct CommitInfo: Sendable, Hashable {
  public var id: ObjectID
  public var parents: [ObjectID]
  public var author: String
  public var email: String
  /// When the author wrote it.
  public var authored: Moment?
  /// When it became part of the history.
  public var committed: Moment?
  /// The whole message, without blank lines at its ends.
  public var message: String

  public init(
    id: ObjectID, parents: [ObjectID] = [], author: String, email: String = "", authored: Moment?,
    committed: Moment? = nil, message: String
  ) {
    self.id = id
    self.parents = parents
    self.author = author
    self.email = email
    self.authored = authored
    self.committed = committed ?? authored
    self.message = message
  }

  /// The first line of the message.
  public var subject: String { message.prefix { !$0.isNewline }.description }

  /// The author's day; `nil` when the commit does not say it in a way that a calendar knows.
  public var date: CalendarDate? { authored?.date }

  /// A point in time, and the time zone of whoever wrote it down.
  public struct Moment: Sendable, Hashable, Comparable {
    /// Seconds since 1970.
    public var seconds: Int
    /// Minutes east of Greenwich.
    public var offset: Int

    /// Creates a moment between the years 1 and 9999, or nothing; a time zone that is none on earth counts as Greenwich.
    public init?(seconds: Int, offset: Int) {
      guard (-62_135_510_400...253_402_214_400).contains(seconds) else { return nil }
      self.seconds = seconds
      self.offset = (-14 * 60...14 * 60).contains(offset) ? offset : 0
    }

    private var local: Int { seconds + offset * 60 }

    /// The day by the writer's clock.
    public var date: CalendarDate { CalendarDate(daysSinceEpoch: Int((Double(local) / 86_400).rounded(.down))) }

    /// ISO 8601 with the offset: `2026-11-21T12:00:00+01:00`.
    public var iso: String {
      let second = local - date.daysSinceEpoch * 86_400
      let two = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
      let zone =
        offset == 0 ? "Z" : "\(offset < 0 ? "-" : "+")\(two(abs(offset) / 60)):\(two(abs(offset) % 60))"
      return "\(date)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))\(zone)"
    }

    public static func < (left: Moment, right: Moment) -> Bool { left.seconds < right.seconds }
  }
}

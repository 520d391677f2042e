/// A day of the week.
public enum Weekday: Int, Sendable, CaseIterable, Comparable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  public static func < (one: Weekday, other: Weekday) -> Bool { one.rawValue < other.rawValue }
}

/// Hours of the week at which somebody can be reached, such as `Mo-Fr 8-17`.
///
/// The grammar is small, in German and English: days (`Mo`, `Mo-Do`, `Montag bis Freitag`, `Mon, Wed`, `täglich`) and times after
/// them (`8-17`, `7:30-16`, `8 am-5 pm`, `8-12 und 13-17 Uhr`), groups of both separated by commas or semicolons; `24/7`, `rund um die Uhr` and
/// `around the clock`. A time up to an earlier one ends on the next day, unless it may be one of twelve hours: `9-5` is not understood, for
/// nobody says whether it ends at 5 or at 17 o'clock. Public holidays are not known.
public struct OpeningHours: Sendable, Hashable {
  /// The text in the file.
  public let written: String
  /// Minutes since Monday, midnight: sorted, apart from each other, within the week.
  public let spans: [Range<Int>]

  private static let day = 24 * 60
  private static let week = 7 * day

  /// Reads a text; `nil` when it says more or other than the grammar can.
  public init?(_ text: String) {
    written = text
    var parser = HoursParser(text)
    guard let spans = parser.spans() else { return nil }
    self.spans = OpeningHours.merged(spans)
  }

  /// Cuts spans at the end of the week, joins those that meet, and sorts them.
  private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
    let cut = spans.flatMap { span in
      span.upperBound <= week
        ? [span] : [span.lowerBound..<week, 0..<min(span.upperBound - week, week)]
    }
    var merged: [Range<Int>] = []
    for span in cut.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, span.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    return merged
  }

  /// Whether every minute of the week is covered.
  public var isAlways: Bool { spans == [0..<OpeningHours.week] }

  /// Whether a minute of a day is covered; `minute` counts from midnight.
  public func isOpen(_ weekday: Weekday, _ minute: Int) -> Bool {
    let moment = OpeningHours.moment(weekday, minute)
    return spans.contains { $0.contains(moment) }
  }

  /// The next moment that is covered: the given one where it is, else the beginning of the next span, in this week or the next.
  public func nextOpening(_ weekday: Weekday, _ minute: Int) -> (weekday: Weekday, minute: Int) {
    let moment = OpeningHours.moment(weekday, minute)
    let next = spans.first { $0.upperBound > moment }.map { max($0.lowerBound, moment) } ?? spans[0].lowerBound
    return (Weekday.allCases[next / OpeningHours.day], next % OpeningHours.day)
  }

  private static func moment(_ weekday: Weekday, _ minute: Int) -> Int {
    (weekday.rawValue * day + minute) % week
  }
}

/// Reads the grammar of opening hours.
private struct HoursParser {
  private enum Token: Equatable {
    case day(Weekday), everyDay, time(Time), to, and, separator
  }

  private struct Time: Equatable {
    /// Since midnight.
    var minute: Int
    /// Whether morning and afternoon can be told apart: `08`, `17`, `0`, `5 pm`; not of `5`.
    var isClear: Bool
  }

  private let text: String
  private var tokens: [Token] = []
  private var next = 0

  init(_ text: String) { self.text = text.lowercased() }

  /// The minutes of the week; `nil` where the text does not follow the grammar.
  mutating func spans() -> [Range<Int>]? {
    let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if ["24/7", "24x7", "rund um die uhr", "around the clock"].contains(plain) { return [0..<7 * 24 * 60] }
    guard let tokens = HoursParser.tokens(text) else { return nil }
    self.tokens = tokens
    var spans: [Range<Int>] = []
    var days: [Weekday] = []
    while next < tokens.count {
      // Times without days of their own belong to the days before: "Mo-Fr 8-12, 13-17".
      if let group = readDays() { days = group }
      guard !days.isEmpty, let times = readTimes() else { return nil }
      for day in days {
        for time in times {
          let start = day.rawValue * 24 * 60 + time.from
          spans.append(start..<(start + (time.to > time.from ? time.to - time.from : time.to + 24 * 60 - time.from)))
        }
      }
      if next == tokens.count { break }
      guard take(.separator) || take(.and), next < tokens.count else { return nil }
    }
    return spans.isEmpty ? nil : spans
  }

  private mutating func take(_ token: Token) -> Bool {
    guard next < tokens.count, tokens[next] == token else { return false }
    next += 1
    return true
  }

  private mutating func takeDay() -> Weekday? {
    guard next < tokens.count, case .day(let day) = tokens[next] else { return nil }
    next += 1
    return day
  }

  private mutating func takeTime() -> Time? {
    guard next < tokens.count, case .time(let time) = tokens[next] else { return nil }
    next += 1
    return time
  }

  /// Days up to the times after them: "Mo-Mi, Fr", "täglich".
  private mutating func readDays() -> [Weekday]? {
    if take(.everyDay) { return Weekday.allCases }
    var days: [Weekday] = []
    while let first = takeDay() {
      if take(.to) {
        guard let last = takeDay() else { return nil }
        let length = (last.rawValue - first.rawValue + 7) % 7
        days += (0...length).map { Weekday.allCases[(first.rawValue + $0) % 7] }
      } else {
        days.append(first)
      }
      if next + 1 < tokens.count, [.separator, .and].contains(tokens[next]), case .day = tokens[next + 1] { next += 1 }
    }
    return days.isEmpty ? nil : days
  }

  /// Times that belong to the same days: "8-12 und 13-17".
  private mutating func readTimes() -> [(from: Int, to: Int)]? {
    var times: [(from: Int, to: Int)] = []
    repeat {
      guard let from = takeTime(), take(.to), let to = takeTime(), HoursParser.isClear(from, to),
        times.last.map({ from.minute >= $0.to || from.isClear }) ?? true
      else { return nil }
      times.append((from.minute, to.minute))
      guard next + 1 < tokens.count, [.separator, .and].contains(tokens[next]), case .time = tokens[next + 1] else {
        return times
      }
      next += 1
    } while true
  }

  /// Whether times say what is meant: not `9-5` and `1-5`, which the twelve hours of a clock would mean otherwise.
  private static func isClear(_ from: Time, _ to: Time) -> Bool {
    guard from.minute < 24 * 60, from.minute != to.minute else { return false }
    if to.isClear || from.isClear && from.minute >= 12 * 60 { return true }
    return to.minute > from.minute && (from.isClear || to.minute >= 8 * 60)
  }

  // MARK: Tokens

  private static func tokens(_ text: String) -> [Token]? {
    var tokens: [Token] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(word.count)
        // "Uhr" and the full stop of "Mo." say nothing more.
        if rest.first == "." { rest.removeFirst() }
        if ["uhr", "h", "von", "from"].contains(word) { continue }
        if word == "am" || word == "pm" {
          guard case .time(let time)? = tokens.last, (60..<13 * 60).contains(time.minute) else { return nil }
          let minute = time.minute % (12 * 60) + (word == "pm" ? 12 * 60 : 0)
          tokens[tokens.count - 1] = .time(Time(minute: minute, isClear: true))
          continue
        }
        guard let token = words[String(word)] else { return nil }
        tokens.append(token)
      } else if first.isNumber {
        guard let time = time(&rest) else { return nil }
        tokens.append(.time(time))
      } else {
        rest.removeFirst()
        switch first {
        case "-", "–", "—": tokens.append(.to)
        case ",", ";": tokens.append(.separator)
        case "+", "&", "/": tokens.append(.and)
        // "Mo-Fr: 8-17"
        case ":" where tokens.last.map { if case .day = $0 { true } else { $0 == .everyDay } } == true: break
        default: return nil
        }
      }
    }
    return tokens
  }

  /// `8`, `08:30`, `8.30`, at most 24:00.
  private static func time(_ rest: inout Substring) -> Time? {
    let isPadded = rest.first == "0"
    func number() -> Int? {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      return (1...2).contains(digits.count) ? Int(digits) : nil
    }
    guard let hour = number() else { return nil }
    var minute = 0
    if let sign = rest.first, sign == ":" || sign == ".", rest.dropFirst().first?.isNumber == true {
      rest.removeFirst()
      let length = rest.prefix(while: \.isNumber).count
      guard length == 2, let read = number(), read < 60 else { return nil }
      minute = read
    }
    guard hour < 24 || hour == 24 && minute == 0 else { return nil }
    return Time(minute: hour * 60 + minute, isClear: isPadded || hour > 12)
  }

  private static let words: [String: Token] = {
    var words: [String: Token] = [
      "bis": .to, "to": .to, "until": .to, "und": .and, "and": .and, "täglich": .everyDay, "daily": .everyDay,
    ]
    let names: [[String]] = [
      ["mo", "mon", "montag", "montags", "monday", "mondays"],
      ["di", "tu", "tue", "tues", "dienstag", "dienstags", "tuesday", "tuesdays"],
      ["mi", "we", "wed", "mittwoch", "mittwochs", "wednesday", "wednesdays"],
      ["do", "th", "thu", "thur", "thurs", "donnerstag", "donnerstags", "thursday", "thursdays"],
      ["fr", "fri", "freitag", "freitags", "friday", "fridays"],
      ["sa", "sat", "samstag", "samstags", "sonnabend", "sonnabends", "saturday", "saturdays"],
      ["so", "su", "sun", "sonntag", "sonntags", "sunday", "sundays"],
    ]
    for (day, names) in zip(Weekday.allCases, names) { for name in names { words[name] = .day(day) } }
    return words
  }()
}

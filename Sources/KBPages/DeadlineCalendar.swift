public import KBAnswers
import KBCatalog
import KBHistory
import KBMarkup
import KBSchema
public import KBSource

/// Deadlines as a calendar file (RFC 5545): one event of a whole day each, which a later import updates.
public struct DeadlineCalendar: Sendable {
  private let answers: Answers
  private let map: SiteMap
  private let deadlines: [Deadline]
  private let names: FirstIDs

  /// `history`: the past of the files; where nobody knows it, every alias that could be an id counts as one.
  public init(_ answers: Answers, _ deadlines: [Deadline], history: History?) {
    (self.answers, self.deadlines, map) = (answers, deadlines, SiteMap(answers.catalog))
    names = FirstIDs(answers.catalog, history)
  }

  package static let path = "deadlines.ics"

  public var bytes: [UInt8] {
    let configuration = answers.catalog.configuration
    var lines = CalendarLines()
    lines.add("BEGIN", "VCALENDAR")
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//kb//deadlines//\(answers.language.rawValue.uppercased())")
    lines.add("CALSCALE", "GREGORIAN")
    lines.add(
      text: "X-WR-CALNAME", "\(Message(de: "Fristen", en: "Deadlines")[answers.language]): \(configuration.title)")
    let host = host
    for deadline in deadlines { write(deadline, at: host, to: &lines) }
    lines.add("END", "VCALENDAR")
    return lines.bytes
  }

  private func write(_ deadline: Deadline, at host: String, to lines: inout CalendarLines) {
    let language = answers.language
    lines.add("BEGIN", "VEVENT")
    lines.add(text: "UID", "\(deadline.id(naming: { names[$0] }))@\(host)")
    // The same state of the files makes the same bytes: the stamp is the day that was counted from.
    lines.add("DTSTAMP", "\(CalendarLines.day(answers.today))T000000Z")
    lines.add("DTSTART;VALUE=DATE", CalendarLines.day(deadline.date))
    lines.add("DTEND;VALUE=DATE", CalendarLines.day(deadline.date.adding(days: 1)))
    lines.add(text: "SUMMARY", answers.text(of: deadline)[language])
    var words = [answers.consequence(of: deadline)[language]]
    if let action = answers.action(of: deadline) { words.append(action[language]) }
    if let owner = deadline.owner {
      words.append("\(Message(de: "Verantwortlich", en: "Owner")[language]): \(owner.title)")
    }
    lines.add(text: "DESCRIPTION", words.joined(separator: "\n"))
    lines.add(text: "CATEGORIES", deadline.record.kind.label[language])
    if let base = answers.catalog.configuration.baseURL,
      let path = map.path(of: deadline.record)
    {
      lines.add("URL", (base.hasSuffix("/") ? base : base + "/") + Address.file(path, depth: 0).text)
    }
    lines.add("TRANSP", "TRANSPARENT")
    lines.add("END", "VEVENT")
  }

  /// What makes the identifiers unique in the world: the site's host, or else the name of the knowledge base.
  private var host: String {
    let configuration = answers.catalog.configuration
    if let base = configuration.baseURL, let start = base.firstRange(of: "://")?.upperBound {
      let host = base[start...].prefix { !"/:?#".contains($0) }
      if !host.isEmpty { return String(host) }
    }
    let name = Record.proposedID(for: configuration.title)
    return name.isEmpty ? "kb" : name
  }
}

/// Lines of a calendar file: escaped, and folded at 75 bytes.
private struct CalendarLines {
  private(set) var bytes: [UInt8] = []

  static func day(_ date: CalendarDate) -> String { date.description.replacing("-", with: "") }

  /// Adds a line whose value is of this code's making, or an address.
  mutating func add(_ name: String, _ value: String) {
    let harmless = value.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    fold("\(name):\(String(String.UnicodeScalarView(harmless)))")
  }

  /// Adds a line whose value is anybody's text.
  mutating func add(text name: String, _ value: String) {
    var escaped = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case ";": escaped += "\\;"
      case ",": escaped += "\\,"
      case "\n": escaped += "\\n"
      case "\u{A0}": escaped += " "
      default:
        switch scalar.value {
        // Control characters, and those that reverse the direction of writing.
        case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: escaped += "\u{FFFD}"
        default: escaped.unicodeScalars.append(scalar)
        }
      }
    }
    fold("\(name):\(escaped)")
  }

  /// A line longer than 75 bytes goes on in the next one after a space; no character is cut.
  private mutating func fold(_ line: String) {
    let line = Array(line.utf8)
    var (start, most) = (0, 75)
    while line.count - start > most {
      var end = start + most
      while line[end] & 0xC0 == 0x80 { end -= 1 }
      bytes += line[start..<end]
      bytes += "\r\n ".utf8
      (start, most) = (end, 74)
    }
    bytes += line[start...]
    bytes += "\r\n".utf8
  }
}

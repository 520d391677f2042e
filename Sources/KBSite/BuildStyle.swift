import KBAnswers
import KBCatalog
import KBDisk
import KBMarkup
import KBPages
import KBSchema
import KBSource

/// The numbers that change with each build, as a style sheet, so that the pages around them need not change.
struct BuildStyle: Page {
  let context: PageContext
  let options: Site.Options

  var file: OutputFile { OutputFile(path: "build.css") { bytes } }

  private var bytes: [UInt8] {
    var style =
      "/* Written anew by each build: the numbers beside the navigation, and the line at the foot of printed pages. */\n"
    func rule(_ name: String, _ text: String) {
      style += ".\(name)::after { content: \"\(BuildStyle.escaped(text))\"; }\n"
    }
    let counts = Dictionary(grouping: records, by: \.kind.id).mapValues(\.count)
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) { rule("n-\(kind)", format.integer(count)) }
    rule("n-records", "\(format.integer(records.count)) \(words(records.count == 1 ? Words.oneRecord : Words.records))")
    let findings = answers.findings
    if !findings.isEmpty { rule("n-open", format.integer(findings.count)) }
    let due = answers.deadlines(until: catalog.today.adding(days: 90)).count { $0.category.isHard || $0.isOverdue }
    if due > 0 { rule("n-due", format.integer(due)) }
    let numbers = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : severity.counted(count, language)
    }
    rule("n-findings", ": " + (numbers.isEmpty ? "0" : numbers.joined(separator: ", ")))
    let state =
      "\(words(Words.asOf)) \(format.date(catalog.today))"
      + (options.commit.map { ", \(words(Words.commit($0, uncommitted: options.uncommitted ?? 0)))" } ?? "")
    rule("n-build", state)
    let foot = BuildStyle.escaped("\(catalog.configuration.title) · \(state)")
    style += "@page { @bottom-left { content: \"\(foot)\"; font: 8pt sans-serif; } }\n"
    return Array(style.utf8)
  }

  /// A text inside the quotes of a style sheet: everything but letters, digits and spaces as its number.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " .,:".unicodeScalars.contains(scalar)
        ? String(scalar) : "\\\(String(scalar.value, radix: 16)) "
    }.joined()
  }
}

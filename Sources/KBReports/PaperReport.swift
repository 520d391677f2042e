package import KBAnswers
package import KBCatalog
import KBPages
package import KBPapers
import KBSchema
import KBSource
package import KBTerminal

/// The formats of papers.
package enum PaperFormat: String, CaseIterable {
  case text, markdown, html, json
}

/// A paper for the terminal, as Markdown, as a page to print, and as JSON.
package struct PaperReport {
  private let paper: Paper
  private let answers: Answers
  private var language: Language { answers.language }

  package init(_ paper: Paper, _ answers: Answers) { (self.paper, self.answers) = (paper, answers) }

  /// `json`: the members that programs ask for; by default the sections.
  package func write(_ format: PaperFormat, to output: Console, json: (() -> JSON)? = nil) {
    switch format {
    case .text: writeText(to: output)
    case .markdown: output.write(markdown)
    case .html: ProcessEnvironment.write(PaperDocument(paper, answers).bytes, to: output.descriptor)
    case .json: output.line((json?() ?? self.json).text)
    }
  }

  // MARK: Text

  private func writeText(to output: Console) {
    output.line(output.coloured(Console.harmless(paper.title[language]), .bold))
    for fact in paper.facts { output.line(Console.harmless(fact[language])) }
    for section in paper.sections {
      output.line()
      let count = section.rows.isEmpty ? "" : " (\(section.rows.count))"
      output.line(output.coloured(Console.harmless(section.heading[language]) + count, .bold))
      if let note = section.note { output.line("  " + output.coloured(Console.harmless(note[language]), .faint)) }
      if section.columns.isEmpty { writeList(section, to: output) } else { writeTable(section, to: output) }
    }
  }

  private func writeList(_ section: Paper.Section, to output: Console) {
    for cell in section.rows.joined() {
      output.line("  \(section.isTicked ? "☐ " : "")\(Console.harmless(cell.plain(language)))")
      for detail in cell.details { output.line("    " + output.coloured(Console.harmless(detail[language]), .faint)) }
    }
  }

  private func writeTable(_ section: Paper.Section, to output: Console) {
    guard !section.rows.isEmpty else { return }
    let tick = section.isTicked ? "☐ " : ""
    TextTable(
      head: section.columns.enumerated().map { number, label in
        (number == 0 ? "  " : "") + label[language].uppercased()
      },
      rows: section.rows.map { row in
        row.enumerated().map { number, cell in
          (number == 0 ? "  " + tick : "") + line(cell)
        }
      }, mostLetters: 60
    ).write(to: output)
  }

  /// A cell with its details on one line; what is missed says so, where a page shows it by a shape.
  private func line(_ cell: Paper.Cell) -> String {
    ([cell.plain(language)] + cell.details.map { $0[language] }).filter { !$0.isEmpty }.joined(separator: "; ")
  }

  // MARK: Markdown

  private var markdown: String {
    let escaped = { (text: String) in ReviewReport.escaped(Console.harmless(text)) }
    var text = "# \(escaped(paper.title[language]))\n"
    if !paper.facts.isEmpty { text += "\n" + paper.facts.map { escaped($0[language]) + "\n" }.joined(separator: "\n") }
    for section in paper.sections {
      text += "\n## \(escaped(section.heading[language]))\n\n"
      if let note = section.note { text += escaped(note[language]) + "\n\n" }
      guard !section.rows.isEmpty else { continue }
      if section.columns.isEmpty {
        for cell in section.rows.joined() {
          text += "- \(section.isTicked ? "[ ] " : "")\(escaped(cell.plain(language)))\n"
          for detail in cell.details { text += "  - \(escaped(detail[language]))\n" }
        }
      } else {
        text += "| " + section.columns.map { cellText(escaped($0[language])) }.joined(separator: " | ") + " |\n"
        text += "|" + section.columns.map { _ in "---|" }.joined() + "\n"
        for row in section.rows {
          text += "| " + row.map { cellText(escaped(line($0))) }.joined(separator: " | ") + " |\n"
        }
      }
    }
    return text
  }

  /// A text that stays in its cell.
  private func cellText(_ text: String) -> String { text.replacing("\n", with: " ") }

  // MARK: JSON

  private var json: JSON {
    [
      "title": .string(paper.title[language]),
      "facts": .array(paper.facts.map { .string($0[language]) }),
      "sections": .array(
        paper.sections.map { section in
          [
            "heading": .string(section.heading[language]),
            "note": section.note.map { .string($0[language]) } ?? .null,
            "columns": .array(section.columns.map { .string($0[language]) }),
            "rows": .array(section.rows.map { row in .array(row.map(json)) }),
          ]
        }),
    ]
  }

  private func json(_ cell: Paper.Cell) -> JSON {
    [
      "text": .string(cell.plain(language)), "records": JSON.ids(cell.records),
      "details": .array(cell.details.map { .string($0[language]) }),
      "mark": cell.mark.map { .string($0.rawValue) } ?? .null,
    ]
  }
}

extension JSON {
  /// A record by id, kind and title.
  package static func record(_ record: Record) -> JSON {
    ["id": .string(record.id), "kind": .string(record.kind.id), "title": .string(record.title)]
  }

  package static func ids(_ records: [Record]) -> JSON { .array(records.map { .string($0.id) }) }
}

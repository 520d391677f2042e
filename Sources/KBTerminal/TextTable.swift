/// Rows in columns, for a terminal.
package struct TextTable {
  /// The headings.
  package let head: [String]
  package let rows: [[String]]
  /// Longer cells are cut; the last column never is.
  var mostLetters = 48
  /// The columns of numbers, which end at the same place.
  var numbers: Set<Int> = []

  package init(head: [String], rows: [[String]], mostLetters: Int = 48, numbers: Set<Int> = []) {
    self.head = head
    self.rows = rows
    self.mostLetters = mostLetters
    self.numbers = numbers
  }

  package func write(to console: Console) {
    let lines = ([head] + rows).map { $0.map(Console.harmless) }
    let widths = head.indices.map { column in min(mostLetters, lines.map { $0[column].count }.max() ?? 0) }
    for (number, line) in lines.enumerated() {
      let cells = zip(line, widths).enumerated().map { index, cell -> String in
        if numbers.contains(index) { return String(repeating: " ", count: max(0, cell.1 - cell.0.count)) + cell.0 }
        if index == line.count - 1 { return cell.0 }
        let text = cell.0.count > cell.1 ? cell.0.prefix(max(0, cell.1 - 1)) + "…" : cell.0
        return text + String(repeating: " ", count: cell.1 - text.count)
      }
      let text = cells.joined(separator: "  ")
      console.line(number == 0 ? console.coloured(text, .bold) : text)
    }
  }
}

extension String {
  /// The text in lines of a maximum number of letters, broken between words.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(word)
      } else {
        line = line.isEmpty ? String(word) : line + " " + word
      }
    }
    return lines + [line]
  }
}

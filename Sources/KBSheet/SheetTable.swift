public import KBSource

/// A table that was read from a file, with what was strange about it.
public struct SheetTable: Sendable {
  /// A line of a file: its number for people, and its cells.
  struct Row {
    let number: Int
    var cells: [Table.Cell]
    /// The cells that can't be read, by their columns.
    var unreadable: [Int: Message] = [:]
  }

  /// The name of the sheet; empty for CSV.
  public let name: String
  public let columns: [String]
  /// Each as long as `columns`.
  public let rows: [[Table.Cell]]
  /// The number of each row in the file, for people.
  public let lines: [Int]
  /// For some rows, the columns whose cells can't be read, and why.
  public let unreadable: [Int: [Int: Message]]
  public private(set) var remarks: [Message]

  /// More columns are nobody's table.
  static let mostColumns = 1000
  static let mostRows = 200_000
  /// Remarks about lines; more say nothing new.
  private static let mostRemarks = 20

  /// Creates a table from the lines of a file; `nil` where all of them are empty.
  ///
  /// The first line that is not empty is the heading; a title above it, alone in its line, is left out.
  init?(name: String = "", rows: [Row], remarks: [Message] = []) throws(SheetFailure) {
    let rows = rows.filter { row in !row.cells.allSatisfy(\.isEmpty) || !row.unreadable.isEmpty }
    let place = SheetTable.headingPlace(rows)
    guard rows.indices.contains(place) else { return nil }
    let width = (rows[place].cells.lastIndex { !$0.isEmpty } ?? -1) + 1
    let body = rows.dropFirst(place + 1)
    guard width <= SheetTable.mostColumns, body.count <= SheetTable.mostRows else { throw SheetFailure.tooLarge }
    self.name = name
    self.remarks = remarks
    columns = rows[place].cells.prefix(width).map { Table.text($0, .english) }
    self.rows = body.map { row in
      row.cells.prefix(width) + Array(repeating: .text(""), count: max(0, width - row.cells.count))
    }
    lines = body.map(\.number)
    unreadable = Dictionary(
      uniqueKeysWithValues: body.enumerated().filter { !$0.element.unreadable.isEmpty }.map {
        ($0.offset, $0.element.unreadable)
      })
    remark(titles: rows.prefix(place))
    remark(tooLong: body.filter { row in row.cells.dropFirst(width).contains { !$0.isEmpty } })
  }

  /// The number of the heading: the first line, or where this has one cell only, the first of the next ones with three.
  private static func headingPlace(_ rows: [Row]) -> Int {
    func count(_ row: Row) -> Int { row.cells.count { !$0.isEmpty } }
    guard let first = rows.first, count(first) == 1 else { return 0 }
    let next = rows.prefix(10).firstIndex { count($0) > 1 }
    return next.flatMap { count(rows[$0]) >= 3 ? $0 : nil } ?? 0
  }

  private mutating func remark(titles: some Sequence<Row>) {
    for row in titles {
      remarks.append(
        Message(
          de: "Zeile \(row.number) über der Kopfzeile wird nicht gelesen",
          en: "line \(row.number) above the heading row is ignored"))
    }
  }

  private mutating func remark(tooLong rows: some Collection<Row>) {
    for row in rows.prefix(SheetTable.mostRemarks) {
      remarks.append(
        Message(
          de: "Zeile \(row.number) hat mehr Zellen als die Überschrift; die weiteren bleiben unbeachtet",
          en: "line \(row.number) has more cells than the heading; the others are ignored"))
    }
    guard rows.count > SheetTable.mostRemarks else { return }
    let more = rows.count - SheetTable.mostRemarks
    remarks.append(
      Message(
        de: "… und \(more) weitere Zeilen mit zu vielen Zellen", en: "… and \(more) more lines with too many cells"))
  }
}

import KBSource

/// The text that md4c reads: the file's bytes, with what md4c does not know brought into a form that it does.
///
/// Each byte that comes from the file keeps its place there; what is inserted has none.
struct MarkdownSource {
  /// A range of the file that md4c reads differently.
  struct Edit {
    var range: Range<Int>
    var text: [UInt8]
  }

  /// A run of bytes, from where it starts in the text; inserted bytes have no place in the file.
  private struct Run {
    var start: Int
    var place: Int?
  }

  private(set) var text: [UInt8] = []
  private(set) var remarks: [Markdown.Remark] = []
  private var runs: [Run] = []

  /// Brings `bytes[range]` into md4c's form.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    guard BlockScanner.isNeeded(for: bytes[range]) else {
      copy(range, of: bytes)
      return
    }
    var scanner = BlockScanner(bytes, range)
    scanner.scan()
    remarks = scanner.remarks
    copy(range, of: bytes, with: scanner.edits.sorted { $0.range.lowerBound < $1.range.lowerBound }[...])
  }

  /// The place in the file of a range of the text; `nil` where the file does not have it in one piece.
  func place(of range: Range<Int>) -> SourceRange? {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].start <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    guard low > 0, let place = runs[low - 1].place else { return nil }
    let end = low < runs.count ? runs[low].start : text.count
    guard range.upperBound <= end else { return nil }
    let lower = place + range.lowerBound - runs[low - 1].start
    return SourceRange(lower, lower + range.count)
  }

  private mutating func copy(_ range: Range<Int>, of bytes: [UInt8]) {
    guard !range.isEmpty else { return }
    runs.append(Run(start: text.count, place: range.lowerBound))
    text += bytes[range]
  }

  private mutating func write(_ inserted: [UInt8]) {
    guard !inserted.isEmpty else { return }
    runs.append(Run(start: text.count, place: nil))
    text += inserted
  }

  private mutating func copy(_ range: Range<Int>, of bytes: [UInt8], with edits: ArraySlice<Edit>) {
    var start = range.lowerBound
    for edit in edits where edit.range.lowerBound >= start && edit.range.upperBound <= range.upperBound {
      copy(start..<edit.range.lowerBound, of: bytes)
      write(edit.text)
      start = edit.range.upperBound
    }
    copy(start..<range.upperBound, of: bytes)
  }
}

import KBSource

/// The text that md4c reads: the file's bytes, with what md4c does not know brought into a form that it does.
///
/// Each byte that comes from the file keeps its place there; what is inserted has none, and is never shown.
struct MarkdownSource {
  /// A range of the file that md4c reads differently.
  struct Edit {
    var range: Range<Int>
    var text: [UInt8]
    /// The reference to a footnote in whose place the text is.
    var reference: Reference?
    /// Whether it is a line of its own, before whatever else is inserted there.
    var isLine = false
  }

  /// A reference to a footnote, and its place in the file.
  struct Reference {
    var name: String
    var range: SourceRange
  }

  /// A run of bytes, from where it starts in the text; inserted bytes have no place in the file.
  private struct Run {
    var start: Int
    var place: Int?
  }

  private(set) var text: [UInt8] = []
  private(set) var remarks: [Markdown.Remark] = []
  private(set) var comments: [SourceRange] = []
  /// The footnotes, whose texts come after all others.
  private(set) var footnotes: [FootnoteText] = []
  /// For the offset of the mark before each of these texts the number of the footnote.
  private(set) var footnoteMarks: [Int: Int] = [:]
  /// The references whose names md4c would take for marks, by the offsets of the comments in their places.
  private(set) var references: [Int: Reference] = [:]
  /// The destinations of the wiki links that are written with an exclamation mark.
  private(set) var embeds: Set<Int> = []
  private var runs: [Run] = []

  /// Brings `bytes[range]` into md4c's form.
  init(_ bytes: [UInt8], _ range: Range<Int>, readsFootnotes: Bool) {
    guard BlockScanner.isNeeded(for: bytes[range]) else {
      copy(range, of: bytes)
      return
    }
    var scanner = BlockScanner(bytes, range, readsFootnotes: readsFootnotes)
    scanner.scan()
    (remarks, footnotes, embeds) = (scanner.remarks, scanner.footnotes, scanner.embeds)
    comments = scanner.hidden
    let names = Set(footnotes.map { FootnoteText.key($0.name) })
    let edits = MarkdownSource.ordered(
      scanner.edits.filter { edit in edit.reference.map { names.contains(FootnoteText.key($0.name)) } ?? true })
    copy(range, of: bytes, with: (scanner.cuts.isEmpty ? edits : MarkdownSource.ordered(edits + scanner.cuts))[...])
    for (number, note) in footnotes.enumerated() {
      let before = number > 0 ? footnotes[number - 1].openLeaf : scanner.openLeaf
      write(before.ending + [0x0A, 0x0A])
      footnoteMarks[text.count] = number
      write(CommentEnds.empty + [0x0A])
      for line in note.lines {
        write(Array(repeating: UInt8(ascii: " "), count: line.padding))
        let first = edits.firstIndex(from: line.range.lowerBound)
        copy(line.range, of: bytes, with: edits[first...])
      }
    }
  }

  /// The place in the file of a range of the text; `nil` where the file does not have it in one piece.
  func place(of range: Range<Int>) -> SourceRange? {
    guard let (run, end) = run(at: range.lowerBound), let place = run.place, range.upperBound <= end else { return nil }
    let lower = place + range.lowerBound - run.start
    return SourceRange(lower, lower + range.count)
  }

  /// Whether the file has nothing of a range.
  func isInserted(_ range: Range<Int>) -> Bool {
    guard let (run, end) = run(at: range.lowerBound) else { return false }
    return run.place == nil && range.upperBound <= end
  }

  /// The run that holds an offset, and its end.
  private func run(at offset: Int) -> (run: Run, end: Int)? {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? (runs[low - 1], low < runs.count ? runs[low].start : text.count) : nil
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
    for edit in edits {
      if edit.range.lowerBound >= range.upperBound { break }
      guard edit.range.lowerBound >= start, edit.range.upperBound <= range.upperBound else { continue }
      copy(start..<edit.range.lowerBound, of: bytes)
      if let reference = edit.reference { references[text.count] = reference }
      write(edit.text)
      start = edit.range.upperBound
    }
    copy(start..<range.upperBound, of: bytes)
  }

  /// The edits by their places: first what is inserted there, then the longest one; the others there are left out then.
  private static func ordered(_ edits: [Edit]) -> [Edit] {
    func rank(_ edit: Edit) -> Int { edit.range.isEmpty ? (edit.isLine ? Int.min : Int.min + 1) : -edit.range.count }
    return edits.sorted { ($0.range.lowerBound, rank($0)) < ($1.range.lowerBound, rank($1)) }
  }
}

extension [MarkdownSource.Edit] {
  /// The index of the first edit at or after an offset.
  fileprivate func firstIndex(from offset: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension BlockScanner.Leaf {
  /// What ends the block at the end of a text, so that what comes next is read by itself.
  fileprivate var ending: [UInt8] {
    switch self {
    case .fence(let character, let length): [0x0A] + Array(repeating: character, count: length)
    case .html(.raw): Array("\n</pre>".utf8)
    case .html(.instruction): Array("\n?>".utf8)
    case .html(.declaration): Array("\n>".utf8)
    case .html(.characterData): Array("\n]]>".utf8)
    default: []
    }
  }
}

import KBSource

/// Raw HTML, which md4c hands out line by line, put together again.
struct RawHTML {
  /// A part of it that is shown.
  enum Part {
    /// Text, and where the file has it.
    case text(ArraySlice<UInt8>, place: SourceRange?)
    /// A tag, and how it is written.
    case tag(HTMLTag, written: ArraySlice<UInt8>, place: SourceRange?)
  }

  private var text: [UInt8] = []
  /// Where each piece begins in the text, and in the file.
  private var pieces: [(start: Int, place: SourceRange?)] = []

  var isEmpty: Bool { pieces.isEmpty }

  mutating func add(_ piece: ArraySlice<UInt8>, at place: SourceRange?) {
    pieces.append((text.count, place))
    text += piece
  }

  /// What is not a comment, in order.
  var parts: [Part] {
    var parts: [Part] = []
    var comments = CommentEnds(end: text.count)
    var piece = 0
    var start = 0
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if comments.begins(at: index, in: text) {
        split(start..<index, from: &piece, into: &parts)
        index = comments.end(from: index, in: text) ?? text.count
        start = index
      } else if var tag = HTMLTag(in: text, at: index, place: place), HTMLForm.known[tag.name] != nil {
        tag.place = firstPlace(of: index..<tag.end)
        split(start..<index, from: &piece, into: &parts)
        parts.append(.tag(tag, written: text[index..<tag.end], place: place(of: index..<tag.end)))
        index = tag.end
        if !tag.isClosing, HTMLForm.rawText.contains(tag.name) { index = end(of: tag.name, from: index) }
        start = index
      } else {
        index += 1
      }
    }
    split(start..<text.count, from: &piece, into: &parts)
    return parts
  }

  /// Where the content of an element ends that holds no HTML, as a style sheet.
  private func end(of name: String, from start: Int) -> Int {
    let closing = Array("</\(name)".utf8)
    var index = start
    while index + closing.count <= text.count {
      if text[index] == closing[0], zip(closing, text[index...]).allSatisfy({ $0 == $1.asciiLowercased }) {
        return index
      }
      index += 1
    }
    return text.count
  }

  /// The place of a range of the text in the file; `nil` where the file does not have it in one piece.
  private func place(of range: Range<Int>) -> SourceRange? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    let number = low - 1
    guard number >= 0, let place = pieces[number].place,
      range.upperBound <= (number + 1 < pieces.count ? pieces[number + 1].start : text.count)
    else { return nil }
    let lower = Int(place.lower) + range.lowerBound - pieces[number].start
    return SourceRange(lower, lower + range.count)
  }

  /// The place of a range in the file as far as the file has it in one piece, as the first line of a tag.
  private func firstPlace(of range: Range<Int>) -> SourceRange? {
    if let whole = place(of: range) { return whole }
    let end = text[range].firstIndex(of: UInt8(ascii: "\n")) ?? range.upperBound
    return place(of: range.lowerBound..<end) ?? place(of: range.lowerBound..<(range.lowerBound + 1))
  }

  /// Adds a range of the text piece by piece; the pieces before `number` end before it.
  private func split(_ range: Range<Int>, from number: inout Int, into parts: inout [Part]) {
    while number < pieces.count {
      let (start, place) = pieces[number]
      let end = number + 1 < pieces.count ? pieces[number + 1].start : text.count
      let (lower, upper) = (max(start, range.lowerBound), min(end, range.upperBound))
      if lower < upper {
        let found = place.map { SourceRange(Int($0.lower) + lower - start, Int($0.lower) + upper - start) }
        parts.append(.text(text[lower..<upper], place: found))
      }
      guard end <= range.upperBound else { return }
      number += 1
    }
  }
}

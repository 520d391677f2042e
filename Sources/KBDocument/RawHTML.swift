import KBSource

/// Raw HTML, which md4c hands out line by line, put together again.
struct RawHTML {
  /// Text of it, and where the file has it.
  struct Part {
    var text: ArraySlice<UInt8>
    var place: SourceRange?
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
      guard comments.begins(at: index, in: text) else {
        index += 1
        continue
      }
      split(start..<index, from: &piece, into: &parts)
      index = comments.end(from: index, in: text) ?? text.count
      start = index
    }
    split(start..<text.count, from: &piece, into: &parts)
    return parts
  }

  /// Adds a range of the text piece by piece; the pieces before `number` end before it.
  private func split(_ range: Range<Int>, from number: inout Int, into parts: inout [Part]) {
    while number < pieces.count {
      let (start, place) = pieces[number]
      let end = number + 1 < pieces.count ? pieces[number + 1].start : text.count
      let (lower, upper) = (max(start, range.lowerBound), min(end, range.upperBound))
      if lower < upper {
        let found = place.map { SourceRange(Int($0.lower) + lower - start, Int($0.lower) + upper - start) }
        parts.append(Part(text: text[lower..<upper], place: found))
      }
      guard end <= range.upperBound else { return }
      number += 1
    }
  }
}

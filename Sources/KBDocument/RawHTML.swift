import KBSource

/// Raw HTML, which md4c hands out line by line, put together again.
struct RawHTML {
  /// A part of it that is shown.
  enum Part {
    /// Text, and where the file has it.
    case text(ArraySlice<UInt8>, place: SourceRange?)
    case image(HTMLImage)
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
      } else if let image = HTMLImage(in: text, at: index, place: place) {
        split(start..<index, from: &piece, into: &parts)
        parts.append(.image(image))
        index = image.end
        start = index
      } else {
        index += 1
      }
    }
    split(start..<text.count, from: &piece, into: &parts)
    return parts
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

/// A tag `<img src="plan.png" alt="Plan" width="300">`: the only way to give a picture a size on GitHub.
struct HTMLImage {
  var source: String
  /// The place of the source in the file.
  var place: SourceRange?
  var alternative = ""
  var title = ""
  var width: Int?
  var height: Int?
  /// The offset after the tag.
  private(set) var end: Int

  /// The most bytes of a tag.
  private static let longest = 2000

  /// Reads the tag at an offset; `nil` where it is another one, or has no source.
  init?(in text: [UInt8], at start: Int, place: (Range<Int>) -> SourceRange?) {
    let limit = min(text.count, start + HTMLImage.longest)
    guard start + 5 < limit, text[(start + 1)..<(start + 4)].map(\.asciiLowercased) == Array("img".utf8),
      HTMLImage.isBlank(text[start + 4]) || text[start + 4] == UInt8(ascii: "/")
    else { return nil }
    (source, end) = ("", start)
    var index = start + 4
    while index < limit {
      while index < limit, HTMLImage.isBlank(text[index]) || text[index] == UInt8(ascii: "/") { index += 1 }
      guard index < limit else { return nil }
      if text[index] == UInt8(ascii: ">") {
        end = index + 1
        if source.isEmpty { return nil }
        return
      }
      guard let attribute = HTMLImage.attribute(in: text, from: index, to: limit) else { return nil }
      index = attribute.end
      let value = HTMLImage.decoded(text[attribute.value])
      switch attribute.name {
      case "src" where source.isEmpty: (source, self.place) = (value, place(attribute.value))
      case "alt": alternative = value
      case "title": title = value
      case "width": width = HTMLImage.pixels(value)
      case "height": height = HTMLImage.pixels(value)
      default: break
      }
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }

  private static func attribute(in text: [UInt8], from start: Int, to limit: Int)
    -> (name: String, value: Range<Int>, end: Int)?
  {
    var index = start
    while index < limit, !isBlank(text[index]), !"=>/\"'<".utf8.contains(text[index]) { index += 1 }
    guard index > start else { return nil }
    let name = String(decoding: text[start..<index], as: UTF8.self).lowercased()
    var next = index
    while next < limit, isBlank(text[next]) { next += 1 }
    guard next < limit, text[next] == UInt8(ascii: "=") else { return (name, index..<index, index) }
    next += 1
    while next < limit, isBlank(text[next]) { next += 1 }
    guard next < limit else { return nil }
    if text[next] == UInt8(ascii: "\"") || text[next] == UInt8(ascii: "'") {
      guard let close = text[(next + 1)..<limit].firstIndex(of: text[next]) else { return nil }
      return (name, (next + 1)..<close, close + 1)
    }
    var end = next
    while end < limit, !isBlank(text[end]), text[end] != UInt8(ascii: ">") { end += 1 }
    return (name, next..<end, end)
  }

  /// The text of a value, entities decoded.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var decoded: [UInt8] = []
    var rest = bytes
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      decoded += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
        decoded.append(rest.removeFirst())
        continue
      }
      decoded += decodedEntity(Array(rest[start...end]))
      rest = rest[(end + 1)...]
    }
    return String(decoding: decoded + rest, as: UTF8.self)
  }

  /// A width such as `300` or `300px`; a share of the page is left to the page.
  private static func pixels(_ value: String) -> Int? {
    let digits = value.trimmingBlanks().prefix { $0.isASCII && $0.isNumber }
    let unit = value.trimmingBlanks().dropFirst(digits.count)
    guard let number = Int(digits), (1...9999).contains(number), ["", "px", "/", "px/"].contains(unit) else {
      return nil
    }
    return number
  }
}

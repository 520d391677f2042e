import KBSource

/// The cursor in a line: columns, tabs, and what may begin there.
extension BlockScanner {
  /// The blanks before the text: where they end, and the columns that they take.
  struct Indentation {
    var end: Int
    var columns: Int
  }

  func byte(at index: Int) -> UInt8? { index < lineEnd ? bytes[index] : nil }

  func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  func isBlankFrom(_ start: Int) -> Bool { bytes[min(start, lineEnd)..<lineEnd].allSatisfy(isBlank) }

  func endOfLine(from start: Int) -> Int {
    var end = start
    while end < range.upperBound, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  func indentation() -> Indentation {
    var end = at
    var reached = column
    while end < lineEnd, isBlank(bytes[end]) {
      // A tab goes on to the next multiple of four (CommonMark, "Tabs").
      reached = bytes[end] == UInt8(ascii: "\t") ? (reached / 4 + 1) * 4 : reached + 1
      end += 1
    }
    return Indentation(end: end, columns: reached - column)
  }

  mutating func move(to indent: Indentation) {
    at = indent.end
    column += indent.columns
  }

  /// Moves the cursor by some columns of blanks; a tab may be taken in part.
  mutating func skip(columns: Int) {
    let target = column + columns
    while column < target, at < lineEnd, isBlank(bytes[at]) {
      let next = bytes[at] == UInt8(ascii: "\t") ? (column / 4 + 1) * 4 : column + 1
      if next > target {
        column = target
      } else {
        column = next
        at += 1
      }
    }
  }

  /// Moves the cursor behind `>` and the blank that belongs to it.
  mutating func skipQuoteMark(at indent: Indentation) {
    move(to: indent)
    (at, column) = (at + 1, column + 1)
    skip(columns: 1)
  }

  /// The number of equal characters from an offset on.
  func run(of character: UInt8, from start: Int) -> Int {
    var end = start
    while end < lineEnd, bytes[end] == character { end += 1 }
    return end - start
  }

  func isSetextUnderline(from start: Int) -> Bool {
    guard bytes[start] == UInt8(ascii: "=") || bytes[start] == UInt8(ascii: "-") else { return false }
    return isBlankFrom(start + run(of: bytes[start], from: start))
  }

  func isThematicBreak(from start: Int) -> Bool {
    let sign = bytes[start]
    guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "*") || sign == UInt8(ascii: "_") else { return false }
    var count = 0
    for byte in bytes[start..<lineEnd] {
      if byte == sign { count += 1 } else if !isBlank(byte) { return false }
    }
    return count >= 3
  }

  /// The item of a list that begins at an indentation; the cursor moves behind its mark.
  mutating func listItem(at indent: Indentation, interrupts: Bool) -> Container? {
    var end = indent.end
    switch bytes[end] {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): end += 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      while end < lineEnd, bytes[end].isASCIIDigit { end += 1 }
      guard end - indent.end <= 9, let sign = byte(at: end), sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")")
      else { return nil }
      // Within a paragraph a number is mostly no list (CommonMark, "List items").
      if interrupts, bytes[indent.end..<end].drop(while: { $0 == UInt8(ascii: "0") }) != [UInt8(ascii: "1")] {
        return nil
      }
      end += 1
    default: return nil
    }
    guard end >= lineEnd || isBlank(bytes[end]) else { return nil }
    let isEmpty = isBlankFrom(end)
    if interrupts, isEmpty {
      hideBlanks(from: end)
      return nil
    }
    let markWidth = end - indent.end
    move(to: indent)
    (at, column) = (end, column + markWidth)
    let blanks = indentation().columns
    let padding = isEmpty || blanks > 4 ? 1 : blanks
    skip(columns: padding)
    return .item(indent: indent.columns + markWidth + padding, isEmpty: isEmpty)
  }
}

package import KBCatalog
import KBSchema
package import KBSource

/// The phone numbers that are recognized in prose: those that records have, and others in unmistakable international form.
package struct PhoneNumbers: Sendable {
  private let known: Set<PhoneNumber>
  /// The country of a number without a calling code.
  private let country: Country

  /// The numbers of records: the values of their fields of the type `phone`.
  package init(_ records: [Record], in country: Country) {
    self.country = country
    var known: Set<PhoneNumber> = []
    func add(_ value: Value) {
      switch value.content {
      case .phone(let number): known.insert(number)
      case .list(let values): values.forEach(add)
      case .object(let fields): for field in fields { add(field.value) }
      default: break
      }
    }
    var kindsWithout: [String: Bool] = [:]
    for record in records {
      let isWithout = kindsWithout[record.kind.id] ?? !record.kind.fields.contains(where: \.holdsPhone)
      kindsWithout[record.kind.id] = isWithout
      if isWithout { continue }
      for field in record.fields { add(field.value) }
    }
    self.known = known
  }

  /// The first number in a text.
  package func first(in text: ArraySlice<UInt8>) -> (range: Range<Int>, number: PhoneNumber)? {
    let bytes = text.span
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      // Almost every text holds neither character, or only inside words.
      guard byte == UInt8(ascii: "+") || byte == UInt8(ascii: "0"), PhoneRun.mayBegin(bytes, index) else {
        index += 1
        continue
      }
      let run = PhoneRun(bytes, index)
      for range in run.ranges.reversed() {
        let slice = text[(text.startIndex + range.lowerBound)..<(text.startIndex + range.upperBound)]
        let number = PhoneNumber(String(decoding: slice, as: UTF8.self), in: country)
        if known.contains(number) || run.isUnmistakable { return (slice.indices, number) }
      }
      index = run.end
    }
    return nil
  }
}

/// Digits in a text, with the characters allowed between the digits of a phone number.
private struct PhoneRun {
  private static let fewestDigits = 6
  private static let internationalDigits = 7...15

  /// What may be the number, the shortest first: it may end where two characters separate it from what follows, as in `040 123 / 040 124`.
  private(set) var ranges: [Range<Int>] = []
  /// The offset after the last digit.
  private(set) var end: Int
  /// Whether it is a number in international form whose end is beyond doubt.
  private(set) var isUnmistakable = false

  /// Whether a number may begin at a place: not inside of a word or another number.
  static func mayBegin(_ bytes: borrowing Span<UInt8>, _ index: Int) -> Bool {
    guard index > 0 else { return true }
    switch bytes[index - 1] {
    case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ">"), UInt8(ascii: "|"):
      return true
    case 0x80...:
      // Signs such as a no-break space, a dash or a quotation mark, and not the last byte of a letter.
      return index > 1 && bytes[index - 2] == 0xC2 || index > 2 && bytes[index - 3] == 0xE2
    default: return false
    }
  }

  init(_ bytes: borrowing Span<UInt8>, _ start: Int) {
    var index = start
    var (digits, lastGroup) = (0, 0)
    // What is between two digits.
    var (gap, hasBlank, hasSign, closes, opens) = (0, false, false, 0, 0)
    var (hasDot, isBalanced, isOpen) = (false, true, false)
    end = start + 1
    let isInternational = bytes[start] == UInt8(ascii: "+")
    if isInternational { index += 1 }
    var first = start
    scan: while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case _ where byte.isASCIIDigit:
        if gap > 0 {
          if hasBlank, hasSign, digits >= PhoneRun.fewestDigits { ranges.append(first..<end) }
          // The parenthesis of (040) 123456 belongs to the number.
          if closes == 1, !isOpen, first == start, start > 0, bytes[start - 1] == UInt8(ascii: "(") {
            first -= 1
            isOpen = true
          }
          isBalanced = isBalanced && closes == (isOpen ? 1 : 0) && opens < 2
          isOpen = opens > 0
          (gap, hasBlank, hasSign, closes, opens, lastGroup) = (0, false, false, 0, 0, 0)
        }
        digits += 1
        lastGroup += 1
        end = index + 1
      case UInt8(ascii: " "): hasBlank = true
      case UInt8(ascii: "("):
        opens += 1
        hasSign = true
      case UInt8(ascii: ")"):
        closes += 1
        hasSign = true
      case UInt8(ascii: "/"), UInt8(ascii: "-"): hasSign = true
      case UInt8(ascii: "."):
        hasSign = true
        hasDot = true
      case 0xC2 where index + 1 < bytes.count && bytes[index + 1] == 0xA0:
        hasBlank = true
        index += 1
      case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x93:
        hasSign = true
        index += 2
      default: break scan
      }
      if !byte.isASCIIDigit {
        gap += 1
        if gap > 3 { break scan }
      }
      index += 1
    }
    if digits >= PhoneRun.fewestDigits, PhoneRun.mayEnd(bytes, end) { ranges.append(first..<end) }
    guard isInternational, ranges.count == 1, ranges[0].upperBound == end, isBalanced, !isOpen, !hasDot, first == start,
      PhoneRun.internationalDigits.contains(digits), start + 1 < bytes.count, bytes[start + 1] > UInt8(ascii: "0")
    else { return }
    // "24 Stunden" after a number does not belong to it.
    isUnmistakable = !(lastGroup < 3 && PhoneRun.isBlankAndLetter(bytes, end))
  }

  /// Whether what follows does not go on with the number, or with a word.
  private static func mayEnd(_ bytes: borrowing Span<UInt8>, _ end: Int) -> Bool {
    guard end < bytes.count else { return true }
    switch bytes[end] {
    case 0x80...: return bytes[end] == 0xC2 || bytes[end] == 0xE2
    default: return !bytes[end].isASCIIAlphanumeric && !"_@%=".utf8.contains(bytes[end])
    }
  }

  private static func isBlankAndLetter(_ bytes: borrowing Span<UInt8>, _ end: Int) -> Bool {
    guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: " ") else { return false }
    return bytes[end + 1].isASCIILetter || bytes[end + 1] >= 0x80
  }
}

extension FieldDeclaration {
  /// Whether its values are phone numbers, or have some in them.
  fileprivate var holdsPhone: Bool {
    switch type {
    case .phone: true
    case .list(let element), .map(let element): element.holdsPhone
    case .object(let members, _): members.contains(where: \.holdsPhone)
    default: false
    }
  }
}

import KBSource

/// The forms of configuration lines and commands that hold a secret at a certain place: `templates/text/secrets/forms.txt`.
///
/// Their pieces and texts are parts of one array each: looking at a form counts no reference.
struct SecretForms: Sendable {
  static let builtIn = SecretForms(EmbeddedTexts.text("secrets/forms.txt"))

  enum Kind: Sendable {
    /// Bytes in lower case, found in any case.
    case text
    /// One blank or more.
    case blanks
    /// Blanks and ends of lines, or nothing.
    case gap
    case word, number, any, secret
  }

  struct Piece: Sendable {
    let kind: Kind
    /// Its part of the letters.
    var text = 0..<0
  }

  struct Form: Sendable {
    var pieces = 0..<0
    var startsLine = false
    /// Whether the rest of a word may be before it: "assword" of "Password".
    var endsWord = false
    var endsLine = false
    /// Whether ends of lines may be before its anchor.
    var spansLines = false
    /// The piece with the anchor, and the offset of its second byte there.
    var anchor = (piece: 0, offset: 1)
  }

  private(set) var letters: [UInt8] = []
  private(set) var pieces: [Piece] = []
  /// The forms that share an anchor, in the order of the file.
  private var groups: [[Form]] = []
  /// For each pair of bytes the number of its group; -1 for most.
  private var groupsByPair = [Int16](repeating: -1, count: 1 << 16)

  private init(_ text: String) {
    var members: [Int: [Form]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let form = add(line) else { preconditionFailure("templates/text/secrets/forms.txt: \(line)") }
      for pair in form.anchors { members[pair, default: []].append(form.form) }
    }
    for (pair, members) in members.sorted(by: { $0.key < $1.key }) {
      groupsByPair[pair] = Int16(groups.count)
      groups.append(members)
    }
  }

  /// The pairs of bytes by which forms are recognised, the first byte in the upper half.
  var anchors: [Int] { groupsByPair.indices.filter { groupsByPair[$0] >= 0 } }

  func isAnchor(_ pair: Int) -> Bool { groupsByPair[pair] >= 0 }

  // MARK: Reading the file

  private static let places: [(String, Kind)] = [
    ("<word>", .word), ("<number>", .number), ("<any>", .any), ("<secret>", .secret),
  ]

  /// Adds the pieces of a line of the file; `nil` where it has no text to be recognised by, or no secret.
  private mutating func add(_ line: Substring) -> (form: Form, anchors: [Int])? {
    var form = Form()
    var rest = line
    if rest.first == "^" { (form.startsLine, rest) = (true, rest.dropFirst()) }
    if rest.first == "~" { (form.endsWord, rest) = (true, rest.dropFirst()) }
    if rest.last == "$" { (form.endsLine, rest) = (true, rest.dropLast()) }
    let first = pieces.count
    while let byte = rest.first {
      if let (name, kind) = SecretForms.places.first(where: { rest.hasPrefix($0.0) }) {
        pieces.append(Piece(kind: kind))
        rest = rest.dropFirst(name.count)
      } else if byte == " " || byte == "~" {
        pieces.append(Piece(kind: byte == " " ? .blanks : .gap))
        rest = rest.dropFirst()
      } else {
        let start = letters.count
        while let next = rest.first, next != " ", next != "~",
          !SecretForms.places.contains(where: { rest.hasPrefix($0.0) })
        {
          letters += next.utf8.map(\.asciiLowercased)
          rest = rest.dropFirst()
        }
        pieces.append(Piece(kind: .text, text: start..<letters.count))
      }
    }
    form.pieces = first..<pieces.count
    let anchors = anchors(of: &form)
    let isFound = form.startsLine || pieces[first].kind == .text
    guard isFound, !anchors.isEmpty, pieces[form.pieces].contains(where: { $0.kind == .secret }) else { return nil }
    return (form, anchors)
  }

  /// Chooses the rarest pair of bytes of a text. Where each text is one byte, that and the blank before it are the pair: a pair such as
  /// that of a table's cells would be looked at too often.
  private func anchors(of form: inout Form) -> [Int] {
    let longest = pieces[form.pieces].map(\.text.count).max() ?? 0
    var (rarest, chosen) = (Int.max, [Int]())
    for number in form.pieces where pieces[number].kind == .text {
      let text = letters[pieces[number].text]
      for offset in 0..<text.count {
        let isAfterBlank = longest == 1 && number > form.pieces.lowerBound && pieces[number - 1].kind == .blanks
        guard offset > 0 || isAfterBlank else { continue }
        let at = text.startIndex + offset
        let first = offset > 0 ? SecretLabels.cases(letters[at - 1]) : [0x20, 0x09]
        let pairs = first.flatMap { first in SecretLabels.cases(letters[at]).map { Int(first) << 8 | Int($0) } }
        let count = pairs.reduce(0) { $0 + BytePairs.builtIn.count(UInt8($1 >> 8), UInt8($1 & 0xFF)) }
        if count < rarest { (rarest, chosen, form.anchor) = (count, pairs.sorted(), (number, offset)) }
      }
    }
    form.spansLines = pieces[form.pieces.lowerBound..<form.anchor.piece].contains { $0.kind == .gap }
    return chosen
  }

  // MARK: Finding

  /// The number of bytes before an anchor in which a form may begin.
  private static let reach = 400

  /// Returns the values of the first form that is around an anchor which ends at an offset; what they are is not judged.
  ///
  /// `isTooDense` is asked once where there is the text of an anchor.
  func values(
    in bytes: borrowing Span<UInt8>, around at: Int, unless isTooDense: () -> Bool
  ) -> [Range<Int>] {
    let group = Int(groupsByPair[Int(bytes[at - 1]) << 8 | Int(bytes[at])])
    guard group >= 0 else { return [] }
    var isAsked = false
    for form in groups[group] {
      let place = at - form.anchor.offset
      guard place >= 0, hasText(form.anchor.piece, bytes, place) else { continue }
      if !isAsked, isTooDense() { return [] }
      isAsked = true
      let values = values(of: form, in: bytes, anchor: place)
      if !values.isEmpty { return values }
    }
    return []
  }

  private func values(of form: Form, in bytes: borrowing Span<UInt8>, anchor place: Int) -> [Range<Int>] {
    var run = SecretFormRun(form: form)
    let first = form.pieces.lowerBound
    if form.anchor.piece == first, !form.startsLine { return run.values(from: place, in: bytes, self) }
    var start = place
    while start >= 0, place - start <= SecretForms.reach {
      let isFirst = start == 0 || bytes[start - 1] == 0x0A
      if form.startsLine {
        if isFirst {
          let content = SecretForms.content(bytes, start)
          let found = content <= place ? run.values(from: content, in: bytes, self) : []
          if !found.isEmpty { return found }
        }
      } else if hasText(first, bytes, start) {
        let found = run.values(from: start, in: bytes, self)
        if !found.isEmpty { return found }
      }
      if isFirst, !form.spansLines { return [] }
      start -= 1
    }
    return []
  }

  /// The start of a line's content, after blanks and the marks of code, of quotations and of a prompt.
  private static func content(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < bytes.count, at < start + 40 {
      switch bytes[at] {
      case 0x20, 0x09, UInt8(ascii: "`"), UInt8(ascii: ">"), UInt8(ascii: "$"): at += 1
      default: return at
      }
    }
    return start
  }

  /// Whether the text of a piece is at an offset.
  func hasText(_ piece: Int, _ bytes: borrowing Span<UInt8>, _ at: Int) -> Bool {
    let text = pieces[piece].text
    guard at + text.count <= bytes.count else { return false }
    for offset in 0..<text.count where bytes[at + offset].asciiLowercased != letters[text.lowerBound + offset] {
      return false
    }
    return true
  }
}

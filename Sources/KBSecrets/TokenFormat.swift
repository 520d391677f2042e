import KBSource

/// The form of the tokens that a service issues: fixed characters, and runs of characters of a class.
///
/// Written as in `AKIA[A-Z2-7]{16}`: a class has ranges and single characters, `[^;]` is all others but control characters; a
/// count is `{n}`, `{n,m}` or `{n,}`.
struct TokenFormat: Sendable {
  /// What the service calls it.
  let name: String
  private(set) var pieces: [Piece] = []

  struct Piece: Sendable {
    /// For each byte whether it belongs to the class.
    var members = [Bool](repeating: false, count: 256)
    var least = 1
    var most = 1

    /// Whether it is one byte, of not too many.
    var isByte: Bool { least == 1 && most == 1 && bytes.count <= 16 }
    var bytes: [Int] { members.indices.filter { members[$0] } }
  }

  /// The forms that are built in.
  static let builtIn = EmbeddedTexts.text("secrets/tokens.txt").split(separator: "\n").compactMap {
    TokenFormat(line: $0)
  }

  /// Reads a line `name: pattern`; `nil` for a comment and for what is not a pattern.
  private init?(line: Substring) {
    guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("#") else { return nil }
    name = String(line[..<colon])
    var rest = line[line.index(after: colon)...].utf8.drop { $0 == UInt8(ascii: " ") }[...]
    while let first = rest.first {
      var piece = Piece()
      rest = rest.dropFirst()
      if first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
        TokenFormat.add(Array(rest[..<end]), to: &piece)
        rest = rest[rest.index(after: end)...]
      } else {
        piece.members[Int(first)] = true
      }
      if rest.first == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) {
        let bounds = String(Substring(rest[rest.index(after: rest.startIndex)..<end]))
          .split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard let least = bounds[0] else { return nil }
        piece.least = least
        piece.most = bounds.count == 1 ? least : bounds[1] ?? 4096
        rest = rest[rest.index(after: end)...]
      }
      pieces.append(piece)
    }
    if pieces.isEmpty { return nil }
    setAnchor()
  }

  private static func add(_ members: [UInt8], to piece: inout Piece) {
    if members.first == UInt8(ascii: "^") {
      defer { for byte in piece.members.indices { piece.members[byte] = byte >= 0x20 && !piece.members[byte] } }
      add(Array(members.dropFirst()), to: &piece)
      return
    }
    var at = 0
    while at < members.count {
      if at + 2 < members.count, members[at + 1] == UInt8(ascii: "-") {
        for byte in members[at]...members[at + 2] { piece.members[Int(byte)] = true }
        at += 3
      } else {
        piece.members[Int(members[at])] = true
        at += 1
      }
    }
  }

  /// The pairs of bytes by which tokens are recognised, the first byte in the upper half.
  private(set) var anchors: [Int] = []
  /// The piece that the first byte of such a pair belongs to.
  private var anchor = 0

  /// Chooses the rarest pair of which each byte is a piece. A token is read backwards from there: what is before it has to have one length,
  /// except for the first piece.
  private mutating func setAnchor() {
    anchors = (0..<256).filter { pieces[0].members[$0] }.flatMap { first in
      (0..<256).filter { second in
        pieces[0].most > 1 && pieces[0].members[second]
          || pieces[0].least < 2 && pieces.count > 1 && pieces[1].members[second]
      }.map { first << 8 | $0 }
    }
    var rarest = TokenFormat.frequency(anchors)
    for number in 0..<(pieces.count - 1) {
      if number > 1, pieces[number - 1].least != pieces[number - 1].most { break }
      guard pieces[number].isByte, pieces[number + 1].isByte else { continue }
      let pairs = pieces[number].bytes.flatMap { first in pieces[number + 1].bytes.map { first << 8 | $0 } }
      let frequency = TokenFormat.frequency(pairs)
      if frequency < rarest { (anchors, anchor, rarest) = (pairs, number, frequency) }
    }
  }

  /// How often pairs are in German and English text, where each counts once at least.
  private static func frequency(_ pairs: [Int]) -> Int {
    pairs.reduce(0) { sum, pair in
      sum + 1 + BytePairs.builtIn.count(UInt8(pair >> 8).asciiLowercased, UInt8(pair & 0xFF).asciiLowercased)
    }
  }

  /// Returns the place of the token whose anchor begins at an offset; `nil` where there is none, or where it is part of a longer word.
  func range(in bytes: borrowing Span<UInt8>, around offset: Int) -> Range<Int>? {
    var start = offset
    for piece in pieces[..<anchor].reversed() {
      var count = 0
      while count < piece.most, start > 0, piece.members[Int(bytes[start - 1])] {
        start -= 1
        count += 1
      }
      guard count >= piece.least else { return nil }
    }
    if start > 0, bytes[start - 1].isWordByte, bytes[start].isWordByte { return nil }
    var at = offset
    for piece in pieces[anchor...] {
      var count = 0
      while count < piece.most, at < bytes.count, piece.members[Int(bytes[at])] {
        at += 1
        count += 1
      }
      guard count >= piece.least else { return nil }
    }
    return at < bytes.count && bytes[at].isWordByte ? nil : start..<at
  }
}

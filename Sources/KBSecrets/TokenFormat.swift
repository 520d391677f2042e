import KBSource

/// The form of the tokens that a service issues: fixed characters, and runs of characters of a class.
///
/// Written as in `AKIA[A-Z2-7]{16}`: a class has ranges and single characters; a count is `{n}`, `{n,m}` or `{n,}`.
struct TokenFormat: Sendable {
  /// What the service calls it.
  let name: String
  private var pieces: [Piece] = []

  private struct Piece: Sendable {
    /// For each byte whether it belongs to the class.
    var members = [Bool](repeating: false, count: 256)
    var least = 1
    var most = 1
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
  }

  private static func add(_ members: [UInt8], to piece: inout Piece) {
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

  /// The pairs of bytes that a token can begin with, the first byte in the upper half.
  var firstPairs: [Int] {
    (0..<256).filter { pieces[0].members[$0] }.flatMap { first in
      (0..<256).filter { second in
        pieces[0].most > 1 && pieces[0].members[second]
          || pieces[0].least < 2 && pieces.count > 1 && pieces[1].members[second]
      }.map { first << 8 | $0 }
    }
  }

  /// Returns the end of a token that begins at an offset; `nil` where there is none, or where it is part of a longer word.
  func end(in bytes: borrowing Span<UInt8>, from start: Int) -> Int? {
    var at = start
    for piece in pieces {
      var count = 0
      while count < piece.most, at < bytes.count, piece.members[Int(bytes[at])] {
        at += 1
        count += 1
      }
      guard count >= piece.least else { return nil }
    }
    return at < bytes.count && bytes[at].isWordByte ? nil : at
  }
}

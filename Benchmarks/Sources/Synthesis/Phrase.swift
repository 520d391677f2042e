/// A text with gaps, written as a string literal: `"Restart \(.host) at \(.time)."`
struct Phrase: ExpressibleByStringInterpolation {
  /// A piece of the text.
  enum Piece {
    case text(String)
    case gap(Slot)
  }

  /// Collects the pieces of a literal.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(2 * interpolationCount + 1) }

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.text(literal)) }
    }

    mutating func appendInterpolation(_ slot: Slot) { pieces.append(.gap(slot)) }
  }

  /// The pieces in order.
  let pieces: [Piece]

  init(stringLiteral value: String) { pieces = [.text(value)] }
  init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }
}

/// An upper bound of the work that md4c 0.4.8 spends where its time is not linear, found in one pass over the text.
///
/// Measured at 1 MiB without this bound: 70 s for `http://a.b/((` again and again, 7 s for a paragraph of lines `[a]`.
/// All of it happens within one paragraph, so that the text is taken in pieces between empty lines. A piece is at least
/// as large as md4c's paragraphs: the bound may be too high, for enormous tables and lists, and never too low.
struct MarkdownCost {
  /// Steps that take md4c about a third of a second.
  static let most = 500_000_000
  /// A text of so many bytes is bearable whatever stands in it: `n` bytes make at most `4 * n * n` steps.
  ///
  /// Runs and lines make at most `n * n` steps each; an address takes two marks, so there are at most `2 * n` for `n`.
  static let alwaysBearable = 10_000

  private(set) var steps = 0

  private var lines = 0
  private var brackets = 0
  private var marks = 0
  private var addresses = 0
  /// Bytes and addresses since the last blank.
  private var run = 0
  private var addressesInRun = 0

  private init() {}

  /// Whether md4c can read the text in reasonable time.
  static func isBearable(_ text: ArraySlice<UInt8>) -> Bool {
    if text.count <= alwaysBearable { return true }
    return MarkdownCost(of: text).steps <= most
  }

  /// Goes through a text.
  init(of text: ArraySlice<UInt8>) {
    let span = text.span
    var cost = MarkdownCost()
    var isEmptyLine = true
    var previous: UInt8 = 0
    for index in span.indices {
      let byte = span[index]
      cost.run += 1
      switch byte {
      case UInt8(ascii: "\n"):
        cost.endRun()
        if isEmptyLine { cost.endPiece() } else { cost.lines += 1 }
        isEmptyLine = true
        previous = byte
        continue
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        cost.endRun()
        previous = byte
        continue
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "`"):
        cost.brackets += 1
        cost.marks += 1
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "&"),
        UInt8(ascii: "\\"), UInt8(ascii: ">"),
        UInt8(ascii: "|"):
        cost.marks += 1
      case UInt8(ascii: "/") where previous == UInt8(ascii: ":"), UInt8(ascii: "@"): cost.addAddress()
      case UInt8(ascii: ".") where previous | 0x20 == UInt8(ascii: "w"): cost.addAddress()
      default: break
      }
      isEmptyLine = false
      previous = byte
    }
    cost.endRun()
    cost.endPiece()
    self = cost
  }

  private mutating func addAddress() {
    addresses += 1
    addressesInRun += 1
    // The mark itself, and the one that md4c keeps for its end.
    marks += 2
  }

  /// Each bare address is followed to the next blank.
  private mutating func endRun() {
    add(run, addressesInRun)
    (run, addressesInRun) = (0, 0)
  }

  /// For each bracket the lines of its paragraph are counted, for each bare address the marks behind it.
  private mutating func endPiece() {
    // A line costs less than a mark.
    add((lines + 1) / 2, brackets)
    add(addresses, marks)
    (lines, brackets, marks, addresses) = (0, 0, 0, 0)
  }

  private mutating func add(_ count: Int, _ times: Int) {
    let (product, overflows) = count.multipliedReportingOverflow(by: times)
    steps = overflows ? Int.max / 2 : min(Int.max / 2, steps + min(product, Int.max / 4))
  }
}

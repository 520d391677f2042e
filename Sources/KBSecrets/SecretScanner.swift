import KBSource

/// A place in a file that holds a secret.
struct Secret: Sendable, Hashable {
  /// The bytes of the value alone.
  let range: Range<Int>
  let sort: Sort
  /// Whether it is one only because its word is rare: a knowledge base that uses the word elsewhere means something else.
  var isDoubtful = false

  enum Sort: Sendable, Hashable {
    case privateKey
    /// A token, by the name of its service.
    case token(String)
    /// A password in an address or a connection string.
    case address
    /// A value that follows a label such as "Kennwort".
    case labelled
  }
}

extension Secret {
  fileprivate init(_ value: LabelledSentence.Value) {
    self.init(range: value.range, sort: .labelled, isDoubtful: value.isDoubtful)
  }
}

/// Finds what looks like a secret in text: private keys, tokens of services, passwords in addresses, and values that
/// follow a word for a secret.
///
/// One pass over the bytes looks up each pair of neighbours in a table; only where a token, a label or an address can
/// begin is anything else done.
struct SecretScanner: Sendable {
  /// The scanner with the words and forms of `templates/text/secrets`.
  static let builtIn = SecretScanner()

  private let formats = TokenFormat.builtIn
  private let labels = SecretLabels.builtIn
  let words = SecretWords.builtIn
  /// The formats that begin with some two bytes.
  private let formatGroups: [[Int]]
  /// For each pair of bytes the number of its group; -1 for most.
  private let formatGroupsByPair: [Int16]
  /// The number of first bytes that hold no NUL in a text.
  private static let mostBeforeNUL = 8192
  /// For each pair of neighbouring bytes whether something can begin there, or whether it ends with a NUL.
  private let isOfInterest: [Bool]
  /// The pairs in `://` and in `-----BEGIN`.
  private static let (address, key) = (0x3A << 8 | 0x2F, 0x2D << 8 | 0x42)

  private init() {
    var isOfInterest = [Bool](repeating: false, count: 1 << 16)
    var formatsByPair: [Int: [Int]] = [:]
    for pair in [SecretScanner.address, SecretScanner.key] + labels.anchors { isOfInterest[pair] = true }
    for first in 0...255 { isOfInterest[first << 8] = true }
    for (number, format) in formats.enumerated() {
      for pair in format.firstPairs {
        isOfInterest[pair] = true
        formatsByPair[pair, default: []].append(number)
      }
    }
    var byPair = [Int16](repeating: -1, count: 1 << 16)
    for (number, pair) in formatsByPair.keys.sorted().enumerated() { byPair[pair] = Int16(number) }
    self.isOfInterest = isOfInterest
    formatGroups = formatsByPair.keys.sorted().map { formatsByPair[$0] ?? [] }
    formatGroupsByPair = byPair
  }

  /// Returns every secret in a text, in order; of two that overlap the first. What is no text has none.
  func secrets(in bytes: [UInt8]) -> [Secret] { secrets(in: bytes, encodings: 2) }

  /// `encodings`: the number of layers of Base64 that are read.
  private func secrets(in bytes: [UInt8], encodings: Int) -> [Secret] {
    var found = encodings > 0 ? encoded(in: bytes, encodings) : []
    let span = bytes.span
    let interest = isOfInterest.span
    var labelled = 0
    var columns = (head: -1, column: -1)
    var rows = (head: -1, column: -1)
    var previous: UInt8 = 0
    var at = 0
    while at < span.count {
      let byte = span[at]
      let pair = Int(previous) << 8 | Int(byte)
      previous = byte
      at += 1
      guard interest[pair] else { continue }
      if byte == 0, at <= SecretScanner.mostBeforeNUL { return [] }
      let group = Int(formatGroupsByPair[pair])
      if group >= 0, at < 3 || !span[at - 3].isWordByte {
        for number in formatGroups[group] {
          guard let end = formats[number].end(in: span, from: at - 2), isTokenLike(bytes[(at - 2)..<end]) else {
            continue
          }
          found.append(Secret(range: (at - 2)..<end, sort: .token(formats[number].name)))
        }
      }
      switch pair {
      case SecretScanner.key:
        if let range = privateKey(in: bytes, at: at - 1) { found.append(Secret(range: range, sort: .privateKey)) }
      case SecretScanner.address:
        guard at < span.count, span[at] == UInt8(ascii: "/") else { continue }
        if let range = password(inAddress: bytes, after: at + 1) { found.append(Secret(range: range, sort: .address)) }
      default:
        guard at >= 2, let label = labels.label(in: span, around: at - 1), label.range.lowerBound >= labelled else {
          continue
        }
        let values = values(in: bytes, of: label)
        found += values.map(Secret.init)
        // A longer label may begin with one that introduces nothing: "key phrase".
        labelled = values.isEmpty ? label.range.lowerBound : label.range.upperBound
        found += cells(in: bytes, below: label, done: &columns).map(Secret.init)
        if label.sort == .password { found += fields(in: bytes, below: label, done: &rows).map(Secret.init) }
      }
    }
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    var kept: [Secret] = []
    for secret in found where secret.range.lowerBound >= kept.last?.range.upperBound ?? 0 { kept.append(secret) }
    return kept
  }

  /// Whether bytes are not the same few over and over, as in a placeholder.
  private func isVaried(_ bytes: ArraySlice<UInt8>) -> Bool {
    Set(bytes).count >= min(8, max(4, bytes.count / 3))
  }

  /// Whether bytes in the form of a token are one: not an example, and not words that happen to begin so.
  private func isTokenLike(_ token: ArraySlice<UInt8>) -> Bool {
    let isMade = token.contains(where: \.isASCIIDigit) || token.count(where: \.isASCIIUppercase) > 3
    guard isMade, isVaried(token) else { return false }
    var (run, previous): (Int, UInt8) = (0, 0)
    for byte in token {
      run = byte == previous ? run + 1 : 1
      if run > 7 { return false }
      previous = byte
    }
    let text = String(decoding: token, as: UTF8.self).lowercased()
    return !words.placeholderPieces.contains { text.contains($0) }
  }

  // MARK: Private keys, Base64 and addresses

  /// The key whose first line has its "B" at an offset; a heading alone, or one that says it is an example, is none.
  private func privateKey(in bytes: [UInt8], at offset: Int) -> Range<Int>? {
    let start = offset - 5
    let begin = Array("-----BEGIN ".utf8)
    guard start >= 0, bytes[start...].starts(with: begin) else { return nil }
    let head = bytes[(start + begin.count)...].prefix(60).prefix { $0 != UInt8(ascii: "-") }
    let name = String(decoding: head, as: UTF8.self)
    guard name.hasSuffix("PRIVATE KEY") || name.hasSuffix("PRIVATE KEY BLOCK") else { return nil }
    let body = bytes[head.endIndex...].drop { $0 == UInt8(ascii: "-") }.prefix(8192).prefix { $0 != UInt8(ascii: "-") }
    let key = body.filter { $0.isWordByte || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    let line = bytes[..<start].suffix(200).split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
    let before = String(decoding: line, as: UTF8.self).lowercased()
    guard key.count >= 100, isVaried(key[...]),
      !(words.placeholderPieces + words.pretences).contains(where: { before.contains($0) })
    else {
      return nil
    }
    return start..<body.endIndex
  }

  /// Runs of Base64 that hold secrets when they are decoded.
  private func encoded(in bytes: [UInt8], _ encodings: Int) -> [Secret] {
    let shortest = 40
    var found: [Secret] = []
    var at = shortest - 1
    while at < bytes.count {
      guard Base64.isDigit(bytes[at]) else {
        at += shortest
        continue
      }
      var (start, end) = (at, at + 1)
      while start > 0, Base64.isDigit(bytes[start - 1]) { start -= 1 }
      while end < bytes.count, Base64.isDigit(bytes[end]) { end += 1 }
      if end - start >= shortest, let text = Base64.text(bytes[start..<end]),
        !secrets(in: text, encodings: encodings - 1).isEmpty
      {
        found.append(Secret(range: start..<end, sort: .labelled))
      }
      at = end + shortest
    }
    return found
  }

  /// The password in `scheme://user:password@host`.
  private func password(inAddress bytes: [UInt8], after start: Int) -> Range<Int>? {
    var colon: Int?
    for at in start..<min(bytes.count, start + 256) {
      switch bytes[at] {
      case UInt8(ascii: "@"):
        guard let colon, colon > start, colon + 3 < at else { return nil }
        let value = SecretValue(String(decoding: bytes[(colon + 1)..<at], as: UTF8.self), words)
        let isOptional = value.text.contains { "[]".contains($0) }
        return value.isPlaceholder || value.isSecretName || isOptional ? nil : (colon + 1)..<at
      case UInt8(ascii: ":"): if colon == nil { colon = at }
      case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"),
        UInt8(ascii: "`"), 0...0x20:
        return nil
      default: break
      }
    }
    return nil
  }
}

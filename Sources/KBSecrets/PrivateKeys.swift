import KBSource

/// Private keys: between the lines that begin and end them, below a line that announces them, in JSON, and in bare Base64.
extension SecretScanner {
  /// The pairs in "BEGIN" and in "Private-Lines" by which blocks are recognised, the first byte in the upper half.
  static let (begin, privateLines) = (0x45 << 8 | 0x47, 0x2D << 8 | 0x4C)

  /// What the line that begins a block calls a key, in lower case.
  private static let namesOfBlocks = ["private key", "openvpn static key", "openvpn tls-crypt-v2", "pkcs12"]
    .map { Array($0.utf8) }

  /// The key between `-----BEGIN ... PRIVATE KEY-----` and its end, or what is there of it; `nil` where the heading is alone or
  /// says that it is an example.
  ///
  /// `offset`: of the "B". The hyphens may be escaped or entities, dashes that a word processor made, or four and a space.
  func keyBlock(in bytes: [UInt8], beginningAt offset: Int) -> Range<Int>? {
    guard offset > 0, bytes[offset...].starts(with: "BEGIN".utf8) else { return nil }
    var start = offset
    while start > 0, SecretScanner.isBlank(bytes[start - 1]) { start -= 1 }
    let before = String(decoding: bytes[..<start].suffix(5), as: UTF8.self).lowercased()
    guard SecretScanner.hyphens.contains(where: { before.hasSuffix($0) }) else { return nil }
    while start > 0, bytes[start - 1] == UInt8(ascii: "-") { start -= 1 }
    let line = bytes[(offset + 5)...].prefix(60).prefix { $0 != 0x0A }
    let heading = line.map { SecretScanner.isBlank($0) ? 0x20 : $0.asciiLowercased }
    let ends = SecretScanner.namesOfBlocks.compactMap { name in
      heading.indices.first { heading[$0...].starts(with: name) }.map { line.startIndex + $0 + name.count }
    }
    guard let first = ends.min(), let end = endOfKey(in: bytes, from: first) else { return nil }
    let sameLine = bytes[..<start].suffix(200).split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
    let text = String(decoding: sameLine, as: UTF8.self).lowercased()
    return (words.placeholderPieces + words.pretences).contains { text.contains($0) } ? nil : start..<end
  }

  /// The key below "Private-Lines: 14", as PuTTY stores it; `offset`: of the "P".
  func keyLines(in bytes: [UInt8], beginningAt offset: Int) -> Range<Int>? {
    let name = "Private-Lines:"
    guard offset >= 0, bytes[offset...].starts(with: name.utf8) else { return nil }
    let line = bytes[(offset + name.utf8.count)...].prefix(20)
    let start = line.drop { $0 != 0x0A && $0 != UInt8(ascii: "\\") }.startIndex
    return endOfKey(in: bytes, from: start).map { start..<$0 }
  }

  /// A hyphen, the dashes that a word processor makes of several, an entity of HTML, and escapes of YAML, JSON and addresses.
  private static let hyphens = ["-", "–", "—", ";", "x2d", "u002d", "%2d"]

  /// A space, a tab, or a byte of a space that does not break.
  private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0xC2, 0xA0].contains(byte) }

  /// The end of the runs of Base64 that begin at an offset; `nil` where there are too few of them for a key.
  ///
  /// What is between two runs may be a line end, a mark of a quotation or of a table, `\n`, a heading such as "Proc-Type: 4,ENCRYPTED".
  private func endOfKey(in bytes: [UInt8], from start: Int) -> Int? {
    let (shortestRun, shortestKey) = (16, 40)
    // Headings are before the key; after its end comes another text.
    let (longestHeading, longestGap) = (600, 80)
    var key: [UInt8] = []
    var (others, end, gap) = (0, start, start)
    var at = start
    while at < bytes.count, at - gap <= (key.isEmpty ? longestHeading : longestGap) {
      let run = at
      while at < bytes.count, SecretScanner.isDigitOfKey(bytes[at]) { at += 1 }
      switch bytes[run..<at] {
      case let digits where digits.count >= shortestRun:
        if key.count < 4096 { key += digits }
        (end, gap) = (at, at)
      case let word where SecretScanner.bounds.contains { word.elementsEqual($0) }:
        // Another block begins, or this one ends; its last line may be shorter than a run.
        if word.count == 3, !key.isEmpty {
          end = (bytes[..<run].lastIndex { SecretScanner.isDigitOfKey($0) } ?? end - 1) + 1
        }
        at = bytes.count
      case let word: others += word.count
      }
      if at < bytes.count, bytes[at] > 0x20 { others += 1 }
      at += 1
    }
    guard key.count >= shortestKey, key.count * 3 >= others, isVaried(key[...]) else { return nil }
    // Without a line that ends it, the last line of a key may be as short.
    let next = bytes[end...].prefix(8).drop { $0 == 0x0D || $0 == 0x0A || SecretScanner.isBlank($0) }
    let tail = bytes[next.startIndex...].prefix(shortestRun).prefix { SecretScanner.isDigitOfKey($0) }
    let isLine = tail.endIndex == bytes.count || bytes[tail.endIndex] == 0x0A || bytes[tail.endIndex] == 0x0D
    return isLine && !tail.isEmpty ? tail.endIndex : end
  }

  /// The words that are only at the beginning and the end of blocks.
  private static let bounds = ["END", "BEGIN", "Lines"].map { Array($0.utf8) }

  private static func isDigitOfKey(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
  }

  // MARK: JSON

  /// The secret members of a JSON Web Key (RFC 7517), of which a label is the member "kty".
  ///
  /// `done`: the end of the object that was looked at last.
  func members(ofKeyAround label: SecretLabels.Label, in bytes: [UInt8], done: inout Int) -> [Value] {
    guard label.range.lowerBound >= done, bytes[label.range.upperBound...].first == UInt8(ascii: "\"") else {
      return []
    }
    // A key of 16384 bits takes some 14,000 bytes.
    let longest = 16 * 1024
    guard let open = bytes[..<label.range.lowerBound].suffix(longest).lastIndex(of: UInt8(ascii: "{")) else {
      return []
    }
    let close = bytes[label.range.upperBound...].prefix(longest).prefix { $0 != UInt8(ascii: "}") }.endIndex
    done = close
    // Names and values alternate; what is between quotation marks has no escapes.
    let marks = bytes[open..<close].indices.filter { bytes[$0] == UInt8(ascii: "\"") }
    let texts = stride(from: 0, to: marks.count - 1, by: 2).map { (marks[$0] + 1)..<marks[$0 + 1] }
    return zip(texts, texts.dropFirst()).filter { name, value in
      words.membersOfKeys.contains(String(decoding: bytes[name], as: UTF8.self)) && value.count >= 16
        && bytes[value].allSatisfy(Base64.isDigit) && isVaried(bytes[value])
        && bytes[name.upperBound..<value.lowerBound].contains(UInt8(ascii: ":"))
    }.map { Value(range: $1) }
  }
}

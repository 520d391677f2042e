import KBSource

/// The values of a Secret of Kubernetes, which `data` has in Base64 and `stringData` as they are.
extension SecretScanner {
  /// The number of bytes before and after the kind of a manifest that belong to it.
  private static let (before, after) = (8_000, 64_000)

  /// Returns the secret members of the manifest around its kind. `done`: the end of the last manifest that was read.
  func members(ofManifestAround label: SecretLabels.Label, in bytes: [UInt8], done: inout Int) -> [Value] {
    var start = SecretScanner.startOfLine(bytes, label.range.lowerBound)
    guard start >= done, isKind(bytes, after: label.range.upperBound) else { return [] }
    let indent = SecretScanner.indent(bytes, SecretScanner.wholeLine(bytes, start))
    let first = max(done, label.range.lowerBound - SecretScanner.before)
    while start > first {
      let previous = SecretScanner.startOfLine(bytes, start - 1)
      if previous < first || isBound(bytes, previous, indent) { break }
      start = previous
    }
    var found: [Value] = []
    var section: (isEncoded: Bool, indent: Int)?
    var isMember = true
    var line = SecretScanner.wholeLine(bytes, start)
    while line.lowerBound < bytes.count, line.lowerBound < label.range.upperBound + SecretScanner.after,
      line.lowerBound < label.range.lowerBound || !isBound(bytes, line.lowerBound, indent)
    {
      done = line.upperBound
      let depth = SecretScanner.indent(bytes, line)
      let content = bytes[line].dropFirst(depth)
      if let open = section, depth > open.indent {
        if let range = value(ofMember: content, &isMember), isSecret(bytes[range], isEncoded: open.isEncoded) {
          found.append(Value(range: range))
        }
      } else if content.contains(where: { $0 > 0x20 }) {
        section = nil
        if content.starts(with: "data:".utf8) { section = (true, depth) }
        if content.starts(with: "stringData:".utf8) { section = (false, depth) }
      }
      line = SecretScanner.wholeLine(bytes, line.upperBound + 1)
    }
    return found
  }

  private static func wholeLine(_ bytes: [UInt8], _ start: Int) -> Range<Int> {
    let start = min(start, bytes.count)
    return start..<(bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)
  }

  private static func startOfLine(_ bytes: [UInt8], _ at: Int) -> Int {
    bytes[..<at].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  private static func indent(_ bytes: [UInt8], _ line: Range<Int>) -> Int { bytes[line].prefix { $0 == 0x20 }.count }

  /// Whether a line is between two manifests, or ends the text that has them.
  private func isBound(_ bytes: [UInt8], _ start: Int, _ indent: Int) -> Bool {
    let line = bytes[start...].prefix(indent + 3).dropFirst(indent)
    return line.elementsEqual("---".utf8) || line.elementsEqual("```".utf8)
  }

  /// The value of a line `name: value`, or of a line below one whose value is a block; `isMember`: whether the name is one of a secret.
  private func value(ofMember content: ArraySlice<UInt8>, _ isMember: inout Bool) -> Range<Int>? {
    let colon = content.indices.first { at in
      content[at] == UInt8(ascii: ":") && (at + 1 == content.endIndex || content[at + 1] <= 0x20)
    }
    var value = content
    if let colon, content[..<colon].allSatisfy({ $0.isWordByte || ".-\"'".utf8.contains($0) }) {
      let name = String(decoding: content[..<colon].filter { !"\"'".utf8.contains($0) }, as: UTF8.self)
      isMember = !words.plainMembers.contains(name.lowercased())
      value = content[(colon + 1)...]
    }
    value = value.drop { $0 <= 0x20 || "\"'".utf8.contains($0) }
    while let last = value.last, last <= 0x20 || "\"'".utf8.contains(last) { value.removeLast() }
    return isMember && value.count > 1 ? value.startIndex..<value.endIndex : nil
  }

  private func isSecret(_ bytes: ArraySlice<UInt8>, isEncoded: Bool) -> Bool {
    let value = SecretValue(String(decoding: bytes, as: UTF8.self), words)
    if isEncoded {
      guard bytes.allSatisfy(Base64.isDigit), let decoded = Base64.text(bytes, atLeast: 4) else { return false }
      let plain = String(decoding: decoded, as: UTF8.self).trimmingBlanks()
      // "admin:password", and a document that has an address of an example in it, are none the less.
      let user = plain.prefix { $0 != ":" }
      if words.users.contains(user.lowercased()), user.utf8.count < plain.utf8.count { return true }
      return plain.utf8.count > 40 ? !value.isPlaceholder : isSecret(Array(plain.utf8)[...], isEncoded: false)
    }
    return bytes.count >= 4 && !value.isPlaceholder && !value.isOrdinary && !value.isSecretName
      && !value.text.contains("://")
  }

  /// Whether the word after "kind:" is the one of a manifest that holds secrets.
  private func isKind(_ bytes: [UInt8], after at: Int) -> Bool {
    let word = bytes[at...].prefix(12).drop { $0 == 0x20 || "\"'".utf8.contains($0) }.prefix { $0.isWordByte }
    return word.map(\.asciiLowercased).elementsEqual("secret".utf8)
  }
}

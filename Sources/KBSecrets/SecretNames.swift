public import KBSource

/// Secrets in the names of files, and where texts name such files.
extension SecretScanner {
  /// Returns the secrets in a path.
  func secrets(inName bytes: [UInt8]) -> [Secret] {
    // A secret has one of these: most names have none.
    guard bytes.contains(where: { $0.isASCIIDigit || $0.isASCIIUppercase || "!#$%&*?@+".utf8.contains($0) }) else {
      return []
    }
    // What a sentence separates by spaces, a name separates by hyphens; its extension is not part of it.
    let end = bytes.lastIndex(of: UInt8(ascii: ".")) ?? bytes.count
    let sentence = bytes.enumerated().map { $0 >= end || "-_/".utf8.contains($1) ? UInt8(ascii: " ") : $1 }
    let tokens = secrets(in: bytes, layers: 0).filter { if case .token = $0.sort { true } else { false } }
    let values = secrets(in: sentence, layers: 0).filter { secret in
      let value = SecretValue(String(decoding: sentence[secret.range], as: UTF8.self), words)
      return secret.sort == .labelled && value.isSecretInName
    }
    return tokens + values
  }

  /// The secrets in the name of a file that a label is part of, as in a link: a word with an extension, or the target of a wiki link.
  ///
  /// `done`: the end of the name that was looked at last.
  func secrets(inNameAround label: SecretLabels.Label, in bytes: [UInt8], done: inout Int) -> [Secret] {
    guard label.range.lowerBound >= done else { return [] }
    let longest = 255
    let isPart = { (byte: UInt8) in byte > 0x20 && !"()[]<>\"'`|".utf8.contains(byte) }
    let before = bytes[..<label.range.lowerBound].suffix(longest)
    let start = before.lastIndex { !isPart($0) }.map { $0 + 1 } ?? before.startIndex
    let rest = bytes[start...].prefix(2 * longest).prefix { isPart($0) }
    done = rest.endIndex
    // A sentence may end with it.
    let name = rest.prefix(upTo: (rest.lastIndex { $0.isWordByte } ?? start) + 1)
    let ending = name.suffix(6).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let hasExtension =
      ending.count > 1 && ending.last.map { !$0.isEmpty && $0.allSatisfy(\.isASCIIAlphanumeric) } ?? false
    let isTarget = bytes[..<start].suffix(2).elementsEqual("[[".utf8)
    guard hasExtension || isTarget, !String(decoding: name, as: UTF8.self).contains("://") else { return [] }
    return secrets(inName: Array(name)).map {
      Secret(range: ($0.range.lowerBound + start)..<($0.range.upperBound + start), sort: $0.sort)
    }
  }
}

extension History {
  /// The history without the secrets in messages and in names of files.
  public var masked: History {
    showing(messages: { SecretMask.masked($0.message) }, paths: { SecretMask.masked($0) })
  }
}

import KBSource

/// The target of a request: a name to look up in the list of files, never a path to open.
public struct RequestTarget: Sendable, Hashable {
  /// Names separated by `/`, decoded, without the first `/`; a `/` at the end stays.
  public let path: String
  private let query: String

  /// Reads a target, or returns `nil` when no file could have that name: climbing up, empty names, encoded slashes, control
  /// characters, backslashes, text that is not UTF-8, or more than `longest` bytes.
  public init?(_ target: String, longest: Int = 2048) {
    guard target.utf8.count <= longest, target.hasPrefix("/") else { return nil }
    let parts = target.dropFirst().split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    query = parts.count > 1 ? String(parts[1]) : ""
    guard let decoded = RequestTarget.decoded(parts.first ?? "", isPath: true) else { return nil }
    let names = decoded.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
    for (number, name) in names.enumerated() {
      if name == "." || name == ".." { return nil }
      if name.isEmpty, number < names.count - 1 { return nil }
    }
    path = decoded
  }

  /// Returns the first value of a name in the query, or `nil` when it is absent or can't be read.
  public func value(_ name: String) -> String? {
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[0] == name { return RequestTarget.decoded(parts[1], isPath: false) }
    }
    return nil
  }

  private static func decoded(_ text: some StringProtocol, isPath: Bool) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(\.hexadecimalValue),
        let low = rest.popFirst().flatMap(\.hexadecimalValue)
      else { return nil }
      let decoded = high << 4 | low
      if isPath, decoded == UInt8(ascii: "/") { return nil }
      bytes.append(decoded)
    }
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}

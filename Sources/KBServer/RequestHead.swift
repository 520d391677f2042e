import KBSource

/// The head of an HTTP request, read as RFC 9112 has it, and no more generously: a line that could be read in two ways is
/// refused.
public struct RequestHead: Sendable, Hashable {
  public let method: String
  /// As it was sent: path and query, still encoded.
  public let target: String
  public let isVersion10: Bool
  /// Names in lower case; several of one name are consecutive.
  public let headers: [Header]

  public struct Header: Sendable, Hashable {
    public let name: String
    public let value: String
  }

  /// Why a head can't be read.
  public struct Malformed: Error, Hashable {
    public let status: Status
  }

  /// Returns the end of a head, after the first empty line, or `nil` when it goes on.
  static func end(in bytes: [UInt8]) -> Int? {
    bytes.firstRange(of: [13, 10, 13, 10]).map(\.upperBound)
  }

  /// Reads a head with the empty line at its end.
  public init(_ bytes: ArraySlice<UInt8>) throws(Malformed) {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes
    while let end = rest.firstRange(of: [13, 10]) {
      lines.append(rest[..<end.lowerBound])
      rest = rest[end.upperBound...]
    }
    // No control characters except line ends, and only ASCII.
    guard let first = lines.first, lines.allSatisfy({ $0.allSatisfy { (0x20...0x7E).contains($0) || $0 == 9 } }) else {
      throw Malformed(status: .badRequest)
    }
    let parts = String(decoding: first, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].utf8.allSatisfy(RequestHead.isToken), parts[1].hasPrefix("/"),
      parts[2].hasPrefix("HTTP/")
    else { throw Malformed(status: .badRequest) }
    guard parts[2] == "HTTP/1.1" || parts[2] == "HTTP/1.0" else { throw Malformed(status: .versionNotSupported) }
    method = String(parts[0])
    target = String(parts[1])
    isVersion10 = parts[2] == "HTTP/1.0"
    var headers: [Header] = []
    for line in lines.dropFirst() where !line.isEmpty {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy(RequestHead.isToken)
      else { throw Malformed(status: .badRequest) }
      let value = line[(colon + 1)...]
      let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 9 }
      let trimmed = value.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
      headers.append(
        Header(
          name: String(decoding: line[..<colon], as: UTF8.self).lowercased(),
          value: String(decoding: Array(trimmed), as: UTF8.self)))
    }
    self.headers = headers
  }

  /// The characters of a token, of which methods and names of headers are made.
  private static func isToken(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }

  /// All values of a header.
  public func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

  /// Whether bytes of a body follow, which no request here needs.
  var hasBody: Bool {
    !values("transfer-encoding").isEmpty || values("content-length").contains { $0 != "0" }
  }

  /// Whether the connection is to stay.
  var keepsConnection: Bool {
    let words = values("connection").flatMap { $0.lowercased().split(separator: ",") }.map { word in
      String(word.filter { $0 != " " && $0 != "\t" })
    }
    return isVersion10 ? words.contains("keep-alive") : !words.contains("close")
  }
}

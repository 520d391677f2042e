import KBSource

/// The kind of a link's destination, decided after decoding.
public enum LinkAddress: Sendable, Hashable {
  /// `http:`, `https:` or `ftp:`.
  case web(String)
  /// `mailto:` or `tel:`.
  case contact(String)
  /// A place in the knowledge base, percent-decoded, without its anchor.
  case path(String, anchor: String?)
  /// A heading on the same page.
  case anchor(String)
  /// Any other scheme, or an address that hides one.
  case forbidden

  public init(_ destination: String) {
    if LinkAddress.isPlainPath(destination) {
      self = .path(destination, anchor: nil)
      return
    }
    // Browsers drop tabs and line ends inside an address and control characters before it: so does the decision.
    let scalars = destination.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
    let compact = String(String.UnicodeScalarView(scalars))
    let hasControl = destination.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    let lowered = compact.lowercased()
    if ["https://", "http://", "ftp://"].contains(where: lowered.hasPrefix) {
      self = hasControl ? .forbidden : .web(destination)
      return
    }
    if lowered.hasPrefix("mailto:") || lowered.hasPrefix("tel:") {
      self = hasControl ? .forbidden : .contact(destination)
      return
    }
    if hasControl || LinkAddress.namesHost(compact) || LinkAddress.hasScheme(compact)
      || LinkAddress.hasScheme(LinkAddress.percentDecoded(compact))
    {
      self = .forbidden
      return
    }
    // By bytes: with a mark after it, as in "#️-achtung", the number sign is another Character.
    let bytes = destination.utf8
    let hash = bytes.firstIndex(of: UInt8(ascii: "#"))
    let anchor = hash.map { LinkAddress.percentDecoded(String(destination[bytes.index(after: $0)...])) }
    if let anchor, hash == bytes.startIndex {
      self = .anchor(anchor)
      return
    }
    let whole = destination[..<(hash ?? bytes.endIndex)]
    let path = whole.utf8.firstIndex(of: UInt8(ascii: "?")).map { whole[..<$0] } ?? whole
    self = .path(LinkAddress.percentDecoded(String(path)), anchor: anchor)
  }

  /// Whether it has only letters, digits and the characters of ordinary relative paths: most links do.
  private static func isPlainPath(_ text: String) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "/") else { return false }
    return text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-._/".utf8.contains($0) }
  }

  /// Whether the text begins with two slashes, of which browsers take a backslash for one: a host follows.
  private static func namesHost(_ text: String) -> Bool {
    text.utf8.count > 1 && text.utf8.prefix(2).allSatisfy { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
  }

  /// Whether the text begins with letters and a colon, as a scheme does (RFC 3986, section 3.1).
  private static func hasScheme(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    let before = text[..<colon].utf8
    return before.first?.isASCIILetter == true
      && before.allSatisfy { $0.isASCIIAlphanumeric || "+-.".utf8.contains($0) }
  }

  /// The text with `%41` and the like decoded; what is no UTF-8 then stays encoded.
  static func percentDecoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(value)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self) ?? text
  }
}

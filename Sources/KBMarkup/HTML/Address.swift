import KBCatalog
package import KBSource

/// An address that a page may lead to: a file of the site, an allowed scheme, or an anchor.
package struct Address: Sendable, Hashable {
  package let text: String

  private init(text: String) { self.text = text }

  /// A file of the site, from a page at that depth.
  package static func file(_ path: String, depth: Int, anchor: String? = nil) -> Address {
    var text = String(repeating: "../", count: depth) + encoded(path)
    if let anchor, !anchor.isEmpty { text += "#" + encoded(anchor) }
    return Address(text: text)
  }

  /// A file whose path is already encoded.
  package static func encodedFile(_ path: String, depth: Int) -> Address {
    switch depth {
    case 0: Address(text: path)
    case 1: Address(text: "../" + path)
    default: Address(text: String(repeating: "../", count: depth) + path)
    }
  }

  /// A heading of the same page.
  package static func anchor(_ anchor: String) -> Address { Address(text: "#" + encoded(anchor)) }

  /// An address outside; `nil` when its scheme is not allowed.
  package static func external(_ address: String) -> Address? {
    switch LinkAddress(address) {
    case .web, .contact: Address(text: address)
    default: nil
    }
  }

  package static func phone(_ number: PhoneNumber) -> Address { Address(text: "tel:\(number.dialled)") }

  package static func email(_ address: String) -> Address { Address(text: "mailto:\(encoded(address, allowed: "@+"))") }

  /// Percent-encodes what has a meaning in a path (RFC 3986, section 3.3).
  package static func encoded(_ text: String, allowed: String = "/") -> String {
    // Most are plain already.
    if text.utf8.allSatisfy({ isUnreserved($0) || allowed.utf8.contains($0) }) { return text }
    var encoded: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      if isUnreserved(byte) || allowed.utf8.contains(byte) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// Whether a byte stands for itself in every part of an address (RFC 3986, section 2.3).
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isASCIIAlphanumeric || "-._~".utf8.contains(byte)
  }
}

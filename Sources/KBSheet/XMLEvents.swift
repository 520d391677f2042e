/// The elements and texts of an XML document, one after the other: as much as the parts of a spreadsheet need.
///
/// Document types are refused, so that no entity can grow; names are without their prefixes.
struct XMLEvents {
  enum Failure: Error { case malformed }

  enum Event {
    case start(String, attributes: [String: String])
    case end(String)
    case text(String)
  }

  private let bytes: [UInt8]
  private var index = 0
  /// The end of an element that was empty.
  private var pending: String?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  /// The next event; `nil` at the end.
  mutating func next() throws(Failure) -> Event? {
    if let name = pending {
      pending = nil
      return .end(name)
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
        return .text(XMLEvents.unescaped(bytes[start..<index]))
      }
      guard index + 1 < bytes.count else { throw .malformed }
      switch bytes[index + 1] {
      case UInt8(ascii: "/"):
        let start = index + 2
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { throw .malformed }
        index = end + 1
        return .end(XMLEvents.name(bytes[start..<end]))
      case UInt8(ascii: "?"): try skip(past: "?>")
      case UInt8(ascii: "!") where starts("<!--"): try skip(past: "-->")
      case UInt8(ascii: "!") where starts("<![CDATA["):
        let start = index + 9
        try skip(past: "]]>")
        return .text(String(decoding: bytes[start..<(index - 3)], as: UTF8.self))
      case UInt8(ascii: "!"): throw .malformed
      default: return try element()
      }
    }
    return nil
  }

  private func starts(_ text: StaticString) -> Bool {
    let wanted = Array(text.description.utf8)
    return index + wanted.count <= bytes.count && bytes[index..<(index + wanted.count)].elementsEqual(wanted)
  }

  private mutating func skip(past text: StaticString) throws(Failure) {
    let wanted = Array(text.description.utf8)
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index..<(index + wanted.count)].elementsEqual(wanted) {
        index += wanted.count
        return
      }
      index += 1
    }
    throw .malformed
  }

  private mutating func element() throws(Failure) -> Event {
    index += 1
    let start = index
    while index < bytes.count, !isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">"),
      bytes[index] != UInt8(ascii: "/")
    { index += 1 }
    let name = XMLEvents.name(bytes[start..<index])
    var attributes: [String: String] = [:]
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: ">"):
        index += 1
        return .start(name, attributes: attributes)
      case UInt8(ascii: "/"):
        index += 1
        pending = name
      case let byte where isSpace(byte): index += 1
      default:
        let (key, value) = try attribute()
        attributes[key] = value
        continue
      }
      if pending != nil {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else { throw .malformed }
        index += 1
        return .start(name, attributes: attributes)
      }
    }
    throw .malformed
  }

  private mutating func attribute() throws(Failure) -> (String, String) {
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "="), bytes[index] != UInt8(ascii: ">") { index += 1 }
    let name = XMLEvents.name(bytes[start..<index])
    index += 1
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    guard index < bytes.count, case let quote = bytes[index], "\"'".utf8.contains(quote) else { throw .malformed }
    index += 1
    let first = index
    while index < bytes.count, bytes[index] != quote { index += 1 }
    guard index < bytes.count else { throw .malformed }
    index += 1
    return (name, XMLEvents.unescaped(bytes[first..<(index - 1)]))
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let local = bytes.lastIndex(of: UInt8(ascii: ":")).map { bytes[($0 + 1)...] } ?? bytes
    return String(decoding: local.filter { $0 > 0x20 }, as: UTF8.self)
  }

  private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var text = ""
    var rest = bytes
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      text += String(decoding: rest[..<start], as: UTF8.self)
      guard let end = rest[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
        text += "&"
        rest = rest[(start + 1)...]
        continue
      }
      let name = String(decoding: rest[(start + 1)..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
      if let known = entities[name] {
        text += known
      } else if name.hasPrefix("#x"), let scalar = UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init) {
        text.unicodeScalars.append(scalar)
      } else if name.hasPrefix("#"), let scalar = UInt32(name.dropFirst(1)).flatMap(Unicode.Scalar.init) {
        text.unicodeScalars.append(scalar)
      } else {
        text += "&\(name);"
      }
    }
    return text + String(decoding: rest, as: UTF8.self)
  }
}

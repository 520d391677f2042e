/// A JSON value (RFC 8259), with keys in the order in which they were given.
package enum JSON: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  case string(String)
  case integer(Int)
  case number(Double)
  case bool(Bool)
  case null
  case array([JSON])
  case object([(String, JSON)])

  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }

  /// The text, indented by two spaces per level.
  package var text: String {
    var text = ""
    write(to: &text, indentation: "")
    return text
  }

  /// The text on one line.
  package var line: String {
    switch self {
    case .array(let elements): "[" + elements.map(\.line).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map { key, value in
          var name = ""
          JSON.write(key, to: &name)
          return "\(name):\(value.line)"
        }.joined(separator: ",") + "}"
    default: text
    }
  }

  private func write(to text: inout String, indentation: String) {
    let inner = indentation + "  "
    switch self {
    case .string(let string): JSON.write(string, to: &text)
    case .integer(let integer): text += String(integer)
    case .number(let number): text += number.isFinite ? String(number) : "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .null: text += "null"
    case .array(let elements):
      guard !elements.isEmpty else { return text += "[]" }
      text += "["
      for (index, element) in elements.enumerated() {
        text += index == 0 ? "\n\(inner)" : ",\n\(inner)"
        element.write(to: &text, indentation: inner)
      }
      text += "\n\(indentation)]"
    case .object(let members):
      guard !members.isEmpty else { return text += "{}" }
      text += "{"
      for (index, (key, value)) in members.enumerated() {
        text += index == 0 ? "\n\(inner)" : ",\n\(inner)"
        JSON.write(key, to: &text)
        text += ": "
        value.write(to: &text, indentation: inner)
      }
      text += "\n\(indentation)}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    var rest = Substring(string)
    // What needs no escape is taken at once.
    while let next = rest.utf8.firstIndex(where: mayNeedEscape) {
      text += rest[..<next]
      write(rest.unicodeScalars[next], to: &text)
      rest = rest[rest.unicodeScalars.index(after: next)...]
    }
    text += rest
    text += "\""
  }

  /// Whether a byte is or begins a character that may be written otherwise.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "#"), 0x7F, 0xC2, 0xE2: true
    default: false
    }
  }

  private static func write(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    // A pipeline would take `##[` or `##vso[` for a command, wherever it is.
    case "#" where text.utf8.last == UInt8(ascii: "#"): text += "\\u0023"
    default:
      // Control characters, and those that a terminal or a script would take for a command or a line end.
      let value = scalar.value
      if value < 0x20 || (0x7F...0x9F).contains(value) || (0x2028...0x202E).contains(value)
        || (0x2066...0x2069).contains(value)
      {
        let digits = String(value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}

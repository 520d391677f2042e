/// The YAML block at the head of a record.
struct FrontMatter {
  /// The lines so far.
  private(set) var text = ""

  /// Adds a key with a value.
  mutating func add(_ key: String, _ value: String) { text += "\(key): \(FrontMatter.scalar(value))\n" }

  /// Adds a key with a list of ids or slugs, unless it is empty.
  mutating func add(_ key: String, ids: [String]) {
    if !ids.isEmpty { text += "\(key): [\(ids.joined(separator: ", "))]\n" }
  }

  /// Adds a key with a list of texts, one a line, unless it is empty.
  mutating func add(_ key: String, texts: [String]) {
    guard !texts.isEmpty else { return }
    text += "\(key):\n"
    for item in texts { text += "  - \(FrontMatter.scalar(item))\n" }
  }

  /// Adds a key with an object of plain values on one line.
  mutating func add(_ key: String, inline fields: KeyValuePairs<String, String>) {
    text += "\(key): { \(fields.map { "\($0.key): \($0.value)" }.joined(separator: ", ")) }\n"
  }

  /// Adds a key with an object, leaving out fields without a value.
  mutating func add(_ key: String, fields: KeyValuePairs<String, String?>) {
    text += "\(key):\n"
    for (name, value) in fields {
      if let value { text += "  \(name): \(FrontMatter.scalar(value))\n" }
    }
  }

  /// Adds a key with a list of objects, leaving out fields without a value.
  mutating func add(_ key: String, objects: [KeyValuePairs<String, String?>]) {
    text += objects.isEmpty ? "\(key): []\n" : "\(key):\n"
    for object in objects {
      var indent = "  - "
      for (name, value) in object {
        guard let value else { continue }
        text += "\(indent)\(name): \(FrontMatter.scalar(value))\n"
        indent = "    "
      }
    }
  }

  /// Adds a line as it is, for the few shapes that the other functions do not know.
  mutating func add(line: String) { text += "\(line)\n" }

  /// A value as YAML: plain where that is safe, quoted otherwise; lists in brackets stay lists.
  static func scalar(_ value: String) -> String {
    var previous = UInt8(ascii: " ")
    var isPlain = value.utf8.first.map(isPlainStart) ?? false
    for byte in value.utf8 {
      if previous == UInt8(ascii: ":") && byte == UInt8(ascii: " ") { isPlain = false }
      if previous == UInt8(ascii: " ") && byte == UInt8(ascii: "#") { isPlain = false }
      previous = byte
    }
    if isPlain && previous != UInt8(ascii: ":") && previous != UInt8(ascii: " ") { return value }
    if value.hasPrefix("["), value.hasSuffix("]") { return value }
    return "\"" + value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }

  private static func isPlainStart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
    default: false
    }
  }
}

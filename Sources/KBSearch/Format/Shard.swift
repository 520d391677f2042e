/// A file of the index: a name, and the strings that it registers under it.
public struct Shard: Sendable {
  /// A letter for what it holds, and its number.
  public let name: String
  let strings: [[UInt8]]

  init(_ name: String, _ strings: [[UInt8]]) {
    self.name = name
    self.strings = strings
  }

  /// The call that a browser runs: a classic script with one array of strings.
  public var script: [UInt8] {
    var text = Array("kbSearch.put(\"\(name)\",[".utf8)
    text.reserveCapacity(strings.reduce(64) { $0 + $1.count + 3 })
    for (number, string) in strings.enumerated() {
      if number > 0 { text.append(UInt8(ascii: ",")) }
      text.append(UInt8(ascii: "\""))
      Shard.appendEscaped(string, to: &text)
      text.append(UInt8(ascii: "\""))
    }
    text += Array("]);\n".utf8)
    return text
  }

  /// The name of its file: with a fingerprint of its content, so that two builds never mix.
  var fingerprint: String { Shard.fingerprint(of: strings) }

  /// Five letters and digits of FNV-1a; lower case, for disks that know no other.
  private static func fingerprint(of strings: [[UInt8]]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for string in strings {
      for byte in string { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    let digits = Array("0123456789abcdefghijklmnopqrstuv")
    return String((0..<5).map { digits[Int(hash >> (64 - 5 * UInt64($0 + 1))) & 31] })
  }

  /// Backslashes before what would end the string; line ends that JavaScript knows do not occur.
  private static func appendEscaped(_ string: [UInt8], to text: inout [UInt8]) {
    for byte in string {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
      text.append(byte)
    }
  }

  /// Reads the script again.
  public init(reading script: [UInt8]) throws(DamagedShard) {
    guard let open = script.firstIndex(of: UInt8(ascii: "[")), script.starts(with: Array("kbSearch.put(\"".utf8)) else {
      throw DamagedShard()
    }
    name = String(decoding: script[14..<max(14, open - 2)], as: UTF8.self)
    var strings: [[UInt8]] = []
    var index = open + 1
    while index < script.count, script[index] == UInt8(ascii: "\"") {
      var string: [UInt8] = []
      index += 1
      while index < script.count, script[index] != UInt8(ascii: "\"") {
        if script[index] == UInt8(ascii: "\\") { index += 1 }
        guard index < script.count else { throw DamagedShard() }
        string.append(script[index])
        index += 1
      }
      strings.append(string)
      index += 1
      if index < script.count, script[index] == UInt8(ascii: ",") { index += 1 }
    }
    guard index < script.count, script[index] == UInt8(ascii: "]") else { throw DamagedShard() }
    self.strings = strings
  }
}

/// A file of the index that can't be read.
public struct DamagedShard: Error {
  public init() {}
}

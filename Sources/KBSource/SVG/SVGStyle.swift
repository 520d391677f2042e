/// A style sheet, or one declaration, without what a browser would fetch.
struct SVGStyle {
  private(set) var text = ""
  /// Whether something is left out.
  private(set) var isChanged = false
  /// Whether that was an address outside the picture.
  private(set) var hasAddress = false

  /// The functions that fetch; `url` with an address inside the picture stays.
  private static let fetching: Set<String> = [
    "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "expression", "element",
  ]

  init(_ style: String) {
    let bytes = Array(style.utf8)
    // Most attributes are numbers and names.
    guard
      bytes.contains(where: { "(@\\/".utf8.contains($0) }) || style.lowercased().contains("binding")
        || style.lowercased().contains("behavior") || style.lowercased().contains("javascript")
    else {
      text = style
      return
    }
    var scan = Scan(bytes: bytes)
    scan.run()
    text = String(decoding: scan.output, as: UTF8.self)
    (isChanged, hasAddress) = (scan.isChanged, scan.hasAddress)
  }

  private struct Scan {
    let bytes: [UInt8]
    var at = 0
    var output: [UInt8] = []
    var isChanged = false
    var hasAddress = false

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
      while at < bytes.count {
        let byte = bytes[at]
        if byte == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "*") {
          skipComment()
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          output += string()
        } else if byte == UInt8(ascii: "\\") {
          // A name in numbers could be any name.
          isChanged = true
          output.append(UInt8(ascii: "_"))
          at += 1
        } else if byte == UInt8(ascii: "@") {
          rule()
        } else if isName(byte) {
          word()
        } else {
          output.append(byte)
          at += 1
        }
      }
    }

    private func isName(_ byte: UInt8) -> Bool {
      byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte > 0x7F
    }

    private mutating func skipComment() {
      at += 2
      while at + 1 < bytes.count, bytes[at] != UInt8(ascii: "*") || bytes[at + 1] != UInt8(ascii: "/") { at += 1 }
      at = min(at + 2, bytes.count)
      output.append(UInt8(ascii: " "))
    }

    /// A text in quotes, as it is; one that does not end ends here.
    private mutating func string() -> [UInt8] {
      let quote = bytes[at]
      let start = at
      at += 1
      while at < bytes.count, bytes[at] != quote, bytes[at] != 0x0A { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
      guard at < bytes.count, bytes[at] == quote else {
        at = min(at, bytes.count)
        isChanged = true
        return []
      }
      at += 1
      return Array(bytes[start..<at])
    }

    private mutating func name() -> String {
      let start = at
      while at < bytes.count, isName(bytes[at]) { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// `@import` and its kin go, up to their end.
    private mutating func rule() {
      let start = at
      at += 1
      let word = name().lowercased()
      guard ["import", "charset", "namespace", "document", "-moz-document", ""].contains(word) else {
        output += bytes[start..<at]
        return
      }
      (isChanged, hasAddress) = (true, true)
      while at < bytes.count, bytes[at] != UInt8(ascii: ";"), bytes[at] != UInt8(ascii: "{"),
        bytes[at] != UInt8(ascii: "}")
      {
        if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") { _ = string() } else { at += 1 }
      }
      if at < bytes.count, bytes[at] == UInt8(ascii: ";") { at += 1 }
    }

    private mutating func word() {
      let start = at
      let word = name().lowercased()
      if word == "-moz-binding" || word == "behavior" || word == "javascript" || word == "vbscript" {
        isChanged = true
        output += "x-".utf8
        output += word.utf8
        return
      }
      guard at < bytes.count, bytes[at] == UInt8(ascii: "(") else {
        output += bytes[start..<at]
        return
      }
      if word == "url" {
        at += 1
        address()
      } else if SVGStyle.fetching.contains(word) {
        (isChanged, hasAddress) = (true, true)
        output += "x-".utf8
        output += word.utf8
      } else {
        output += bytes[start..<at]
      }
    }

    /// The address in `url(...)`, in quotes or not.
    private mutating func address() {
      while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x09 || bytes[at] == 0x0D {
        at += 1
      }
      var target: [UInt8]
      if at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
        target = Array(string().dropFirst().dropLast())
        while at < bytes.count, bytes[at] != UInt8(ascii: ")") { at += 1 }
      } else {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ")") { at += 1 }
        target = Array(bytes[start..<at])
        while let last = target.last, last == 0x20 || last == 0x0A || last == 0x09 || last == 0x0D {
          target.removeLast()
        }
      }
      at = min(at + 1, bytes.count)
      let text = String(decoding: target, as: UTF8.self)
      let isPlain = target.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"'()\\<>".utf8.contains($0) }
      if isPlain, text.hasPrefix("#") || SVGData(text).map({ !$0.isSVG }) == true {
        output += "url(\(text))".utf8
      } else {
        (isChanged, hasAddress) = (true, true)
        output += "url(#none)".utf8
      }
    }
  }
}

/// A picture or font within an address: `data:image/png;base64,...`.
struct SVGData {
  let isSVG: Bool
  private let content: Substring
  private let isBase64: Bool

  private static let types: Set<String> = [
    "image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/svg+xml", "font/woff", "font/woff2",
    "font/ttf", "font/otf", "application/font-woff", "application/font-woff2", "application/x-font-woff",
    "application/x-font-ttf", "application/font-ttf", "application/x-font-opentype", "application/vnd.ms-fontobject",
  ]

  /// Reads an address, or returns `nil` when it holds nothing that may be shown.
  init?(_ address: String) {
    guard address.utf8.count > 5, address.prefix(5).lowercased() == "data:", let comma = address.firstIndex(of: ",")
    else { return nil }
    let parts = address[..<comma].dropFirst(5).lowercased().split(separator: ";", omittingEmptySubsequences: false)
    guard let type = parts.first, SVGData.types.contains(String(type)) else { return nil }
    isSVG = type == "image/svg+xml"
    isBase64 = parts.last == "base64"
    content = address[address.index(after: comma)...]
  }

  /// The bytes, or `nil` when they can't be read.
  var bytes: [UInt8]? {
    if isBase64 { return SVGData.decoded(base64: content) }
    let percent = Array(content.utf8)
    var decoded: [UInt8] = []
    var at = 0
    while at < percent.count {
      if percent[at] == UInt8(ascii: "%"), at + 2 < percent.count,
        let byte = UInt8(String(decoding: percent[(at + 1)...(at + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        at += 3
      } else {
        decoded.append(percent[at])
        at += 1
      }
    }
    // draw.io writes base64 and does not say so.
    return decoded.first == UInt8(ascii: "<") ? decoded : SVGData.decoded(base64: content)
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func decoded(base64 text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in text.utf8 where byte != UInt8(ascii: "=") && byte > 0x20 {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for index in 0..<4 {
        text.append(index <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

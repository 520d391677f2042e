/// Pictures in SVG that hold nothing a browser would run or fetch.
public enum InertSVG {
  /// Whether the text is plain drawing; when in doubt it is not.
  ///
  /// Refused are scripts, event attributes, embedded HTML, custom entities, coded characters that could hide a
  /// scheme, style sheets that import, and addresses that are not on the same page.
  public static func isInert(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= 1024 * 1024, let text = String(validating: bytes, as: UTF8.self) else { return false }
    let lowered = text.lowercased()
    let forbidden = [
      "javascript:", "vbscript:", "data:text", "data:image/svg", "<!entity", "<!attlist", "<?xml-stylesheet", "&#",
      "@import",
    ]
    guard !forbidden.contains(where: lowered.contains) else { return false }
    return !hasActiveElement(lowered) && !hasEventAttribute(Array(lowered.utf8)) && !hasOutwardReference(lowered)
  }

  private static let activeElements: Set<String> = [
    "script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "set", "discard", "html", "body",
    "meta", "link", "base",
  ]

  /// Whether an element runs, embeds or changes something; a prefix such as `s:script` hides none.
  private static func hasActiveElement(_ text: String) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false).dropFirst().contains { rest in
      let name = rest.prefix { !" \t\r\n/>".utf8.contains($0) }
      let local = String(Substring(name.split(separator: UInt8(ascii: ":")).last ?? name))
      return activeElements.contains(local) || local.hasPrefix("animate")
    }
  }

  /// Whether an attribute such as `onload=` is somewhere.
  private static func hasEventAttribute(_ text: [UInt8]) -> Bool {
    var index = 1
    while index + 2 < text.count {
      if text[index] == UInt8(ascii: "o"), text[index + 1] == UInt8(ascii: "n"),
        " \t\n\r\"'/".utf8.contains(text[index - 1])
      {
        var end = index + 2
        while end < text.count, text[end].isASCIILowercase { end += 1 }
        while end < text.count, " \t\n\r".utf8.contains(text[end]) { end += 1 }
        if end < text.count, end > index + 2, text[end] == UInt8(ascii: "=") { return true }
      }
      index += 1
    }
    return false
  }

  /// Whether a reference leads out of the picture: only `#part` and embedded pictures stay inside.
  private static func hasOutwardReference(_ text: String) -> Bool {
    let text = text.replacing(/[ \t\r\n]+=/, with: "=")
    for attribute in ["href=", "src=", "url("] {
      var rest = text[...]
      while let range = rest.firstRange(of: attribute) {
        rest = rest[range.upperBound...]
        let target = rest.drop { "\"' \t\n".contains($0) }
        if !target.hasPrefix("#") && !target.hasPrefix("data:image/") { return true }
      }
    }
    return false
  }
}

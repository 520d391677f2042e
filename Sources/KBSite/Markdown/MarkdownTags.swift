import KBCatalog
import KBDocument
import KBSource

/// Raw HTML: a short list of tags, and the rest as text.
extension MarkdownRenderer {
  private static let allowed: [String: Tag] = [
    "kbd": .kbd, "sub": .sub, "sup": .sup, "details": .details, "summary": .summary, "mark": .mark, "b": .b, "em": .em,
    "strong": .strong, "small": .small, "del": .del, "ins": .ins, "s": .s, "q": .q, "abbr": .abbr, "cite": .cite,
    "dfn": .dfn,
    "var": .variable, "samp": .samp, "code": .code,
  ]

  /// Lets allowed tags through, drops comments, and shows everything else as text.
  mutating func writeRaw(_ source: ArraySlice<UInt8>) {
    var rest = source
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      html.text(rest[..<start])
      rest = rest[start...]
      if rest.starts(with: Array("<!--".utf8)) {
        // md4c hands a comment out line by line; its end closes it, or the text's.
        guard let stop = rest.indices.first(where: { rest[$0...].starts(with: Array("-->".utf8)) }) else { return }
        rest = rest[(stop + 3)...]
        continue
      }
      guard let stop = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
      let inner = String(decoding: rest[(start + 1)..<stop], as: UTF8.self)
      if !writeTag(inner) { html.text(rest[start...stop]) }
      rest = rest[(stop + 1)...]
    }
    html.text(rest)
  }

  /// Writes a tag when it is allowed and fits what is open.
  private mutating func writeTag(_ inner: String) -> Bool {
    let name = inner.lowercased().filter { $0 != " " }
    if ["br", "br/"].contains(name) {
      html.void(.br)
      return true
    }
    if ["hr", "hr/"].contains(name) {
      html.void(.hr)
      return true
    }
    if name.hasPrefix("/") {
      guard let tag = MarkdownRenderer.allowed[String(name.dropFirst())] else { return false }
      // Only what was begun by a raw tag, in the same container, can be ended by one.
      guard let position = open.lastIndex(where: { $0.tag == tag && $0.isRaw }), open[position...].allSatisfy(\.isRaw)
      else { return true }
      while open.count > position { html.close(open.removeLast().tag) }
      return true
    }
    guard let tag = MarkdownRenderer.allowed[name] else { return false }
    html.open(tag)
    open.append(Open(tag: tag, isRaw: true))
    return true
  }
}

public import KBDocument
import KBSchema
import KBSource

extension Record {
  /// The links `[[id]]` in fields whose text is Markdown, such as the steps of a process, with their places in the file.
  ///
  /// A link that YAML writes differently, across lines or with escapes, has the place of its whole value.
  public var fieldLinks: [Markdown.Link] {
    var links: [Markdown.Link] = []
    func visit(_ value: Value, _ type: ValueType) {
      switch (value.content, type) {
      case (.list(let values), .list(let element)): for value in values { visit(value, element.type) }
      case (.object(let fields), _): for field in fields { visit(field.value, field.declaration.type) }
      case (.text(let text), .markdown): links += wikiLinks(in: text, at: value.range)
      default: break
      }
    }
    for field in fields where field.declaration.holdsMarkdown { visit(field.value, field.declaration.type) }
    return links
  }

  private func wikiLinks(in text: String, at range: SourceRange) -> [Markdown.Link] {
    guard text.contains("[[") else { return [] }
    let bytes = document.file.bytes[range.offsets]
    var next = bytes.startIndex
    return Markdown(reading: text).links.filter { $0.kind == .wiki }.map { link in
      var link = link
      if let found = bytes[next...].firstRange(of: Array("[[\(link.destination)".utf8)) {
        next = found.upperBound
        link.range = SourceRange(found.lowerBound + 2, found.upperBound)
      } else {
        link.range = range
      }
      return link
    }
  }
}

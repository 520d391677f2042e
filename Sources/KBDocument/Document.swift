public import KBSource

/// One Markdown file, read: front matter and body, with the findings of reading.
public struct Document: Sendable {
  /// The file as it is on disk: only what writes files reads it, for it may hold secrets.
  public let source: SourceFile
  /// The file with every secret masked, byte for byte at the same places: what is read, shown and searched.
  public var file: SourceFile
  /// The mapping between the two lines `---`; nothing when there is none or it can't be read.
  public var frontMatter: YAMLNode?
  /// Where the front matter stands, or the place where one would go.
  public var frontMatterRange: SourceRange
  /// Whether the file begins with a front matter, readable or not.
  public var hasFrontMatter: Bool
  public var body: Markdown
  public var diagnostics: [Diagnostic]
  /// False when so much is wrong that what the file lacks says nothing about it.
  public var isReadable: Bool

  public var path: RepoPath { file.path }

  /// Whether its two versions that git could not join, or an unreadable front matter, keep it from saying what it means.
  public var isDisturbed: Bool {
    !isReadable || diagnostics.contains { $0.rule == TextRules.unclosed || $0.rule == TextRules.tooLarge }
      || ConflictMarker.first(in: file.bytes) != nil
  }

  /// Reads a file. Nothing in the bytes stops it: whatever is wrong becomes a finding.
  ///
  /// Without the body only its range is known: that is enough for versions whose text is only compared.
  public init(parsing file: SourceFile, readsBody: Bool = true, masksSecrets: Bool = true) {
    let encoding = TextEncoding.check(file)
    source = encoding.file
    let masked = SecretMask(encoding.isText && masksSecrets ? encoding.file : SourceFile(path: file.path, bytes: []))
    self.file = encoding.isText && masksSecrets ? masked.file : encoding.file
    diagnostics = encoding.diagnostics + masked.diagnostics
    frontMatterRange = SourceRange(encoding.textStart, encoding.textStart)
    hasFrontMatter = false
    isReadable = encoding.isText
    guard encoding.isText else {
      body = Markdown(range: SourceRange(file.bytes.count, file.bytes.count))
      return
    }
    let parts = FrontMatter.split(self.file, from: encoding.textStart)
    diagnostics += parts.diagnostics
    hasFrontMatter = parts.yaml != nil
    if let range = parts.yaml {
      frontMatterRange = range
      let yaml = YAMLReader.read(self.file.bytes[range.offsets], of: file.path, deepest: 8)
      // Whatever YAML says of two versions in one text leads astray; the conflict itself is found with the body.
      let isTorn = yaml.node == nil && ConflictMarker.first(in: self.file.bytes).map { $0.lower < range.upper } ?? false
      diagnostics += isTorn ? [] : yaml.diagnostics
      frontMatter = yaml.node
      if yaml.node == nil {
        isReadable = yaml.diagnostics.isEmpty
      } else if let node = yaml.node, node.mapping == nil, !node.isEmpty {
        diagnostics.append(
          Diagnostic(
            YAMLRules.unreadable, at: file.path, SourceRange(Int(node.range.lower), Int(node.range.lower) + 1),
            Message(
              de: "der Kopf besteht nicht aus \(code: "Schlüssel: Wert")",
              en: "the front matter is not made of \(code: "key: value")"),
            remedy: Message(
              de: "in jede Zeile einen Schlüssel, einen Doppelpunkt und den Wert schreiben",
              en: "write a key, a colon and the value on each line")))
        frontMatter = nil
        isReadable = false
      }
    }
    guard readsBody else {
      body = Markdown(range: parts.body)
      return
    }
    body = MarkdownReader.read(self.file.bytes, parts.body)
    diagnostics += TextRules.findings(in: self.file, body: body)
  }
}

/// Where the front matter ends and the body begins.
private struct FrontMatter {
  static let largest = 256 * 1024

  var yaml: SourceRange?
  var body: SourceRange
  var diagnostics: [Diagnostic] = []

  /// Splits at the lines `---`; the closing one may be `...`.
  static func split(_ file: SourceFile, from start: Int) -> FrontMatter {
    let bytes = file.bytes
    guard isFence(bytes, line: start, dots: false) else { return FrontMatter(body: SourceRange(start, bytes.count)) }
    let first = nextLine(bytes, start)
    var line = first
    while line < bytes.count {
      if isFence(bytes, line: line, dots: true) {
        let body = SourceRange(nextLine(bytes, line), bytes.count)
        guard line - first <= largest else {
          let finding = Diagnostic(
            TextRules.tooLarge, at: file.path, SourceRange(start, start + 3),
            Message(de: "der Kopf ist größer als 256 KB", en: "the front matter is larger than 256 KB"),
            remedy: Message(de: "Inhalt in den Text darunter verlegen", en: "move content into the body below"))
          return FrontMatter(body: body, diagnostics: [finding])
        }
        return FrontMatter(yaml: SourceRange(first, line), body: body)
      }
      line = nextLine(bytes, line)
    }
    // A lone `---` above prose is a rule; above `key:` it is a front matter that nobody closed.
    guard looksLikeKey(bytes, line: first) else { return FrontMatter(body: SourceRange(start, bytes.count)) }
    let finding = Diagnostic(
      TextRules.unclosed, at: file.path, SourceRange(start, start + 3),
      Message(
        de: "der Kopf beginnt hier und endet nirgends", en: "the front matter begins here and ends nowhere"),
      remedy: Message(
        de: "unter dem letzten Schlüssel eine Zeile \(code: "---") ergänzen",
        en: "add a line \(code: "---") below the last key"))
    return FrontMatter(body: SourceRange(start, bytes.count), diagnostics: [finding])
  }

  private static func nextLine(_ bytes: [UInt8], _ start: Int) -> Int {
    var at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
    return min(at + 1, bytes.count)
  }

  private static func isFence(_ bytes: [UInt8], line: Int, dots: Bool) -> Bool {
    guard line + 3 <= bytes.count else { return false }
    let sign = bytes[line]
    guard sign == UInt8(ascii: "-") || (dots && sign == UInt8(ascii: ".")), bytes[line + 1] == sign,
      bytes[line + 2] == sign
    else { return false }
    var at = line + 3
    while at < bytes.count, bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\r") { at += 1 }
    return at == bytes.count || bytes[at] == UInt8(ascii: "\n")
  }

  private static func looksLikeKey(_ bytes: [UInt8], line: Int) -> Bool {
    var at = line
    while at < bytes.count,
      bytes[at] == UInt8(ascii: "_") || bytes[at] == UInt8(ascii: "-") || bytes[at] > 0x7F
        || bytes[at].isASCIILetter
    { at += 1 }
    return at > line && at < bytes.count && bytes[at] == UInt8(ascii: ":")
  }
}

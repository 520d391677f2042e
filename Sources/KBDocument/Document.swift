import KBSecrets
public import KBSource
public import KBYAML

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
  /// Values that are secrets only because their words are rare, in lower case.
  public let doubts: Set<String>
  /// Those of them that are ordinary words of the knowledge base.
  public let acquitted: Set<String>
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
  ///
  /// `acquitted`: values that look like secrets and are ordinary words of the knowledge base, in lower case.
  public init(
    parsing file: SourceFile, readsBody: Bool = true, masksSecrets: Bool = true, acquitted: Set<String> = []
  ) {
    let encoding = TextEncoding.check(file)
    source = encoding.file
    let masked = SecretMask(
      encoding.isText && masksSecrets ? encoding.text : SourceFile(path: file.path, bytes: []), acquitted: acquitted)
    doubts = masked.doubts
    self.acquitted = acquitted
    self.file = encoding.isText && masksSecrets ? masked.file : encoding.text
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
          YAMLRules.noMapping(
            node, in: self.file, range.offsets,
            Message(
              de: "der Kopf besteht nicht aus Zeilen \(code: "Schlüssel: Wert")",
              en: "the front matter does not consist of lines \(code: "key: value")")))
        frontMatter = nil
        isReadable = false
      }
    }
    guard readsBody else {
      body = Markdown(range: parts.body)
      return
    }
    body = MarkdownReader.read(Document.blanked(self.file.bytes, parts.cut), parts.body)
    if let cut = parts.cut { body.hide(SourceRange(cut.lowerBound, cut.upperBound)) }
    diagnostics += TextRules.findings(in: self.file, body: body)
  }

  /// The bytes with blanks in place of some lines: all others stay where they are.
  private static func blanked(_ bytes: [UInt8], _ range: Range<Int>?) -> [UInt8] {
    guard let range else { return bytes }
    var blanked = bytes
    for at in range where bytes[at] != UInt8(ascii: "\n") && bytes[at] != UInt8(ascii: "\r") {
      blanked[at] = UInt8(ascii: " ")
    }
    return blanked
  }
}

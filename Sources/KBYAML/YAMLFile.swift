public import KBSource

/// A whole file of YAML, such as `kb.yml`, read.
public struct YAMLFile: Sendable {
  public var file: SourceFile
  /// The mapping at the top; nothing when the file is empty or can't be read.
  public var root: YAMLNode?
  public var diagnostics: [Diagnostic]

  public init(parsing file: SourceFile) {
    let encoding = TextEncoding.check(file)
    self.file = encoding.text
    diagnostics = encoding.diagnostics
    guard encoding.isText else { return }
    // A kind file nests fields in fields; a front matter has no reason to.
    let yaml = YAMLReader.read(self.file.bytes[encoding.textStart...], of: file.path, deepest: 20)
    if let conflict = TextRules.unresolvedConflict(in: self.file) {
      // Whatever YAML says of two versions in one text leads astray.
      diagnostics.append(conflict)
      root = yaml.node?.mapping == nil ? nil : yaml.node
      return
    }
    diagnostics += yaml.diagnostics
    guard let node = yaml.node, !node.isEmpty else { return }
    if node.mapping != nil {
      root = node
    } else {
      diagnostics.append(
        YAMLRules.noMapping(
          node, in: self.file, encoding.textStart..<self.file.bytes.count,
          Message(
            de: "die Datei besteht nicht aus Zeilen \(code: "Schlüssel: Wert")",
            en: "the file does not consist of lines \(code: "key: value")")))
    }
  }
}

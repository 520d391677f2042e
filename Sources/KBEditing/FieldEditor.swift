public import KBDocument
public import KBSource
public import KBYAML

/// The fields of one file, changed in the smallest possible range of bytes.
///
/// Comments, quotes, order, line ends and spacing elsewhere stay. Every change is read again before it counts: the one field
/// must hold what was wanted and everything else what it held before; otherwise the file stays as it is, and a refusal says
/// what to do.
public struct FieldEditor: Sendable {
  /// The file as it is now.
  public private(set) var file: SourceFile
  /// The mapping at the top; `nil` when there is none yet.
  public private(set) var root: YAMLNode?
  /// The place of the YAML.
  private(set) var region: SourceRange
  private(set) var hasFences: Bool
  private let isWhole: Bool
  private var rules: [String]

  var bytes: [UInt8] { file.bytes }

  /// Edits the front matter of a record.
  public init(_ document: Document) throws(EditRefusal) {
    let stopping = document.diagnostics.first { finding in
      ["form/encoding", "form/conflict", "form/unclosed-front-matter"].contains(finding.rule.code)
    }
    guard document.isReadable, stopping == nil else {
      throw FieldEditor.unreadable(document.path, stopping ?? document.diagnostics.first)
    }
    isWhole = false
    let read = FieldEditor.read(document.file.path, document.source.bytes, isWhole: false)
    (file, root, region, hasFences, rules) = (document.source, read.root, read.region, read.hasFences, read.rules)
  }

  /// Edits a whole file of YAML, such as `kb.yml`.
  public init(_ yaml: YAMLFile) throws(EditRefusal) {
    if let error = yaml.diagnostics.first(where: { $0.severity == .error }) {
      throw FieldEditor.unreadable(yaml.file.path, error)
    }
    isWhole = true
    let read = FieldEditor.read(yaml.file.path, yaml.file.bytes, isWhole: true)
    (file, root, region, hasFences, rules) = (yaml.file, read.root, read.region, true, read.rules)
  }

  private static func unreadable(_ path: RepoPath, _ finding: Diagnostic?) -> EditRefusal {
    EditRefusal(
      Message(
        de:
          "\(code: path) bleibt, wie es ist: \(finding?.message ?? Message(de: "nicht lesbar", en: "it can't be read"))",
        en: "\(code: path) stays as it is: \(finding?.message ?? Message(de: "nicht lesbar", en: "it can't be read"))"),
      remedy: finding?.remedy)
  }

  private struct Reading {
    var root: YAMLNode?
    var region: SourceRange
    var hasFences: Bool
    /// The rules that the file breaks.
    var rules: [String]
    var isReadable: Bool
  }

  private static func read(_ path: RepoPath, _ bytes: [UInt8], isWhole: Bool) -> Reading {
    let file = SourceFile(path: path, bytes: bytes)
    if isWhole {
      let yaml = YAMLFile(parsing: file)
      return Reading(
        root: yaml.root, region: SourceRange(0, bytes.count), hasFences: true,
        rules: yaml.diagnostics.map(\.rule.code).sorted(),
        isReadable: !yaml.diagnostics.contains { $0.severity == .error })
    }
    // What is written is compared as it is.
    let document = Document(parsing: file, readsBody: false, masksSecrets: false)
    let root = document.frontMatter?.isEmpty == true ? nil : document.frontMatter
    return Reading(
      root: root, region: document.frontMatterRange, hasFences: document.hasFrontMatter,
      rules: document.diagnostics.map(\.rule.code).sorted(), isReadable: document.isReadable)
  }

  /// What all fields hold.
  public var content: FieldContent { FieldContent(root: root) }

  /// The node of a field; `nil` when it is not there.
  public subscript(path: FieldPath) -> FieldContent? { content[path] }

  /// The node at a place.
  public func node(at path: FieldPath) -> YAMLNode? { trail(to: path)?.last }

  /// The nodes from the top down to a place.
  func trail(to path: FieldPath) -> [YAMLNode]? {
    guard let root else { return nil }
    var trail = [root]
    for step in path.steps {
      let node = trail[trail.count - 1]
      switch step {
      case .key(let key):
        guard let next = node[key] else { return nil }
        trail.append(next)
      case .item(let index):
        guard let nodes = node.sequence, nodes.indices.contains(index) else { return nil }
        trail.append(nodes[index])
      }
    }
    return trail
  }

  // MARK: Changing

  /// Bytes that take the place of others.
  struct Replacement {
    var range: Range<Int>
    /// Lines end with a line feed here, and as the file's lines do when it is put in.
    var text: String

    init(_ range: Range<Int>, _ text: String) {
      self.range = range
      self.text = text
    }

    static func insertion(at offset: Int, _ text: String) -> Replacement { Replacement(offset..<offset, text) }
  }

  /// Puts the first of some ways to write a change into the file after which it holds what is expected.
  ///
  /// `endsAsWritten`: the text has the file's own line ends.
  mutating func apply(
    _ ways: [[Replacement]], expecting expected: FieldContent?, at path: FieldPath, endsAsWritten: Bool = false
  ) throws(EditRefusal) {
    guard let expected else { throw cannotChange(path) }
    for way in ways {
      var bytes = file.bytes
      for replacement in way.sorted(by: { $0.range.upperBound > $1.range.upperBound }) {
        let text = endsAsWritten ? replacement.text : FieldEditor.ended(replacement.text, with: lineEnd)
        bytes.replaceSubrange(replacement.range, with: text.utf8)
      }
      let read = FieldEditor.read(file.path, bytes, isWhole: isWhole)
      guard read.isReadable, FieldContent(root: read.root) == expected, FieldEditor.addsNone(read.rules, to: rules),
        body(bytes, read.region).elementsEqual(body(file.bytes, region))
      else { continue }
      file = SourceFile(path: file.path, bytes: bytes)
      (root, region, hasFences) = (read.root, read.region, read.hasFences)
      return
    }
    throw cannotChange(path)
  }

  /// Whether the findings after a change are among those before it; both are in order.
  private static func addsNone(_ after: [String], to before: [String]) -> Bool {
    var rest = before[...]
    for rule in after {
      guard let index = rest.firstIndex(of: rule) else { return false }
      rest = rest[(index + 1)...]
    }
    return true
  }

  private static func ended(_ text: String, with lineEnd: String) -> String {
    lineEnd == "\n" ? text : text.replacing("\n", with: lineEnd)
  }

  /// Everything after the YAML and its closing line, without blank lines at the start: those come with a new front matter.
  private func body(_ bytes: [UInt8], _ region: SourceRange) -> ArraySlice<UInt8> {
    guard !isWhole else { return [] }
    let document = Document(parsing: SourceFile(path: file.path, bytes: bytes), readsBody: false)
    let (body, front) = (document.body.range.offsets, document.frontMatterRange.offsets)
    var text = body.withBytes(of: bytes)
    // A front matter below text is in the middle of it.
    if document.hasFrontMatter, front.lowerBound > body.lowerBound {
      text = (bytes[body.lowerBound..<front.lowerBound] + bytes[front.upperBound..<body.upperBound])[...]
    }
    return text.drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }

  func cannotChange(_ path: FieldPath) -> EditRefusal {
    EditRefusal(
      Message(
        de:
          "\(code: path.description) in \(file.path) ist so geschrieben, dass kb es nicht ändern kann, ohne anderes mitzuändern",
        en:
          "\(code: path.description) in \(file.path) is written in a way in which kb can't change it without changing more"
      ),
      remedy: Message(de: "von Hand ändern", en: "change it by hand"))
  }

  /// How lines end: as the first one of the fields does, else as the first one of the file.
  var lineEnd: String {
    let sign = UInt8(ascii: "\n")
    guard let end = bytes[region.offsets].firstIndex(of: sign) ?? bytes.firstIndex(of: sign), end > 0 else {
      return "\n"
    }
    return bytes[end - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }
}

extension Range<Int> {
  fileprivate func withBytes(of bytes: [UInt8]) -> ArraySlice<UInt8> { bytes[clamped(to: 0..<bytes.count)] }
}

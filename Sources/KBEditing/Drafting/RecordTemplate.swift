import KBCatalog
import KBDocument
import KBSchema
import KBSource
import KBYAML

/// What a new record of a kind offers beside the required fields: further fields, and a text to begin with.
///
/// A file `templates/records/KIND.LANGUAGE.md` says it, or `KIND-TYPE.LANGUAGE.md` for one type of a kind. Its front matter
/// lists fields under `offer`; the words before the first heading and below each heading tell the author what belongs there.
/// Where there is no file, the kind's fields and headings say enough.
struct RecordTemplate {
  var offered: [String]
  /// What belongs into the text.
  var guidance: String
  var sections: [(heading: String, guidance: String)]

  init(for draft: RecordDraft) {
    let language = draft.language.rawValue
    let category = draft.record.choice(.category)?.value
    let names = category.map { ["\(draft.kind.id)-\($0)"] } ?? []
    let text = (names + [draft.kind.id]).lazy.compactMap { EmbeddedTemplates.known("records/\($0).\(language).md") }
      .first
    if let text {
      self.init(reading: text)
    } else {
      let plain = draft.kind.fields.filter { field in
        !field.isHidden && !field.isRequired && field.role != .status && field.role != .audience
      }
      self.init(
        offered: plain.prefix(6).map(\.name),
        guidance: Message(
          de: "Darunter kommt der Text: was man sonst noch wissen muss.",
          en: "The text goes below: whatever else one needs to know.")[draft.language])
    }
    add(headingsOf: draft)
  }

  private init(offered: [String], guidance: String) {
    self.offered = offered
    self.guidance = guidance
    sections = []
  }

  /// Reads a template's file.
  init(reading text: String) {
    let file = SourceFile(path: RepoPath(normalized: "template.md"), bytes: Array(text.utf8))
    let document = Document(parsing: file)
    offered = document.frontMatter?["offer"]?.sequence?.compactMap(\.scalar) ?? []
    guidance = ""
    sections = []
    var paragraph: [Substring] = []
    func flush() {
      let words = paragraph.joined(separator: "\n").trimmed
      paragraph = []
      if sections.isEmpty { guidance = words } else { sections[sections.count - 1].guidance = words }
    }
    for line in text.utf8.dropFirst(Int(document.body.range.lower)).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map({ Substring($0) }) {
      if line.hasPrefix("## ") {
        flush()
        sections.append((String(line.dropFirst(3)).trimmed, ""))
      } else {
        paragraph.append(line)
      }
    }
    flush()
  }

  /// The headings that the kind's rules call for, or may call for, where the template lacks them.
  private mutating func add(headingsOf draft: RecordDraft) {
    for heading in draft.kind.headings.filter({ draft.mayMeet($0.when) }).flatMap(\.expected) {
      let names = [heading.name.german, heading.name.english] + heading.alternatives
      guard !sections.contains(where: { section in names.contains { section.heading.hasPrefix($0) } }) else { continue }
      sections.append((heading.name[draft.language], ""))
    }
  }
}

extension RecordDraft {
  /// The file, as it will be written.
  public var text: String {
    let template = RecordTemplate(for: self)
    if kind.allowsAnyKey, record.fields.count + record.extras.count == 1 { return "# \(title.escapedAsHeading)\n" }
    var lines = ["---"] + FrontMatterWriter(self).lines(offering: template.offered)
    lines += template.guidance.split(separator: "\n").map { "# \($0)" }
    lines += ["---", ""]
    for section in template.sections {
      lines += ["## \(section.heading)", ""]
      if !section.guidance.isEmpty { lines += ["<!-- \(section.guidance) -->", ""] }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// The text as that of a heading: characters that Markdown would obey are escaped.
  var escapedAsHeading: String {
    reduce(into: "") { text, character in
      if "\\`*_[]<>#&~|$".contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}

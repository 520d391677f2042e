/// The line that begins a box, as other programs than GitHub write it.
struct BoxOpening {
  /// What holds the text of the box together.
  enum Form: Equatable {
    /// Its lines are indented by four columns, as in MkDocs.
    case indented
    /// A line ends it that repeats a character at least that often, `:::` in Docusaurus, VitePress and Azure DevOps.
    case fenced(UInt8, Int)
    /// It ends with a line of these words, `{% endhint %}`.
    case named(String)
  }

  var form: Form
  /// The sign of the alert; `nil`: the lines around the text are left out, and there is no box.
  var sign: String?
  /// Where its title is in the line.
  var title: Range<Int>?

  /// Reads a line without the blanks around it; `nil` where no box begins.
  init?(_ line: ArraySlice<UInt8>) {
    guard let first = line.first, line.count < 300 else { return nil }
    switch first {
    case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "="): self.init(indented: line)
    case UInt8(ascii: ":"): self.init(fenced: line)
    case UInt8(ascii: "{"): self.init(marked: line)
    default: return nil
    }
  }

  /// `!!! note "Title"`, `??? tip`, `???+ tip`, `=== "Linux"`.
  private init?(indented line: ArraySlice<UInt8>) {
    guard let match = String(decoding: line, as: UTF8.self).wholeMatch(of: BoxOpening.indentedForm) else { return nil }
    let (sign, names, quoted) = (match.1, match.2.map(String.init) ?? "", match.3)
    form = .indented
    title = quoted.map { line.endIndex - 1 - $0.utf8.count..<line.endIndex - 1 }
    let name = names.split(separator: " ").first.map(String.init)
    if sign == "===" {
      guard name == nil, title != nil else { return nil }
      self.sign = "[!tab]"
    } else {
      guard let name else { return nil }
      let fold = sign == "???" ? "-" : sign == "???+" ? "+" : ""
      self.sign = "[!\(AlertSign.Kind(named: name)?.rawValue ?? "note")]\(fold)"
      if title?.isEmpty == true { title = nil }
    }
  }

  private static var indentedForm: Regex<(Substring, Substring, Substring?, Substring?)> {
    /(!!!|\?\?\?\+?|===)[ \t]*([A-Za-z][A-Za-z0-9_ -]*?)?[ \t]*(?:"([^"]*)")?/
  }

  /// `:::note Title`, `::: warning`, `:::tip[Title]`, `:::info{title="Title"}`, `::: {.note}`.
  private init?(fenced line: ArraySlice<UInt8>) {
    let count = line.prefix { $0 == UInt8(ascii: ":") }.count
    guard count >= 3 else { return nil }
    let rest = String(decoding: line.dropFirst(count), as: UTF8.self)
    guard let match = rest.wholeMatch(of: BoxOpening.fencedForm) else { return nil }
    form = .fenced(UInt8(ascii: ":"), count)
    let name = match.1 ?? match.2 ?? ""
    let words = match.3 ?? match.4 ?? match.5 ?? match.6
    title = words.flatMap { $0.isEmpty ? nil : $0 }.map { word in
      let start = line.startIndex + count + rest.utf8.distance(from: rest.startIndex, to: word.startIndex)
      return start..<start + word.utf8.count
    }
    let known = AlertSign.Kind(named: String(name.hasPrefix("callout-") ? name.dropFirst(8) : name))
    guard known != nil || title != nil || match.2 != nil || BoxOpening.plain.contains(String(name)) else { return nil }
    sign = known.map { $0 == .details ? "[!details]-" : "[!\($0.rawValue)]" } ?? (title == nil ? nil : "[!note]")
  }

  private static var fencedForm:
    Regex<(Substring, Substring?, Substring?, Substring?, Substring?, Substring?, Substring?)>
  {
    /[ \t]*(?:([A-Za-z][A-Za-z0-9_-]*)|\{[ \t]*[.#]([A-Za-z][A-Za-z0-9_-]*)(?:[^}]*?title="([^"]*)")?[^}]*\})(?:[ \t]*\[([^\]]*)\])?(?:[ \t]*\{(?:[^}]*?title="([^"]*)")?[^}]*\})?(?:[ \t]+([^\[{].*?))?[ \t]*:*/
  }

  /// Containers without words of their own, whose marks say nothing to readers.
  private static let plain: Set<String> = [
    "tabs", "tab-set", "code-group", "row", "column", "columns", "container", "section", "grid", "card", "cards", "div",
    "panel", "group", "layout", "steps", "center", "left", "right",
  ]

  /// `{% hint style="info" %}`, `{{< notice warning >}}`, `{{% alert title="Title" %}}`.
  private init?(marked line: ArraySlice<UInt8>) {
    let text = String(decoding: line, as: UTF8.self)
    guard let match = text.wholeMatch(of: BoxOpening.markedForm) else { return nil }
    let (mark, name, words) = (match.1, String(match.2), match.3 ?? "")
    let isHolder = BoxOpening.holders.contains(name)
    let known = isHolder ? nil : AlertSign.Kind(named: name)
    guard known != nil || isHolder else { return nil }
    let pairs = words.matches(of: /([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/)
    func value(_ keys: String) -> Substring? {
      let keys = keys.split(separator: " ")
      return pairs.first { keys.contains($0.1) }.flatMap { $0.2 ?? $0.3 ?? $0.4 }
    }
    let bare = words.split { " \t\"'".contains($0) }.map(String.init)
    let kind =
      known ?? value("type style color kind level").flatMap { AlertSign.Kind(named: String($0)) }
      ?? bare.lazy.compactMap(AlertSign.Kind.init(named:)).first ?? .note
    let quoted = pairs.isEmpty ? words.matches(of: /"([^"]*)"/).map(\.1) : []
    let shown = value("title summary") ?? quoted.first { AlertSign.Kind(named: String($0)) == nil }
    title = shown.flatMap { $0.isEmpty ? nil : $0 }.map { word in
      let start = line.startIndex + text.utf8.distance(from: text.startIndex, to: word.startIndex)
      return start..<start + word.utf8.count
    }
    form = .named(mark == "{%" ? "{%end\(name)%}" : mark == "{{<" ? "{{</\(name)>}}" : "{{%/\(name)%}}")
    sign = "[!\(kind.rawValue)]\(kind == .details ? "-" : "")"
  }

  private static var markedForm: Regex<(Substring, Substring, Substring, Substring?)> {
    /(\{%|\{\{<|\{\{%)\s*([a-z]+)(?:\s+(.*?))?\s*(?:%\}|>\}\}|%\}\})/
  }

  /// The names that say in their words which kind of box they are.
  private static let holders: Set<String> = ["hint", "notice", "callout", "admonition", "alert", "box", "message"]
}

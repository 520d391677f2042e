import KBDocument
import KBSource

/// Why a path in a text leads nowhere, where that is known: the file is there under another path, or is not read.
struct PathAdvice {
  let message: Message
  let remedy: Message
  /// The path that was meant, as it would be written in that file, and whether nobody can have meant another one.
  var meant: (path: String, isSafe: Bool)?

  init(message: Message, remedy: Message, meant: (path: String, isSafe: Bool)?) {
    (self.message, self.remedy, self.meant) = (message, remedy, meant)
  }

  /// Looks for what was meant.
  init?(_ written: String, in path: RepoPath, _ index: PathIndex, isImage: Bool) {
    guard let advice = PathSearch(written, in: path, index, isImage: isImage).advice else { return nil }
    self = advice
  }

  /// The way from one file to another.
  static func relative(_ target: RepoPath, from path: RepoPath) -> String {
    let from = path.components.dropLast().map(String.init)
    let to = target.components.map(String.init)
    var same = 0
    while same < from.count, same < to.count - 1, from[same] == to[same] { same += 1 }
    return (Array(repeating: "..", count: from.count - same) + to[same...]).joined(separator: "/")
  }

  /// A path as a link's destination in Markdown.
  static func escaped(_ path: String) -> String {
    path.replacing("%", with: "%25").replacing(" ", with: "%20").replacing("(", with: "%28").replacing(")", with: "%29")
      .replacing("#", with: "%23").replacing("?", with: "%3F").replacing("\\", with: "%5C")
  }
}

extension ReferenceResolver {
  /// The place of a link's destination in its file: where it is written as it reads, else after the link's text.
  func destinationRange(of link: Markdown.Link, in record: Record) -> SourceRange? {
    let bytes = record.document.file.bytes
    let range = link.range.offsets
    guard link.kind != .wiki, range.upperBound <= bytes.count, !range.isEmpty else { return nil }
    if bytes[range].elementsEqual(link.destination.utf8) { return link.range }
    // `[text](img\Plan.PNG "title")`: the destination ends with a blank or the bracket.
    let end = min(range.upperBound + 600, bytes.count)
    guard let open = bytes[range.upperBound..<end].firstIndex(of: UInt8(ascii: "]")), open + 1 < end,
      bytes[open + 1] == UInt8(ascii: "(")
    else { return nil }
    var lower = open + 2
    while lower < end, bytes[lower] == UInt8(ascii: " ") { lower += 1 }
    let isAngled = lower < end && bytes[lower] == UInt8(ascii: "<")
    if isAngled { lower += 1 }
    var upper = lower
    while upper < end, isAngled ? bytes[upper] != UInt8(ascii: ">") : !" )\n".utf8.contains(bytes[upper]) { upper += 1 }
    return upper > lower && upper < end ? SourceRange(lower, upper) : nil
  }

  /// Reports a path that leads nowhere, at its own place.
  mutating func reportPath(_ rule: Rule, _ link: Markdown.Link, _ record: Record, _ advice: PathAdvice) {
    let body = record.document.body.range
    let isWritten = link.kind == .wiki && record.document.file.text(link.range) == link.destination
    let place = link.kind == .wiki ? (isWritten ? link.range : nil) : destinationRange(of: link, in: record)
    let range = place ?? (link.range.count > 0 ? link.range : SourceRange(Int(body.lower), Int(body.lower)))
    var fixes: [FixIt] = []
    if let place, let meant = advice.meant {
      let written = record.document.file.bytes[place.offsets]
      let anchor =
        written.firstIndex(of: UInt8(ascii: "#")).map { String(decoding: written[$0...], as: UTF8.self) } ?? ""
      fixes = [FixIt(replacing: place, with: meant.path + anchor, isSafe: meant.isSafe)]
    }
    found.diagnostics.append(
      Diagnostic(rule, at: record.path, range, advice.message, remedy: advice.remedy, fixes: fixes))
  }
}

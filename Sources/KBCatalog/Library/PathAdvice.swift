import KBDocument
import KBSource

/// Why a path in a text leads nowhere, where that is known: the file is there under another path, or is not read.
struct PathAdvice {
  let message: Message
  let remedy: Message
  /// The path that was meant, as it would be written in that file, and whether nobody can have meant another one.
  var meant: (path: String, isSafe: Bool)?

  /// Looks for what was meant.
  init?(_ written: String, in path: RepoPath, _ index: PathIndex, isImage: Bool) {
    let shown = written.count > 60 ? String(written.prefix(57)) + "..." : written
    let slashed = written.replacing("\\", with: "/")
    let isFromRoot = slashed.utf8.first == UInt8(ascii: "/")
    // Whose name the path tells: what is said of a record that is not published is not published either.
    let id = RecordReader.derivedID(of: RepoPath(normalized: slashed))
    guard let target = path.resolving(slashed) else {
      guard slashed.contains("..") else { return nil }
      message = Message(
        de: "\(code: shown, id: id) führt aus der Wissensbasis hinaus",
        en: "\(code: shown, id: id) leads out of the knowledge base")
      remedy = Message(
        de: "die Datei in die Wissensbasis legen, oder ihre Adresse mit https:// schreiben",
        en: "put the file into the knowledge base, or write its address with https://")
      return
    }
    if let advice = PathAdvice(obstacleTo: target, shown, in: path, index, isFromRoot) {
      self = advice
      return
    }
    func write(_ file: RepoPath) -> String {
      let text = isFromRoot ? "/\(file.string)" : PathAdvice.relative(file, from: path)
      return PathAdvice.escaped(text)
    }
    if let file = index.file(inAnyCase: target) {
      let (meant, meantID) = (write(file), RecordReader.derivedID(of: file))
      self.meant = (meant, true)
      remedy = Message(de: "\(code: meant, id: meantID) schreiben", en: "write \(code: meant, id: meantID)")
      message =
        written.contains("\\")
        ? Message(
          de:
            "in \(code: shown, id: id) trennen Backslashes die Ordner; Links brauchen \(code: "/"). Meinten Sie \(code: meant, id: meantID)?",
          en:
            "\(code: shown, id: id) separates folders with backslashes, and links need \(code: "/"); did you mean \(code: meant, id: meantID)?"
        )
        : Message(
          de:
            "\(code: shown, id: id) gibt es nur in anderer Groß- und Kleinschreibung; meinten Sie \(code: meant, id: meantID)?",
          en: "\(code: shown, id: id) is there only with other capitals; did you mean \(code: meant, id: meantID)?")
      return
    }
    if !isFromRoot, let root = RepoPath(slashed), let file = index.file(inAnyCase: root) {
      let (meant, meantID) = (PathAdvice.escaped("/\(file.string)"), RecordReader.derivedID(of: file))
      self.meant = (meant, true)
      message = Message(
        de: "neben dieser Datei gibt es kein \(code: shown, id: id); meinten Sie \(code: meant, id: meantID)?",
        en: "there is no \(code: shown, id: id) beside this file; did you mean \(code: meant, id: meantID)?")
      remedy = Message(de: "\(code: meant, id: meantID) schreiben", en: "write \(code: meant, id: meantID)")
      return
    }
    if index.isFolder(target) {
      message =
        isImage
        ? Message(
          de: "\(code: shown, id: id) ist ein Ordner, kein Bild",
          en: "\(code: shown, id: id) is a folder and not an image")
        : Message(
          de:
            "\(code: shown, id: id) ist ein Ordner ohne \(code: "index.md") oder \(code: "README.md"): er hat keine Seite",
          en: "\(code: shown, id: id) is a folder without \(code: "index.md") or \(code: "README.md"): it has no page")
      remedy = Message(
        de: "eine Datei darin angeben, oder dort eine \(code: "index.md") anlegen",
        en: "name a file in it, or create an \(code: "index.md") there")
      return
    }
    guard let (file, isSame) = PathAdvice.near(target, index) else { return nil }
    let (meant, meantID) = (write(file), RecordReader.derivedID(of: file))
    self.meant = (meant, false)
    message =
      isSame
      ? Message(
        de:
          "dort gibt es kein \(code: shown, id: id), aber anderswo eine Datei dieses Namens; meinten Sie \(code: meant, id: meantID)?",
        en:
          "there is no \(code: shown, id: id) there, but a file of this name elsewhere; did you mean \(code: meant, id: meantID)?"
      )
      : Message(
        de: "\(code: shown, id: id) gibt es nicht; meinten Sie \(code: meant, id: meantID)?",
        en: "\(code: shown, id: id) is not there; did you mean \(code: meant, id: meantID)?")
    remedy = Message(de: "\(code: meant, id: meantID) schreiben", en: "write \(code: meant, id: meantID)")
  }

  /// A file of the same name elsewhere, or one with a similar name beside it.
  private static func near(_ target: RepoPath, _ index: PathIndex) -> (RepoPath, isSame: Bool)? {
    if let file = index.onlyFile(named: target.name) { return (file, true) }
    return index.similarFile(to: target).map { ($0, false) }
  }

  /// What is there, and is not read.
  private init?(
    obstacleTo target: RepoPath, _ shown: String, in path: RepoPath, _ index: PathIndex, _ isFromRoot: Bool
  ) {
    guard let (obstacle, reason) = index.obstacle(to: target) else { return nil }
    let isWhole = obstacle == target
    let id = RecordReader.derivedID(of: target)
    switch reason {
    case .hidden:
      message =
        isWhole
        ? Message(
          de: "\(code: shown, id: id) ist verborgen: was mit einem Punkt beginnt, veröffentlicht kb nicht",
          en: "\(code: shown, id: id) is hidden: kb does not publish what begins with a point")
        : Message(
          de: "\(code: shown, id: id) liegt im verborgenen Ordner \(obstacle), den kb nicht liest",
          en: "\(code: shown, id: id) is in the hidden folder \(obstacle), which kb does not read")
      remedy = Message(
        de: "in einen Ordner verlegen, dessen Name nicht mit einem Punkt beginnt",
        en: "move it into a folder whose name does not begin with a point")
    case .ignored:
      message = Message(
        de: "\(code: shown, id: id) ist durch \(code: ".kbignore") ausgeschlossen",
        en: "\(code: shown, id: id) is left out by \(code: ".kbignore")")
      remedy = Message(
        de: "in \(code: ".kbignore") wieder aufnehmen (\(code: "!/\(obstacle.string)")), oder den Link entfernen",
        en: "take it back in \(code: ".kbignore") (\(code: "!/\(obstacle.string)")), or remove the link")
    case .folderLink(let real):
      let rest = target.string.utf8.dropFirst(obstacle.string.utf8.count)
      let file = RepoPath(normalized: real.string + String(decoding: rest, as: UTF8.self))
      let exact = index.file(inAnyCase: file)
      let text = PathAdvice.escaped(
        isFromRoot ? "/\((exact ?? file).string)" : PathAdvice.relative(exact ?? file, from: path))
      meant = (text, exact != nil)
      message = Message(
        de:
          "\(code: shown, id: id) führt über die Verknüpfung \(obstacle) auf \(real): dort liest kb die Dateien; meinten Sie \(code: text, id: id)?",
        en:
          "\(code: shown, id: id) goes through \(obstacle), a link to \(real), where kb reads the files; did you mean \(code: text, id: id)?"
      )
      remedy = Message(de: "\(code: text, id: id) schreiben", en: "write \(code: text, id: id)")
    }
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
    guard range.upperBound <= bytes.count, !range.isEmpty else { return nil }
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
    let place = destinationRange(of: link, in: record)
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

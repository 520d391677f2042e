/// The names of files and folders that a person can't see through, or that no checkout on Windows can hold.
public enum FileNames {
  /// Returns the findings about the name of a file or folder, and whether what is in it is read all the same.
  ///
  /// `isText`: whether it is a file that is read as text, or a folder. A tab harms nothing there; in the path of a page's file
  /// it would.
  public static func verdict(on path: RepoPath, isText: Bool) -> (findings: [Diagnostic], isRead: Bool) {
    let name = path.name
    if isPlain(name.utf8) { return ([], true) }
    if let odd = name.unicodeScalars.first(where: isOdd) {
      let isRead = isText && name.unicodeScalars.allSatisfy { $0 == "\t" || !isOdd($0) }
      return ([oddCharacter(odd, in: path, isRead: isRead)], isRead)
    }
    return ((windows(path) ?? invisible(path)).map { [$0] } ?? [], true)
  }

  /// Whether a name is one of letters of ASCII, digits, hyphens, underscores and points that no system minds, as most are.
  private static func isPlain(_ name: Substring.UTF8View) -> Bool {
    let stem = name.prefix { $0 != UInt8(ascii: ".") }.count
    return !(3...4).contains(stem) && name.last != UInt8(ascii: ".")
      && name.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
  }

  /// Whether a character has no place in a name: controls, line separators, and those that reverse the direction of writing.
  static func isOdd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A text with every character that nobody sees as a sign, or as its number.
  public static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isOdd) else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
        shown.unicodeScalars.append(picture)
      } else if isOdd(scalar) {
        shown += "<U+\(String(scalar.value, radix: 16, uppercase: true))>"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// A name with the blanks at its edges, which nobody sees, as signs.
  static func edged(_ name: String, _ stem: String) -> String {
    let ending = name.dropFirst(stem.count)
    func marked(_ text: some StringProtocol) -> String {
      let start = text.prefix { $0 == " " }.count
      let end = start == text.count ? 0 : text.reversed().prefix { $0 == " " }.count
      let sign = "\u{2423}"
      return String(repeating: sign, count: start) + text.dropFirst(start).dropLast(end)
        + String(repeating: sign, count: end)
    }
    return marked(stem) + marked(ending)
  }

  private static func description(of scalar: Unicode.Scalar) -> Message {
    switch scalar {
    case "\t": Message(de: "einen Tabulator", en: "a tab")
    case "\n", "\r", "\u{2028}", "\u{2029}": Message(de: "einen Zeilenumbruch", en: "a line break")
    case "\u{061C}", "\u{200E}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
      Message(
        de: "ein unsichtbares Zeichen, das die Schreibrichtung ändert",
        en: "an invisible character that changes the direction of writing")
    default: Message(de: "ein Steuerzeichen", en: "a control character")
    }
  }

  private static func oddCharacter(_ scalar: Unicode.Scalar, in path: RepoPath, isRead: Bool) -> Diagnostic {
    let before = String(String.UnicodeScalarView(path.name.unicodeScalars.prefix { $0 != scalar }))
    let what = description(of: scalar)
    return Diagnostic(
      WorkingTreeRules.badName, at: path, .start,
      Message(
        de:
          "der Name enthält \(when: !before.isEmpty, "nach \(code: before) ")\(what): \(code: shown(String(path.name)))\(when: !isRead, "; kb liest das deshalb nicht")",
        en:
          "the name contains \(what)\(when: !before.isEmpty, " after \(code: before)"): \(code: shown(String(path.name)))\(when: !isRead, "; so kb does not read it")"
      ),
      remedy: renaming(path))
  }

  // MARK: Invisible characters

  /// Whether a character looks like a space, or like nothing, and is another one.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0, 0xAD, 0x2000...0x200B, 0x202F, 0x205F...0x2060, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// A name with a no-break space, such as macOS gives to screenshots, or with a character without a width.
  private static func invisible(_ path: RepoPath) -> Diagnostic? {
    let name = path.name
    guard !name.utf8.allSatisfy({ $0 < 0x80 }), let odd = name.unicodeScalars.first(where: isInvisible) else {
      return nil
    }
    let before = String(String.UnicodeScalarView(name.unicodeScalars.prefix { $0 != odd }))
    let shown = String(
      String.UnicodeScalarView(name.unicodeScalars.map { isInvisible($0) ? Unicode.Scalar(0x2423) ?? $0 : $0 }))
    return Diagnostic(
      WorkingTreeRules.invisibleName, at: path, .start,
      Message(
        de:
          "der Name enthält \(when: !before.isEmpty, "nach \(code: before) ")ein geschütztes oder unsichtbares Leerzeichen: \(code: shown)",
        en:
          "the name contains a no-break or invisible space\(when: !before.isEmpty, " after \(code: before)"): \(code: shown)"
      ),
      remedy: renaming(path))
  }

  /// The advice to rename, with a name that every system can hold.
  private static func renaming(_ path: RepoPath) -> Message {
    let proposal = proposal(for: String(path.name))
    return proposal.isEmpty
      ? Message(de: "umbenennen", en: "rename it")
      : Message(de: "in \(code: proposal) umbenennen", en: "rename it to \(code: proposal)")
  }

  // MARK: Windows

  private static let reserved: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

  /// Source: "Naming Files, Paths, and Namespaces", learn.microsoft.com.
  private static func windows(_ path: RepoPath) -> Diagnostic? {
    let name = path.name
    let stem = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
    let whole = path.ending.isEmpty ? String(name) : String(name.dropLast(path.ending.count + 1))
    let shown = Message.Text("\(code: String(name))")
    let message: Message
    if let bad = name.first(where: { "<>:\"|?*\\".contains($0) }) {
      message = Message(
        de: "Windows erlaubt \(code: String(bad)) nicht in Dateinamen: \(shown) lässt sich dort nicht auschecken",
        en: "Windows does not allow \(code: String(bad)) in file names: \(shown) can't be checked out there")
    } else if name.utf8.last == UInt8(ascii: " ") {
      let edged = Message.Text("\(code: edged(String(name), whole))")
      message = Message(
        de: "\(edged) endet mit einem Leerzeichen und lässt sich unter Windows nicht auschecken",
        en: "\(edged) ends with a space and can't be checked out on Windows")
    } else if name.utf8.last == UInt8(ascii: ".") {
      message = Message(
        de: "\(shown) endet mit einem Punkt und lässt sich unter Windows nicht auschecken",
        en: "\(shown) ends with a dot and can't be checked out on Windows")
    } else if whole.utf8.last == UInt8(ascii: " ") || name.utf8.first == UInt8(ascii: " ") {
      let edged = Message.Text("\(code: edged(String(name), whole))")
      message = Message(
        de: "\(edged) hat ein Leerzeichen am Rand des Namens",
        en: "\(edged) has a space at the edge of its name")
    } else if reserved.contains(stem.lowercased()) {
      // Of a record the id says so already.
      guard FileRole(path) != .document else { return nil }
      message = Message(
        de: "\(code: stem) ist unter Windows ein Gerät: \(shown) lässt sich dort nicht auschecken",
        en: "\(code: stem) is a device on Windows: \(shown) can't be checked out there")
    } else {
      return nil
    }
    return Diagnostic(WorkingTreeRules.windowsName, at: path, .start, message, remedy: renaming(path))
  }

  /// A name like another one that every system can hold.
  public static func proposal(for name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\t", "\n", "\r": text += " "
      case _ where isInvisible(scalar): if scalar.properties.isWhitespace { text += " " }
      case ":", "|", "\\": text += "-"
      case "\"": text += "'"
      case "<", ">", "?", "*": break
      case _ where isOdd(scalar): break
      default: text.unicodeScalars.append(scalar)
      }
    }
    let point = text.utf8.lastIndex(of: UInt8(ascii: "."))
    let (stem, ending) = point.map { (text[..<$0], text[$0...]) } ?? (text[...], "")
    let words = stem.split(separator: " ").joined(separator: " ")
    let kept = ending.count > 1 ? String(ending).split(separator: " ").joined() : ""
    let plain = String(words.reversed().drop { $0 == "." || $0 == " " }.reversed())
    // Windows looks at what comes before the first dot: `aux.shared.yml` is a device, too.
    let device = plain.prefix { $0 != "." }
    return reserved.contains(device.lowercased())
      ? "\(device)_\(plain.dropFirst(device.count))\(kept)" : plain.isEmpty ? "" : plain + kept
  }
}

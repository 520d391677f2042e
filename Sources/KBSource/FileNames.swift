/// The names of files and folders that a person can't see through, or that no checkout on Windows can hold.
public enum FileNames {
  /// Returns the findings about the name of a file or folder, and whether what is in it is read all the same.
  ///
  /// `isText`: whether it is a file that is read as text, or a folder. A tab harms nothing there; in the path of a page's file
  /// it would.
  public static func verdict(on path: RepoPath, isText: Bool) -> (findings: [Diagnostic], isRead: Bool) {
    let name = path.name
    if let odd = name.unicodeScalars.first(where: isOdd) {
      return ([oddCharacter(odd, in: path)], isText && name.unicodeScalars.allSatisfy { $0 == "\t" || !isOdd($0) })
    }
    return (windows(path).map { [$0] } ?? [], true)
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

  private static func oddCharacter(_ scalar: Unicode.Scalar, in path: RepoPath) -> Diagnostic {
    let before = String(String.UnicodeScalarView(path.name.unicodeScalars.prefix { $0 != scalar }))
    let what = description(of: scalar)
    return Diagnostic(
      WorkingTreeRules.badName, at: path, .start,
      Message(
        de:
          "der Dateiname enthält \(when: !before.isEmpty, "nach \(code: before) ")\(what): \(code: shown(String(path.name)))",
        en:
          "the file's name contains \(what)\(when: !before.isEmpty, " after \(code: before)"): \(code: shown(String(path.name)))"
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
    } else if name.utf8.last == UInt8(ascii: " ") || name.utf8.last == UInt8(ascii: ".") {
      message = Message(
        de: "\(shown) endet mit einem Leerzeichen oder Punkt und lässt sich unter Windows nicht auschecken",
        en: "\(shown) ends with a space or a point and can't be checked out on Windows")
    } else if whole.utf8.last == UInt8(ascii: " ") || name.utf8.first == UInt8(ascii: " ") {
      message = Message(
        de: "\(shown) hat ein Leerzeichen am Rand des Namens, das niemand sieht",
        en: "\(shown) has a space at the edge of its name that nobody sees")
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
  static func proposal(for name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\t", "\n", "\r": text += " "
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
    return reserved.contains(plain.lowercased()) ? "\(plain)_\(kept)" : plain.isEmpty ? "" : plain + kept
  }
}

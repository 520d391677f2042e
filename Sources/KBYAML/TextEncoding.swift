package import KBSource

/// Whether a file is text that can be read, and what to say when it is not.
package struct TextEncoding {
  package static let largest = 1024 * 1024

  /// The file; bytes that are not UTF-8 are replaced.
  package var file: SourceFile
  /// The file as it is read: with a line feed in the place of each carriage return that is a line end by itself.
  package var text: SourceFile
  /// Offset of the first character, behind a byte-order mark.
  package var textStart: Int
  package var isText: Bool
  package var diagnostics: [Diagnostic] = []

  package static func check(_ file: SourceFile) -> TextEncoding {
    let bytes = file.bytes
    func refused(_ rule: Rule, at offset: Int = 0, _ message: Message, _ remedy: Message) -> TextEncoding {
      TextEncoding(
        file: file, text: file, textStart: 0, isText: false,
        diagnostics: [
          Diagnostic(rule, at: file.path, SourceRange(offset, min(offset + 1, bytes.count)), message, remedy: remedy)
        ])
    }
    if bytes.count > largest {
      return refused(
        TextRules.tooLarge,
        Message(
          de: "die Datei ist größer als 1 MiB und wird nicht gelesen",
          en: "the file is larger than 1 MiB and is not read"),
        Message(de: "in mehrere Dateien teilen", en: "split it into several files"))
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return refused(
        TextRules.encoding, Message(de: "die Datei ist in UTF-16 gespeichert", en: "the file is stored as UTF-16"),
        Message(de: "im Editor als UTF-8 speichern", en: "save it as UTF-8 in the editor"))
    }
    if let nul = bytes.firstOffset(of: 0) {
      return refused(
        TextRules.encoding, at: nul,
        Message(
          de: "die Datei enthält ein NUL-Zeichen: das ist kein Text",
          en: "the file contains a NUL byte: it is not a text file"),
        Message(
          de: "das Zeichen löschen oder die Datei umbenennen, wenn sie kein Markdown ist",
          en: "delete the byte, or rename the file if it is not Markdown"))
    }
    if bytes.starts(with: Array("version https://git-lfs.github.com/spec/".utf8)) {
      return refused(
        TextRules.lfsPointer,
        Message(
          de: "hier liegt nur ein Verweis von Git LFS, nicht der Inhalt",
          en: "this is only a Git LFS pointer, not the content"),
        Message(de: "\(code: "git lfs pull") ausführen", en: "run \(code: "git lfs pull")"))
    }
    let textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let invalid = firstInvalidByte(bytes) else {
      let (text, finding) = withLineFeeds(file)
      return TextEncoding(file: file, text: text, textStart: textStart, isText: true, diagnostics: finding)
    }
    let readable = file.readable
    let finding = Diagnostic(
      TextRules.encoding, at: file.path, SourceRange(invalid, invalid + 1),
      Message(de: "ab hier ist die Datei nicht in UTF-8 gespeichert", en: "from here the file is not stored as UTF-8"),
      remedy: Message(
        de: "im Editor mit der alten Kodierung öffnen (meist Windows-1252) und als UTF-8 speichern",
        en: "open it with the old encoding (usually Windows-1252) and save it as UTF-8"))
    return TextEncoding(
      file: readable, text: withLineFeeds(readable).0, textStart: textStart, isText: true, diagnostics: [finding])
  }

  /// Puts a line feed in the place of each carriage return without one.
  private static func withLineFeeds(_ file: SourceFile) -> (SourceFile, [Diagnostic]) {
    let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
    let bytes = file.bytes
    guard let first = bytes.firstOffset(of: cr) else { return (file, []) }
    var changed = bytes
    var place: Int?
    for at in first..<bytes.count where bytes[at] == cr && (at + 1 == bytes.count || bytes[at + 1] != lf) {
      // `\r\r\n` is one line end that passed through two hands.
      if at + 2 < bytes.count, bytes[at + 1] == cr, bytes[at + 2] == lf { continue }
      changed[at] = lf
      place = place ?? at
    }
    guard let place else { return (file, []) }
    let finding = Diagnostic(
      TextRules.lineEnds, at: file.path, SourceRange(place, place + 1),
      Message(
        de: "die Zeilen enden mit CR (alter Mac): für git ist die Datei eine einzige Zeile",
        en: "the lines end with CR (old Mac): to git the file is a single line"),
      remedy: Message(de: "mit den Zeilenenden LF speichern", en: "save it with LF line endings"),
      fixes: [
        FixIt(replacing: SourceRange(0, bytes.count), with: String(decoding: changed, as: UTF8.self), isSafe: true)
      ])
    return (SourceFile(path: file.path, bytes: changed), [finding])
  }

  /// The offset of the first byte that is not UTF-8.
  private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}

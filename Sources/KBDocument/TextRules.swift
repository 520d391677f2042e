public import KBSource

/// The rules about a file's bytes and text.
enum TextRules {
  static let encoding = Rule(
    "form/encoding", .error,
    title: Message(de: "kein UTF-8", en: "not UTF-8"),
    explanation: Message(
      de:
        "Alle Dateien sind Text in UTF-8. Andere Kodierungen machen aus 'ü' Zeichensalat, je nachdem, wer die Datei öffnet.",
      en: "All files are text in UTF-8. Other encodings turn 'ü' into garbage, depending on who opens the file."),
    example: [Rule.Example("pages/nul.md", "# NUL\n\nText \u{0} Text.\n")])

  static let tooLarge = Rule(
    "form/too-large", .error,
    title: Message(de: "zu groß", en: "too large"),
    explanation: Message(
      de: "Dateien über 1 MiB und Köpfe über 256 KB werden nicht gelesen: so lange Texte liest im Notfall niemand.",
      en: "Files over 1 MiB and front matters over 256 KB are not read: nobody reads such texts in an emergency."),
    example: [Rule.Example("pages/lang.md", "# Lang\n\n" + String(repeating: "Sehr langer Text. ", count: 60_000))])

  static let unclosed = Rule(
    "form/unclosed-front-matter", .error,
    title: Message(de: "Kopf nicht geschlossen", en: "front matter not closed"),
    explanation: Message(
      de: "Der Kopf beginnt mit einer Zeile '---' und endet mit einer zweiten. Fehlt sie, gilt alles als Text.",
      en: "The front matter begins with a line '---' and ends with a second one. Without it, everything is body."),
    example: [Rule.Example("pages/offen.md", "---\ntitle: Offen\n\nText.\n")])

  static let lfsPointer = Rule(
    "form/lfs-pointer", .error,
    title: Message(de: "Git-LFS-Verweis statt Inhalt", en: "Git LFS pointer instead of content"),
    explanation: Message(
      de: "Git LFS legt große Dateien getrennt ab. Ohne 'git lfs pull' liegt hier nur der Verweis.",
      en: "Git LFS stores large files apart. Without 'git lfs pull' only the pointer is here."),
    example: [Rule.Example("pages/lfs.md", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")])

  static let conflict = Rule(
    "form/conflict", .error,
    title: Message(de: "ungelöster Konflikt", en: "unresolved conflict"),
    explanation: Message(
      de:
        "Zwischen '<<<<<<<' und '>>>>>>>' stehen zwei Fassungen derselben Stelle. Eine davon wählen und die Zeichen löschen.",
      en: "Between '<<<<<<<' and '>>>>>>>' stand two versions of one place. Choose one and delete the markers."),
    example: [Rule.Example("pages/konflikt.md", "# Konflikt\n\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> andere\n")])

  static let bidirectional = Rule(
    "form/bidi", .error,
    title: Message(de: "unsichtbares Richtungszeichen", en: "invisible direction character"),
    explanation: Message(
      de: """
        Zeichen, die die Schreibrichtung umkehren (U+202A bis U+202E, U+2066 bis U+2069), lassen einen Befehl anders aussehen,
        als er ist (CVE-2021-42574). In deutschem und englischem Text braucht sie niemand.
        """,
      en: """
        Characters that reverse the direction of writing (U+202A to U+202E, U+2066 to U+2069) make a command look different
        from what it is (CVE-2021-42574). German and English text needs none of them.
        """),
    example: [Rule.Example("pages/richtung.md", "# Richtung\n\nrm \u{202E}txt.x\n")])

  static let tooComplex = Rule(
    "form/too-complex", .error,
    title: Message(de: "zu verschachtelt", en: "too complex"),
    explanation: Message(
      de: """
        Mehr als 100 Ebenen ineinander, Tabellen mit tausenden Spalten und Absätze mit zehntausenden Klammern oder Adressen
        werden als Text gezeigt und nicht als Markdown: sie zu lesen dauerte Minuten.
        """,
      en: """
        More than 100 levels of nesting, tables of thousands of columns, and paragraphs with tens of thousands of brackets or
        addresses are shown as text and not as Markdown: reading them would take minutes.
        """),
    example: [Rule.Example("pages/tief.md", String(repeating: ">", count: 150) + " tief\n")])

  static let comment = Rule(
    "form/comment", .warning,
    title: Message(de: "Kommentar ohne Ende", en: "comment without an end"),
    explanation: Message(
      de: """
        Ein HTML-Kommentar reicht von '<!--' bis '-->' und wird nicht gezeigt. Fehlt das Ende, ist der ganze Rest des Textes
        verborgen. Beginnt er in einem Absatz und enthält eine Leerzeile, zeigt GitHub ihn an; kb verbirgt ihn.
        """,
      en: """
        An HTML comment reaches from '<!--' to '-->' and is not shown. Without an end, all the rest of the text is hidden.
        One that begins within a paragraph and contains an empty line is shown on GitHub; kb hides it.
        """),
    example: [Rule.Example("pages/netz.md", "# Netz\n\nText.\n\n<!-- alter Stand\n\nMehr Text.\n")])

  /// What stands in a file's text that should not.
  static func findings(in file: SourceFile, body: Markdown) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    if let conflict = unresolvedConflict(in: file) { findings.append(conflict) }
    if let range = bidirectionalControl(in: file.bytes) {
      findings.append(
        Diagnostic(
          bidirectional, at: file.path, range,
          Message(
            de: "hier steht ein unsichtbares Zeichen, das die Schreibrichtung umkehrt",
            en: "an invisible character that reverses the direction of writing stands here"),
          remedy: Message(de: "das Zeichen löschen", en: "delete the character"),
          fixes: [FixIt(replacing: range, with: "", isSafe: false)]))
    }
    findings += body.remarks.map { finding(about: $0, in: file) }
    if let refusal = body.refusal {
      let start = Int(body.range.lower)
      findings.append(
        Diagnostic(
          tooComplex, at: file.path, SourceRange(start, min(start + 1, file.bytes.count)),
          refusal == .tooDeep
            ? Message(
              de: "der Text ist tiefer als 100 Ebenen verschachtelt", en: "the body is nested deeper than 100 levels")
            : Message(
              de: "ein Absatz, eine Tabelle oder Liste ist zu groß", en: "a paragraph, table or list is too large"),
          remedy: Message(
            de: "flacher gliedern oder teilen; bis dahin wird der Text unformatiert gezeigt",
            en: "structure it flatter or split it; until then the text is shown unformatted")))
    }
    return findings
  }

  private static func finding(about remark: Markdown.Remark, in file: SourceFile) -> Diagnostic {
    switch remark {
    case .openComment(let range):
      Diagnostic(
        comment, at: file.path, range,
        Message(
          de: "dieser Kommentar wird nicht geschlossen: der Text danach wird nicht gezeigt",
          en: "this comment is not closed: the text after it is not shown"),
        remedy: Message(de: "'-->' am Ende des Kommentars ergänzen", en: "add '-->' at the end of the comment"))
    case .tornComment(let range):
      Diagnostic(
        comment, at: file.path, range,
        Message(
          de: "dieser Kommentar beginnt in einem Absatz und enthält eine Leerzeile: GitHub zeigt ihn an",
          en: "this comment begins within a paragraph and contains an empty line: GitHub shows it"),
        remedy: Message(
          de: "die Leerzeilen löschen, oder den Kommentar in einer eigenen Zeile beginnen",
          en: "delete the empty lines, or begin the comment on a line of its own"))
    }
  }

  /// The first conflict that git left in a file.
  static func unresolvedConflict(in file: SourceFile) -> Diagnostic? {
    ConflictMarker.first(in: file.bytes).map { range in
      Diagnostic(
        conflict, at: file.path, range,
        Message(de: "hier beginnt ein ungelöster Git-Konflikt", en: "an unresolved git conflict begins here"),
        remedy: Message(
          de: "eine der beiden Fassungen wählen und die Zeilen <<<<<<<, ======= und >>>>>>> löschen",
          en: "choose one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"))
    }
  }

  private static func bidirectionalControl(in bytes: [UInt8]) -> SourceRange? {
    var next = 0
    // All of them begin with the same byte.
    while let index = bytes.firstOffset(of: 0xE2, from: next), index + 2 < bytes.count {
      let (second, third) = (bytes[index + 1], bytes[index + 2])
      if second == 0x80 && (0xAA...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third) {
        return SourceRange(index, index + 3)
      }
      next = index + 1
    }
    return nil
  }
}

/// The rules of reading, for the list of all rules.
public enum DocumentRules {
  public static let all: [Rule] = [
    YAMLRules.unreadable, YAMLRules.duplicateKey, YAMLRules.feature, TextRules.encoding, TextRules.tooLarge,
    TextRules.unclosed, TextRules.lfsPointer, TextRules.conflict, TextRules.bidirectional, TextRules.tooComplex,
    TextRules.comment,
  ]
}

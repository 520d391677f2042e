package import KBSource

/// The rules about a file's bytes and text.
package enum TextRules {
  package static let encoding = Rule("form/encoding")
  package static let tooLarge = Rule("form/too-large")
  package static let unclosed = Rule("form/unclosed-front-matter")
  package static let late = Rule("form/late-front-matter")
  static let lineEnds = Rule("file/line-ends")
  static let lfsPointer = Rule("form/lfs-pointer")
  package static let conflict = Rule("form/conflict")
  package static let bidirectional = Rule("form/bidi")
  package static let tooComplex = Rule("form/too-complex")
  package static let comment = Rule("form/comment")
  package static let table = Rule("form/table")
  package static let footnote = Rule("form/footnote")
  package static let html = Rule("form/html")
  package static let foreign = Rule("form/foreign-mark")

  /// The first conflict that git left in a file.
  package static func unresolvedConflict(in file: SourceFile) -> Diagnostic? {
    ConflictMarker.first(in: file.bytes).map { range in
      Diagnostic(
        conflict, at: file.path, range,
        Message(de: "hier beginnt ein ungelöster Git-Konflikt", en: "an unresolved git conflict begins here"),
        remedy: Message(
          de: "eine der beiden Fassungen wählen und die Zeilen <<<<<<<, ======= und >>>>>>> löschen",
          en: "choose one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"))
    }
  }
}

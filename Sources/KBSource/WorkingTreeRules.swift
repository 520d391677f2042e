/// The rules about files that could not be read at all.
public enum WorkingTreeRules {
  public static let unreadable = Rule(
    "file/unreadable", .error,
    title: Message(de: "Datei nicht lesbar", en: "file can't be read"),
    explanation: Message(
      de: "Die Datei ist da, lässt sich aber nicht öffnen: meist fehlt das Leserecht.",
      en: "The file is there but can't be opened: mostly the permission to read is missing."),
    example: [])

  public static let notAFile = Rule(
    "file/not-a-file", .error,
    title: Message(de: "keine Datei", en: "not a file"),
    explanation: Message(
      de: "Ein Ordner, eine Warteschlange oder ein Gerät mit der Endung .md ist kein Eintrag.",
      en: "A folder, a queue or a device whose name ends in .md is no record."),
    example: [])

  public static let linkOutside = Rule(
    "file/link-outside", .error,
    title: Message(de: "Verknüpfung nach außen", en: "link to the outside"),
    explanation: Message(
      de: """
        Eine symbolische Verknüpfung, die aus der Wissensbasis hinausführt oder auf eine verborgene oder ausgenommene Datei
        (.git, .kbignore), wird nicht gelesen: dort könnte alles liegen, auch ein Passwort.
        """,
      en: """
        A symbolic link that leaves the knowledge base, or leads to a hidden or an ignored file (.git, .kbignore), is not
        read: anything could be there, a password too.
        """),
    example: [])

  public static let badName = Rule(
    "file/bad-name", .error,
    title: Message(de: "Dateiname nicht lesbar", en: "file name can't be read"),
    explanation: Message(
      de: "Der Name der Datei ist nicht in UTF-8 geschrieben, oder er enthält Steuer- oder Richtungszeichen.",
      en: "The file's name is not written in UTF-8, or it contains control or direction characters."),
    example: [])

  public static let submodule = Rule(
    "file/submodule", .hint,
    title: Message(de: "Submodul", en: "submodule"),
    explanation: Message(
      de: "Aus einem früheren Stand oder dem Index liest kb ein Repository allein; Submodule sind eigene Repositories.",
      en: "From a revision or the index kb reads one repository alone; submodules are repositories of their own."),
    example: [])

  public static let largeFile = Rule(
    "file/large-file", .warning,
    title: Message(de: "nur ein Verweis von Git LFS", en: "only a pointer of Git LFS"),
    explanation: Message(
      de: """
        Git LFS legt große Dateien außerhalb des Repositorys ab; an ihrer Stelle steht ein kurzer Text, der auf sie zeigt. Solange sie
        nicht geholt sind, kann auch die Site nur diesen Text anbieten. Frühere Stände liest kb aus Git allein.
        """,
      en: """
        Git LFS keeps large files outside of the repository; in their place is a short text that points to them. Until they are
        fetched, the site can only offer this text too. Earlier revisions are read from git alone.
        """),
    example: [])

  public static let foreignJournal = Rule(
    "file/foreign-journal", .error,
    title: Message(de: "fremdes Änderungsprotokoll", en: "foreign journal of changes"),
    explanation: Message(
      de: """
        kb 0.1.0 legte Dateien dieses Namens an, solange es mehrere Dateien änderte, und führte nach einem Abbruch aus, was darin
        eingetragen war: auch Dateien außerhalb der Wissensbasis und in .git wurden gelöscht. In ein Repository gehören sie
        nie. Heute liest kb sie nicht mehr: sein eigenes Protokoll ist im Benutzerordner (XDG_STATE_HOME).
        """,
      en: """
        kb 0.1.0 wrote files of this name while it changed several files, and after an interruption carried out what was listed
        in them: files outside of the knowledge base and in .git were deleted, too. They never belong in a repository. kb no
        longer reads them: its own journal is in the user's state folder (XDG_STATE_HOME).
        """),
    example: [])

  /// The names at the top of the knowledge base that `foreignJournal` is about.
  public static let journalNames = [".kb-changes.kb-tmp", ".kb-complete.kb-tmp"]

  public static let all = [unreadable, notAFile, linkOutside, badName, submodule, largeFile, foreignJournal]
}

/// The findings about files that can't be read as what their names promise.
public enum FileFindings {
  /// `words`: the system's words for the error.
  public static func unreadable(_ path: RepoPath, _ words: String) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.unreadable, at: path, .start,
      Message(de: "'\(path)' lässt sich nicht lesen: \(words)", en: "'\(path)' can't be read: \(words)"),
      remedy: Message(de: "die Rechte prüfen", en: "check the permissions"))
  }

  public static func badName(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.badName, at: path, .start,
      Message(
        de: "der Name dieser Datei ist kein lesbarer Text; sie wird nicht gelesen",
        en: "the name of this file is no readable text; the file is not read"),
      remedy: Message(de: "die Datei umbenennen", en: "rename the file"))
  }

  public static func notAFile(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.notAFile, at: path, .start,
      Message(
        de: "'\(path.name)' heißt wie ein Eintrag, ist aber keine Datei",
        en: "'\(path.name)' is named like a record but is no file"),
      remedy: Message(de: "umbenennen", en: "rename it"))
  }

  public static func linkOutside(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.linkOutside, at: path, .start,
      Message(
        de: "diese Verknüpfung führt aus der Wissensbasis hinaus, auf Verborgenes oder ins Leere",
        en: "this link leaves the knowledge base, or leads to something hidden or nowhere"),
      remedy: Message(de: "die Datei selbst ablegen", en: "store the file itself"))
  }

  public static func foreignJournal(_ name: String) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.foreignJournal, at: RepoPath(normalized: name), .start,
      Message(
        de: "'\(name)' weist kb 0.1.0 an, Dateien zu verschieben und zu löschen; diese Version liest es nicht",
        en: "'\(name)' tells kb 0.1.0 to move and delete files; this version does not read it"),
      remedy: Message(
        de: "die Datei löschen, auch in git ('git rm'), und klären, woher sie kommt",
        en: "delete the file, in git too ('git rm'), and find out where it comes from"))
  }

  public static func submodule(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.submodule, at: path, .start,
      Message(
        de: "'\(path)' ist ein Submodul; was darin liegt, gehört nicht zu diesem Stand",
        en: "'\(path)' is a submodule; what it holds is not part of this revision"),
      remedy: Message(
        de: "den Arbeitsstand prüfen, oder das Submodul als eigene Wissensbasis",
        en: "check the working tree, or the submodule as a knowledge base of its own"))
  }

  public static func largeFile(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.largeFile, at: path, .start,
      Message(
        de: "'\(path.name)' liegt in Git LFS; hier ist nur der Verweis darauf",
        en: "'\(path.name)' is kept in Git LFS; here is only the pointer to it"),
      remedy: Message(
        de: "im Arbeitsstand 'git lfs pull' rufen, und von dort bauen",
        en: "run 'git lfs pull' in the working tree, and build from there"))
  }
}

/// The rules about files that could not be read at all.
public enum WorkingTreeRules {
  public static let unreadable = Rule("file/unreadable")
  public static let notAFile = Rule("file/not-a-file")
  public static let linkOutside = Rule("file/link-outside")
  public static let badName = Rule("file/bad-name")
  public static let windowsName = Rule("file/windows-name")
  public static let invisibleName = Rule("file/invisible-name")
  public static let sparse = Rule("file/sparse-checkout")
  public static let submodule = Rule("file/submodule")
  public static let largeFile = Rule("file/large-file")
  public static let foreignJournal = Rule("file/foreign-journal")

  /// The names at the top of the knowledge base that `foreignJournal` is about.
  public static let journalNames = [".kb-changes.kb-tmp", ".kb-complete.kb-tmp"]
}

/// The findings about files that can't be read as what their names promise.
public enum FileFindings {
  /// `words`: the system's words for the error.
  public static func unreadable(_ path: RepoPath, _ words: String) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.unreadable, at: path, .start,
      Message(de: "\(code: path) lässt sich nicht lesen: \(words)", en: "\(code: path) can't be read: \(words)"),
      remedy: Message(de: "die Rechte prüfen", en: "check the permissions"))
  }

  public static func badName(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.badName, at: path, .start,
      Message(
        de: "der Name dieser Datei ist nicht in UTF-8 geschrieben; sie wird nicht gelesen",
        en: "the name of this file is not valid UTF-8; the file is not read"),
      remedy: Message(de: "die Datei umbenennen", en: "rename the file"))
  }

  public static func notAFile(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.notAFile, at: path, .start,
      Message(
        de: "\(code: path.name) heißt wie ein Eintrag, ist aber keine Datei",
        en: "\(code: path.name) is named like a record but is not a file"),
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
        de: "\(code: name) weist kb 0.1.0 an, Dateien zu verschieben und zu löschen; diese Version liest es nicht",
        en: "\(code: name) tells kb 0.1.0 to move and delete files; this version does not read it"),
      remedy: Message(
        de: "die Datei löschen, auch in git (\(code: "git rm")), und klären, woher sie kommt",
        en: "delete the file, in git too (\(code: "git rm")), and find out where it comes from"))
  }

  /// `path`: a folder of the working tree with a repository of its own.
  public static func ownRepository(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.submodule, at: path, .start,
      Message(
        de:
          "\(code: path) ist ein eigenes Repository (Submodul): hier wird es mitgelesen, mit \(code: "--at") und im Verlauf fehlt es",
        en:
          "\(code: path) is a repository of its own (submodule): it is read here, and missing with \(code: "--at") and in the history"
      ),
      remedy: Message(
        de: "in \(code: ".kbignore") ausschließen oder als eigene Wissensbasis bauen",
        en: "leave it out in \(code: ".kbignore"), or build it as a knowledge base of its own"))
  }

  public static func submodule(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.submodule, at: path, .start,
      Message(
        de: "\(code: path) ist ein Submodul; was darin liegt, gehört nicht zu diesem Stand",
        en: "\(code: path) is a submodule; what it holds is not part of this revision"),
      remedy: Message(
        de: "den Arbeitsstand prüfen oder das Submodul als eigene Wissensbasis",
        en: "check the working tree, or the submodule as a knowledge base of its own"))
  }

  /// `paths`: the files that git has and the working tree has not.
  public static func sparse(_ paths: [RepoPath]) -> Diagnostic {
    let few = paths.prefix(3).map { Message.Text("\(code: $0)") }
    let isMany = paths.count > few.count
    return Diagnostic(
      WorkingTreeRules.sparse, at: RepoPath(normalized: "kb.yml"), .start,
      Message(
        de:
          "\(Noun.file.counted(paths.count)) \(paths.count == 1 ? "ist" : "sind") nicht ausgecheckt (sparse checkout): \(list: few, isMany ? .none : .and)\(isMany ? " ..." : ""); kb liest die Texte aus git",
        en:
          "\(Noun.file.counted(paths.count)) \(paths.count == 1 ? "is" : "are") not checked out (sparse checkout): \(list: few, isMany ? .none : .and)\(isMany ? " ..." : ""); kb reads the texts from git"
      ),
      remedy: Message(
        de: "für eine vollständige Site \(code: "git sparse-checkout disable") ausführen",
        en: "for a complete site run \(code: "git sparse-checkout disable")"))
  }

  public static func largeFile(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      WorkingTreeRules.largeFile, at: path, .start,
      Message(
        de: "\(code: path.name) liegt in Git LFS; hier ist nur der Verweis darauf",
        en: "\(code: path.name) is kept in Git LFS; here is only the pointer to it"),
      remedy: Message(
        de: "im Arbeitsstand \(code: "git lfs pull") rufen, und von dort bauen",
        en: "run \(code: "git lfs pull") in the working tree, and build from there"))
  }
}

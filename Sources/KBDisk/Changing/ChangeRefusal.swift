public import KBSource

/// Why changes were not made; no file is changed then.
public enum ChangeRefusal: Error, Sendable, Hashable {
  /// Somebody has changed the file since it was read.
  case changedMeanwhile(RepoPath)
  /// A link, a folder, or something else that is not a regular file.
  case notAFile(RepoPath)
  /// It contains an unresolved conflict of git's.
  case conflict(RepoPath)
  /// Its bytes are not UTF-8.
  case notText(RepoPath)
  /// There is already something where a file would move to.
  case taken(RepoPath)
  /// Another run is changing files.
  case busy
  /// The journal, without which a crash could leave half of the changes, can't be written.
  case noJournal(Disk.Failure)
  case failed(Disk.Failure)

  /// In words for a person.
  public var message: Message {
    switch self {
    case .changedMeanwhile(let path):
      Message(
        de: "\(path) wurde inzwischen geändert; bitte noch einmal versuchen",
        en: "\(path) has been changed meanwhile; please try again")
    case .notAFile(let path):
      Message(
        de: "\(path) ist eine Verknüpfung oder liegt hinter einer; die Datei selbst ändern, auf die sie zeigt",
        en: "\(path) is a link or lies behind one; change the file itself that it points to")
    case .conflict(let path):
      Message(
        de: "in \(path) steht ein ungelöster Git-Konflikt; erst eine der beiden Fassungen wählen",
        en: "there is an unresolved git conflict in \(path); first choose one of the two versions")
    case .notText(let path):
      Message(
        de: "\(path) ist nicht in UTF-8 gespeichert; erst im Editor als UTF-8 speichern",
        en: "\(path) is not stored as UTF-8; first save it as UTF-8 in the editor")
    case .taken(let path):
      Message(
        de: "\(path) gibt es schon; einen anderen Namen wählen", en: "\(path) exists already; choose another name")
    case .busy:
      Message(
        de: "ein anderer Lauf von kb ändert gerade Dateien; gleich noch einmal versuchen",
        en: "another run of kb is changing files; try again in a moment")
    case .noJournal(let refusal):
      Message(
        de:
          "das Protokoll unterbrochener Änderungen, '\(refusal.path)', lässt sich nicht schreiben: \(refusal.words); einen beschreibbaren Ordner in XDG_STATE_HOME angeben",
        en:
          "the record of interrupted changes, '\(refusal.path)', can't be written: \(refusal.words); name a folder that you may write to in XDG_STATE_HOME"
      )
    case .failed(let refusal): refusal.message
    }
  }
}

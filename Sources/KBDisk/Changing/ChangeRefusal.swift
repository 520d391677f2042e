public import KBSource

/// Why changes were not made; no file is changed then.
public enum ChangeRefusal: Refusal, Hashable {
  /// Somebody has changed the file since it was read.
  case changedMeanwhile(RepoPath)
  /// There is no such file: deleted meanwhile, or left out by a sparse checkout.
  case absent(RepoPath)
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

  public var message: Message { words.message }
  public var remedy: Message? { words.remedy }

  private var words: (message: Message, remedy: Message?) {
    switch self {
    case .changedMeanwhile(let path):
      (
        Message(de: "\(path) wurde inzwischen geändert", en: "\(path) has been changed in the meantime"),
        Message(de: "noch einmal versuchen", en: "try again")
      )
    case .absent(let path):
      (
        Message(de: "\(path) ist nicht im Ordner", en: "\(path) is not in the folder"),
        Message(
          de:
            "bei einem Sparse-Checkout \(code: "git sparse-checkout disable") ausführen; sonst wurde die Datei gelöscht",
          en: "in a sparse checkout run \(code: "git sparse-checkout disable"); otherwise the file has been deleted")
      )
    case .notAFile(let path):
      (
        Message(
          de: "\(path) ist eine Verknüpfung oder nur über eine zu erreichen",
          en: "\(path) is a link, or is reached through one"),
        Message(de: "die Datei selbst ändern, auf die sie zeigt", en: "change the file itself that it points to")
      )
    case .conflict(let path):
      (
        Message(
          de: "in \(path) ist ein ungelöster Git-Konflikt", en: "there is an unresolved git conflict in \(path)"),
        Message(de: "erst eine der beiden Fassungen wählen", en: "choose one of the two versions first")
      )
    case .notText(let path):
      (
        Message(de: "\(path) ist nicht in UTF-8 gespeichert", en: "\(path) is not stored as UTF-8"),
        Message(de: "erst im Editor als UTF-8 speichern", en: "save it as UTF-8 in the editor first")
      )
    case .taken(let path):
      (
        Message(de: "\(path) gibt es schon", en: "\(path) exists already"),
        Message(de: "einen anderen Namen wählen", en: "choose another name")
      )
    case .busy:
      (
        Message(de: "ein anderer Lauf von kb ändert gerade Dateien", en: "another run of kb is changing files"),
        Message(de: "gleich noch einmal versuchen", en: "try again in a moment")
      )
    case .noJournal(let failure):
      (
        Message(
          de:
            "das Protokoll unterbrochener Änderungen, '\(failure.path)', lässt sich nicht schreiben: \(failure.words)",
          en: "the record of interrupted changes, '\(failure.path)', can't be written: \(failure.words)"),
        Message(
          de: "einen beschreibbaren Ordner in XDG_STATE_HOME angeben",
          en: "name a folder that you may write to in XDG_STATE_HOME")
      )
    case .failed(let failure): (failure.message, failure.remedy)
    }
  }
}

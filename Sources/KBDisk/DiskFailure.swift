public import KBSource
import POSIX

extension Disk {
  /// A call of the system that failed.
  public struct Failure: Refusal, Hashable {
    /// The call, such as `mkdir`.
    public let operation: String
    public let path: String
    /// The error number of POSIX.
    public let code: Int32

    /// Creates the failure of a call that has just set `errno`.
    init(_ operation: String, _ path: String, code: Int32 = errno) {
      self.operation = operation
      self.path = path
      self.code = code
    }

    /// A file that should be there and is not.
    static func missing(_ path: String) -> Failure { Failure("open", path, code: ENOENT) }

    /// Whether there is nothing at the path.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

    /// The system's words for the error.
    public var words: String { unsafe String(cString: strerror(code)) }

    public var message: Message {
      Message(
        de: "\(code: path) lässt sich nicht \(isReading ? "lesen" : "schreiben") (\(operation)): \(words)",
        en: "\(code: path) can't be \(isReading ? "read" : "written") (\(operation)): \(words)")
    }

    private var isReading: Bool { ["open", "read", "stat"].contains(operation) }

    public var remedy: Message? {
      switch code {
      case EACCES, EPERM:
        isReading
          ? Message(de: "Leserecht beantragen", en: "request read access")
          : Message(
            de: "einen Ordner wählen, in den man schreiben darf, oder sich das Recht geben lassen",
            en: "choose a folder that you may write to, or ask for the right to")
      case EROFS:
        Message(
          de: "von diesem Datenträger lässt sich nur lesen; einen anderen Ordner wählen",
          en: "this disk can only be read; choose another folder")
      case ENOSPC, EDQUOT:
        Message(de: "Platz schaffen, dann noch einmal versuchen", en: "make room, then try again")
      case ENOTDIR:
        Message(
          de: "ein Teil des Pfads ist kein Ordner; einen anderen Ordner wählen",
          en: "a part of the path is not a folder; choose another one")
      case EXDEV:
        Message(
          de: "in dem Ordner ist ein anderer Datenträger eingehängt; einen anderen Ordner wählen",
          en: "another disk is mounted in that folder; choose another folder")
      case EIO:
        Message(
          de: "der Datenträger meldet einen Fehler; ihn prüfen, oder einen anderen wählen",
          en: "the disk reports an error; check it, or choose another one")
      case EMFILE, ENFILE:
        Message(
          de: "andere Programme schließen, oder mit 'ulimit -n 1024' mehr offene Dateien erlauben",
          en: "close other programs, or allow more open files with 'ulimit -n 1024'")
      case EBUSY, ETXTBSY:
        Message(
          de: "ein anderes Programm verwendet sie; dieses beenden, dann noch einmal versuchen",
          en: "another program uses it; end that one, then try again")
      case ELOOP:
        Message(
          de: "dort ist ein Link, dem kb nicht folgt; ihn durch eine Datei oder einen Ordner ersetzen",
          en: "there is a link, which kb does not follow; replace it with a file or a folder")
      case EFBIG:
        Message(
          de: "so große Dateien erlaubt das System hier nicht ('ulimit -f'); die Grenze anheben",
          en: "the system allows no files of that size here ('ulimit -f'); raise the limit")
      case ENAMETOOLONG:
        Message(de: "einen kürzeren Pfad wählen", en: "choose a shorter path")
      case ENOENT:
        isReading
          ? Message(
            de: "wurde inzwischen gelöscht oder umbenannt; noch einmal versuchen",
            en: "it has been deleted or renamed in the meantime; try again")
          : Message(
            de: "prüfen, ob es den Ordner darüber noch gibt", en: "check whether the folder above it is still there")
      default: nil
      }
    }
  }
}

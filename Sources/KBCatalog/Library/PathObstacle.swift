import KBSource

/// What is there on the way to a path, and is not read.
struct PathObstacle {
  private let path: RepoPath
  private let target: RepoPath
  private let index: PathIndex
  /// The path to the target as messages show it.
  private let shown: String
  /// The record that the path would be of.
  private let id: String

  init(_ path: RepoPath, on target: RepoPath, shown: String, _ index: PathIndex) {
    (self.path, self.target, self.index, self.shown) = (path, target, index, shown)
    id = RecordReader.derivedID(of: target)
  }

  private var isWhole: Bool { path == target }

  /// What helps; `writing` says how the text would name a file.
  func advice(for reason: Snapshot.Unread, writing: (RepoPath) -> String) -> PathAdvice {
    switch reason {
    case .hidden: hidden
    case .ignored: ignored
    case .linkOutside: linked
    case .oddName: oddlyNamed
    case .notAFile: special
    case .folderLink(let real): behind(real, writing)
    }
  }

  private var hidden: PathAdvice {
    let message =
      isWhole
      ? Message(
        de: "\(code: shown, id: id) ist verborgen: was mit einem Punkt beginnt, veröffentlicht kb nicht",
        en: "\(code: shown, id: id) is hidden: kb does not publish what begins with a dot")
      : Message(
        de: "\(code: shown, id: id) führt in den versteckten Ordner \(path), den kb nicht liest",
        en: "\(code: shown, id: id) leads into the hidden folder \(path), which kb does not read")
    let remedy =
      isWhole && !index.isFolder(target)
      ? Message(
        de: "umbenennen, sodass der Name nicht mit einem Punkt beginnt",
        en: "rename it so that its name does not begin with a dot")
      : Message(
        de: "die Datei in einen Ordner legen, dessen Name nicht mit einem Punkt beginnt",
        en: "put the file into a folder whose name does not begin with a dot")
    return PathAdvice(message: message, remedy: remedy, meant: nil)
  }

  private var special: PathAdvice {
    PathAdvice(
      message: Message(
        de: "\(code: shown, id: id) ist keine Datei, sondern eine Pipe, ein Socket oder ein Gerät",
        en: "\(code: shown, id: id) is not a file, but a pipe, a socket or a device"),
      remedy: Message(
        de: "eine Datei an ihre Stelle legen oder den Link entfernen", en: "put a file in its place, or remove the link"
      ),
      meant: nil)
  }

  private var ignored: PathAdvice {
    PathAdvice(
      message: Message(
        de: "\(code: shown, id: id) ist durch \(code: ".kbignore") ausgeschlossen",
        en: "\(code: shown, id: id) is left out by \(code: ".kbignore")"),
      remedy: Message(
        de: "in \(code: ".kbignore") wieder aufnehmen (\(code: "!/\(path.string)")) oder den Link entfernen",
        en: "include it again in \(code: ".kbignore") (\(code: "!/\(path.string)")), or remove the link"),
      meant: nil)
  }

  private var linked: PathAdvice {
    let message =
      isWhole
      ? Message(
        de:
          "\(code: shown, id: id) ist eine Verknüpfung, die aus der Wissensbasis hinaus, auf Verborgenes oder ins Leere führt",
        en: "\(code: shown, id: id) is a link that leaves the knowledge base, or leads to something hidden or nowhere")
      : Message(
        de:
          "\(code: shown, id: id) führt über die Verknüpfung \(path), die aus der Wissensbasis hinaus oder ins Leere führt",
        en: "\(code: shown, id: id) goes through \(path), a link that leaves the knowledge base or leads nowhere")
    return PathAdvice(
      message: message,
      remedy: Message(
        de: "die Datei selbst in der Wissensbasis ablegen", en: "store the file itself in the knowledge base"),
      meant: nil)
  }

  private var oddlyNamed: PathAdvice {
    let name = FileNames.shown(String(path.name))
    let proposal = FileNames.proposal(for: String(path.name))
    return PathAdvice(
      message: Message(
        de:
          "\(code: name, id: id) gibt es, aber der Name enthält ein unsichtbares Zeichen: kb veröffentlicht die Datei nicht",
        en:
          "\(code: name, id: id) exists, but its name contains an invisible character: kb does not publish the file"
      ),
      remedy: Message(
        de: "die Datei in \(code: proposal, id: id) umbenennen und den Link anpassen",
        en: "rename the file to \(code: proposal, id: id) and update the link"),
      meant: nil)
  }

  private func behind(_ real: RepoPath, _ writing: (RepoPath) -> String) -> PathAdvice {
    let rest = target.string.utf8.dropFirst(path.string.utf8.count)
    let file = RepoPath(normalized: real.string + String(decoding: rest, as: UTF8.self))
    let exact = index.file(inAnyCase: file)
    let text = writing(exact ?? file)
    return PathAdvice(
      message: Message(
        de:
          "\(code: shown, id: id) führt über die Verknüpfung \(path) auf \(real): dort liest kb die Dateien; meinten Sie \(code: text, id: id)?",
        en:
          "\(code: shown, id: id) goes through \(path), a link to \(real), where kb reads the files; did you mean \(code: text, id: id)?"
      ),
      remedy: Message(de: "\(code: text, id: id) schreiben", en: "write \(code: text, id: id)"),
      meant: (text, exact != nil))
  }
}

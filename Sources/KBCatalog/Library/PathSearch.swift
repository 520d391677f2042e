import KBDocument
import KBSource

/// The search for the file that a path in a text means, where it leads nowhere as it is written.
struct PathSearch {
  /// The file that the path is written in.
  private let path: RepoPath
  private let index: PathIndex
  private let isImage: Bool
  /// The path as messages show it.
  private let shown: String
  /// With slashes between folders.
  private let slashed: String
  private let hasBackslashes: Bool
  private let isFromRoot: Bool
  /// Whose name the path tells: what is said of a record that is not published is not published either.
  private let id: String

  init(_ written: String, in path: RepoPath, _ index: PathIndex, isImage: Bool) {
    (self.path, self.index, self.isImage) = (path, index, isImage)
    shown = written.count > 60 ? String(written.prefix(57)) + "..." : written
    hasBackslashes = written.contains("\\")
    slashed = written.replacing("\\", with: "/")
    isFromRoot = slashed.utf8.first == UInt8(ascii: "/")
    id = RecordReader.derivedID(of: RepoPath(normalized: slashed))
  }

  /// What helps; `nil` where nothing is known.
  var advice: PathAdvice? {
    guard let target = path.resolving(slashed) else { return top ?? (slashed.contains("..") ? outside : nil) }
    return obstacle(to: target) ?? ownOutput(target) ?? setting(target) ?? settingBelowRoot ?? inOtherCase(target)
      ?? fromRoot ?? encodedTwice ?? folder(target) ?? near(target)
  }

  /// What kb itself has written.
  private func ownOutput(_ target: RepoPath) -> PathAdvice? {
    guard let first = target.components.first, first == "_site" || first.hasPrefix("_site-") else { return nil }
    return PathAdvice(
      message: Message(
        de: "\(code: shown) gehört zur Site, die kb selbst schreibt",
        en: "\(code: shown) is part of the site that kb itself writes"),
      remedy: Message(
        de: "auf die Markdown-Datei verweisen, aus der die Seite entsteht",
        en: "link to the Markdown file that the page is made of"),
      meant: nil)
  }

  /// A path whose percent signs were encoded once more, `a%2520b.png`.
  private var encodedTwice: PathAdvice? {
    let decoded = LinkAddress.percentDecoded(slashed)
    guard decoded != slashed, let target = path.resolving(decoded), let file = index.file(inAnyCase: target) else {
      return nil
    }
    let meant = writing(file)
    let shown = PathAdvice.escaped(slashed)
    return advice(
      to: meant, isSafe: true,
      Message(
        de: "\(code: shown, id: id) ist doppelt kodiert; meinten Sie \(code: meant.text, id: meant.id)?",
        en: "\(code: shown, id: id) is encoded twice; did you mean \(code: meant.text, id: meant.id)?"))
  }

  /// What is there, and is not read.
  private func obstacle(to target: RepoPath) -> PathAdvice? {
    guard let (obstacle, reason) = index.obstacle(to: target) else { return nil }
    return PathObstacle(obstacle, on: target, shown: shown, index).advice(for: reason) { writing($0).text }
  }

  /// A file as the text would name it.
  private func writing(_ file: RepoPath) -> (text: String, id: String) {
    let text = isFromRoot ? "/\(file.string)" : PathAdvice.relative(file, from: path)
    return (PathAdvice.escaped(text), RecordReader.derivedID(of: file))
  }

  private func advice(to meant: (text: String, id: String), isSafe: Bool, _ message: Message) -> PathAdvice {
    PathAdvice(
      message: message,
      remedy: Message(
        de: "\(code: meant.text, id: meant.id) schreiben", en: "write \(code: meant.text, id: meant.id)"),
      meant: (meant.text, isSafe))
  }

  /// The topmost folder, which has no page of its own.
  private var top: PathAdvice? {
    let parts = slashed.split(separator: "/").filter { $0 != "." }
    let depth = isFromRoot ? 0 : path.components.count - 1
    guard !slashed.isEmpty, parts.allSatisfy({ $0 == ".." }), parts.count == depth else { return nil }
    return PathAdvice(
      message: Message(
        de: "\(code: shown) ist der oberste Ordner: er hat keine Seite",
        en: "\(code: shown) is the topmost folder: it has no page"),
      remedy: Message(
        de: "eine Datei darin angeben oder dort eine \(code: "index.md") anlegen",
        en: "name a file in it, or create an \(code: "index.md") there"),
      meant: nil)
  }

  /// The same, named as from the root by a file in a folder.
  private var settingBelowRoot: PathAdvice? { isFromRoot ? nil : RepoPath(slashed).flatMap(setting) }

  /// A file with settings, which is there and has no page.
  private func setting(_ target: RepoPath) -> PathAdvice? {
    switch FileRole(target) {
    case .configuration, .kind, .evidence, .template: break
    case .document, .attachment: return nil
    }
    return PathAdvice(
      message: Message(
        de: "\(code: shown) gehört zu den Einstellungen von kb: die Datei hat keine Seite",
        en: "\(code: shown) is one of kb's settings: the file has no page"),
      remedy: Message(
        de: "den Namen als Code schreiben: \(code: "`\(target.string)`")",
        en: "write the name as code: \(code: "`\(target.string)`")"),
      meant: nil)
  }

  // MARK: Files elsewhere

  private var outside: PathAdvice {
    PathAdvice(
      message: Message(
        de: "\(code: shown, id: id) führt aus der Wissensbasis hinaus",
        en: "\(code: shown, id: id) leads out of the knowledge base"),
      remedy: Message(
        de: "die Datei in die Wissensbasis legen oder ihre Adresse mit https:// schreiben",
        en: "put the file into the knowledge base, or write its address with https://"),
      meant: nil)
  }

  private func inOtherCase(_ target: RepoPath) -> PathAdvice? {
    guard let file = index.file(inAnyCase: target), file != target || hasBackslashes else { return nil }
    let meant = writing(file)
    return advice(
      to: meant, isSafe: true,
      hasBackslashes
        ? Message(
          de:
            "in \(code: shown, id: id) trennen Backslashes die Ordner; Links brauchen \(code: "/"). Meinten Sie \(code: meant.text, id: meant.id)?",
          en:
            "\(code: shown, id: id) separates folders with backslashes, but links need \(code: "/"); did you mean \(code: meant.text, id: meant.id)?"
        )
        : Message(
          de:
            "\(code: shown, id: id) gibt es nur in anderer Groß- und Kleinschreibung; meinten Sie \(code: meant.text, id: meant.id)?",
          en:
            "\(code: shown, id: id) exists only with different upper and lower case; did you mean \(code: meant.text, id: meant.id)?"
        ))
  }

  private var fromRoot: PathAdvice? {
    guard !isFromRoot, let root = RepoPath(slashed), let file = index.file(inAnyCase: root) else { return nil }
    let meant = (text: PathAdvice.escaped("/\(file.string)"), id: RecordReader.derivedID(of: file))
    return advice(
      to: meant, isSafe: true,
      Message(
        de: "neben dieser Datei gibt es kein \(code: shown, id: id); meinten Sie \(code: meant.text, id: meant.id)?",
        en: "there is no \(code: shown, id: id) beside this file; did you mean \(code: meant.text, id: meant.id)?"))
  }

  private func folder(_ target: RepoPath) -> PathAdvice? {
    guard let folder = index.folder(inAnyCase: target) else { return nil }
    if !isImage, !index.isFolder(target) {
      return PathAdvice(
        message: Message(
          de:
            "\(code: shown, id: id) gibt es nur in anderer Groß- und Kleinschreibung, \(code: "\(folder)/"), und der Ordner hat keine Seite",
          en:
            "\(code: shown, id: id) exists only with different upper and lower case, \(code: "\(folder)/"), and the folder has no page"
        ),
        remedy: Message(
          de: "eine Datei darin angeben oder dort eine \(code: "index.md") anlegen",
          en: "name a file in it, or create an \(code: "index.md") there"),
        meant: nil)
    }
    let message =
      isImage
      ? Message(
        de: "\(code: shown, id: id) ist ein Ordner, kein Bild",
        en: "\(code: shown, id: id) is a folder, not an image")
      : Message(
        de:
          "\(code: shown, id: id) ist ein Ordner ohne \(code: "index.md") oder \(code: "README.md"): er hat keine Seite",
        en: "\(code: shown, id: id) is a folder without \(code: "index.md") or \(code: "README.md"): it has no page")
    return PathAdvice(
      message: message,
      remedy: Message(
        de: "eine Datei darin angeben oder dort eine \(code: "index.md") anlegen",
        en: "name a file in it, or create an \(code: "index.md") there"),
      meant: nil)
  }

  /// A file of the same name elsewhere, or one with a similar name beside it.
  private func near(_ target: RepoPath) -> PathAdvice? {
    if let file = index.onlyFile(named: target.name), file != target {
      let meant = writing(file)
      return advice(
        to: meant, isSafe: false,
        Message(
          de:
            "dort gibt es kein \(code: shown, id: id), aber anderswo eine Datei mit diesem Namen; meinten Sie \(code: meant.text, id: meant.id)?",
          en:
            "there is no \(code: shown, id: id) there, but a file of this name elsewhere; did you mean \(code: meant.text, id: meant.id)?"
        ))
    }
    guard let file = index.file(besideWithOtherEnding: target) ?? index.similarFile(to: target) else { return nil }
    let meant = writing(file)
    return advice(
      to: meant, isSafe: false,
      Message(
        de: "\(code: shown, id: id) gibt es nicht; meinten Sie \(code: meant.text, id: meant.id)?",
        en: "\(code: shown, id: id) does not exist; did you mean \(code: meant.text, id: meant.id)?"))
  }
}

import KBEditing
import KBGit
import KBDisk
import KBSource
import KBTerminal

/// The hook with which git asks `kb` before each commit: a block of lines in `pre-commit`, between two marks.
///
/// It stops a commit that brings errors, and one that `kb` could not check: a check that crashed must not look like one that
/// found nothing. Only where the hook is a file of the repository, and so also that of people without `kb`, is a missing `kb`
/// no reason to stop.
struct PreCommitHook {
  let language: Language
  /// The file that git runs.
  let path: String
  /// Where the knowledge base is in the repository; empty when it is the top.
  private let prefix: String
  /// Whether other repositories use the same folder of hooks.
  private let isShared: Bool
  /// Whether the file is part of the repository, and so the same on all machines.
  private let isVersioned: Bool

  /// Finds the hook of the repository around a knowledge base.
  init(around root: String, _ language: Language) throws(GitError) {
    let repository = try GitRepository(around: root)
    prefix = repository.prefix
    let top = prefix.isEmpty ? root : String(root.dropLast(prefix.count + 1))
    let own = PreCommitHook.folder(repository.commonFolder)
    let folder = GitSettings(around: root).hooksPath.map { path in
      PreCommitHook.folder(path.hasPrefix("/") ? path : "\(top)/\(path)")
    }
    path = "\(folder ?? "\(own)/hooks")/pre-commit"
    let isInside = { (path: String, folder: String) in path == folder || path.hasPrefix("\(folder)/") }
    isVersioned = folder.map { isInside($0, top) && !isInside($0, own) } ?? false
    isShared = folder.map { !isInside($0, top) && !isInside($0, own) } ?? false
    self.language = language
  }

  private static func folder(_ path: String) -> String { ProcessEnvironment.absolutePath(path) }

  // MARK: The block

  private var place: String { ShellWord.quoted(prefix.isEmpty ? "." : prefix) }
  private var opening: String { "# >>> kb \(place) >>>" }
  private var closing: String { "# <<< kb \(place) <<<" }

  /// The lines between the marks, for any shell that knows POSIX.
  var block: String {
    // A file that goes to other machines names no place on this one.
    let program = isVersioned ? nil : ProcessEnvironment.executable.map { " || command -v \(ShellWord.quoted($0))" }
    func quoted(_ message: Message) -> String { ShellWord.quoted(message[language]) }
    let origin = Message(
      de: "von 'kb hook install'; 'kb hook uninstall' entfernt es",
      en: "by 'kb hook install'; 'kb hook uninstall' removes it")
    let lacksProgram = Message(
      de: "kb ist nicht im PATH: die Wissensbasis wurde nicht geprüft.",
      en: "kb is not in the PATH: the knowledge base was not checked.")
    let couldNotCheck = Message(de: "kb konnte nicht prüfen (Status", en: "kb could not check (status")
    let stopped = Message(
      de: "Commit abgebrochen. Trotzdem committen: git commit --no-verify",
      en: "Commit stopped. To commit anyway: git commit --no-verify")
    return """
      \(opening) \(origin[language])
      if [ -f \(ShellWord.quoted(prefix.isEmpty ? "kb.yml" : "\(prefix)/kb.yml")) ] && ! git diff --cached --quiet -- \(place); then
        kb_status=0
        kb_program=$(command -v kb\(program ?? "") || true)
        if [ -z "$kb_program" ]; then
          echo \(quoted(lacksProgram)) >&2
          kb_status=\(isVersioned ? 0 : 2)
        else
          "$kb_program" check -C \(place) --staged --new || kb_status=$?
        fi
        if [ "$kb_status" -gt 1 ]; then
          echo \(quoted(couldNotCheck)) "$kb_status)." >&2
        fi
        if [ "$kb_status" -ne 0 ]; then
          echo \(quoted(stopped)) >&2
          exit 1
        fi
      fi
      \(closing)

      """
  }

  // MARK: Installing

  /// What became of it.
  enum Outcome { case added, renewed, unchanged, removed, nothing }

  /// Puts the block into the hook.
  ///
  /// `isForced`: also into a hook that somebody else wrote, after its first line, and into a folder of hooks that other
  /// repositories use.
  func install(isForced: Bool) throws -> Outcome {
    if isShared, !isForced {
      throw CommandFailure(
        Message(
          de:
            "git sucht Hooks in '\(folder)' (core.hooksPath), außerhalb dieses Repositorys; der Hook liefe dann in allen, die diesen Ordner nutzen",
          en:
            "git looks for hooks in '\(folder)' (core.hooksPath), outside of this repository; the hook would run in all that use this folder"
        ),
        remedy: Message(
          de: "--force richtet ihn trotzdem ein",
          en: "--force installs it nevertheless"))
    }
    guard let old = try contents() else {
      try create("#!/bin/sh\n\(block)")
      return .added
    }
    let text = String(decoding: old, as: UTF8.self)
    if let range = range(in: text) {
      let new = text[..<range.lowerBound] + block + text[range.upperBound...]
      guard new != text else { return .unchanged }
      try replace(old, with: new)
      return .renewed
    }
    try refuseForeign(text, isForced)
    // Behind the first line, not at the end: what is there may end the script before.
    let end = text.firstIndex(of: "\n").map(text.index(after:)) ?? text.endIndex
    let gap = text.contains("\n") ? "" : "\n"
    try replace(old, with: text[..<end] + gap + block + text[end...])
    return .added
  }

  /// Takes the block out; a hook that holds nothing else goes.
  func uninstall() throws -> Outcome {
    guard let old = try contents(), case let text = String(decoding: old, as: UTF8.self), let range = range(in: text)
    else { return .nothing }
    var rest = text
    rest.removeSubrange(range)
    if rest == "#!/bin/sh\n" {
      guard try FileReplacement.remove(path, expecting: old) else { return .nothing }
    } else {
      try replace(old, with: rest)
    }
    return .removed
  }

  /// Whether the block is there.
  func isInstalled() throws -> Bool {
    try contents().map { range(in: String(decoding: $0, as: UTF8.self)) != nil } ?? false
  }

  private func range(in text: String) -> Range<String.Index>? {
    guard let start = text.firstRange(of: opening), let end = text[start.upperBound...].firstRange(of: closing) else {
      return nil
    }
    let lineEnd = text[end.upperBound...].firstIndex(of: "\n").map(text.index(after:)) ?? text.endIndex
    return start.lowerBound..<lineEnd
  }

  private func refuseForeign(_ text: String, _ isForced: Bool) throws {
    let shells = ["sh", "bash", "dash", "zsh", "ksh", "ash"]
    let first = text.prefix { $0 != "\n" }
    let words = first.split { $0 == "/" || $0 == " " }.map(String.init)
    guard first.hasPrefix("#!"), words.contains(where: shells.contains) else {
      throw CommandFailure(
        Message(
          de: "'\(path)' gibt es schon, und es ist kein Shell-Skript",
          en: "'\(path)' exists already and is not a shell script"),
        remedy: Message(
          de: "darin aufrufen:  kb check --staged --new", en: "call this from it:  kb check --staged --new"))
    }
    guard Disk.isExecutable(path) else {
      throw CommandFailure(
        Message(
          de: "'\(path)' gibt es schon, ist aber nicht ausführbar: git übergeht es",
          en: "'\(path)' exists already but is not executable: git ignores it"),
        remedy: Message(de: "erst löschen oder ausführbar machen", en: "delete it or make it executable first"))
    }
    guard isForced else {
      throw CommandFailure(
        Message(de: "'\(path)' gibt es schon", en: "'\(path)' exists already"),
        remedy: Message(
          de: "--force setzt den Block von kb hinter die erste Zeile; der Rest bleibt, wie er ist",
          en: "--force puts kb's block after its first line; the rest stays as it is"))
    }
  }

  // MARK: The file

  private func contents() throws(WorkingTree.Failure) -> [UInt8]? {
    try WorkingTree.contents(of: path)
  }

  private var folder: String { String(path.dropLast("/pre-commit".count)) }

  private func create(_ text: String) throws {
    let name = RepoPath(normalized: "pre-commit")
    guard try FileReplacement.create(Array(text.utf8), at: name, below: folder, isExecutable: true) else { throw busy }
  }

  private func replace(_ old: [UInt8], with text: some StringProtocol) throws {
    guard try FileReplacement.replace(path, expecting: old, with: Array(text.utf8)) else { throw busy }
  }

  private var busy: CommandFailure {
    CommandFailure(
      Message(
        de: "'\(path)' ist ein Verweis oder hat sich gerade geändert", en: "'\(path)' is a link or has just changed"),
      remedy: Message(
        de: "dort von Hand ergänzen:  kb check --staged --new",
        en: "add this call there by hand:  kb check --staged --new"))
  }
}

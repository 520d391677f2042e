import KBCatalog
import KBEditing
import KBGit
import KBDisk
import KBReports
import KBSource

/// What `kb doctor` asks of the folder of a knowledge base and of the repository around it.
struct FolderCheckups {
  let tree: WorkingTree
  let catalog: Catalog
  let language: Language

  var checkups: [Checkup] { [base, caseOfLetters, watches].compactMap(\.self) + repository }

  private var base: Checkup {
    let summary = Report(catalog: catalog, findings: catalog.diagnostics, prefix: "").summary
    return .good("Wissensbasis: \(tree.root), \(summary)", "knowledge base: \(tree.root), \(summary)")
  }

  /// A disk on which `A.md` and `a.md` are one file.
  private var caseOfLetters: Checkup? {
    guard WorkingTree.exists("\(tree.root)/KB.YML"), WorkingTree.exists("\(tree.root)/kb.yml") else { return nil }
    do throws(Disk.Failure) {
      guard try !Disk.names(in: tree.root).contains("KB.YML") else { return nil }
    } catch {
      return nil
    }
    return .note(
      Message(
        de: "dieser Datenträger unterscheidet Groß- und Kleinschreibung nicht",
        en: "this disk does not distinguish upper and lower case"),
      Message(
        de: "Dateinamen klein schreiben: anderswo wären es zwei Dateien ('kb new' tut das).",
        en: "Write file names in lower case: elsewhere they would be two files ('kb new' does so)."))
  }

  /// Whether the system lets a program watch as many folders as there are.
  private var watches: Checkup? {
    let setting = FolderCheckups.contents("/proc/sys/fs/inotify/max_user_watches")
    guard let setting, let most = Int(String(decoding: setting.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    else {
      return nil
    }
    let folders = Set(tree.textPaths(marker: OutputTree.marker).map(\.folder)).count
    guard folders > most / 2 else {
      return .good(
        "\(folders) Ordner, bis zu \(most) überwachbar", "\(folders) folders, up to \(most) can be watched")
    }
    return .note(
      Message(
        de: "\(folders) Ordner, aber nur \(most) überwachbar",
        en: "\(folders) folders, but only \(most) can be watched"),
      Message(
        de: "Änderungen werden langsamer bemerkt; als root:  sysctl fs.inotify.max_user_watches=\(String(folders * 8))",
        en: "Changes are noticed more slowly; as root:  sysctl fs.inotify.max_user_watches=\(String(folders * 8))"))
  }

  // MARK: Git

  private var repository: [Checkup] {
    do throws(GitError) {
      let repository = try GitRepository(around: tree.root)
      let top = repository.prefix.isEmpty ? tree.root : String(tree.root.dropLast(repository.prefix.count + 1))
      return [history(try repository.head(), repository.isShallow, top)] + sparse(try repository.skippedCount())
        + [identity, hook]
        + [output(repository), pipeline(repository.prefix, top)]
    } catch {
      guard error.kind == .noRepository else {
        return [
          .problem(
            error.sentence, Message(de: "Ohne git gibt es keinen Verlauf.", en: "Without git there is no history."))
        ]
      }
      return [
        .note(
          Message(de: "kein Git-Repository", en: "no git repository"),
          Message(
            de: "Es fehlen Verlauf, Vergleich, Hook und der Schutz vor Verlust:  git init",
            en: "History, review, hook and protection from loss are missing:  git init"))
      ]
    }
  }

  private func history(_ head: ObjectID?, _ isShallow: Bool, _ top: String) -> Checkup {
    guard let head else {
      return .note(
        Message(
          de: "das Git-Repository \(top) hat noch keinen Commit", en: "the git repository \(top) has no commit yet"),
        Message(
          de: "Es gibt noch keinen Verlauf:  git add . && git commit",
          en: "There is no history yet:  git add . && git commit"))
    }
    if isShallow {
      return .note(
        Message(de: "das Git-Repository \(top) ist flach geklont", en: "the git repository \(top) is a shallow clone"),
        Message(
          de: "Der ältere Verlauf fehlt:  git fetch --unshallow",
          en: "Older history is missing:  git fetch --unshallow"))
    }
    return .good("Git-Repository: \(top), Commit \(head.short)", "git repository: \(top), commit \(head.short)")
  }

  /// Whether git leaves files out of the working tree.
  private func sparse(_ count: Int) -> [Checkup] {
    guard count > 0 else { return [] }
    return [
      .note(
        Message(
          de: "\(Noun.file.counted(count)) nicht ausgecheckt (sparse checkout)",
          en: "\(Noun.file.counted(count)) not checked out (sparse checkout)"),
        Message(
          de: "kb liest ihre Texte aus git, Bilder und Anhänge fehlen:  git sparse-checkout disable",
          en: "kb reads their texts from git; images and attachments are missing:  git sparse-checkout disable"))
    ]
  }

  private var identity: Checkup {
    let settings = GitSettings(around: tree.root)
    guard let name = settings.userName, let email = settings.userEmail else {
      return .note(
        Message(de: "git weiß nicht, wer hier arbeitet", en: "git does not know who works here"),
        Message(
          de:
            "Commits brauchen es, und 'kb new' schlägt Sie dann als verantwortlich vor:  git config user.name '...'; git config user.email '...'",
          en:
            "Commits need it, and 'kb new' then proposes you as the owner:  git config user.name '...'; git config user.email '...'"
        ))
    }
    return .good("git kennt Sie als \(name) <\(email)>", "git knows you as \(name) <\(email)>")
  }

  private var hook: Checkup {
    do {
      let hook = try PreCommitHook(around: tree.root, language)
      if try hook.isInstalled() { return .good("Hook: \(hook.path)", "hook: \(hook.path)") }
    } catch {
      return .note(Message(verbatim: "\(error)"), Message(de: "Der Hook fehlt.", en: "There is no hook."))
    }
    return .note(
      Message(de: "kein Hook vor dem Commit", en: "no hook before a commit"),
      Message(
        de: "Fehler fallen erst später auf:  kb hook install", en: "Errors are only noticed later:  kb hook install"))
  }

  private func output(_ repository: borrowing GitRepository) -> Checkup {
    if repository.ignores(folder: RepoPath(normalized: "_site")) {
      return .good("git ignoriert _site", "git ignores _site")
    }
    return .note(
      Message(de: "_site fehlt in .gitignore", en: "git does not ignore _site"),
      Message(
        de: "Die gebauten Seiten landen sonst in Commits:  echo _site/ >> .gitignore",
        en: "Otherwise the built pages end up in commits:  echo _site/ >> .gitignore"))
  }

  private func pipeline(_ prefix: String, _ top: String) -> Checkup {
    let found = ReviewPipeline.allCases.first { service in
      service.files(for: prefix).contains { FolderCheckups.contents("\(top)/\($0.path.string)") != nil }
    }
    if let found { return .good("Prüfung bei \(found.rawValue)", "review on \(found.rawValue)") }
    return .note(
      Message(de: "keine Dateien für GitHub Actions oder GitLab CI", en: "no files for GitHub Actions or GitLab CI"),
      Message(
        de: "Änderungen werden nicht automatisch geprüft:  kb init --ci github  (oder gitlab)",
        en: "Changes are not reviewed automatically:  kb init --ci github  (or gitlab)"))
  }

  /// The bytes of a file; `nil` where there is none that can be read.
  private static func contents(_ path: String) -> [UInt8]? {
    do throws(WorkingTree.Failure) {
      return try WorkingTree.contents(of: path)
    } catch {
      return nil
    }
  }
}

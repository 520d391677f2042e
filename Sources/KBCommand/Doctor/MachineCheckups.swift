import ArgumentParser
import KBDisk
import KBGit
import KBSource
import KBTerminal
import KBWorkspace

/// What `kb doctor` asks of the machine and of the person's settings.
struct MachineCheckups {
  var checkups: [Checkup] { [program, git, editor, cache, clock, locale] }

  private var program: Checkup {
    let place = ProcessEnvironment.executable ?? "?"
    let text = "kb \(Release.version), libgit2 \(GitRepository.libraryVersion): \(place)"
    guard ProcessEnvironment.find("kb") == nil else { return .good("\(text)", "\(text)") }
    return .note(
      Message(de: "kb ist nicht im PATH: \(place)", en: "kb is not in the PATH: \(place)"),
      Message(
        de: "Andere Programme und der Hook finden es nicht; 'make install' installiert es.",
        en: "Other programs and the hook can't find it; 'make install' installs it."))
  }

  private var git: Checkup {
    if let place = ProcessEnvironment.find("git") { return .good("git: \(place)", "git: \(place)") }
    return .note(
      Message(de: "das Programm git fehlt", en: "the program git is missing"),
      Message(
        de: "kb liest Repositorys auch ohne, aber Commits und der Hook brauchen es.",
        en: "kb reads repositories without it, but commits and the hook need it."))
  }

  private var editor: Checkup {
    if let command = Editor.command { return .good("Editor: \(command)", "editor: \(command)") }
    return .note(
      Message(de: "weder VISUAL noch EDITOR ist gesetzt", en: "neither VISUAL nor EDITOR is set"),
      Message(
        de: "'kb new --edit' weiß nicht, was es öffnen soll; etwa:  export EDITOR=nano",
        en: "'kb new --edit' does not know what to open; for example:  export EDITOR=nano"))
  }

  private var cache: Checkup {
    guard let folder = ProcessEnvironment.cacheFolder() else {
      return .note(
        Message(
          de: "es gibt keinen Cache-Ordner (HOME fehlt)", en: "there is no cache folder (HOME is missing)"),
        Message(
          de: "Suche und Verlauf werden bei jedem Aufruf neu gelesen.",
          en: "The search index and the history are rebuilt on every call."))
    }
    var place = folder
    while !WorkingTree.exists(place), let slash = place.lastIndex(of: "/"), slash != place.startIndex {
      place = String(place[..<slash])
    }
    guard Disk.isWritable(place) else {
      return .note(
        Message(de: "'\(folder)' ist nicht beschreibbar", en: "'\(folder)' can't be written"),
        Message(
          de: "Suche und Verlauf werden bei jedem Aufruf neu gelesen; XDG_CACHE_HOME nennt einen anderen Ordner.",
          en: "The search index and the history are rebuilt on every call; XDG_CACHE_HOME names another folder."))
    }
    return .good("Cache: \(folder)", "cache: \(folder)")
  }

  private var clock: Checkup {
    let text = "\(ProcessEnvironment.today()), \(ProcessEnvironment.timeZone())"
    return .good("heute: \(text)", "today: \(text)")
  }

  private var locale: Checkup {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let name = names.lazy.compactMap { ProcessEnvironment.variable($0) }.first { !$0.isEmpty } ?? "C"
    let folded = name.lowercased()
    guard folded.hasSuffix("utf-8") || folded.hasSuffix("utf8") else {
      return .note(
        Message(
          de: "Zeichensatz der Umgebung: \(name), nicht UTF-8",
          en: "the environment's character set: \(name), not UTF-8"),
        Message(
          de: "Umlaute in Meldungen können falsch aussehen; etwa:  export LANG=de_DE.UTF-8",
          en: "Umlauts in messages may look wrong; for example:  export LANG=en_US.UTF-8"))
    }
    return .good("Sprache der Umgebung: \(name)", "locale: \(name)")
  }
}

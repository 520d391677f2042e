import KBSource

/// What is said of a link to a file that is not published, or not as it is.
struct AttachmentAdvice {
  let rule: Rule
  let message: Message
  let remedy: Message

  /// Returns why a file is not published; `nil` when it is.
  static func refusal(_ file: Snapshot.Attachment) -> AttachmentAdvice? {
    let (path, name) = (file.path, file.path.shownName)
    switch file.check {
    case .refused(let refusal):
      return AttachmentAdvice(rule: ReferenceRules.unsafeFile, name, reason(refusal))
    case .privateKey:
      return AttachmentAdvice(
        rule: ReferenceRules.unsafeFile,
        message: Message(
          de: "\(code: name) enthält einen privaten Schlüssel und wird nicht veröffentlicht",
          en: "\(code: name) holds a private key and is not published"),
        remedy: Message(
          de: "den Schlüssel in den Tresor verlegen, aus git entfernen und austauschen",
          en: "move the key into the vault, remove it from git, and replace it"))
    case .empty:
      return AttachmentAdvice(
        rule: ReferenceRules.unsafeFile, name,
        (
          Message(de: "die Datei ist leer", en: "the file is empty"),
          Message(de: "das Bild noch einmal ablegen", en: "add the picture again")
        ))
    case .foreign:
      return AttachmentAdvice(
        rule: ReferenceRules.unsafeFile, name,
        (
          Message(de: "die Datei enthält kein Bild", en: "the file does not hold a picture"),
          Message(
            de: "die Datei öffnen und das Bild noch einmal speichern", en: "open the file, and save the picture again")
        ))
    case .notCheckedOut:
      return AttachmentAdvice(
        rule: ReferenceRules.unsafeFile,
        message: Message(
          de: "\(code: name) ist in git, aber hier nicht ausgecheckt (sparse checkout)",
          en: "git has \(code: name), but it is not checked out here (sparse checkout)"),
        remedy: Message(
          de: "\(code: "git sparse-checkout disable") ausführen", en: "run \(code: "git sparse-checkout disable")"))
    case .whole, .picture, .cleaned, .pointer: break
    }
    if file.holdsSecret {
      return AttachmentAdvice(
        rule: ReferenceRules.unsafeFile,
        message: Message(
          de: "\(code: name) enthält ein Geheimnis und wird nicht veröffentlicht",
          en: "\(code: name) contains a secret and is not published"),
        remedy: Message(
          de: "das Geheimnis aus der Datei entfernen, im Tresor ablegen und ändern",
          en: "take the secret out of the file, put it into the vault, and change it"))
    }
    return byType(path, name)
  }

  /// Returns what is left out of a picture, or that no browser shows it; `nil` when there is nothing to say.
  static func remark(_ file: Snapshot.Attachment, isImage: Bool) -> AttachmentAdvice? {
    let name = file.path.shownName
    if case .cleaned(let parts) = file.check {
      let texts = parts.map(SVGPicture.Part.name)
      return AttachmentAdvice(
        rule: ReferenceRules.cleanedPicture,
        message: Message(
          de: "auf der Site fehlt in \(code: name): \(list: texts.map { "\($0.german)" })",
          en: "on the site \(code: name) lacks \(list: texts.map { "\($0.english)" })"),
        remedy: Message(
          de: "ist das Bild trotzdem vollständig, ist nichts zu tun; sonst als einfaches SVG oder PNG exportieren",
          en: "if the picture is complete all the same, do nothing; otherwise export it as plain SVG or PNG"))
    }
    guard isImage, AttachmentType(file.path) != .image else { return nil }
    return AttachmentAdvice(
      rule: ReferenceRules.noPicture,
      message: Message(
        de: "\(code: name) ist kein Bild, das Browser zeigen: die Seite bietet es zum Herunterladen an",
        en: "\(code: name) is not a picture that browsers show: the page offers it for download"),
      remedy: AttachmentType(file.path) == .unshownImage
        ? Message(de: "als PNG oder SVG speichern", en: "save it as PNG or SVG")
        : Message(de: "als Link schreiben, ohne \(code: "!")", en: "write it as a link, without \(code: "!")"))
  }

  private init(rule: Rule, message: Message, remedy: Message) {
    (self.rule, self.message, self.remedy) = (rule, message, remedy)
  }

  private init(rule: Rule, _ name: String, _ reason: (what: Message, remedy: Message)) {
    self.init(
      rule: rule,
      message: Message(
        de: "\(code: name) wird nicht gezeigt: \(reason.what)", en: "\(code: name) is not shown: \(reason.what)"),
      remedy: reason.remedy)
  }

  private static func reason(_ refusal: SVGPicture.Refusal) -> (what: Message, remedy: Message) {
    let anew = Message(de: "neu exportieren", en: "export it anew")
    switch refusal {
    case .notWellFormed(let line):
      return (
        Message(de: "in Zeile \(line) ist es kein gültiges XML", en: "it is not valid XML on line \(line)"), anew
      )
    case .entity(let name):
      return (
        Message(
          de: "es verwendet \(code: "&\(name);"), das XML nicht kennt",
          en: "it uses \(code: "&\(name);"), which XML does not know"),
        Message(de: "das Zeichen selbst schreiben", en: "write the character itself")
      )
    case .doctype:
      return (
        Message(
          de: "es hat einen DOCTYPE mit eigenen Deklarationen", en: "it has a DOCTYPE with declarations of its own"),
        Message(de: "als einfaches SVG exportieren", en: "export it as plain SVG")
      )
    case .encoding(let name):
      return (
        name.isEmpty
          ? Message(de: "es ist nicht in UTF-8 gespeichert", en: "it is not stored as UTF-8")
          : Message(de: "es ist in \(name) gespeichert", en: "it is stored as \(name)"),
        Message(de: "als UTF-8 speichern", en: "save it as UTF-8")
      )
    case .noSVG:
      return (Message(de: "es ist keine SVG-Datei", en: "it is not an SVG file"), anew)
    case .tooLarge:
      return (
        Message(de: "es ist zu groß (erlaubt sind 8 MiB)", en: "it is too large (8 MiB are allowed)"),
        Message(de: "als PNG speichern", en: "save it as PNG")
      )
    case .tooDeep:
      return (
        Message(de: "es ist zu tief verschachtelt", en: "it is nested too deeply"),
        Message(de: "als PNG speichern", en: "save it as PNG")
      )
    }
  }

  private static func byType(_ path: RepoPath, _ name: String) -> AttachmentAdvice? {
    let zip = Message(
      de: "als PDF, Bild oder Text ablegen oder als ZIP packen",
      en: "store it as PDF, image or text, or pack it as ZIP")
    let (message, remedy): (Message, Message)
    switch AttachmentType(path) {
    case .image, .file, .unshownImage: return nil
    case .page:
      (message, remedy) = (
        Message(
          de: "\(code: name) kann Skripte enthalten, die ein Browser ausführen würde",
          en: "\(code: name) can hold scripts that a browser would run"), zip
      )
    case .packedPicture:
      (message, remedy) = (
        Message(
          de: "\(code: name) ist ein gepacktes SVG: kb kann nicht prüfen, was darin ist",
          en: "\(code: name) is a packed SVG: kb can't check what is in it"),
        Message(de: "als SVG oder PNG speichern", en: "save it as SVG or PNG")
      )
    case .program:
      (message, remedy) = (
        Message(
          de: "\(code: name) ist ein Programm; kb veröffentlicht keine Programme",
          en: "\(code: name) is a program, and kb publishes no programs"),
        Message(
          de: "beschreiben, woher es kommt, oder als ZIP packen", en: "describe where it comes from, or pack it as ZIP")
      )
    case .keys:
      (message, remedy) = (
        Message(
          de: "\(code: name) enthält Schlüssel oder Passwörter und wird nicht veröffentlicht",
          en: "\(code: name) holds keys or passwords and is not published"),
        Message(
          de: "in den Tresor verlegen, und aus git entfernen", en: "move it into the vault, and remove it from git")
      )
    case .macros:
      (message, remedy) = (
        Message(
          de: "\(code: name) kann Makros enthalten und wird nicht veröffentlicht",
          en: "\(code: name) can hold macros and is not published"),
        Message(de: "ohne Makros speichern (docx, xlsx, pptx)", en: "save it without macros (docx, xlsx, pptx)")
      )
    case .unknown:
      (message, remedy) = (
        path.ending.isEmpty
          ? Message(
            de: "\(code: name) hat keine Endung, die kb kennt, und wird nicht veröffentlicht",
            en: "\(code: name) has no ending that kb knows and is not published")
          : Message(
            de: "kb kennt die Endung \(code: ".\(path.ending)") nicht und veröffentlicht \(code: name) deshalb nicht",
            en: "kb does not know the ending \(code: ".\(path.ending)"), so \(code: name) is not published"),
        zip
      )
    }
    return AttachmentAdvice(rule: ReferenceRules.unsafeFile, message: message, remedy: remedy)
  }
}

extension RepoPath {
  /// The name with every character that nobody sees as a sign.
  var shownName: String { RepoPath(normalized: String(name)).shown }
}

extension SVGPicture.Part {
  /// The part in words, in the accusative.
  fileprivate static func name(_ part: SVGPicture.Part) -> Message {
    switch part {
    case .script: Message(de: "ein Skript", en: "a script")
    case .handler: Message(de: "Reaktionen auf Klicks", en: "reactions to clicks")
    case .address: Message(de: "was aus dem Netz geladen würde", en: "what would be loaded from the network")
    case .html: Message(de: "eingebettetes HTML", en: "embedded HTML")
    case .style: Message(de: "ein Teil der Gestaltung", en: "a part of its style")
    case .animation: Message(de: "eine Animation", en: "an animation")
    case .element: Message(de: "ein unbekanntes Element", en: "an unknown element")
    }
  }
}

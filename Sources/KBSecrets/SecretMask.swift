public import KBSource

/// A file whose secrets are masked, with a finding for each.
///
/// A line with `kb-allow: REASON` may hold what looks like a secret; the reason is a finding of its own, a hint.
public struct SecretMask: Sendable {
  public private(set) var file: SourceFile
  public private(set) var diagnostics: [Diagnostic] = []
  /// Whether there was something to mask.
  public private(set) var isMasked = false
  /// The values that are secrets only because their words are rare, in lower case: they are kept to be looked for
  /// elsewhere, and are never shown.
  public private(set) var doubts: Set<String> = []

  static let found = Rule("secret/found")
  static let allowed = Rule("secret/allowed")

  /// The byte that stands for each byte of a secret; YAML and Markdown read it as a letter.
  private static let mask = UInt8(ascii: "x")

  /// `acquitted`: values that the knowledge base uses as ordinary words, in lower case.
  public init(_ file: SourceFile, acquitted: Set<String> = []) { self.init(file, acquitted, origin: nil) }

  /// `origin`: the offset and the number of lines before a piece of a file that is not shown.
  private init(_ file: SourceFile, _ acquitted: Set<String>, origin: (offset: Int, line: Int)?) {
    self.file = file
    let secrets = SecretScanner.builtIn.secrets(in: file.bytes)
    guard !secrets.isEmpty else { return }
    var bytes = file.bytes
    let lines = LineIndex(file.bytes)
    var last: (line: SourceRange, reason: String?, isUnexplained: Bool)?
    for secret in secrets {
      let offset = origin?.offset ?? 0
      let range = SourceRange(secret.range.lowerBound, secret.range.upperBound)
      let shown = SourceRange(secret.range.lowerBound + offset, secret.range.upperBound + offset)
      let place = lines.line(around: range.lower)
      // A line may hold thousands of them.
      if last?.line != place {
        let reason = SecretMask.reason(on: place, of: file)
        last = (place, reason, reason == nil && file.text(place).contains("kb-allow"))
      }
      if secret.isDoubtful {
        let word = String(decoding: file.bytes[secret.range], as: UTF8.self).lowercased()
        doubts.insert(word)
        if acquitted.contains(word) { continue }
      }
      if let reason = last?.reason {
        diagnostics.append(
          Diagnostic(
            SecretMask.allowed, at: file.path, shown,
            Message(de: "hier ist ein Geheimnis erlaubt: \(reason)", en: "a secret is allowed here: \(reason)")))
        continue
      }
      for at in secret.range where bytes[at] > 0x20 { bytes[at] = SecretMask.mask }
      isMasked = true
      let line = origin.map { $0.line + lines.position(of: range.lower).line }
      let isUnexplained = last?.isUnexplained ?? false
      diagnostics.append(
        SecretMask.finding(secret.sort, at: file.path, shown, line: line, isUnexplained: isUnexplained))
    }
    guard isMasked else { return }
    self.file = SourceFile(path: file.path, bytes: bytes)
  }

  private static func finding(
    _ sort: Secret.Sort, at path: RepoPath, _ range: SourceRange, line: Int?, isUnexplained: Bool
  ) -> Diagnostic {
    let plain: Message =
      switch sort {
      case .privateKey: Message(de: "das ist ein privater Schlüssel", en: "this is a private key")
      case .token(let service):
        Message(de: "das ist ein Zugangsschlüssel (\(service))", en: "this is a credential (\(service))")
      case .address:
        Message(de: "diese Adresse enthält ein Passwort", en: "this address contains a password")
      case .labelled:
        Message(de: "das sieht nach einem Passwort oder Schlüssel aus", en: "this looks like a password or a key")
      }
    let message =
      line.map { line in
        Message(de: "Zeile \(String(line)): \(plain)", en: "line \(String(line)): \(plain)")
      } ?? plain
    let remedy: Message =
      isUnexplained
      ? Message(
        de:
          "nach \(code: "kb-allow:") den Grund nennen, etwa \(code: "kb-allow: Auslieferungszustand"): ohne Grund gilt es nicht",
        en:
          "give the reason after \(code: "kb-allow:"), such as \(code: "kb-allow: as delivered"): without one it has no effect"
      )
      : Message(
        de: "das Geheimnis im Tresor ablegen, hier darauf verweisen und es ändern: in Git bleibt es lesbar",
        en: "put the secret in the vault, refer to it here, and change it: it stays readable in git")
    return Diagnostic(found, at: path, range, message, remedy: remedy)
  }

  /// Returns a text that is shown and is no file, such as the message of a commit, with its secrets masked.
  public static func masked(_ text: String) -> String {
    let mask = SecretMask(SourceFile(path: RepoPath(normalized: "text"), bytes: Array(text.utf8)))
    return mask.isMasked ? String(decoding: mask.file.bytes, as: UTF8.self) : text
  }

  // MARK: Names of files

  /// Returns the path with its secrets masked; `nil` where its name holds none.
  public static func masked(_ path: RepoPath) -> RepoPath? {
    let bytes = Array(path.string.utf8)
    let secrets = SecretScanner.builtIn.secrets(inName: bytes)
    if secrets.isEmpty { return nil }
    var masked = bytes
    for secret in secrets { for at in secret.range { masked[at] = mask } }
    return RepoPath(normalized: String(decoding: masked, as: UTF8.self))
  }

  /// The finding about a file whose name holds a secret; `path` is masked.
  public static func finding(nameOf path: RepoPath) -> Diagnostic {
    Diagnostic(
      found, at: path, .start,
      Message(
        de: "der Name dieser Datei enthält ein Geheimnis; sie wird nicht gelesen",
        en: "the name of this file contains a secret; the file is not read"),
      remedy: Message(
        de: "die Datei umbenennen und das Geheimnis ändern: Git behält den Namen",
        en: "rename the file, and change the secret: git keeps the name"))
  }

  // MARK: Attachments

  /// Returns a text in UTF-16 as UTF-8; other bytes as they are.
  public static func readable(_ bytes: [UInt8]) -> [UInt8] { Encodings.utf8(bytes, isFirst: true) }

  /// Looks for secrets in a file that is not text for the catalog; findings name their lines.
  ///
  /// `piece` reads some of its bytes: a large file is looked through piece by piece. What is stored in UTF-16, as some
  /// programs for Windows do, is read, too. Returns `nil` where a piece could not be read.
  public static func attachment(
    _ path: RepoPath, size: Int, step: Int = 4 * 1024 * 1024, acquitted: Set<String>,
    piece: (Range<Int>) -> [UInt8]?
  ) -> SecretMask? {
    var whole = SecretMask(SourceFile(path: path, bytes: []))
    // What begins in one piece and ends in the next is whole in one of them.
    let overlap = 16 * 1024
    var (start, line) = (0, 0)
    var last = -1
    while start < size {
      let end = min(size, start + step)
      guard let bytes = piece(start..<end) else { return nil }
      let text = Encodings.utf8(bytes, isFirst: start == 0)
      let mask = SecretMask(SourceFile(path: path, bytes: text), acquitted, origin: (start, line))
      for finding in mask.diagnostics where Int(finding.range.lower) > last { whole.diagnostics.append(finding) }
      last = mask.diagnostics.map { Int($0.range.lower) }.max() ?? last
      whole.isMasked = whole.isMasked || mask.isMasked
      whole.doubts.formUnion(mask.doubts)
      guard end < size else { break }
      let next = max(start + 2, end - overlap) & ~1
      line += bytes.prefix(next - start).count { $0 == 0x0A }
      start = next
    }
    return whole
  }

  /// The finding about a file that is too large to be looked through, or can't be read.
  public static func unsearched(_ path: RepoPath) -> Diagnostic {
    Diagnostic(
      Rule("file/unsearched"), at: path, .start,
      Message(
        de: "die Datei ist zu groß oder nicht lesbar: ob sie ein Geheimnis enthält, ist nicht bekannt",
        en: "the file is too large or can't be read: whether it contains a secret is not known"),
      remedy: Message(
        de: "die Datei teilen oder packen, oder in \(code: ".kbignore") eintragen",
        en: "split or pack the file, or add it to \(code: ".kbignore")"))
  }

  /// The reason after `kb-allow:` on a line; `nil` where there is none.
  private static func reason(on line: SourceRange, of file: SourceFile) -> String? {
    let text = file.text(line)
    guard let mark = text.firstRange(of: "kb-allow:") else { return nil }
    var reason = String(text[mark.upperBound...].replacing("-->", with: "")).trimmingBlanks()
    // "(kb-allow: as delivered)": the parenthesis belongs to the sentence around it.
    if reason.last == ")", !reason.contains("(") { reason.removeLast() }
    return reason.contains { $0.isLetter } ? reason : nil
  }
}

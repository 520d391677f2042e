public import KBSource

/// A file whose secrets are masked, with a finding for each.
///
/// A line with `kb-allow: REASON` may hold what looks like a secret; the reason is a finding of its own, a hint.
public struct SecretMask {
  public private(set) var file: SourceFile
  public private(set) var diagnostics: [Diagnostic] = []
  /// Whether there was something to mask.
  public private(set) var isMasked = false

  static let found = Rule("secret/found")
  static let allowed = Rule("secret/allowed")

  /// The byte that stands for each byte of a secret; YAML and Markdown read it as a letter.
  private static let mask = UInt8(ascii: "x")

  /// `isShown`: whether findings are shown with the line that they are on; otherwise they name it.
  public init(_ file: SourceFile, isShown: Bool = true) {
    self.file = file
    let secrets = SecretScanner.builtIn.secrets(in: file.bytes)
    guard !secrets.isEmpty else { return }
    var bytes = file.bytes
    let lines = LineIndex(file.bytes)
    var last: (line: SourceRange, reason: String?)?
    for secret in secrets {
      let range = SourceRange(secret.range.lowerBound, secret.range.upperBound)
      let place = lines.line(around: range.lower)
      // A line may hold thousands of them.
      if last?.line != place { last = (place, SecretMask.reason(on: place, of: file)) }
      if let reason = last?.reason {
        diagnostics.append(
          Diagnostic(
            SecretMask.allowed, at: file.path, range,
            Message(de: "hier ist ein Geheimnis erlaubt: \(reason)", en: "a secret is allowed here: \(reason)")))
        continue
      }
      for at in secret.range where bytes[at] > 0x20 { bytes[at] = SecretMask.mask }
      isMasked = true
      let line = isShown ? nil : lines.position(of: range.lower).line
      diagnostics.append(SecretMask.finding(secret.sort, at: file.path, range, line: line))
    }
    guard isMasked else { return }
    self.file = SourceFile(path: file.path, bytes: bytes)
  }

  private static func finding(
    _ sort: Secret.Sort, at path: RepoPath, _ range: SourceRange, line: Int?
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
    let message = line.map { Message(de: "Zeile \($0): \(plain)", en: "line \($0): \(plain)") } ?? plain
    return Diagnostic(
      found, at: path, range, message,
      remedy: Message(
        de: "in den Tresor legen, hier nur darauf verweisen, und das Geheimnis ändern: Git behält es",
        en: "put it into the vault, refer to it here, and change the secret: git keeps it"))
  }

  // MARK: Names of files

  /// Returns the path with its secrets masked; `nil` where its name holds none.
  public static func masked(_ path: RepoPath) -> RepoPath? {
    let bytes = Array(path.string.utf8)
    // What a sentence separates by spaces, a name separates by hyphens.
    let sentence = bytes.map { "-_/".utf8.contains($0) ? UInt8(ascii: " ") : $0 }
    let scanner = SecretScanner.builtIn
    let tokens = scanner.secrets(in: bytes).filter { if case .token = $0.sort { true } else { false } }
    let words = scanner.secrets(in: sentence).filter { secret in
      secret.sort == .labelled && sentence[secret.range].contains { !$0.isASCIIDigit }
    }
    guard !tokens.isEmpty || !words.isEmpty else { return nil }
    var masked = bytes
    for secret in tokens + words { for at in secret.range { masked[at] = mask } }
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

  /// The reason after `kb-allow:` on a line; `nil` where there is none.
  private static func reason(on line: SourceRange, of file: SourceFile) -> String? {
    let text = file.text(line)
    guard let mark = text.firstRange(of: "kb-allow:") else { return nil }
    let reason = text[mark.upperBound...].replacing("-->", with: "").drop { $0 == " " }
    return reason.contains { $0.isLetter } ? String(reason).trimmingBlanks() : nil
  }
}

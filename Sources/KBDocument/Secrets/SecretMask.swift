import KBSource

/// A file whose secrets are masked, with a finding for each.
///
/// A line with `kb-allow: REASON` may hold what looks like a secret; the reason is a finding of its own, a hint.
struct SecretMask {
  private(set) var file: SourceFile
  private(set) var diagnostics: [Diagnostic] = []

  static let found = Rule("secret/found")
  static let allowed = Rule("secret/allowed")

  /// The byte that stands for each byte of a secret; YAML and Markdown read it as a letter.
  private static let mask = UInt8(ascii: "x")

  init(_ file: SourceFile) {
    self.file = file
    let secrets = SecretScanner.builtIn.secrets(in: file.bytes)
    guard !secrets.isEmpty else { return }
    var bytes = file.bytes
    for secret in secrets {
      let range = SourceRange(secret.range.lowerBound, secret.range.upperBound)
      if let reason = SecretMask.reason(on: file.line(around: range.lower), of: file) {
        diagnostics.append(
          Diagnostic(
            SecretMask.allowed, at: file.path, range,
            Message(de: "hier ist ein Geheimnis erlaubt: \(reason)", en: "a secret is allowed here: \(reason)")))
        continue
      }
      for at in secret.range where bytes[at] > 0x20 { bytes[at] = SecretMask.mask }
      diagnostics.append(SecretMask.finding(secret.sort, at: file.path, range))
    }
    self.file = SourceFile(path: file.path, bytes: bytes)
  }

  private static func finding(_ sort: Secret.Sort, at path: RepoPath, _ range: SourceRange) -> Diagnostic {
    let message: Message =
      switch sort {
      case .privateKey: Message(de: "das ist ein privater Schlüssel", en: "this is a private key")
      case .token(let service):
        Message(de: "das ist ein Zugangsschlüssel (\(service))", en: "this is a credential (\(service))")
      case .address:
        Message(de: "diese Adresse enthält ein Passwort", en: "this address contains a password")
      case .labelled:
        Message(de: "das sieht nach einem Passwort oder Schlüssel aus", en: "this looks like a password or a key")
      }
    return Diagnostic(
      found, at: path, range, message,
      remedy: Message(
        de: "in den Tresor legen, hier nur darauf verweisen, und das Geheimnis ändern: Git behält es",
        en: "put it into the vault, refer to it here, and change the secret: git keeps it"))
  }

  /// The reason after `kb-allow:` on a line; `nil` where there is none.
  private static func reason(on line: SourceRange, of file: SourceFile) -> String? {
    let text = file.text(line)
    guard let mark = text.firstRange(of: "kb-allow:") else { return nil }
    let reason = text[mark.upperBound...].replacing("-->", with: "").drop { $0 == " " }
    return reason.contains { $0.isLetter } ? String(reason).trimmingBlanks() : nil
  }
}

import KBDocument
public import KBSource

extension Snapshot {
  /// The snapshot as it may be read and shown: without the secrets in settings, kinds and templates, and without files
  /// whose names are secrets; attachments that hold one are marked. Documents are masked where they are read.
  ///
  /// The findings name a masked path where the name is the secret.
  public func masked() -> Snapshot {
    var masked = self
    masked.files = []
    masked.attachments = []
    for file in files {
      if masked.reportName(file.path) { continue }
      guard FileRole(file.path) != .document else {
        masked.files.append(file)
        continue
      }
      let mask = SecretMask(file)
      if mask.isMasked { masked.originals[file.path] = file }
      masked.diagnostics += mask.diagnostics
      masked.files.append(mask.file)
    }
    for attachment in attachments {
      if masked.reportName(attachment.path) { continue }
      var attachment = attachment
      if let text = attachment.text {
        let mask = SecretMask(SourceFile(path: attachment.path, bytes: text), isShown: false)
        attachment.holdsSecret = mask.isMasked
        masked.diagnostics += mask.diagnostics
        attachment.text = nil
      }
      masked.attachments.append(attachment)
    }
    return masked
  }

  /// Reports a path that holds a secret; says whether it does.
  private mutating func reportName(_ path: RepoPath) -> Bool {
    guard let masked = SecretMask.masked(path) else { return false }
    diagnostics.append(SecretMask.finding(nameOf: masked))
    return true
  }
}

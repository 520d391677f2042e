import KBSecrets
import KBSecrets
public import KBSource

extension Snapshot {
  /// The snapshot as it may be read and shown: without the secrets in settings, kinds and templates, and without files
  /// whose names are secrets; attachments that hold one are marked. Documents are masked where they are read.
  ///
  /// The findings name a masked path where the name is the secret.
  public func masked() -> Snapshot {
    var known: [RepoPath: SearchedText] = [:]
    return masked(acquitted: [], knowing: &known).snapshot
  }

  /// A large attachment that was looked through, so that it need not be again.
  struct SearchedText: Sendable {
    let file: Attachment
    let acquitted: Set<String>
    let mask: SecretMask?
  }

  /// The same, and the values that are secrets only because their words are rare.
  ///
  /// `acquitted`: those of them that are ordinary words here.
  func masked(
    acquitted: Set<String>, knowing known: inout [RepoPath: SearchedText]
  ) -> (snapshot: Snapshot, doubts: Set<String>) {
    var masked = self
    var doubts: Set<String> = []
    masked.files = []
    masked.attachments = []
    masked.ordinaryWords = acquitted
    for file in files {
      if masked.reportName(file.path) { continue }
      guard FileRole(file.path) != .document else {
        masked.files.append(file)
        continue
      }
      // What settings say decides how the rest is read: of them everything that looks like a secret is one.
      let mask = SecretMask(file)
      if mask.isMasked { masked.originals[file.path] = file }
      masked.diagnostics += mask.diagnostics
      masked.files.append(mask.file)
    }
    for attachment in attachments {
      if masked.reportName(attachment.path) { continue }
      var attachment = attachment
      if let mask = masked.search(attachment, acquitted, &known) {
        attachment.holdsSecret = mask.isMasked
        doubts.formUnion(mask.doubts)
        masked.diagnostics += mask.diagnostics
        attachment.text = nil
      }
      masked.attachments.append(attachment)
    }
    return (masked, doubts)
  }

  /// Looks for secrets in an attachment; `nil` where it is not text, or was looked through before.
  private mutating func search(
    _ file: Attachment, _ acquitted: Set<String>, _ known: inout [RepoPath: SearchedText]
  ) -> SecretMask? {
    if let text = file.text {
      return SecretMask.attachment(file.path, size: text.count, acquitted: acquitted) { Array(text[$0]) }
    }
    guard file.isLargeText, let piece else { return nil }
    guard file.size <= Attachment.longestSearched else {
      diagnostics.append(SecretMask.unsearched(file.path))
      return nil
    }
    if let before = known[file.path], before.file == file,
      before.acquitted == acquitted.intersection(before.mask?.doubts ?? [])
    {
      return before.mask
    }
    // git unpacks a file as a whole.
    let step = file.contents == nil ? Attachment.longestText : file.size
    let mask = SecretMask.attachment(file.path, size: file.size, step: step, acquitted: acquitted) { piece(file, $0) }
    if mask == nil { diagnostics.append(SecretMask.unsearched(file.path)) }
    known[file.path] = SearchedText(
      file: file, acquitted: acquitted.intersection(mask?.doubts ?? []), mask: mask)
    return mask
  }

  /// Reports a path that holds a secret; says whether it does.
  private mutating func reportName(_ path: RepoPath) -> Bool {
    guard let masked = SecretMask.masked(path) else { return false }
    diagnostics.append(SecretMask.finding(nameOf: masked))
    return true
  }
}

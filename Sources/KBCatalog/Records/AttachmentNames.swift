internal import KBSource

/// The attachments that can lie side by side everywhere: of two names that some disks take for one, the first counts.
struct AttachmentNames {
  private(set) var attachments: [RepoPath: Snapshot.Attachment] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ found: [Snapshot.Attachment]) {
    var first: [String: RepoPath] = [:]
    for attachment in found {
      // Swift's strings are equal in either Unicode form.
      if let other = first.updateValue(attachment.path, forKey: attachment.path.string.lowercased()) {
        first[attachment.path.string.lowercased()] = other
        diagnostics.append(Identities.clash(of: attachment.path, with: other))
      } else {
        attachments[attachment.path] = attachment
      }
    }
  }
}

public import KBSource

/// The target of a link in a body, resolved once for checks and pages.
public enum Link: Sendable, Hashable {
  /// A record, and the anchor in it.
  case record(Int, anchor: String?)
  /// A record of the knowledge base that all members of an overview may name, by its number there.
  case shared(Int)
  /// A file that is published beside the pages.
  case attachment(RepoPath)
  /// An address outside, of an allowed scheme.
  case external(String)
  /// An anchor on the same page.
  case anchor(String)
  /// A place that does not exist.
  case missing
  /// An address that a page must not lead to.
  case refused
}

public import KBAnswers
public import KBCatalog
public import KBGit
public import KBHistory
import KBSite
public import KBSource

/// The past of a knowledge base, as git tells it.
public struct Past: Sendable {
  /// `nil` without git, and on a site for the public.
  public var history: SiteHistory?
  /// The health of the knowledge base at the end of earlier months, the oldest first.
  public var trend: [Health] = []
  /// What was paid for a year ago; `nil` where the history does not go back so far.
  public var costsOfLastYear: PaidCosts?
  /// Warnings for the reader: that something of it can't be read, or that it is not whole.
  public var caveats: [Message] = []
}

extension PastReader {
  /// Tells the past of a catalog's records from a history that was read.
  public func past(_ reading: Result<History, GitError>, of catalog: Catalog) async throws -> Past {
    switch reading {
    case .success(let history):
      let trend = try await trend(history, of: catalog)
      let costs = try await costsOfLastYear(history, of: catalog)
      let told = try await told(history, of: catalog)
      let damage = told.damaged.isEmpty ? [] : [GitError.damaged(told.damaged).sentence]
      // One missing object may spoil many months.
      let caveats = (history.caveats + trend.caveats + damage).reduce(into: [Message]()) { said, caveat in
        if !said.contains(caveat) { said.append(caveat) }
      }
      return Past(history: told.history, trend: trend.points, costsOfLastYear: costs, caveats: caveats)
    // What keeps the repository from being opened was said when its commit was asked for.
    case .failure(let error):
      return Past(caveats: error.kind == .missingObject || error.kind == .damagedObject ? [error.sentence] : [])
    }
  }
}

import ArgumentParser
import KBCatalog
import KBSource
import KBTerminal
import KBWorkspace

/// The part of a knowledge base that is built.
struct EditionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Build for these readers: public, internal or restricted; by default those that kb.yml names. Records for smaller audiences are left out.",
      valueName: "readers"))
  var audience: Audience?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Build what one provider needs: its systems, runbooks, contacts and accesses, and what its contracts cover; no prices, nothing about other providers.",
      valueName: "provider"))
  var provider: String?

  func validate() throws {
    if audience != nil, provider != nil {
      throw ValidationError(
        Message(
          de: "--audience und --for schließen sich aus",
          en: "--audience and --for exclude each other"))
    }
  }

  /// Whether nobody asked for a part.
  var isWhole: Bool { audience == nil && provider == nil }

  /// The folder where the site goes unless another one is named: an edition never takes the place of another one.
  var folder: String {
    if let audience { return "_site-\(audience.rawValue)" }
    return provider.map { "_site-\(Reference(written: $0).id)" } ?? "_site"
  }

  /// Reads the records of the files, as far as the edition tells of them.
  func workspace(
    _ files: WorkspaceFiles, _ options: WorkspaceOptions, _ neighbours: Neighbours? = nil
  ) async throws -> Workspace {
    guard let provider else {
      var drafts = CatalogDrafts(isKept: false, edition: .init(audience: audience), neighbours: neighbours)
      return try await Workspace(files, options, reusing: &drafts)
    }
    var first = CatalogDrafts(isKept: false, neighbours: neighbours)
    let whole = try await Workspace(files, options, reusing: &first)
    let record = try whole.record(named: provider, as: .provider)
    let handOver = HandOver(to: record, in: whole.catalog.library)
    var drafts = CatalogDrafts(
      isKept: false, edition: .init(audience: .internal, handOver: handOver), neighbours: neighbours)
    return try await Workspace(files, options, reusing: &drafts)
  }
}

public import ArgumentParser
import KBAnswers
public import KBCatalog
package import KBReports
import KBWorkspace

/// The option that says who an answer is for.
struct AudienceOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only what these readers may see: public, internal or restricted. Default: everything.", valueName: "readers"))
  var audience: Audience = .restricted

  /// The answers for these readers.
  func answers(_ catalog: Catalog) -> Answers { Answers(catalog, audience: audience) }

  /// A state, as far as these readers are told of it: the rules of an edition of the site.
  func workspace(_ options: WorkspaceOptions, at state: BaseState = .workingTree) async throws -> Workspace {
    try await Workspace(options, at: state, for: audience)
  }
}

/// The option that says who something is for that is published like the site.
struct PublishedOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only what these readers may see: public, internal or restricted. Default: what kb.yml says of the site.",
      valueName: "readers"))
  var audience: Audience?

  /// A state, as far as these readers are told of it: the rules of an edition of the site.
  func workspace(_ options: WorkspaceOptions, at state: BaseState = .workingTree) async throws -> Workspace {
    try await Workspace(options, at: state, for: audience)
  }
}

extension Workspace {
  /// Reads a state as an edition for some readers; `nil`: for those that `kb.yml` names.
  init(_ options: WorkspaceOptions, at state: BaseState, for audience: Audience?) async throws {
    var drafts = CatalogDrafts(isKept: false, edition: .init(audience: audience))
    try await self.init(try await WorkspaceFiles(options, at: state), options, reusing: &drafts)
  }
}

extension Audience: ExpressibleByArgument {}
extension PaperFormat: ExpressibleByArgument {}

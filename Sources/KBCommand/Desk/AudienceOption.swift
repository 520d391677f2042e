public import ArgumentParser
import KBAnswers
public import KBCatalog

/// The option that says who an answer is for.
struct AudienceOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only what these readers may see: public, internal or restricted. Default: everything.", valueName: "readers"))
  var audience: Audience = .restricted

  /// The answers for these readers.
  func answers(_ catalog: Catalog) -> Answers { Answers(catalog, audience: audience) }
}

extension Audience: ExpressibleByArgument {}

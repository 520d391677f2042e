/// A page that a query found, and the section of it to read.
public struct SearchHit: Sendable {
  /// The Markdown file, from the root of the knowledge base.
  public var path: String
  public var id: String
  /// The kind's id, and its name.
  public var kind: String
  public var kindLabel: String
  public var title: String
  /// The heading of the section, and its anchor; empty for the head of the page.
  public var section: String
  public var anchor: String
  /// From the root of the site, with the anchor; empty when the record is not published.
  public var address: String
  public var score: Double
  /// How the section begins.
  public var passage: String
  public var isRetired: Bool
  public var call: (name: String, phone: String)?
  public var customerNumber: String?
  public var firstStep: String?
  /// For each word of the query what it found here, for `--explain`.
  public var explanation: [String] = []
}

import KBCatalog

/// The style sheet of every page: the files of `templates/site/style`, joined in the order of their names.
enum StyleSheet {
  static var text: String { EmbeddedTemplates.texts(in: "site/style").joined(separator: "\n") }
}

import KBCatalog
import KBSchema
import KBSource

/// The style sheet of every page: the files of `templates/site/style`, joined in the order of their names.
package enum StyleSheet {
  package static let text: String = {
    let sheet = EmbeddedTemplates.texts(in: "site/style").joined(separator: "\n")
    // The dark colours are written once, for readers who chose them, and expanded where the system prefers them: one rule
    // for both, `light-dark()`, is unknown to browsers before 2024.
    guard let chosen = sheet.firstRange(of: ":root[data-theme=\"dark\"] {") else { return sheet }
    let colours = sheet[chosen.upperBound...].prefix { $0 != "}" }
    return sheet.replacing("/* {dark} */", with: colours)
  }()
}

import Foundation
import PackagePlugin

/// Turns the files under `templates/` into a Swift file of the lowest target that needs them: the rules of KBSource, the texts of
/// KBSecrets, the others of KBCatalog.
@main
struct EmbedTemplates: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let templates = context.package.directoryURL.appending(path: "templates")
    let folders = ["KBSource": "rules/", "KBSecrets": "text/"]
    let names = ["KBSource": "EmbeddedRules", "KBSecrets": "EmbeddedTexts"]
    let owned = folders[target.name]
    let inputs = try FileManager.default.subpathsOfDirectory(atPath: templates.path(percentEncoded: false))
      .filter { path in owned.map(path.hasPrefix) ?? !folders.values.contains(where: path.hasPrefix) }
      .sorted()
      .map { templates.appending(path: $0) }
      .filter { !$0.hasDirectoryPath && $0.lastPathComponent.first != "." && !$0.pathExtension.isEmpty }
    let name = names[target.name] ?? "EmbeddedTemplates"
    let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
    return [
      .buildCommand(
        displayName: "Embedding templates",
        executable: try context.tool(named: "EmbedTemplatesTool").url,
        arguments: [name, templates.path(percentEncoded: false), output.path(percentEncoded: false)]
          + inputs.map { $0.path(percentEncoded: false) },
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}

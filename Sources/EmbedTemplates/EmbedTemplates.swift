import Foundation
import PackagePlugin

/// Turns the files under `templates/` into one Swift file of the target that uses this plug-in.
@main
struct EmbedTemplates: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let templates = context.package.directoryURL.appending(path: "templates")
    let inputs = try FileManager.default.subpathsOfDirectory(atPath: templates.path(percentEncoded: false))
      .sorted()
      .map { templates.appending(path: $0) }
      .filter { !$0.hasDirectoryPath && $0.lastPathComponent.first != "." && !$0.pathExtension.isEmpty }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTemplates.swift")
    return [
      .buildCommand(
        displayName: "Embedding templates",
        executable: try context.tool(named: "EmbedTemplatesTool").url,
        arguments: [templates.path(percentEncoded: false), output.path(percentEncoded: false)]
          + inputs.map { $0.path(percentEncoded: false) },
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}

import ArgumentParser
import KBCatalog
import KBDisk
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb schema`.
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the kinds and their fields, or write JSON Schemas for editors.",
    discussion: """
      The kinds of kinds/ in the knowledge base are included. With --json-schema one file per kind is written into the folder \
      of --output; VS Code's YAML extension and others check and complete front matter with them.
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "A kind. Default: all.", completion: .kinds)
  var kind: String?

  @Flag(help: "Write JSON Schemas, one file per kind.")
  var jsonSchema = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the JSON Schemas.", valueName: "dir"))
  var output = "schemas"

  func run() async throws {
    var schema = Schema.builtIn
    var language = SpokenLanguage.environment
    if workspace.root != nil || WorkingTree.nearestRoot(from: ".") != nil {
      let base = try await Workspace(workspace)
      schema = base.catalog.schema
      language = base.language
    }
    let kinds = try kind.map { [try schema.kind(named: $0)] } ?? schema.kinds
    if jsonSchema {
      for kind in kinds {
        try FileReplacement.write(
          Array((JSONSchema(kind, language).json.text + "\n").utf8), to: "\(kind.id).schema.json",
          in: ProcessEnvironment.absolutePath(output))
        Console.standardOutput.line("\(output)/\(kind.id).schema.json")
      }
    } else {
      for (index, kind) in kinds.enumerated() {
        if index > 0 { Console.standardOutput.line() }
        write(kind, language)
      }
    }
  }

  private func write(_ kind: Kind, _ language: Language) {
    let output = Console.standardOutput
    let heading = ": \(kind.plural[language]), \(Message(de: "Ordner", en: "folder")[language]) \(kind.folder)/"
    output.line(output.coloured(Console.harmless(kind.id), .bold) + Console.harmless(heading))
    let rows = kind.fields.flatMap { self.rows($0, language, indentation: "  ") }
    // A long list of choices does not push the others aside.
    let widths = (0..<2).map { column in rows.map { $0[column].count }.filter { $0 <= 44 }.max() ?? 0 }
    for row in rows {
      output.line(Console.harmless("\(row[0].padded(to: widths[0]))  \(row[1].padded(to: widths[1]))  \(row[2])"))
    }
  }

  private func rows(_ field: FieldDeclaration, _ language: Language, indentation: String) -> [[String]] {
    let sign: String =
      switch field.requirement {
      case .required: Message(de: "Pflicht. ", en: "required. ")[language]
      case .requiredUnless, .requiredUnlessPresent, .expectedWhen:
        Message(de: "je nach Fall. ", en: "in some cases. ")[language]
      case .recommended: Message(de: "empfohlen. ", en: "recommended. ")[language]
      case .optional: ""
      }
    let row = [
      indentation + field.name, typeName(field.type),
      sign + field.label[language] + (field.description.map { ": \($0[language])" } ?? ""),
    ]
    return [row] + field.members.flatMap { rows($0, language, indentation: indentation + "  ") }
  }

  private func typeName(_ type: ValueType) -> String {
    switch type {
    case .choice(let choices): choices.map(\.value).joined(separator: "|")
    case .reference(let kinds), .referenceOrText(let kinds):
      "\(type.name)(\(kinds.isEmpty ? "any" : kinds.joined(separator: ", ")))"
    case .list(let element): "list of \(typeName(element.type))"
    case .map(let element): "map of \(typeName(element.type))"
    default: type.name
    }
  }
}

package import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
package import KBSource

/// A picture for programs and as a file.
package struct GraphReport {
  package let picture: Picture
  /// The groups that it is in; `nil` where it is not about groups.
  package let grouping: Grouping?
  package let label: String
  package let language: Language

  package init(picture: Picture, grouping: Grouping?, label: String, language: Language) {
    self.picture = picture
    self.grouping = grouping
    self.label = label
    self.language = language
  }

  package var svg: String {
    let file =
      grouping.map { PictureFile($0, label: label, language: language) }
      ?? PictureFile(picture, label: label, language: language)
    return String(file.text.dropLast())
  }

  /// Nodes, edges and groups.
  package var json: JSON {
    let nodes = picture.boxes.map { record -> JSON in
      [
        "id": .string(record.id), "title": .string(record.title), "kind": .string(record.kind.id),
        "criticality": record.choice(.criticality).map { .string($0.value) } ?? .null,
      ]
    }
    let edges = picture.edges.map { edge -> JSON in
      [
        "from": .string(picture.boxes[edge.from].id), "to": .string(picture.boxes[edge.to].id),
        "strength": .string(edge.strength.rawValue), "note": edge.note.map(JSON.string) ?? .null,
      ]
    }
    let groups = (grouping?.groups ?? []).map { group -> JSON in
      [
        "title": .string(group.title[language]), "id": group.record.map { .string($0.id) } ?? .null,
        "nodes": .array(group.systems.map { .string($0.id) }),
      ]
    }
    return [
      "nodes": .array(nodes), "edges": .array(edges), "groups": .array(groups), "further": .integer(picture.further),
    ]
  }

  /// The graph in the language of Graphviz. Every name is a quoted string.
  package var dot: String {
    var lines = [
      "digraph \(quoted(label)) {", "  graph [charset=\"UTF-8\", rankdir=\"LR\"];", "  node [shape=\"box\"];",
    ]
    func node(_ record: Record) -> String {
      let rank = record.choice(.criticality).map { " (\($0.label[language]))" } ?? ""
      return "\(quoted(record.id)) [label=\(quoted(record.title + rank))];"
    }
    // A node has one place: the first of its groups.
    var seen: Set<Int> = []
    for (number, group) in (grouping?.groups ?? []).enumerated() {
      lines.append("  subgraph \(quoted("cluster_\(number + 1)")) {")
      lines.append("    label=\(quoted(group.title[language]));")
      for system in group.systems where seen.insert(system.index).inserted { lines.append("    \(node(system))") }
      lines.append("  }")
    }
    for record in picture.boxes where seen.insert(record.index).inserted { lines.append("  \(node(record))") }
    for edge in picture.edges {
      let style =
        switch edge.strength {
        case .hard, .flow: "solid"
        case .soft: "dashed"
        case .part: "dotted"
        }
      let label = edge.note.map { ", label=\(quoted($0))" } ?? ""
      lines.append(
        "  \(quoted(picture.boxes[edge.from].id)) -> \(quoted(picture.boxes[edge.to].id)) [style=\"\(style)\"\(label)];"
      )
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  /// A quoted string of Graphviz: line ends and control characters are spaces, and no backslash begins an escape.
  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\0"..." ", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}": quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let partOfRule = Rule("reference/part-of-cycle")
  private static let dependencyRule = Rule("reference/dependency-cycle")

  /// Parts that contain themselves, and teams that are members of themselves.
  static let partOfCycle = Check { catalog in
    let parts = cycles(in: catalog, over: .partOf) { relation, names in
      Diagnostic(
        partOfRule, at: catalog.records[relation.source].path, relation.range,
        Message(de: "\(code: "part_of") im Kreis: \(names)", en: "circular \(code: "part_of"): \(names)"),
        remedy: Message(
          de: "eine der Zeilen \(code: "part_of") löschen oder umdrehen",
          en: "delete or reverse one of the lines \(code: "part_of")"))
    }
    let teams = cycles(in: catalog, over: .member) { relation, names in
      Diagnostic(
        partOfRule, at: catalog.records[relation.source].path, relation.range,
        Message(de: "Mitgliedschaften im Kreis: \(names)", en: "circular membership: \(names)"),
        remedy: Message(
          de: "eines dieser Teams aus den Mitgliedern des anderen nehmen",
          en: "take one of these teams out of the members of the other"))
    }
    return parts + teams
  }

  /// Systems that depend on themselves by way of others, through hard dependencies.
  static let dependencyCycle = Check { catalog in
    cycles(in: catalog, over: .dependency) { relation, names in
      Diagnostic(
        dependencyRule, at: catalog.records[relation.source].path, relation.range,
        Message(de: "Abhängigkeiten im Kreis: \(names)", en: "circular dependency: \(names)"),
        remedy: Message(
          de: "die Abhängigkeit, die eine Weile fehlen darf, als \(code: "soft") eintragen",
          en: "mark the dependency that may be missing for a while as \(code: "soft")"))
    }
  }

  /// One finding for each group of records that reach each other, at the relation that closes the first circle found.
  private static func cycles(
    in catalog: Library, over role: Role, _ finding: (Relation, Message.Text) -> Diagnostic
  ) -> [Diagnostic] {
    var neighbours = [[Relation]](repeating: [], count: catalog.records.count)
    for relation in catalog.relations(role) where !relation.isSoft {
      neighbours[relation.source].append(relation)
    }
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: catalog.records.count)
    var findings: [Diagnostic] = []
    for start in catalog.records.indices where marks[start] == .new && !neighbours[start].isEmpty {
      // Depth first without recursion: a chain may be as long as the knowledge base.
      var path: [(node: Int, next: Int)] = [(start, 0)]
      marks[start] = .open
      while let (node, next) = path.last {
        guard next < neighbours[node].count else {
          marks[node] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let relation = neighbours[node][next]
        switch marks[relation.target] {
        case .new:
          marks[relation.target] = .open
          path.append((relation.target, 0))
        case .open:
          let circle = path.map(\.node).drop { $0 != relation.target } + [relation.target]
          // Also a record that is left out is named by the circle: all of them are parts of the text.
          let names = circle.map { "\(catalog.records[$0])" as Message.Text }
          findings.append(finding(relation, "\(list: names, .arrow, most: 7)"))
        case .done: break
        }
      }
    }
    return findings
  }
}

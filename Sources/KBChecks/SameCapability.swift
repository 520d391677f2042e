import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("system/same-capability")

  /// Active systems that do what an earlier one does already.
  static let sameCapability = Check { catalog in
    var first: [String: (system: Record, range: SourceRange)] = [:]
    var findings: [Diagnostic] = []
    // By title: another id then changes nothing.
    let systems = catalog.inUse(.system).filter { $0.lifecycle == .active }.sorted {
      ($0.title, $0.id) < ($1.title, $1.id)
    }
    for system in systems {
      for value in system.values(.capability) {
        guard let name = value.text else { continue }
        guard let (other, range) = first[name] else {
          first[name] = (system, value.range)
          continue
        }
        guard other.index != system.index, !areKin(system, other, catalog) else { continue }
        findings.append(
          Diagnostic(
            rule, at: system.path, value.range,
            Message(
              de: "\(system) und \(other) leisten beide \(name: name): doppelt beschafft?",
              en: "\(system) and \(other) both provide \(name: name): bought twice?"),
            remedy: Message(
              de: "eines ablösen (\(code: "replaced_by")) oder die Fähigkeit genauer benennen",
              en: "replace one (\(code: "replaced_by")), or name the capability more precisely"),
            notes: [Note(at: other.path, range, Message(de: "auch hier", en: "here too"))]))
      }
    }
    return findings
  }

  /// Whether one is a part of the other, or follows it.
  private static func areKin(_ left: Record, _ right: Record, _ catalog: Library) -> Bool {
    func leads(_ source: Record, _ target: Record) -> Bool {
      catalog.relations(from: source).contains {
        $0.target == target.index && ($0.role == .partOf || $0.role == .replacedBy)
      }
    }
    return leads(left, right) || leads(right, left)
  }
}

public import KBCatalog
import KBSchema

/// A place at which systems are: a building, a room, a rack, as their locations name it.
///
/// `Server room, rack 2` is in the place `Server room`: a comma leads to what is narrower.
public struct Place: Sendable {
  /// Its name, with the wider places before it.
  public let name: String
  /// A short name for addresses and for the command line.
  public let id: String
  /// The published systems in use that are there.
  public let systems: [Record]
}

extension Answers {
  /// The places of published systems in use, in the order of their names; a narrower one where it does not hold all of the wider one.
  public var places: [Place] {
    var systems: [String: [Record]] = [:]
    for record in records where record.lifecycle.isInUse {
      for name in Answers.placeNames(record) { systems[name, default: []].append(record) }
    }
    var taken: [String: Int] = [:]
    return systems.keys.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.compactMap { name -> Place? in
      let found = systems[name] ?? []
      // Most narrow places hold one system, and say nothing more than its own page.
      guard !name.contains(",") || found.count > 1 && found.count < systems[Answers.widest(name)]?.count ?? 0 else {
        return nil
      }
      let slug = Record.proposedID(for: name)
      guard !slug.isEmpty else { return nil }
      taken[slug, default: 0] += 1
      let number = taken[slug] ?? 1
      return Place(name: name, id: number == 1 ? slug : "\(slug)-\(number)", systems: found)
    }.sorted { sortKey($0.name) < sortKey($1.name) }
  }

  /// The published systems in use at a place that somebody names: its short name, its name, or the beginning of a location.
  public func place(named written: String) -> Place? {
    let slug = Record.proposedID(for: written)
    guard !slug.isEmpty else { return nil }
    if let known = places.first(where: { $0.id == slug }) { return known }
    let found = records.filter { record in
      record.lifecycle.isInUse && Answers.placeNames(record).contains { Record.proposedID(for: $0) == slug }
    }
    return found.isEmpty ? nil : Place(name: written, id: slug, systems: found)
  }

  /// The places that a record's location names, the widest first.
  private static func placeNames(_ record: Record) -> [String] {
    guard let text = record.value(.location)?.text else { return [] }
    let parts = text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
    return parts.indices.map { parts[...$0].joined(separator: ", ") }
  }

  private static func widest(_ name: String) -> String { String(name.prefix { $0 != "," }) }
}

extension Substring {
  /// The text without spaces at its ends.
  fileprivate var trimmed: String {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

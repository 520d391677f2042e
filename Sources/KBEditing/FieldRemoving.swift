import KBDocument
import KBSource
import KBYAML

extension FieldEditor {
  /// Takes a field out, with the comment beside it; a group that would be empty goes with it.
  public mutating func remove(_ path: FieldPath) throws(EditRefusal) {
    guard let trail = trail(to: path), trail.count > 1, case .key(let key) = path.steps.last,
      let entries = trail[trail.count - 2].mapping, let index = entries.firstIndex(where: { $0.key == key })
    else {
      guard trail(to: path) == nil else { throw cannotChange(path) }
      return
    }
    let group = trail[trail.count - 2]
    if entries.count == 1, path.steps.count > 1 { return try remove(FieldPath(path.steps.dropLast())) }
    let expected = content.changed(at: path.steps[...]) { _ in nil }
    let way = isFlow(group) ? flowRemoval(entries, index) : lineRemoval(entries, index)
    try apply(way.map { [[$0]] } ?? [], expecting: expected, at: path)
  }

  private func flowRemoval(_ entries: [YAMLNode.Entry], _ index: Int) -> Replacement {
    let entry = entries[index]
    if index + 1 < entries.count {
      return Replacement(Int(entry.keyRange.lower)..<Int(entries[index + 1].keyRange.lower), "")
    }
    func end(_ entry: YAMLNode.Entry) -> Int { max(trimmedEnd(entry.value.range), Int(entry.keyRange.upper)) }
    return Replacement((index > 0 ? end(entries[index - 1]) : Int(entry.keyRange.lower))..<end(entry), "")
  }

  private func lineRemoval(_ entries: [YAMLNode.Entry], _ index: Int) -> Replacement? {
    let entry = entries[index]
    let start = Int(entry.keyRange.lower)
    if isFirstOnLine(start) {
      return Replacement(lineStart(start)..<endOfLines(entry.value.range, key: entry.keyRange), "")
    }
    guard index + 1 < entries.count else { return nil }
    return Replacement(start..<Int(entries[index + 1].keyRange.lower), "")
  }
}

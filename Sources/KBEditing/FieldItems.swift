import KBDocument
import KBSource
import KBYAML

extension FieldEditor {
  /// Adds an item at the end of a list; a single value in place of a list becomes the first item.
  public mutating func append(_ item: FieldContent, to path: FieldPath, orders: [KeyOrder] = []) throws(EditRefusal) {
    guard let node = node(at: path), !node.isEmpty else { return try set(path, to: .list([item]), orders: orders) }
    guard node.unquotedWikiLink == nil else { throw cannotChange(path) }
    guard let items = node.sequence else {
      return try set(path, to: .list([FieldContent(node), item]), orders: orders)
    }
    try insert(item, at: items.count, in: path)
  }

  /// Takes an item out of a list; the last one leaves an empty list.
  public mutating func removeItem(_ index: Int, of path: FieldPath) throws(EditRefusal) {
    guard let trail = trail(to: path), let list = trail.last, let items = list.sequence, items.indices.contains(index)
    else { throw cannotChange(path) }
    guard items.count > 1 else { return try set(path, to: .list([])) }
    let expected = content.changed(at: path.appending(.item(index)).steps[...]) { _ in nil }
    let way = isFlow(list) ? flowRemoval(items, index) : lineRemoval(items, index)
    try apply(way.map { [[$0]] } ?? [], expecting: expected, at: path)
  }

  /// Brings a list from some items to others, touching only those that differ.
  mutating func replaceItems(_ old: [FieldContent], with new: [FieldContent], at path: FieldPath) throws(EditRefusal) {
    var exchanges: [(old: Range<Int>, new: Range<Int>)] = []
    var position = 0
    for run in SequenceComparison.runs(from: old, to: new) {
      switch run {
      case .same(let range, _): position = range.upperBound
      case .removed(let range):
        exchanges.append((range, 0..<0))
        position = range.upperBound
      case .added(let range):
        if let last = exchanges.last, last.new.isEmpty, last.old.upperBound == position {
          exchanges[exchanges.count - 1].new = range
        } else {
          exchanges.append((position..<position, range))
        }
      }
    }
    // From the end, so that numbers before it stay right.
    for exchange in exchanges.reversed() { try self.exchange(exchange.old, for: Array(new[exchange.new]), at: path) }
  }

  /// Items take the place of others: in their place as far as there are as many.
  private mutating func exchange(_ range: Range<Int>, for items: [FieldContent], at path: FieldPath) throws(EditRefusal)
  {
    let shared = min(range.count, items.count)
    for item in items.dropFirst(shared).reversed() { try insert(item, at: range.upperBound, in: path) }
    for index in range.dropFirst(shared).reversed() { try removeItem(index, of: path) }
    for offset in 0..<shared { try set(path.appending(.item(range.lowerBound + offset)), to: items[offset]) }
  }

  private mutating func insert(_ item: FieldContent, at index: Int, in path: FieldPath) throws(EditRefusal) {
    guard let trail = trail(to: path), let list = trail.last, let items = list.sequence else {
      throw cannotChange(path)
    }
    guard !items.isEmpty else { return try set(path, to: .list([item])) }
    let expected = content.changed(at: path.steps[...]) { list in
      guard case .list(var items) = list else { return nil }
      items.insert(item, at: index)
      return .list(items)
    }
    let way: Replacement?
    if isFlow(list) {
      let text = FieldWriter.flow(item)
      way =
        index < items.count
        ? .insertion(at: Int(items[index].range.lower), text + ", ")
        : .insertion(at: trimmedEnd(items[index - 1].range), ", " + text)
    } else {
      way = lineInsertion(item, at: index, items)
    }
    try apply(way.map { [[$0]] } ?? [], expecting: expected, at: path)
  }

  private func lineInsertion(_ item: FieldContent, at index: Int, _ items: [YAMLNode]) -> Replacement? {
    guard let dash = dash(before: items[min(index, items.count - 1)]) else { return nil }
    let indentation = column(dash)
    let margin = FieldWriter.margin(indentation)
    let likeLines = items.contains { $0.mapping != nil && !isFlow($0) }
    let line = FieldWriter.item(item, indentation: indentation, likeLines: likeLines)
    guard index == items.count else { return .insertion(at: dash, line + "\n" + margin) }
    return lineAfter(endOfLines(items[index - 1].range), margin + line)
  }

  private func flowRemoval(_ items: [YAMLNode], _ index: Int) -> Replacement {
    index + 1 < items.count
      ? Replacement(Int(items[index].range.lower)..<Int(items[index + 1].range.lower), "")
      : Replacement(trimmedEnd(items[index - 1].range)..<trimmedEnd(items[index].range), "")
  }

  private func lineRemoval(_ items: [YAMLNode], _ index: Int) -> Replacement? {
    guard let dash = dash(before: items[index]) else { return nil }
    if isFirstOnLine(dash) { return Replacement(lineStart(dash)..<endOfLines(items[index].range), "") }
    guard index + 1 < items.count, let next = self.dash(before: items[index + 1]) else { return nil }
    return Replacement(dash..<next, "")
  }
}

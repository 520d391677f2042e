import KBDocument
import KBSource
import KBYAML

extension FieldEditor {
  /// Makes a field hold something; it is added at its proper place where it is not there yet.
  ///
  /// `orders`: the order of keys for each level of groups down to the field.
  public mutating func set(_ path: FieldPath, to content: FieldContent, orders: [KeyOrder] = []) throws(EditRefusal) {
    if let trail = trail(to: path), let node = trail.last {
      guard FieldContent(node) != content else { return }
      return try replace(node, with: content, at: path, trail, orders)
    }
    // The deepest group that is there already.
    var depth = path.steps.count - 1
    while depth > 0, trail(to: FieldPath(Array(path.steps[..<depth]))) == nil { depth -= 1 }
    guard case .key(let key) = path.steps[depth] else { throw cannotChange(path) }
    var wrapped = content
    for step in path.steps[(depth + 1)...].reversed() {
      guard case .key(let key) = step else { throw cannotChange(path) }
      wrapped = .group([.init(key, wrapped)])
    }
    let parent = FieldPath(Array(path.steps[..<depth]))
    try insert(
      FieldContent.Member(key, wrapped), in: parent, path, orders.indices.contains(depth) ? orders[depth] : .none)
  }

  /// Writes a key in another way; what it holds stays.
  public mutating func rename(_ path: FieldPath, to key: String) throws(EditRefusal) {
    guard case .key(let old) = path.steps.last, let parent = node(at: FieldPath(path.steps.dropLast())),
      let entry = parent.mapping?.first(where: { $0.key == old })
    else { throw cannotChange(path) }
    let expected = content.changed(at: path.steps.dropLast()[...]) { group in
      guard case .group(let members) = group else { return nil }
      return .group(members.map { $0.key == old ? .init(key, $0.content) : $0 })
    }
    let ways = YAMLScalar.candidates(for: key, like: style(of: entry.keyRange), in: .flow)
    try apply(ways.map { [Replacement(entry.keyRange.offsets, $0)] }, expecting: expected, at: path)
  }

  // MARK: What is there

  private mutating func replace(
    _ node: YAMLNode, with new: FieldContent, at path: FieldPath, _ trail: [YAMLNode], _ orders: [KeyOrder]
  ) throws(EditRefusal) {
    let expected = content.changed(at: path.steps[...]) { _ in new }
    switch (node.content, new) {
    case (.scalar, .text(let text)):
      try apply(scalarWays(node, text, at: path, trail), expecting: expected, at: path)
    case (.sequence(let nodes), .list(let items)) where !nodes.isEmpty && !items.isEmpty:
      try replaceItems(nodes.map { FieldContent($0) }, with: items, at: path)
    case (.mapping(let entries), .group(let members)) where !entries.isEmpty && !members.isEmpty:
      // First what comes, so that the group never is without a member.
      for member in members { try set(path.appending(.key(member.key)), to: member.content, orders: orders) }
      for entry in entries where !members.contains(where: { $0.key == entry.key }) {
        try remove(path.appending(.key(entry.key)))
      }
    default:
      try apply([wholeReplacement(node, FieldWriter.flow(new), at: path, trail)], expecting: expected, at: path)
    }
  }

  private func scalarWays(_ node: YAMLNode, _ text: String, at path: FieldPath, _ trail: [YAMLNode]) -> [[Replacement]]
  {
    let isInFlow = trail.dropLast().contains(where: isFlow)
    let indentation = indentation(of: path, trail) + 2
    let surroundings: YAMLScalar.Surroundings = isInFlow ? .flow : .block(indentation: indentation)
    var style = style(of: node.range)
    // Quotes that the old text needed are no choice of the author's.
    if style == .doubleQuoted, let old = node.scalar, !YAMLScalar.readsPlain(old, in: surroundings) { style = .plain }
    let ways = YAMLScalar.candidates(for: text, like: style, in: surroundings)
    let range = Int(node.range.lower)..<trimmedEnd(node.range)
    // After `key:` a space goes first.
    return ways.map { [Replacement(range, range.isEmpty ? gap(before: range.lowerBound, isInFlow) + $0 : $0)] }
  }

  private func gap(before offset: Int, _ isInFlow: Bool) -> String {
    switch byte(offset - 1) {
    case UInt8(ascii: " "): ""
    case UInt8(ascii: ":"), UInt8(ascii: "-"): " "
    default: isInFlow ? ": " : " "
    }
  }

  /// Something of another shape takes the place of a value; what is on lines of its own goes with it.
  private func wholeReplacement(_ node: YAMLNode, _ text: String, at path: FieldPath, _ trail: [YAMLNode])
    -> [Replacement]
  {
    let range = Int(node.range.lower)..<trimmedEnd(node.range)
    let isInFlow = trail.dropLast().contains(where: isFlow)
    if range.isEmpty { return [Replacement(range, gap(before: range.lowerBound, isInFlow) + text)] }
    guard node.scalar == nil, !isFlow(node), case .key(let key) = path.steps.last,
      let entry = trail.dropLast().last?.mapping?.first(where: { $0.key == key }), let colon = colonEnd(entry),
      lineStop(colon) < range.lowerBound
    else { return [Replacement(range, text)] }
    return [.insertion(at: colon, " " + text), Replacement(lineStop(colon)..<range.upperBound, "")]
  }

  private func style(of range: SourceRange) -> YAMLScalar.Style {
    range.count > 0 ? YAMLScalar.Style(firstByte: byte(Int(range.lower))) : .plain
  }

  /// The indentation of the line with the key or the dash of a field.
  private func indentation(of path: FieldPath, _ trail: [YAMLNode]) -> Int {
    guard trail.count > 1 else { return 0 }
    switch path.steps.last {
    case .key(let key):
      guard let entry = trail[trail.count - 2].mapping?.first(where: { $0.key == key }) else { return 0 }
      return column(Int(entry.keyRange.lower))
    case .item, nil: return dash(before: trail[trail.count - 1]).map(column) ?? 0
    }
  }

  // MARK: What is not there

  private mutating func insert(
    _ member: FieldContent.Member, in parent: FieldPath, _ path: FieldPath, _ order: KeyOrder
  ) throws(EditRefusal) {
    guard let root else {
      return try apply([[firstField(member)]], expecting: .group([member]), at: path)
    }
    guard let trail = trail(to: parent), let group = trail.last else { throw cannotChange(path) }
    guard let entries = group.mapping, !entries.isEmpty else {
      // `recovery:` with nothing after it.
      guard group.mapping != nil || group.isEmpty, group.range != root.range || isFlow(group) else {
        throw cannotChange(path)
      }
      let expected = content.changed(at: parent.steps[...]) { _ in .group([member]) }
      let way = wholeReplacement(group, FieldWriter.flow(.group([member])), at: parent, trail)
      return try apply([way], expecting: expected, at: path)
    }
    let place = order.place(of: member.key, among: entries.map(\.key))
    let expected = content.changed(at: parent.steps[...]) { group in
      guard case .group(var members) = group else { return nil }
      members.insert(member, at: place)
      return .group(members)
    }
    let way = isFlow(group) ? flowInsertion(member, entries, place) : lineInsertion(member, entries, place)
    try apply([[way]], expecting: expected, at: path)
  }

  /// The first field of a file: between its fences, or with new ones.
  private func firstField(_ member: FieldContent.Member) -> Replacement {
    let line = FieldWriter.line(member, indentation: 0) + "\n"
    guard !hasFences else {
      let end = Int(region.upper)
      let needsEnd = end > Int(region.lower) && byte(end - 1) != UInt8(ascii: "\n")
      return .insertion(at: end, (needsEnd ? "\n" : "") + line)
    }
    let start = Int(region.lower)
    let isBlank = start == bytes.count || byte(start) == UInt8(ascii: "\n") || byte(start) == UInt8(ascii: "\r")
    return .insertion(at: start, "---\n\(line)---\n\(isBlank ? "" : "\n")")
  }

  private func flowInsertion(_ member: FieldContent.Member, _ entries: [YAMLNode.Entry], _ place: Int) -> Replacement {
    if place < entries.count {
      return .insertion(at: Int(entries[place].keyRange.lower), FieldWriter.flow(member) + ", ")
    }
    let last = entries[entries.count - 1]
    return .insertion(at: max(trimmedEnd(last.value.range), Int(last.keyRange.upper)), ", " + FieldWriter.flow(member))
  }

  private func lineInsertion(_ member: FieldContent.Member, _ entries: [YAMLNode.Entry], _ place: Int) -> Replacement {
    let indentation = column(Int(entries[0].keyRange.lower))
    let margin = FieldWriter.margin(indentation)
    let line = FieldWriter.line(member, indentation: indentation)
    guard place > 0 else {
      let first = Int(entries[0].keyRange.lower)
      guard isFirstOnLine(first) else { return .insertion(at: first, line + "\n" + margin) }
      return .insertion(at: startOfComments(above: lineStart(first)), margin + line + "\n")
    }
    let before = entries[place - 1]
    return lineAfter(endOfLines(before.value.range, key: before.keyRange), margin + line)
  }

  /// A new line at the end of another one, also where the file ends without a line end.
  func lineAfter(_ end: Int, _ line: String) -> Replacement {
    end == bytes.count && byte(end - 1) != UInt8(ascii: "\n")
      ? .insertion(at: end, "\n" + line) : .insertion(at: end, line + "\n")
  }

  /// The start of the comment lines right above a line.
  private func startOfComments(above line: Int) -> Int {
    var start = line
    while start > Int(region.lower) {
      let above = lineStart(start - 1)
      guard bytes[above..<start].first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "#") else { break }
      start = above
    }
    return start
  }
}

extension FieldContent {
  /// The content with what is at a place changed, or taken out where `change` returns `nil`; `nil` when there is no
  /// such place.
  func changed(at steps: ArraySlice<FieldPath.Step>, _ change: (FieldContent) -> FieldContent?) -> FieldContent? {
    guard let step = steps.first else { return change(self) }
    let rest = steps.dropFirst()
    switch (self, step) {
    case (.group(var members), .key(let key)):
      guard let index = members.firstIndex(where: { $0.key == key }) else { return nil }
      if rest.isEmpty, change(members[index].content) == nil {
        members.remove(at: index)
        return .group(members)
      }
      guard let content = members[index].content.changed(at: rest, change) else { return nil }
      members[index].content = content
      return .group(members)
    case (.list(var items), .item(let index)):
      guard items.indices.contains(index) else { return nil }
      if rest.isEmpty, change(items[index]) == nil {
        items.remove(at: index)
        return .list(items)
      }
      guard let content = items[index].changed(at: rest, change) else { return nil }
      items[index] = content
      return .list(items)
    default: return nil
    }
  }

  /// The content at a place.
  subscript(path: FieldPath) -> FieldContent? {
    var content = self
    for step in path.steps {
      switch (content, step) {
      case (.group(let members), .key(let key)):
        guard let member = members.first(where: { $0.key == key }) else { return nil }
        content = member.content
      case (.list(let items), .item(let index)):
        guard items.indices.contains(index) else { return nil }
        content = items[index]
      default: return nil
      }
    }
    return content
  }
}

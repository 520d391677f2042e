public import KBSchema
import KBSource

extension Record {
  /// The dates in a field, each with the object around it: the line of a list.
  public func dates(in field: DeadlineField) -> [(value: Value, context: Value?)] {
    var found: [(Value, Value?)] = []
    func look(_ fields: [Field], _ path: ArraySlice<FieldDeclaration>, _ context: Value?) {
      guard let next = path.first, let value = fields.value(of: next) else { return }
      for element in value.list ?? [value] {
        if path.count == 1 {
          if element.date != nil { found.append((element, context)) }
        } else if let members = element.fields {
          look(members, path.dropFirst(), element)
        }
      }
    }
    look(fields, field.path[...], nil)
    return found
  }
}

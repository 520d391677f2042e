import KBCatalog
import KBEditing
import KBSchema
import Testing

@Suite struct `The order of keys` {
  @Test(arguments: Schema.builtIn.kinds.map(\.id))
  func `begins with what a record is, in which state, and who answers for it`(kind: String) throws {
    let kind = try #require(Schema.builtIn[kind])
    let order = KeyOrder(kind)
    let names = kind.fields.map(\.name).sorted { order.rank($0) < order.rank($1) }
    let expected = ["title", "summary", "type", "criticality", "status", "state", "owner", "deputy"]
    let head = names.filter(expected.contains)
    #expect(head == expected.filter(head.contains))
    #expect(names.filter { $0 != "id" }.prefix(head.count).elementsEqual(head))
  }
}

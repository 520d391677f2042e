package import KBCatalog
package import KBSource

extension Catalog {
  /// The record that is meant where no id is written so: as wiki links find it, whatever its capitals, by its title or the path of its file.
  package func record(writtenLike name: String) -> Record? {
    let reference = Reference(written: name)
    return reference.kind == nil ? record(WikiAddress(name)) : record(Reference(written: name.lowercased()))
  }

  /// The id that a wrong one is near, else the only one that it is a part of, as `erp` of `example-erp`.
  package func nearMiss(_ id: String) -> NearMiss {
    let ids = records.map(\.id)
    let near = NearMiss(id, among: ids)
    guard near.nearest == nil, !id.isEmpty else { return near }
    let longer = ids.filter { "-\($0)-".contains("-\(id.lowercased())-") }
    return NearMiss(id, nearest: longer.count == 1 ? longer[0] : nil)
  }
}

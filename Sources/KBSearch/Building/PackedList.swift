/// A list of pages as it stands in a shard.
struct PackedList: Sendable {
  typealias Entry = Postings.Entry

  /// How many pages there are, where only the best stand here; the pages, with what the list says of each.
  private(set) var text: [UInt8] = []
  /// For each page what stands behind the word there.
  private(set) var followers: [UInt8] = []
  /// Whether only the best pages are there.
  let isCut: Bool

  /// Packs at most `most` of the pages. `classes` says for each page what its hits are to trouble.
  init(_ entries: some Collection<Entry>, most: Int, _ classes: [UInt8]) {
    let kept = Relatives.strongest(entries, most)
    isCut = kept.count < entries.count
    Packing.append(UInt32(isCut ? entries.count : 0), to: &text)
    PackedList.append(kept, classes, to: &text)
    for entry in kept { Packing.append(digit: entry.follower.digit, to: &followers) }
  }

  /// Appends pages with what a list says of each.
  static func append(_ entries: some Collection<Entry>, _ classes: [UInt8], to text: inout [UInt8]) {
    var last: Int32 = -1
    for entry in entries {
      Packing.append(UInt32(entry.page - last - 1), to: &text)
      Packing.append(digit: entry.impact * 3 + classes[Int(entry.page)], to: &text)
      Packing.append(digit: entry.mask, to: &text)
      last = entry.page
    }
  }
}

/// Where each word stands on its pages: asked for by phrases in quotation marks, and where a list of pages was cut.
struct PositionShards {
  /// Shards of the vocabulary that one of these goes with.
  static let group = 4
  private(set) var shards: [Shard] = []

  init(_ runs: [PageWords], _ vocabulary: Vocabulary, _ words: VocabularyShards) {
    let packed = PositionShards.packed(runs, vocabulary)
    for lower in stride(from: 0, to: words.surfaces.count, by: PositionShards.group) {
      var strings: [[UInt8]] = []
      for surfaces in words.surfaces[lower..<min(lower + PositionShards.group, words.surfaces.count)] {
        for surface in surfaces { strings.append(surface.word.map { packed[$0] } ?? []) }
      }
      // The first string says where the words of each shard begin.
      var meta: [UInt8] = []
      var start: UInt32 = 1
      for surfaces in words.surfaces[lower..<min(lower + PositionShards.group, words.surfaces.count)] {
        Packing.append(start, to: &meta)
        start += UInt32(surfaces.count)
      }
      shards.append(Shard("x\(shards.count)", [meta] + strings))
    }
  }

  /// For each word its pages, and on each the positions: all as differences.
  private static func packed(_ runs: [PageWords], _ vocabulary: Vocabulary) -> [[UInt8]] {
    var result = [[UInt8]](repeating: [], count: vocabulary.words.count)
    var lastPages = [Int32](repeating: -1, count: vocabulary.words.count)
    var page: Int32 = 0
    var places: [(word: Int32, position: Int32)] = []
    for (number, run) in runs.enumerated() {
      let numbers = vocabulary.numbers[number]
      for drafted in run.pages {
        places.removeAll(keepingCapacity: true)
        for place in run.places[drafted.places] { places.append((numbers[Int(place.word)], place.position)) }
        places.sort { $0.word == $1.word ? $0.position < $1.position : $0.word < $1.word }
        var index = 0
        while index < places.count {
          let word = Int(places[index].word)
          var end = index
          while end < places.count, places[end].word == places[index].word { end += 1 }
          Packing.append(UInt32(page - lastPages[word] - 1), to: &result[word])
          lastPages[word] = page
          Packing.append(UInt32(end - index - 1), to: &result[word])
          var last: Int32 = -1
          for place in places[index..<end] {
            Packing.append(UInt32(place.position - last - 1), to: &result[word])
            last = place.position
          }
          index = end
        }
        page += 1
      }
    }
    return result
  }
}

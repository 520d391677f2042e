/// What stands behind the words of the vocabulary's lists: asked for by quoted phrases alone, so it lies apart.
struct FollowerShards {
  private(set) var shards: [Shard] = []

  init(_ words: VocabularyShards) {
    for lower in stride(from: 0, to: words.followers.count, by: CompleteLists.group) {
      let lists = words.followers[lower..<min(lower + CompleteLists.group, words.followers.count)]
      shards.append(Shard("p\(shards.count)", lists.map { Array($0.joined(separator: [0x09])) }))
    }
  }
}

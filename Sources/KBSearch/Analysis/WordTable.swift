/// Words numbered in the order in which they first came.
struct WordTable {
  private(set) var bytes: [UInt8] = []
  /// Where each word begins; one more for the end.
  private var starts: [Int32] = [0]
  private var hashes: [UInt64] = []
  /// Whether any word's hash falls here: small enough to stay near the processor, it answers most questions for words that are not there.
  private var sieve: [Bool] = []
  private var slots = [Int32](repeating: -1, count: 1024)

  var count: Int { hashes.count }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[Int(starts[number])..<Int(starts[number + 1])] }

  /// The number of a word, which is added if it is new.
  mutating func number(of word: ArraySlice<UInt8>) -> Int {
    let hash = WordTable.hash(word)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let found = Int(slots[slot])
      if hashes[found] == hash, self[found] == word { return found }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = hashes.count
    bytes += word
    starts.append(Int32(bytes.count))
    hashes.append(hash)
    slots[slot] = Int32(number)
    if hashes.count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a word that is there.
  func find(_ word: some Collection<UInt8>) -> Int? { find(hash: WordTable.hash(word), word) }

  /// The number of the word that two words make when they stand together; `prepareJoining` comes before.
  func find(_ first: Int, joinedWith second: Int) -> Int? {
    let tail = self[second]
    let hash = WordTable.hash(tail, from: hashes[first])
    guard sieve[Int(truncatingIfNeeded: hash >> 24) & (sieve.count - 1)] else { return nil }
    let head = self[first]
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let found = Int(slots[slot])
      if hashes[found] == hash {
        let word = self[found]
        if word.count == head.count + tail.count, word.starts(with: head), word.suffix(tail.count) == tail {
          return found
        }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func find(hash: UInt64, _ word: some Collection<UInt8>) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let found = Int(slots[slot])
      if hashes[found] == hash, self[found].elementsEqual(word) { return found }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Makes the sieve; words that come later are not found by `find(_:joinedWith:)`.
  mutating func prepareJoining() {
    sieve = [Bool](repeating: false, count: 1 << 20)
    for hash in hashes { sieve[Int(truncatingIfNeeded: hash >> 24) & (sieve.count - 1)] = true }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// FNV-1a (draft-eastlake-fnv), which can go on where it stopped.
  private static func hash(_ word: some Collection<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    var hash = start
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}

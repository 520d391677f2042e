import KBSource

/// Words numbered in the order in which they first came.
struct WordTable {
  private(set) var bytes: [UInt8] = []
  /// Where each word begins; one more for the end.
  private var starts: [Int32] = [0]
  private var hashes: [UInt64] = []
  /// Flags for the sums of all words: small enough to stay near the processor, it answers most questions for words that are not there.
  private var sieve: [Bool] = []
  /// For each word a hash that two words can be put together by, and what the first one's is multiplied by; 0 when it can't be joined.
  private var sums: [(sum: UInt64, factor: UInt64)] = []
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

  /// The number of the word that two words make when they are joined, both of letters alone and neither a single one;
  /// `prepareJoining` comes before.
  func find(_ first: Int, joinedWith second: Int) -> Int? {
    guard sums[first].factor != 0, sums[second].factor != 0 else { return nil }
    let sum = sums[first].sum &* sums[second].factor &+ sums[second].sum
    guard sieve[WordTable.place(sum)] else { return nil }
    let (head, tail) = (self[first], self[second])
    let hash = WordTable.hash(tail, from: hashes[first])
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
    sieve = [Bool](repeating: false, count: WordTable.sieveSize)
    sums = (0..<count).map { number in
      let word = self[number]
      guard word.count > 1, word.allSatisfy(\.isASCIILowercase) else { return (0, 0) }
      var sum: (sum: UInt64, factor: UInt64) = (0, 1)
      for byte in word { sum = (sum.sum &* WordTable.step &+ UInt64(byte), sum.factor &* WordTable.step) }
      return sum
    }
    for sum in sums where sum.factor != 0 { sieve[WordTable.place(sum.sum)] = true }
  }

  private static let sieveSize = 1 << 20
  /// Any odd number will do; this one is FNV's.
  private static let step: UInt64 = 0x100_0000_01B3

  /// Where a sum falls in the sieve.
  private static func place(_ sum: UInt64) -> Int {
    Int(truncatingIfNeeded: (sum &* 0x9E37_79B9_7F4A_7C15) >> 40) & (sieveSize - 1)
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

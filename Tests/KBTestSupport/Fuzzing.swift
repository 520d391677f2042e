#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The number of inputs of a test that tries any input: a share of 20,000 in every run of the suite, and of what `KB_FUZZ`
/// says in `make fuzz`.
public func inputs(of share: Int) -> Int {
  let all = unsafe getenv("KB_FUZZ").flatMap { unsafe Int(String(cString: $0)) } ?? 20_000
  return share * all / 20_000
}

/// Texts made of pieces that a reader stumbles over, of noise, and of changes to texts that are right.
public struct InputGenerator {
  private let pieces: [[UInt8]]
  private let models: [[UInt8]]
  private var random: SeededGenerator

  public init(seed: UInt64, pieces: [String], models: [String]) {
    self.pieces = pieces.map { Array($0.utf8) }
    self.models = models.map { Array($0.utf8) }
    random = SeededGenerator(seed: seed)
  }

  public mutating func next() -> [UInt8] {
    var bytes = Int.random(in: 0..<4, using: &random) == 0 ? [] : models.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let at = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: at)
      case 2: bytes.removeSubrange(at..<end)
      case 3: bytes.insert(contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
      case 4: bytes.insert(.random(in: 0...255, using: &random), at: at)
      default:
        let piece = pieces.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...40, using: &random) { bytes.insert(contentsOf: piece, at: at) }
      }
    }
    return bytes
  }
}

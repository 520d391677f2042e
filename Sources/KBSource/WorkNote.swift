import Synchronization

/// A note of what is being worked on, in memory that outlives the process: after a crash the next run reads it there.
///
/// A trap can't be caught in Swift. So the name of a file is noted before the file is read or its page written, and crossed
/// out afterwards. Where no memory was given, nothing is noted.
public enum WorkNote {
  /// The number of names that can be noted at once, and the bytes of each: one for its length, then the name.
  public static let slots = 64
  public static let slotSize = 256
  public static var size: Int { slots * slotSize }

  /// The address of the memory; 0 without any.
  private static let memory = Atomic<UInt>(0)
  /// For each slot whether it is taken.
  private static let taken = Atomic<UInt64>(0)

  /// Gives the memory, of `size` bytes, which must never be freed.
  public static func begin(in pointer: UnsafeMutableRawPointer) {
    memory.store(UInt(bitPattern: pointer), ordering: .releasing)
  }

  /// Does some work on a file with its name noted.
  public static func during<Result, Failure: Error>(
    _ path: @autoclosure () -> String, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let memory = unsafe UnsafeMutableRawPointer(bitPattern: memory.load(ordering: .acquiring)), let slot = take()
    else {
      return try work()
    }
    let place = unsafe memory + slot * slotSize
    var name = path()
    name.withUTF8 { bytes in
      let count = min(bytes.count, slotSize - 1)
      if let start = bytes.baseAddress { unsafe (place + 1).copyMemory(from: start, byteCount: count) }
      unsafe place.storeBytes(of: UInt8(count), as: UInt8.self)
    }
    defer {
      unsafe place.storeBytes(of: 0, as: UInt8.self)
      taken.bitwiseAnd(~(1 << UInt64(slot)), ordering: .releasing)
    }
    return try work()
  }

  /// Crosses out everything: a run that somebody stops is none that crashed.
  public static func clear() {
    guard let memory = unsafe UnsafeMutableRawPointer(bitPattern: memory.load(ordering: .acquiring)) else { return }
    for slot in 0..<slots { unsafe (memory + slot * slotSize).storeBytes(of: 0, as: UInt8.self) }
  }

  /// Takes a free slot; `nil` while all are taken.
  private static func take() -> Int? {
    var known = taken.load(ordering: .relaxed)
    while known != .max {
      let slot = (~known).trailingZeroBitCount
      let (isTaken, found) = taken.compareExchange(
        expected: known, desired: known | 1 << UInt64(slot), ordering: .acquiring)
      if isTaken { return slot }
      known = found
    }
    return nil
  }

  /// The names in such memory, or in a file that was such memory.
  public static func names(in bytes: [UInt8]) -> [String] {
    stride(from: 0, to: bytes.count - slotSize + 1, by: slotSize).compactMap { start in
      let count = Int(bytes[start])
      return count == 0 ? nil : String(decoding: bytes[(start + 1)..<(start + 1 + count)], as: UTF8.self)
    }
  }
}

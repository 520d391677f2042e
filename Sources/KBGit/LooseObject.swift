import CZlib

/// An object that git keeps in a file of its own, compressed by zlib: a head of type and size, then that many bytes.
///
/// It is read here and not by libgit2 (1.5.1), which never returns from a file that is cut short, as after a power
/// failure, and writes past its buffer where the head names fewer bytes than follow. Nothing larger than what the file
/// can hold is allocated, and every byte is checked: zlib keeps a checksum.
struct LooseObject {
  enum ObjectType: String { case commit, tree, blob, tag }

  let type: ObjectType
  let size: Int
  /// Empty where only the head was asked for.
  let bytes: [UInt8]

  /// The largest number of bytes that a head takes.
  private static let longestHead = 64
  /// zlib makes at most this many bytes of one (RFC 1951: 258 bytes of two bits).
  private static let mostPerByte = 1032

  /// Reads a file; `nil` where it is damaged.
  ///
  /// `isHead`: whether only the head is asked for; `file` may then be the beginning of the file.
  init?(_ file: [UInt8], isHead: Bool = false) {
    guard var stream = Inflation(file) else { return nil }
    let start = stream.next(LooseObject.longestHead)
    guard let end = start.firstIndex(of: 0), let head = LooseObject.head(start[..<end]) else { return nil }
    (type, size) = head
    guard !isHead else {
      bytes = []
      return
    }
    var bytes = Array(start[(end + 1)...])
    guard bytes.count <= size, size / LooseObject.mostPerByte <= file.count else { return nil }
    // One byte more than named tells that there are more.
    bytes.append(contentsOf: stream.next(size - bytes.count + 1))
    guard bytes.count == size, stream.isAtEnd else { return nil }
    self.bytes = bytes
  }

  private static func head(_ text: ArraySlice<UInt8>) -> (ObjectType, Int)? {
    let parts = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let type = ObjectType(rawValue: String(decoding: parts[0], as: UTF8.self)),
      parts[1].allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let size = Int(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    return (type, size)
  }
}

/// A compressed text while it is unpacked; sole owner of zlib's state.
@safe private struct Inflation: ~Copyable {
  private let state: UnsafeMutablePointer<z_stream>
  private let input: [UInt8]
  private var used = 0
  /// Whether the text has ended, and its checksum is right.
  private(set) var isAtEnd = false

  init?(_ input: [UInt8]) {
    self.input = input
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: z_stream())
    guard unsafe inflateInit_(state, zlibVersion(), CInt(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
  }

  deinit {
    unsafe inflateEnd(state)
    unsafe state.deallocate()
  }

  /// Returns the next bytes, at most `most`; fewer where the text ends or is damaged.
  mutating func next(_ most: Int) -> [UInt8] {
    guard !isAtEnd else { return [] }
    let (state, used) = unsafe (state, used)
    var (isAtEnd, taken) = (false, 0)
    let bytes = unsafe input.withUnsafeBufferPointer { input in
      unsafe [UInt8](unsafeUninitializedCapacity: most) { output, count in
        while count < most, taken < input.count - used {
          // zlib counts in 32 bits.
          let (left, room) = (min(input.count - used - taken, 1 << 30), min(most - count, 1 << 30))
          unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.advanced(by: used + taken))
          unsafe state.pointee.avail_in = UInt32(left)
          unsafe state.pointee.next_out = output.baseAddress?.advanced(by: count)
          unsafe state.pointee.avail_out = UInt32(room)
          let code = unsafe inflate(state, Z_NO_FLUSH)
          let (read, written) = unsafe (left - Int(state.pointee.avail_in), room - Int(state.pointee.avail_out))
          taken += read
          count += written
          isAtEnd = code == Z_STREAM_END
          // Without progress there will be none: the text is damaged.
          guard code == Z_OK, read > 0 || written > 0 else { break }
        }
      }
    }
    self.used += taken
    self.isAtEnd = isAtEnd
    return bytes
  }
}

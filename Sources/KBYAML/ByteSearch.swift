import POSIX

extension [UInt8] {
  /// The offset of the first such byte, from `start` on; the system's `memchr` looks at many bytes in a step.
  package func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
    unsafe withUnsafeBytes { buffer in
      guard start < buffer.count, let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, CInt(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}

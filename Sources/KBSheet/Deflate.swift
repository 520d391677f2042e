import CZlib

/// Compression as in zip archives (RFC 1951), with zlib.
enum Deflate {
  enum Failure: Error {
    case broken
    /// More comes out than is allowed.
    case tooLarge
  }

  static var libraryVersion: String { unsafe String(cString: zlibVersion()) }

  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    let version = unsafe zlibVersion()
    guard
      unsafe deflateInit2_(
        &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { preconditionFailure("zlib: out of memory") }
    defer { unsafe deflateEnd(&stream) }
    let bound = unsafe Int(deflateBound(&stream, uLong(bytes.count)))
    var input = bytes
    var output = [UInt8](repeating: 0, count: bound)
    let count = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = uInt(input.count)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = uInt(output.count)
        guard unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END else { preconditionFailure("zlib: deflate") }
        return unsafe output.count - Int(stream.avail_out)
      }
    }
    return Array(output.prefix(count))
  }

  /// Decompresses at most `most` bytes; more are refused, so that a small file does not fill the memory.
  static func decompress(_ bytes: ArraySlice<UInt8>, most: Int) throws(Failure) -> [UInt8] {
    var stream = unsafe z_stream()
    let version = unsafe zlibVersion()
    guard unsafe inflateInit2_(&stream, -15, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      preconditionFailure("zlib: out of memory")
    }
    defer { unsafe inflateEnd(&stream) }
    var input = Array(bytes)
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while true {
      let (status, taken, made) = unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe chunk.withUnsafeMutableBufferPointer { chunk in
          unsafe stream.next_in = input.baseAddress.map { unsafe $0 + offset }
          unsafe stream.avail_in = uInt(input.count - offset)
          unsafe stream.next_out = chunk.baseAddress
          unsafe stream.avail_out = uInt(chunk.count)
          let status = unsafe inflate(&stream, Z_NO_FLUSH)
          return unsafe (
            status, input.count - offset - Int(stream.avail_in), chunk.count - Int(stream.avail_out)
          )
        }
      }
      offset += taken
      guard output.count + made <= most else { throw .tooLarge }
      output += chunk.prefix(made)
      if status == Z_STREAM_END { return output }
      guard status == Z_OK, taken > 0 || made > 0 else { throw .broken }
    }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value: uLong = 0
    unsafe bytes.withUnsafeBufferPointer { bytes in
      value = unsafe crc32(0, bytes.baseAddress, uInt(bytes.count))
    }
    return UInt32(truncatingIfNeeded: value)
  }
}

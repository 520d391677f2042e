import Glibc

/// The bytes of a file.
struct ByteFile {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads a whole file.
  init(reading path: String) throws(SystemError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("can't open \(path)") }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError("can't look at \(path)") }
    let size = Int(status.st_size)
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = unsafe max(0, read(descriptor, buffer.baseAddress, size))
    }
    guard bytes.count == size else { throw SystemError("can't read \(path)") }
  }

  /// Writes a file, replacing what was there.
  func write(to path: String) throws(SystemError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemError("can't create \(path)") }
    defer { close(descriptor) }
    let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw SystemError("can't write \(path)") }
  }
}

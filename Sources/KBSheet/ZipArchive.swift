/// The parts of a zip archive, as spreadsheets use it: one disk, stored or deflated, no encryption (APPNOTE 6.3).
struct ZipArchive {
  enum Failure: Error {
    case notAnArchive
    case encrypted
    /// A spreadsheet, of a format that is not read.
    case otherFormat
    case tooLarge
    case broken(String)
  }

  private struct Entry {
    let method: Int
    let flags: Int
    let compressed: Int
    let size: Int
    let offset: Int
  }

  /// The number of bytes that all parts together may have when they are unpacked.
  static let mostBytes = 200 << 20

  private let bytes: [UInt8]
  private var entries: [String: Entry] = [:]
  private var left: Int

  init(_ bytes: [UInt8], most: Int = mostBytes) throws(Failure) {
    self.bytes = bytes
    left = most
    // The directory is named at the end, before a comment of at most 64 KB.
    let first = max(0, bytes.count - 22 - 0xFFFF)
    guard bytes.count >= 22, let end = stride(from: bytes.count - 22, through: first, by: -1).first(where: isEnd)
    else { throw .notAnArchive }
    let count = number(end + 10, 2)
    var offset = number(end + 16, 4)
    var sum = 0
    for _ in 0..<count {
      guard offset + 46 <= bytes.count, number(offset, 4) == 0x0201_4B50 else { throw .broken("directory") }
      let (nameLength, extra, comment) = (number(offset + 28, 2), number(offset + 30, 2), number(offset + 32, 2))
      guard offset + 46 + nameLength <= bytes.count else { throw .broken("directory") }
      let name = String(decoding: bytes[(offset + 46)..<(offset + 46 + nameLength)], as: UTF8.self)
      let entry = Entry(
        method: number(offset + 10, 2), flags: number(offset + 8, 2), compressed: number(offset + 20, 4),
        size: number(offset + 24, 4), offset: number(offset + 42, 4))
      sum += entry.size
      entries[name] = entry
      offset += 46 + nameLength + extra + comment
    }
    // Whoever says the sizes honestly is refused before anything is unpacked.
    guard sum <= most else { throw .tooLarge }
  }

  private func isEnd(_ offset: Int) -> Bool { number(offset, 4) == 0x0605_4B50 }

  private func number(_ offset: Int, _ length: Int) -> Int {
    (0..<length).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }

  var names: [String] { entries.keys.sorted() }

  /// Unpacks a part; `nil` when there is none with that name.
  mutating func part(_ name: String) throws(Failure) -> [UInt8]? {
    guard let entry = entries[name] else { return nil }
    guard entry.flags & 1 == 0 else { throw .encrypted }
    guard entry.offset + 30 <= bytes.count, number(entry.offset, 4) == 0x0403_4B50 else { throw .broken(name) }
    let start = entry.offset + 30 + number(entry.offset + 26, 2) + number(entry.offset + 28, 2)
    guard start + entry.compressed <= bytes.count, start + entry.compressed >= start else { throw .broken(name) }
    let data = bytes[start..<(start + entry.compressed)]
    let content: [UInt8]
    switch entry.method {
    case 0:
      guard data.count <= left else { throw .tooLarge }
      content = Array(data)
    case 8:
      do throws(Deflate.Failure) {
        content = try Deflate.decompress(data, most: left)
      } catch {
        switch error {
        case .broken: throw .broken(name)
        case .tooLarge: throw .tooLarge
        }
      }
    default: throw .broken(name)
    }
    left -= content.count
    return content
  }
}

/// Writes a zip archive.
struct ZipWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a part. Every part has the same time: the same table makes the same bytes.
  mutating func add(_ name: String, _ content: [UInt8]) {
    let data = Deflate.compress(content)
    let offset = bytes.count
    var head: [UInt8] = []
    func add(_ value: Int, _ length: Int) { for byte in 0..<length { head.append(UInt8(value >> (8 * byte) & 0xFF)) } }
    // Version 2.0, names in UTF-8, deflated, 1980-01-01.
    for (value, length) in [(20, 2), (0x0800, 2), (8, 2), (0, 2), (0x21, 2)] { add(value, length) }
    add(Int(Deflate.checksum(content)), 4)
    add(data.count, 4)
    add(content.count, 4)
    add(name.utf8.count, 2)
    add(0, 2)
    bytes += [0x50, 0x4B, 0x03, 0x04] + head + Array(name.utf8) + data
    directory += [0x50, 0x4B, 0x01, 0x02, 20, 0] + head
    head = []
    for (value, length) in [(0, 2), (0, 2), (0, 2), (0, 4), (offset, 4)] { add(value, length) }
    directory += head + Array(name.utf8)
    count += 1
  }

  /// The archive.
  func finished() -> [UInt8] {
    var end: [UInt8] = [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0]
    func add(_ value: Int, _ length: Int) { for byte in 0..<length { end.append(UInt8(value >> (8 * byte) & 0xFF)) } }
    add(count, 2)
    add(count, 2)
    add(directory.count, 4)
    add(bytes.count, 4)
    add(0, 2)
    return bytes + directory + end
  }
}

/// The size of a picture in pixels, read from the first bytes of its file: a page keeps the place for it.
public struct PixelSize: Sendable, Hashable {
  public let width: Int
  public let height: Int

  /// Larger numbers are no sizes of pictures.
  private static let largest = 100_000

  public init?(width: Int, height: Int) {
    guard (1...PixelSize.largest).contains(width), (1...PixelSize.largest).contains(height) else { return nil }
    (self.width, self.height) = (width, height)
  }

  /// The number of bytes that tell the size of a picture, by the ending of its name; `nil` for other files.
  static func bytesNeeded(_ ending: String) -> Int? {
    switch ending {
    case "png", "gif", "webp": 32
    // Before the frame there may be facts of a camera, with a small picture.
    case "jpg", "jpeg": 96 * 1024
    default: nil
    }
  }

  /// Reads the size; `nil` where the bytes are no picture of these forms.
  public init?(_ bytes: [UInt8]) {
    func number(_ at: Int, _ count: Int, isLittle: Bool = false) -> Int {
      let part = bytes[at..<(at + count)]
      return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
    }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), bytes.count >= 24 {
      self.init(width: number(16, 4), height: number(20, 4))
    } else if bytes.starts(with: "GIF8".utf8), bytes.count >= 10 {
      self.init(width: number(6, 2, isLittle: true), height: number(8, 2, isLittle: true))
    } else if bytes.starts(with: "RIFF".utf8), bytes.count >= 30, bytes[8..<12].elementsEqual("WEBP".utf8) {
      self.init(webp: bytes)
    } else if bytes.starts(with: [0xFF, 0xD8]) {
      self.init(jpeg: bytes)
    } else {
      return nil
    }
  }

  /// Source: "WebP Container Specification", developers.google.com.
  private init?(webp bytes: [UInt8]) {
    func little(_ at: Int, _ count: Int) -> Int { bytes[at..<(at + count)].reversed().reduce(0) { $0 << 8 | Int($1) } }
    switch String(decoding: bytes[12..<16], as: UTF8.self) {
    case "VP8 ": self.init(width: little(26, 2) & 0x3FFF, height: little(28, 2) & 0x3FFF)
    case "VP8L":
      let bits = little(21, 4)
      self.init(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
    case "VP8X": self.init(width: little(24, 3) + 1, height: little(27, 3) + 1)
    default: return nil
    }
  }

  /// Looks for the frame among the segments (ITU-T T.81, annex B). A camera may have noted that the picture is to be turned: then
  /// nothing is said.
  private init?(jpeg bytes: [UInt8]) {
    var at = 2
    while at + 9 < bytes.count {
      guard bytes[at] == 0xFF else { return nil }
      let kind = bytes[at + 1]
      if kind == 0xFF {
        at += 1
        continue
      }
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      if kind == 0xE1, bytes[(at + 4)...].starts(with: "Exif".utf8) { return nil }
      if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
        self.init(
          width: Int(bytes[at + 7]) << 8 | Int(bytes[at + 8]), height: Int(bytes[at + 5]) << 8 | Int(bytes[at + 6]))
        return
      }
      at += 2 + length
    }
    return nil
  }
}

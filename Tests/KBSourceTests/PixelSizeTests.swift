import KBSource
import Testing

@Suite struct `The size of a picture` {
  private func text(_ bytes: [UInt8]) -> String? { PixelSize(bytes).map { "\($0.width)x\($0.height)" } }

  private let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 1, 44, 0, 0, 0, 200]
  private let frame: [UInt8] = [0xFF, 0xC2, 0, 11, 8, 0, 200, 1, 44, 1, 1, 0x11, 0]

  private func webp(_ form: String, _ rest: [UInt8]) -> [UInt8] {
    Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP\(form)".utf8) + rest + [0, 0, 0, 0, 0, 0, 0, 0]
  }

  @Test func `is read from the head of its file`() {
    #expect(text(png) == "300x200")
    #expect(text(Array("GIF89a".utf8) + [44, 1, 200, 0]) == "300x200")
    #expect(text([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0] + frame) == "300x200")
    #expect(text([0xFF, 0xD8, 0xFF, 0xDB, 0, 3, 0, 0xFF] + frame) == "300x200")
    #expect(text(webp("VP8X", [10, 0, 0, 0, 0, 0, 0, 0, 43, 1, 0, 199, 0, 0])) == "300x200")
    #expect(text(webp("VP8 ", [0, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, 44, 1, 200, 0])) == "300x200")
    #expect(text(webp("VP8L", [0, 0, 0, 0, 0x2F, 0x2B, 0xC1, 0x31, 0])) == "300x200")
  }

  @Test func `is not known of what is none, is cut short, or is to be turned`() {
    for length in 0..<24 { #expect(text(Array(png.prefix(length))) == nil) }
    #expect(text([0xFF, 0xD8, 0xFF, 0xE1, 0, 8] + Array("Exif".utf8) + [0, 0] + frame) == nil)
    #expect(text([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 0]) == nil)
    #expect(text(Array("GIF89a".utf8) + [0, 0, 200, 0]) == nil && text(Array("<svg/>".utf8)) == nil && text([]) == nil)
  }
}

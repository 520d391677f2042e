/// The result of a look into a file that a page could show or offer.
public enum AttachmentCheck: Sendable, Hashable {
  /// It is published as it is, where its type is published at all.
  case whole
  /// A picture that is published as it is, and its size.
  case picture(PixelSize)
  /// A picture in SVG; these parts of it are left out.
  case cleaned([SVGPicture.Part])
  /// A picture in SVG that can't be read.
  case refused(SVGPicture.Refusal)
  /// Its name is that of a picture, and there is nothing in it.
  case empty
  /// Its name is that of a picture, and it holds something else, as a page of a server that was saved in its place.
  case foreign
  /// It is what Git LFS leaves in the place of the file.
  case pointer
  /// It holds a private key.
  case privateKey
  /// git has it, and the working tree does not.
  case notCheckedOut

  /// Whether the file, or its cleaned copy, may be published.
  public var isPublishable: Bool {
    switch self {
    case .whole, .picture, .cleaned: true
    case .refused, .empty, .foreign, .pointer, .privateKey, .notCheckedOut: false
    }
  }

  private static let keyEndings: Set<String> = [
    "pem", "crt", "cer", "key", "ovpn", "der", "csr", "txt", "conf", "cfg", "",
  ]

  /// The number of bytes that a look into a file needs, or `nil` when its name is enough.
  public static func bytesNeeded(_ path: RepoPath) -> Int? {
    switch path.ending {
    case "svg": SVGPicture.largest + 1
    case let ending where keyEndings.contains(ending): 256 * 1024
    case let ending: PixelSize.bytesNeeded(ending)
    }
  }

  /// The size of a picture, where it is known.
  public var pixels: PixelSize? { if case .picture(let size) = self { size } else { nil } }

  /// Looks into the first bytes of a file.
  public init(_ path: RepoPath, _ bytes: [UInt8]) {
    if PixelSize.bytesNeeded(path.ending) != nil {
      self =
        PixelSize(bytes).map(AttachmentCheck.picture)
        ?? (bytes.isEmpty ? .empty : AttachmentCheck.isForeign(bytes) ? .foreign : .whole)
      return
    }
    guard path.ending == "svg" else {
      self = AttachmentCheck.holdsPrivateKey(bytes) ? .privateKey : .whole
      return
    }
    do throws(SVGPicture.Refusal) {
      let picture = try SVGPicture(bytes)
      self = picture.removed.isEmpty ? .whole : .cleaned(picture.removed)
    } catch {
      self = .refused(error)
    }
  }

  /// The bytes that a site gets of a file: of a picture in SVG its harmless copy, and an empty one where there is none.
  public static func published(_ path: RepoPath, _ bytes: [UInt8]) -> [UInt8] {
    guard path.ending == "svg" else { return bytes }
    do throws(SVGPicture.Refusal) {
      return try SVGPicture(bytes).bytes
    } catch {
      // It has changed since it was looked at.
      return Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8)
    }
  }

  /// Whether a file is certainly no picture: a page, XML, JSON, a PDF, a ZIP archive. Of all others a browser decides.
  private static func isForeign(_ bytes: [UInt8]) -> Bool {
    let text = bytes.drop { $0 <= UInt8(ascii: " ") || [0xEF, 0xBB, 0xBF].contains($0) }
    return text.isEmpty || ["<", "{", "%PDF", "PK\u{3}\u{4}"].contains { text.starts(with: $0.utf8) }
  }

  /// `-----BEGIN PRIVATE KEY-----`, with whatever word before it (RFC 7468, OpenSSH, PGP).
  private static func holdsPrivateKey(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    let begin = Array("-----BEGIN ".utf8)
    while let at = rest.firstIndex(of: begin[0]) {
      rest = rest[at...]
      if rest.starts(with: begin) {
        let line = rest.prefix(80).prefix { $0 != 0x0A }
        if String(decoding: line, as: UTF8.self).contains("PRIVATE KEY") { return true }
        rest = rest.dropFirst(begin.count)
      } else {
        rest = rest.dropFirst()
      }
    }
    return false
  }
}

extension RepoPath {
  /// What follows the last point of the name, in lower case; empty without one.
  public var ending: String {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }
}

import KBSource
import KBTestSupport
import Testing

@testable import KBSecrets

/// Keys of made-up bytes in the forms in which programs write private keys.
@Suite struct `A private key` {
  private static let begin = "-----BEGIN "
  private static let rsa = lines(of: [0x30, 0x82, 0x04, 0xA4, 0x02, 0x01, 0x00, 0x02, 0x82], size: 1192)
  private static let ed25519 = lines(
    of: [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20], size: 48)

  /// Base64 of some bytes and others after them, in lines.
  private static func lines(of head: [UInt8], size: Int, width: Int = 64) -> [String] {
    var random = SeededGenerator(seed: UInt64(size))
    let bytes = head + (head.count..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
    return lines(bytes, width: width)
  }

  private static func lines(_ bytes: [UInt8], width: Int = 64) -> [String] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text: [Character] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | Int($1 < group.count ? group[start + $1] : 0) }
      for place in 0..<4 { text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : "=") }
    }
    return stride(from: 0, to: text.count, by: width).map { String(text[$0..<min($0 + width, text.count)]) }
  }

  private static func block(
    _ name: String = "RSA PRIVATE KEY", _ lines: [String] = rsa, heading: String = "", join: String = "\n"
  ) -> String {
    ([begin + name + "-----"] + (heading.isEmpty ? [] : [heading]) + lines + ["-----END \(name)-----"]).joined(
      separator: join)
  }

  private static func masked(_ text: String) -> String {
    let mask = SecretMask(SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(text.utf8)))
    return String(decoding: mask.file.bytes, as: UTF8.self)
  }

  private static let forms: [(String, String, [String])] = [
    ("PKCS #1", block(), rsa), ("of 16384 bits", block("PRIVATE KEY", longest), longest),
    ("of 64 digits", block("PRIVATE KEY", ed25519), ed25519),
    (
      "encrypted", block(heading: "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0A1B2C3D4E5F60718293A4B5C6D7E8F9\n"),
      rsa
    ),
    ("with a comment", block(heading: "Comment: my-key\n"), rsa),
    ("OpenPGP", block("PGP PRIVATE KEY BLOCK", longest + ["=aB3c"], heading: "Version: GnuPG v2 - x\n"), longest),
    ("OpenVPN", block("OpenVPN Static key V1", (0..<16).map { _ in "0f9a3b7c5d1e8240a6b4c2d0e8f79135" }), []),
    ("of SSH2", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"x\"\n\(rsa.joined(separator: "\n"))\n", rsa),
    (
      "of PuTTY",
      "Public-Lines: 1\nAAAAB3Nz\nPrivate-Lines: \(rsa.count)\n\(rsa.joined(separator: "\n"))\nPrivate-MAC: 01\n", rsa
    ),
    ("quoted", block().split(separator: "\n").map { "> " + $0 }.joined(separator: "\n"), rsa),
    ("in JSON", "{\"private_key\": \"\(block(join: "\\n"))\\n\"}", rsa), ("on one line", block(join: " "), rsa),
    ("in a table", "| key | \(block(join: "<br>")) |", rsa),
    ("with escaped hyphens", block().replacing("-----", with: "\\-\\-\\-\\-\\-"), rsa),
    ("with entities", block().replacing("-", with: "&#45;"), rsa),
    ("with dashes", block().replacing("--", with: "—"), rsa),
    ("with escapes", "note: \"" + block(join: "\\n").replacing("-", with: "\\x2d") + "\"", rsa),
    ("with spaces that do not break", block().replacing("BEGIN ", with: "BEGIN\u{A0}"), rsa),
    ("that is cut off", begin + "PRIVATE KEY-----\n" + rsa.joined(separator: "\n"), rsa),
    ("without its lines", rsa.joined(separator: "\n"), rsa), ("in one run", rsa.joined(), [rsa.joined()]),
    (
      "in Base64 of Base64", lines(Array(block().utf8), width: 76).joined(separator: "\n"),
      lines(Array(block().utf8), width: 76)
    ),
    (
      "as a JSON Web Key",
      "{\"d\": \"\(rsa[2])\", \"kty\": \"RSA\", \"n\": \"\(ed25519[0])\", \"e\": \"AQAB\",\n \"p\": \"\(rsa[3])\"}",
      [rsa[2], rsa[3]]
    ),
  ]
  private static let longest = lines(of: [0x30, 0x82, 0x24, 0x28, 0x02, 0x01, 0x00, 0x02, 0x82], size: 12_000)

  @Test(arguments: forms)
  func `is masked to its end`(_ form: String, _ text: String, _ lines: [String]) {
    let shown = Self.masked("Before.\n\n" + text + "\n\nAfterwards comes a sentence.\n")
    let left = lines.filter { shown.contains($0) }
    #expect(
      shown.contains("xxxxxxxxxxxxxxxx") && left.isEmpty,
      "\(form): \(left.count) lines of \(lines.count) are left:\n\(shown.suffix(300))")
    #expect(
      shown.hasPrefix("Before.\n") && shown.hasSuffix("\n\nAfterwards comes a sentence.\n"),
      "\(form): \(shown.suffix(120))")
  }

  @Test(arguments: [
    block("CERTIFICATE", lines(of: [0x30, 0x82, 0x03, 0x51, 0x30, 0x82, 0x02, 0x39, 0xA0], size: 800)),
    block("PUBLIC KEY", lines(of: [0x30, 0x82, 0x01, 0x22, 0x30, 0x0D, 0x06, 0x09, 0x2A], size: 294)),
    block("PGP PUBLIC KEY BLOCK", lines(of: [0x99, 0x02, 0x0D], size: 800)),
    block("PGP MESSAGE", lines(of: [0x85, 0x02, 0x0C], size: 800)),
    "The file begins with \(begin)RSA PRIVATE KEY----- and ends with -----END RSA PRIVATE KEY-----.",
    "Der Zertifikatsantrag zwischen \(begin)PRIVATE KEY----- und dem Ende ist ein Verschlüsselungsgeheimnis im Datenschutzhandbuch, siehe Anlage.",
    block("PRIVATE KEY", ["..."]), block("PRIVATE KEY", ["MIIEvQIBADANBgkq..."]),
    block("PRIVATE KEY", Array(repeating: String(repeating: "x", count: 64), count: 6)),
    "{\"kty\": \"RSA\", \"e\": \"AQAB\", \"n\": \"\(rsa[1])\", \"kid\": \"d\"}", "Private-Lines: 14 are in the file.",
    "BEGIN the exchange of the private key at noon: 0123456789abcdef0123456789abcdef0123456789abcdef",
  ])
  func `is not a certificate, a public key, a message, or a text about keys`(_ text: String) {
    #expect(Self.masked(text) == text)
  }

  @Test func `is looked for in time proportional to the text`() {
    func seconds(_ piece: String, _ count: Int) -> Double {
      let bytes = Array(String(repeating: piece, count: count).utf8)
      return processorSeconds { _ = SecretScanner.builtIn.secrets(in: bytes) }
    }
    let line = String(repeating: "A", count: 64)
    for piece in [
      "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\n\(line)\n", "Private-Lines: 9\n\(line)\n",
      line + "\n", "{\"kty\": \"",
    ] {
      _ = seconds(piece, 10)
      let (small, large) = (seconds(piece, 400), seconds(piece, 3200))
      #expect(large < small * 20 + 0.05, "\(piece): \(small) \(large)")
    }
  }
}

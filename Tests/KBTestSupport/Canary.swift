import KBCatalog
import KBChecks
import KBSchema
import KBSource

/// A word that must not get out, in records of every kind and in every field.
public enum Canary {
  public static let word = "zzkanari"
  /// The canary as a phone number and as a price, too.
  public static let needles = [word, "7733991", "48731", "48.731", "48,731"]

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// A text, and what is written in it as Base64, with `\u`, in percents, and as references of HTML.
  public static func decodings(_ text: String) -> [String] {
    var decoded = [text]
    decoded.append(
      text.replacing(#/\\u([0-9a-fA-F]{4})/#) { match in
        UInt32(match.1, radix: 16).flatMap { Unicode.Scalar($0) }.map { String(Character($0)) } ?? ""
      })
    decoded.append(
      text.replacing(#/%([0-9a-fA-F]{2})/#) { match in
        UInt8(match.1, radix: 16).map { String(Character(Unicode.Scalar($0))) } ?? ""
      })
    decoded.append(
      text.replacing(#/&#([0-9]{1,6});/#) { match in
        UInt32(match.1).flatMap { Unicode.Scalar($0) }.map { String(Character($0)) } ?? ""
      })
    for run in text.utf8.split(whereSeparator: { !digits.contains($0) }) where run.count >= 8 {
      // A run may begin with something else: each of the four places that a group can have.
      for start in 0..<4 {
        var (bits, count, bytes): (UInt32, Int, [UInt8]) = (0, 0, [])
        for byte in run.dropFirst(start) {
          bits = bits << 6 | UInt32(digits.firstIndex(of: byte) ?? 0)
          count += 6
          if count >= 8 {
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
          }
        }
        decoded.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    return decoded
  }

  /// A value of a type as YAML; `refers` gives the id of a record of some kinds.
  private static func value(
    _ field: FieldDeclaration, _ word: String, _ number: String, _ amount: Int, _ refers: ([String]) -> String
  ) -> String {
    switch field.type {
    case .text, .markdown, .any, .hours: "\"\(word) \(field.name)\""
    case .bool: "true"
    case .integer, .number: "3"
    case .date: "2026-12-24"
    case .duration: "4h"
    case .money: "{ amount: \(amount), per: year }"
    case .slug: word
    case .url: "\"https://\(word).example/\""
    case .email: "\"\(word)@example.org\""
    case .phone: "\"\(number)\""
    case .secretRef: "vault:\(word)/x"
    case .choice(let choices): choices.first?.value ?? "x"
    case .reference(let kinds), .referenceOrText(let kinds): refers(kinds)
    case .list(let element): "[\(value(element, word, number, amount, refers))]"
    case .map(let element): "{ \(word): \(value(element, word, number, amount, refers)) }"
    case .object(let fields, _):
      "{ \(fields.map { "\($0.name): \(value($0, word, number, amount, refers))" }.joined(separator: ", ")) }"
    }
  }

  /// A record of each kind with every field filled; references lead to the records whose ids begin with `target`.
  public static func records(_ prefix: String, audience: String, number: String, amount: Int, target: String) -> [File]
  {
    let kinds = Schema.builtIn.kinds
    let refers = { (wanted: [String]) in "\(target)-\(wanted.first ?? kinds[0].id)" }
    return kinds.map { kind in
      let fields = kind.fields.filter {
        ![.audience, .status, .language].contains($0.role) && !["id", "title"].contains($0.name)
      }
      let lines = fields.map { "\($0.name): \(value($0, prefix, number, amount, refers))" }
      let links = kinds.map { "[[\(target)-\($0.id)]] [Text](../\($0.folder)/\(target)-\($0.id).md)" }.joined(
        separator: "\n")
      return (
        "\(kind.folder)/\(prefix)-\(kind.id).md",
        "---\ntitle: \(prefix) \(kind.id)\naudience: \(audience)\n\(lines.joined(separator: "\n"))\nx-note: \(prefix)\n---\n\n# \(prefix) \(kind.id)\n\n## \(prefix)\n\nText \(prefix).\n\n1. Schritt [[\(target)-system]]\n\n\(links)\n"
      )
    }
  }
}

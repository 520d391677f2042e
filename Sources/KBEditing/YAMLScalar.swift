import KBDocument
import KBSource
import KBYAML

/// A text written as a YAML scalar that reads as the very same text again.
public enum YAMLScalar {
  /// The ways to write a scalar that an edit keeps.
  enum Style: Sendable, Hashable { case plain, singleQuoted, doubleQuoted, literal, folded }

  /// The surroundings of a scalar.
  public enum Surroundings: Sendable, Hashable {
    /// Behind a key or a dash; lines of the text itself are indented so far.
    case block(indentation: Int)
    /// Between brackets.
    case flow
  }

  /// The text without quotes where it reads as the same text, in quotes otherwise; several lines as they are, after `|`.
  ///
  /// Fields are read by the types that they declare: `NO`, `0049` and `1.10` need no quotes. Lines end with a line feed.
  public static func written(_ text: String, in surroundings: Surroundings = .block(indentation: 2)) -> String {
    candidates(for: text, like: .plain, in: surroundings).first ?? doubleQuoted(text)
  }

  /// The ways to write a text, the one nearest to the old style first; each reads as the same text where it is allowed.
  static func candidates(for text: String, like style: Style, in surroundings: Surroundings) -> [String] {
    var candidates: [String?] = []
    switch style {
    case .doubleQuoted: break
    case .singleQuoted: candidates.append(singleQuoted(text))
    case .plain, .literal, .folded:
      candidates.append(readsPlain(text, in: surroundings) ? text : nil)
      if case .block(let indentation) = surroundings { candidates.append(literal(text, indentation: indentation)) }
    }
    return candidates.compactMap(\.self) + quotedWays(text)
  }

  /// The text in double quotes; where the reader takes a backslash there for a slip, in a way that it does not.
  private static func quotedWays(_ text: String) -> [String] {
    let quoted = doubleQuoted(text)
    guard quoted.contains("\\") else { return [quoted] }
    let file = SourceFile(path: RepoPath(normalized: "scalar.yml"), bytes: Array("k: \(quoted)\n".utf8))
    guard YAMLFile(parsing: file).diagnostics.isEmpty else {
      return [singleQuoted(text), doubleQuoted(text, isPlain: true)].compactMap(\.self)
    }
    return [quoted]
  }

  // MARK: Styles

  /// Whether the text, written as it is, reads as itself: the reader decides.
  static func readsPlain(_ text: String, in surroundings: Surroundings) -> Bool {
    guard !text.isEmpty, !text.unicodeScalars.contains(where: needsEscape) else { return false }
    // Behind a key, and as an item.
    let yaml = surroundings == .flow ? "k: [{a: \(text)}, \(text)]\n" : "k:\n  - a: \(text)\n  - \(text)\n"
    let file = YAMLFile(parsing: SourceFile(path: RepoPath(normalized: "scalar.yml"), bytes: Array(yaml.utf8)))
    guard file.diagnostics.isEmpty, let nodes = file.root?["k"]?.sequence, nodes.count == 2 else { return false }
    return [nodes[0]["a"], nodes[1]].allSatisfy { node in
      guard let node, case .scalar(let read, isPlain: true) = node.content else { return false }
      return !node.isEmpty && read.utf8.elementsEqual(text.utf8)
    }
  }

  /// Only printable characters are allowed between single quotes; of several lines the ends would be lost.
  private static func singleQuoted(_ text: String) -> String? {
    guard !text.unicodeScalars.contains(where: needsEscape) else { return nil }
    return "'\(text.replacing("'", with: "''"))'"
  }

  /// `isPlain`: with numbers in the place of letters, which may look like the path of a file.
  private static func doubleQuoted(_ text: String, isPlain: Bool = false) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\" where !isPlain: quoted += "\\\\"
      case "\n" where !isPlain: quoted += "\\n"
      case "\r" where !isPlain: quoted += "\\r"
      case "\t" where !isPlain: quoted += "\\t"
      case _ where needsEscape(scalar) || scalar == "\\":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value < 0x100 ? 2 : 4
        quoted += (width == 2 ? "\\x" : "\\u") + String(repeating: "0", count: max(0, width - digits.count)) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// `|` and the lines, where every line shows where it begins and ends.
  private static func literal(_ text: String, indentation: Int) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let first = lines.first, let start = first.unicodeScalars.first, start != " ", start != "\t",
      !text.unicodeScalars.contains(where: { needsEscape($0) && $0 != "\n" }),
      !lines.contains(where: { $0.last == " " || $0.last == "\t" })
    else { return nil }
    let ends = lines.reversed().prefix { $0.isEmpty }.count
    let header = ends == 0 ? "|-" : ends == 1 ? "|" : "|+"
    let margin = String(repeating: " ", count: indentation)
    // The end of the last line is that of the field's line.
    return ([header] + lines.dropLast(min(ends, 1)).map { $0.isEmpty ? "" : margin + $0 }).joined(separator: "\n")
  }

  /// Whether a character is only understood as an escape between double quotes: controls, and what YAML takes for line ends.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}

extension YAMLScalar.Style {
  /// The style of a scalar, told by its first byte.
  init(firstByte: UInt8?) {
    self =
      switch firstByte {
      case UInt8(ascii: "\""): .doubleQuoted
      case UInt8(ascii: "'"): .singleQuoted
      case UInt8(ascii: "|"): .literal
      case UInt8(ascii: ">"): .folded
      default: .plain
      }
  }
}

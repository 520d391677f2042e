/// A picture in SVG as it is published: a copy that holds nothing a browser would run or fetch.
///
/// What draws stays, with its styles, fonts and texts. Scripts, event handlers, animations that set attributes, addresses outside
/// and embedded HTML go; where HTML is the only text of a box, its text stays.
public struct SVGPicture: Sendable {
  /// The bytes of the copy; the same file always gives the same bytes.
  public let bytes: [UInt8]
  /// What went, and may be missed; each once, in order.
  public let removed: [Part]

  /// Something that a copy does not have.
  public enum Part: Int, Sendable, Hashable, Comparable {
    case script, handler, address, html, style, animation, element

    public static func < (left: Part, right: Part) -> Bool { left.rawValue < right.rawValue }
  }

  /// Why a file is not published at all.
  public enum Refusal: Error, Sendable, Hashable {
    case notWellFormed(line: Int)
    /// An entity that XML does not know.
    case entity(String)
    /// A document type with declarations of its own.
    case doctype
    /// Not UTF-8; empty when the file does not say what it is.
    case encoding(String)
    case noSVG
    case tooLarge
    case tooDeep
  }

  /// The largest file that is read.
  public static let largest = 8 * 1024 * 1024

  /// Reads a file, and cleans it.
  public init(_ file: [UInt8]) throws(Refusal) { try self.init(file, depth: 0) }

  /// `depth`: the number of pictures around this one.
  init(_ file: [UInt8], depth: Int) throws(Refusal) {
    guard file.count <= SVGPicture.largest else { throw .tooLarge }
    let root: XMLTree.Element
    do throws(XMLTree.Fault) {
      root = try XMLTree.read(file)
    } catch {
      switch error {
      case .notWellFormed(let line): throw .notWellFormed(line: line)
      case .entity(let name): throw .entity(name)
      case .doctype: throw .doctype
      case .encoding(let name): throw .encoding(name)
      case .tooDeep: throw .tooDeep
      case .tooLarge: throw .tooLarge
      }
    }
    guard root.name == "svg", root.namespace == SVGCleaner.namespace || root.namespace.isEmpty else { throw .noSVG }
    var cleaner = SVGCleaner(depth: depth, namespace: root.namespace)
    cleaner.write(root: root)
    // Pictures within repeat others by reference; a few dozen lines could ask for more shapes than there are atoms.
    guard cleaner.isBounded else { throw .tooLarge }
    bytes = cleaner.bytes
    removed = cleaner.removed.sorted()
  }
}

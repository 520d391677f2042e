import Foundation

/// A folder on disk.
struct Folder {
  let path: String

  /// The path of something in the folder.
  func appending(_ name: String) -> String { "\(path)/\(name)" }

  /// The folder of a name in this one.
  func folder(_ name: String) -> Folder { Folder(path: appending(name)) }

  /// Creates the folder and those above it.
  func create() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

  /// Removes the folder with all that is in it, if it exists.
  func remove() throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }

  /// Moves the folder, if it exists, to a free name beside it.
  ///
  /// Removing it would be measured, too: ext4 does not hand out inodes again that were freed in the last minutes, and whoever
  /// creates files meanwhile searches past all of them.
  func setAside() throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    var number = 1
    while FileManager.default.fileExists(atPath: "\(path)-\(number)") { number += 1 }
    try FileManager.default.moveItem(atPath: path, toPath: "\(path)-\(number)")
  }

  /// The names in the folder, in order.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

  /// How many files lie in the folder and those below it, and how many bytes they have.
  func size() throws -> (files: Int, bytes: Int) {
    guard let files = FileManager.default.enumerator(atPath: path) else { throw BenchError("\(path) is missing") }
    var (count, bytes) = (0, 0)
    while files.nextObject() != nil {
      guard let attributes = files.fileAttributes, attributes[.type] as? FileAttributeType == .typeRegular else {
        continue
      }
      count += 1
      bytes += (attributes[.size] as? NSNumber)?.intValue ?? 0
    }
    return (count, bytes)
  }
}

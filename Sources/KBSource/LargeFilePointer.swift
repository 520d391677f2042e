/// What Git LFS leaves in git in the place of a large file.
public struct LargeFilePointer {
  /// The number of bytes that a pointer may have (git-lfs, docs/spec.md).
  public static let sizes = 100..<1024

  /// The size of the file that it stands for.
  public let size: Int

  /// Reads a pointer, or returns `nil` when the bytes are none.
  public init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8) else { return nil }
    let sizes = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap {
      $0.hasPrefix("size ") ? Int($0.dropFirst(5)) : nil
    }
    guard let size = sizes.first else { return nil }
    self.size = size
  }
}

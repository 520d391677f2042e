import CStemmer
import KBSource

/// Sole owner of one Snowball stemmer (snowballstem.org), freed exactly once. Not `Sendable`: it keeps its last word.
@safe struct Stemmer: ~Copyable {
  private let handle: OpaquePointer?

  init(_ language: Language) {
    let name = language == .german ? "german" : "english"
    // The two languages are in every libstemmer; without memory there is no stemmer, and words stay as they are.
    unsafe handle = sb_stemmer_new(name, "UTF_8")
  }

  deinit { unsafe sb_stemmer_delete(handle) }

  /// The stem of a folded word.
  func stem(_ word: ArraySlice<UInt8>) -> [UInt8] {
    guard let handle = unsafe handle else { return Array(word) }
    return unsafe word.withUnsafeBufferPointer { bytes in
      guard let stem = unsafe sb_stemmer_stem(handle, bytes.baseAddress, Int32(bytes.count)) else { return Array(word) }
      return unsafe Array(UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(handle))))
    }
  }
}

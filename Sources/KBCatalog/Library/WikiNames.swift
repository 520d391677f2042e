import KBDocument
import KBSource

/// The records that wiki links name by a path, as Obsidian, Gollum and GitLab write them.
extension Names {
  /// Returns the number of the record that a wiki link names: by its id, a former one, its title, or the path of its file from
  /// the root, from the file at `source`, or from any folder. Capitals do not matter, nor `.md`, nor spaces for hyphens.
  func index(of address: WikiAddress, from source: RepoPath?) -> Int? {
    var name = Substring(address.name)
    for ending in [".md", ".markdown"] where name.lowercased().hasSuffix(ending) { name = name.dropLast(ending.count) }
    let isPath = name.contains("/")
    if isPath, let found = index(ofPath: name, from: source) { return found }
    if let found = address.first(index(of:)) ?? byOtherName[Names.folded(address.name)] { return found }
    let found = isPath ? nil : index(ofPath: name, from: source)
    if let found = found ?? WikiAddress(String(name)).first(index(of:)) { return found }
    // As in an address: `[[Getting%20Started]]`.
    let decoded = LinkAddress.percentDecoded(address.name)
    return decoded == address.name ? nil : index(of: WikiAddress(decoded), from: source)
  }

  private func index(ofPath name: Substring, from source: RepoPath?) -> Int? {
    let isFromRoot = name.first == "/"
    let path = RepoPath(String(name.drop { $0 == "/" }))?.string
    let relative = isFromRoot ? nil : source?.resolving(name)?.string
    // The exact spelling first.
    for stem in [path, relative].compactMap(\.self) {
      let files = ["\(stem).md", "\(stem)/index.md", "\(stem)/README.md", "\(stem)/_index.md"]
      if let found = files.lazy.compactMap({ byPath[RepoPath(normalized: $0)] }).first { return found }
    }
    let wanted = [path, relative].compactMap { $0.map(Names.folded) }
    guard let last = (path ?? relative)?.split(separator: "/").last, !wanted.isEmpty else { return nil }
    let candidates = (files[Names.folded(String(last))] ?? []).map { (index: $0, path: folded[$0]) }
    for path in wanted { if let found = candidates.first(where: { $0.path == path }) { return found.index } }
    // A part of a path, where it tells one file from all others; from the root it is the whole path.
    guard !isFromRoot, let path else { return nil }
    let ending = "/" + Names.folded(path)
    let found = candidates.filter { $0.path.hasSuffix(ending) }
    return found.count == 1 ? found[0].index : nil
  }

  /// A name or a path in lower case, with hyphens for spaces and underscores.
  static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(decoding: text.utf8.map { $0 == 0x20 || $0 == 0x5F ? 0x2D : $0.asciiLowercased }, as: UTF8.self)
    }
    return String(text.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
  }
}

import KBSource

/// A filter of the files that git lists: it admits those that a walk over the working tree would find.
struct ListedFileFilter {
  private let ignore: IgnoreList
  private let output: RepoPath?
  /// Folders that `kb` built.
  private var built: Set<String> = []
  private var known: [String: Bool] = ["": true]
  /// The files whose names were looked at.
  private var told: Set<RepoPath> = []
  /// The files, for links that lead to them.
  private var byPath: [RepoPath: ListedFile] = [:]
  var findings: [Diagnostic] = []
  /// What is there and is not read.
  private(set) var unread: [RepoPath: Snapshot.Unread] = [:]

  init(_ files: [ListedFile], ignore: IgnoreList, output: RepoPath?, marker: String) {
    self.ignore = ignore
    self.output = output
    for file in files {
      let path = String(decoding: file.path, as: UTF8.self)
      byPath[RepoPath(normalized: path)] = file
      if path.hasSuffix("/\(marker)") { built.insert(String(path.dropLast(marker.count + 1))) }
    }
  }

  /// The file's path, when it belongs to the knowledge base; a name that is no text becomes a finding.
  mutating func admitted(_ file: ListedFile) -> RepoPath? {
    let text = String(decoding: file.path, as: UTF8.self)
    let path = RepoPath(normalized: text)
    if WorkingTreeRules.journalNames.contains(text) { findings.append(FileFindings.foreignJournal(text)) }
    guard isOpen(folder: String(path.folder)) else { return nil }
    guard !RepoPath.isHidden(name: path.name.utf8) else {
      unread[path] = .hidden
      return nil
    }
    guard text.utf8.elementsEqual(file.path) else {
      findings.append(FileFindings.badName(path))
      return nil
    }
    guard !ignore.excludes(path, isFolder: file.mode == .submodule) else {
      unread[path] = .ignored
      return nil
    }
    let verdict = FileNames.verdict(on: path, isText: FileRole(path) != .attachment)
    if told.insert(path).inserted { findings += verdict.findings }
    if !verdict.isRead { unread[path] = .oddName }
    return verdict.isRead ? path : nil
  }

  private mutating func isOpen(folder: String) -> Bool {
    if let decided = known[folder] { return decided }
    let path = RepoPath(normalized: folder)
    let isBelowOpen = isOpen(folder: String(path.folder)) && path != output && !built.contains(folder)
    let isHidden = RepoPath.isHidden(name: path.name.utf8)
    let isIgnored = ignore.excludes(path, isFolder: true)
    if isBelowOpen, isHidden || isIgnored { unread[path] = isHidden ? .hidden : .ignored }
    var open = isBelowOpen && !isHidden && !isIgnored
    if open {
      let verdict = FileNames.verdict(on: path, isText: true)
      findings += verdict.findings
      open = verdict.isRead
      if !open { unread[path] = .oddName }
    }
    known[folder] = open
    if open, FileRole(path) != .attachment { findings.append(FileFindings.notAFile(path)) }
    return open
  }

  /// Returns the object of the file that a link leads to, or `nil`: for a folder, and with a finding when it leads out or nowhere.
  mutating func target(of link: RepoPath, _ id: ObjectID, read: (ObjectID) throws(GitError) -> [UInt8])
    throws(GitError) -> ObjectID?
  {
    var path = link
    var text = String(decoding: try read(id), as: UTF8.self)
    // Links may lead to links; nobody means more than a few.
    for _ in 0..<8 {
      guard text.utf8.first != UInt8(ascii: "/"), let next = path.resolving(text) else { break }
      if let file = byPath[next], file.mode != .submodule {
        guard admitted(file) != nil else { break }
        if file.mode == .file { return file.id }
        text = String(decoding: try read(file.id), as: UTF8.self)
        path = next
        continue
      }
      // A folder inside is read at its own place.
      if byPath.keys.contains(where: { $0.string.hasPrefix(next.string + "/") }) {
        unread[link] = .folderLink(next)
        return nil
      }
      break
    }
    unread[link] = .linkOutside
    findings.append(FileFindings.linkOutside(link))
    return nil
  }
}

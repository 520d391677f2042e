import KBCatalog
import KBDocument
import KBSource

/// The sentences about files that are no records.
extension CatalogDifference {
  /// Files that are no records: pictures, configuration, kinds, templates.
  static func files(_ old: Catalog, _ new: Catalog) -> [Change] {
    func change(
      _ path: RepoPath, _ kind: String, _ isThere: (Bool, Bool), _ lines: (gone: [String], come: [String]) = ([], [])
    ) -> Change {
      Change(
        group: .other, sign: isThere.0 ? (isThere.1 ? .neutral : .removed) : .added, id: path.string, kind: kind,
        title: String(path.name), field: nil, before: lines.gone.isEmpty ? nil : lines.gone.joined(separator: "\n"),
        after: lines.come.isEmpty ? nil : lines.come.joined(separator: "\n"),
        text: CatalogDifference.said(path.string, isThere, CatalogDifference.words(lines, isNew: !isThere.0)),
        holder: nil, oldPath: isThere.0 ? path : nil, newPath: isThere.1 ? path : nil)
    }
    func settings(_ before: SourceFile?, _ after: SourceFile?) -> Change? {
      guard let path = (after ?? before)?.path, before?.bytes != after?.bytes else { return nil }
      let isThere = (before != nil, after != nil)
      // What is in a new kind or in a template is for its own review.
      guard isThere == (true, true) || path == IgnoreList.path, FileRole(path) != .template else {
        return change(path, "configuration", isThere)
      }
      return change(path, "configuration", isThere, CatalogDifference.lines(from: before, to: after))
    }
    let texts =
      Set(old.otherFiles.keys).union(new.otherFiles.keys).sorted().compactMap { path in
        settings(old.otherFiles[path], new.otherFiles[path])
      } + [settings(old.ignoreFile, new.ignoreFile)].compactMap(\.self)
    let attachments = Set(old.attachments.keys).union(new.attachments.keys).sorted().compactMap { path -> Change? in
      let (before, after) = (old.attachments[path], new.attachments[path])
      return Snapshot.Attachment.isSame(before, after) ? nil : change(path, "attachment", (before != nil, after != nil))
    }
    return texts + attachments
  }

  /// The lines that went and came, without spaces around them.
  private static func lines(from old: SourceFile?, to new: SourceFile?) -> (gone: [String], come: [String]) {
    func lines(_ file: SourceFile?) -> [String] {
      String(decoding: file?.bytes ?? [], as: UTF8.self).split(whereSeparator: \.isNewline).map {
        String($0).trimmingBlanks()
      }.filter { !$0.isEmpty }
    }
    let (before, after) = (lines(old), lines(new))
    var (gone, come): ([String], [String]) = ([], [])
    for run in SequenceComparison.runs(from: before, to: after) {
      switch run {
      case .same: break
      case .removed(let range): gone += before[range]
      case .added(let range): come += after[range]
      }
    }
    return (gone, come)
  }

  private static func said(_ path: String, _ isThere: (Bool, Bool), _ what: Message) -> Message {
    switch isThere {
    case (false, _): Message(de: "Die Datei \(path) ist neu\(what).", en: "The file \(path) is new\(what).")
    case (true, true):
      Message(de: "Die Datei \(path) wurde geändert\(what).", en: "The file \(path) was changed\(what).")
    case (true, false):
      Message(de: "Die Datei \(path) wurde entfernt\(what).", en: "The file \(path) was removed\(what).")
    }
  }

  /// ": new: “…”; removed: “…”"; of many lines the first.
  private static func words(_ lines: (gone: [String], come: [String]), isNew: Bool) -> Message {
    func list(_ lines: [String]) -> Message { Message("\(list: lines.map { "\(quoted: $0)" }, .none, most: 3)") }
    let (come, gone) = (lines.come.isEmpty ? nil : list(lines.come), lines.gone.isEmpty ? nil : list(lines.gone))
    if isNew { return come.map { Message(": \($0)") } ?? Message("") }
    return switch (come, gone) {
    case (nil, nil): Message("")
    case (let come?, nil): Message(de: ", neu: \(come)", en: ", new: \(come)")
    case (nil, let gone?): Message(de: ", entfernt: \(gone)", en: ", removed: \(gone)")
    case (let come?, let gone?):
      Message(de: ", neu: \(come); entfernt: \(gone)", en: ", new: \(come); removed: \(gone)")
    }
  }
}

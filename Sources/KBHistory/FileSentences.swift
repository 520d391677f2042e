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
        text: .both { language in
          let what = CatalogDifference.words(lines, isNew: !isThere.0, language)
          return switch (language, isThere.0, isThere.1) {
          case (.german, false, _): "Die Datei \(path) ist neu\(what)."
          case (.german, true, true): "Die Datei \(path) wurde geändert\(what)."
          case (.german, true, false): "Die Datei \(path) wurde entfernt\(what)."
          case (.english, false, _): "The file \(path) is new\(what)."
          case (.english, true, true): "The file \(path) was changed\(what)."
          case (.english, true, false): "The file \(path) was removed\(what)."
          }
        }, holder: nil, oldPath: isThere.0 ? path : nil, newPath: isThere.1 ? path : nil)
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

  /// ": new is “…”, gone is “…”"; of many lines the first.
  private static func words(
    _ lines: (gone: [String], come: [String]), isNew: Bool, _ language: Language
  ) -> String {
    func part(_ lines: [String], _ german: String, _ english: String) -> String? {
      guard !lines.isEmpty else { return nil }
      let shown = lines.prefix(3).map { language == .german ? "„\($0)“" : "“\($0)”" }.joined(separator: ", ")
      let more =
        lines.count > 3 ? language == .german ? " und \(lines.count - 3) mehr" : " and \(lines.count - 3) more" : ""
      return isNew ? shown + more : "\(language == .german ? german : english) \(shown)\(more)"
    }
    let parts = [part(lines.come, "neu ist", "new is"), part(lines.gone, "weg ist", "gone is")].compactMap(\.self)
    return parts.isEmpty ? "" : ": " + parts.joined(separator: "; ")
  }
}

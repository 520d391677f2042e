public import KBSource

/// The types of files that may be published beside the pages: those that a browser shows or saves, but never runs.
public enum AttachmentType {
  private static let published: Set<String> = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "svg", "pdf", "txt", "csv", "tsv", "log", "conf", "cfg",
    "ini", "json",
    "yml", "yaml", "toml", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "vsdx", "drawio", "rtf",
    "zip", "gz",
    "tgz", "7z", "mp4", "webm", "mp3", "ics", "vcf", "rdp", "ps1", "sh", "sql", "py", "reg", "bat", "cmd", "eml", "msg",
    "key", "pages",
  ]
  private static let images: Set<String> = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico"]

  /// Returns whether a file of this name may be published; SVG only if it is inert too.
  public static func isPublished(_ path: RepoPath) -> Bool { published.contains(ending(of: path)) }

  /// Returns whether the file can be shown as an image.
  public static func isImage(_ path: RepoPath) -> Bool { images.contains(ending(of: path)) }

  private static func ending(of path: RepoPath) -> String {
    path.name.lastIndex(of: ".").map { path.name[path.name.index(after: $0)...].lowercased() } ?? ""
  }
}

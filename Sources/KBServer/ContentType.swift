/// The type of a file, by its name.
public enum ContentType {
  private static let types = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "md": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "log": "text/plain; charset=utf-8", "xml": "application/xml", "json": "application/json",
    "ics": "text/calendar; charset=utf-8", "atom": "application/atom+xml", "svg": "image/svg+xml", "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "bmp": "image/bmp",
    "ico": "image/x-icon", "pdf": "application/pdf", "zip": "application/zip", "mp4": "video/mp4",
    "webm": "video/webm", "mp3": "audio/mpeg", "wav": "audio/wav", "ogg": "audio/ogg", "woff2": "font/woff2",
  ]

  /// The type of a file; one that is not known is only offered to be kept.
  public static func of(_ path: String) -> String {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""
    guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
    return types[name[name.index(after: dot)...].lowercased()] ?? "application/octet-stream"
  }
}

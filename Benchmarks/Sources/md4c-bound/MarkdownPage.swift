import CMarkdown

/// A Markdown file and the HTML that md4c makes of it.
struct MarkdownPage {
  let file: ByteFile

  /// GitHub's dialect; Swift does not import the macro of that name.
  private static let dialect =
    MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS
    | MD_FLAG_PERMISSIVEEMAILAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS

  /// The body as an HTML fragment.
  var html: [UInt8] {
    var html: [UInt8] = []
    html.reserveCapacity(2 * file.bytes.count)
    let start = bodyStart
    unsafe file.bytes.withUnsafeBytes { bytes in
      let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
      _ = unsafe withUnsafeMutablePointer(to: &html) { html in
        unsafe md_html(
          body.assumingMemoryBound(to: CChar.self).baseAddress, MD_SIZE(body.count), MarkdownPage.append, html,
          UInt32(MarkdownPage.dialect), 0)
      }
    }
    return html
  }

  /// Appends a piece of HTML to the byte array that `html` points to.
  private static let append: @convention(c) (UnsafePointer<CChar>?, MD_SIZE, UnsafeMutableRawPointer?) -> Void = {
    text, size, html in
    guard let text = unsafe text, let html = unsafe html else { return }
    unsafe html.assumingMemoryBound(to: [UInt8].self).pointee
      .append(contentsOf: UnsafeRawBufferPointer(start: text, count: Int(size)))
  }

  /// Where the body begins: after the front matter, if there is any.
  private var bodyStart: Int {
    let fence = Array("---\n".utf8)
    guard file.bytes.starts(with: fence) else { return 0 }
    var line = fence.count
    while line < file.bytes.count {
      if file.bytes[line...].starts(with: fence) { return line + fence.count }
      line = (file.bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count - 1) + 1
    }
    return 0
  }
}

import KBLive
import KBServer
import KBSite

/// Answers requests with the files of a live site: what its list does not name does not exist.
struct SiteAnswers: Sendable {
  let site: LiveSite
  /// Whether pages wait for their changes.
  let reloads: Bool

  private static let eventsPath = "~kb/events"
  private static let searchScript = "search.js"

  func answer(_ request: WebServer.Request) async -> Response {
    do {
      return try await found(request)
    } catch {
      // A file that was there a moment ago, or one that can't be read: the words for it may name places on this machine.
      if await site.failure != nil {
        return Response(
          .unavailable, headers: [text], body: .bytes(Array("503 The knowledge base can't be read right now\n".utf8)))
      }
      return Response(.serverError, headers: [text], body: .bytes(Array("500 Internal Server Error\n".utf8)))
    }
  }

  private let text = ("Content-Type", "text/plain; charset=utf-8")

  private func found(_ request: WebServer.Request) async throws -> Response {
    guard let target = request.target else { return await notFound("404.html") }
    if reloads, target.path == SiteAnswers.eventsPath {
      return await events(of: target.value("page") ?? "")
    }
    if reloads, let bytes = Site.liveFiles[target.path] {
      return file(LiveFile(bytes: bytes), at: target.path, for: request)
    }
    let path = target.path.isEmpty || target.path.hasSuffix("/") ? target.path + "index.html" : target.path
    if let found = try await site.file(path) {
      if reloads, path == SiteAnswers.searchScript { return file(await numbered(found), at: path, for: request) }
      guard path.hasSuffix(".html") else { return file(found, at: path, for: request) }
      return await page(found, at: path, for: request)
    }
    if try await site.file(path + "/index.html") != nil {
      return Response(.movedPermanently, headers: [("Location", "/\(path)/"), ("Cache-Control", "no-store")])
    }
    return await notFound(path)
  }

  /// The script of the search with the number of its index: a page that has loaded it knows when there is a later one.
  private func numbered(_ script: LiveFile) async -> LiveFile {
    LiveFile(bytes: script.bytes + Array("kbSearch.edition=\"\(await site.searchEdition)\";\n".utf8))
  }

  private func page(_ file: LiveFile, at path: String, for request: WebServer.Request) async -> Response {
    guard reloads else {
      let isWhole = await site.failure == nil
      let file = isWhole ? file : LiveFile(bytes: await site.honest(file.bytes))
      var response = self.file(file, at: path, for: request)
      response.headers.append(("Content-Security-Policy", "frame-ancestors 'none'"))
      return response
    }
    let bytes = await site.live(site.honest(file.bytes), at: path, version: file.version)
    return Response(headers: pageHeaders, body: .bytes(bytes))
  }

  private var pageHeaders: [(String, String)] {
    [
      ("Content-Type", ContentType.of("index.html")), ("Cache-Control", "no-store"),
      ("Content-Security-Policy", Site.livePolicy),
    ]
  }

  /// The page that says so waits for the one that may come.
  private func notFound(_ path: String) async -> Response {
    let page = await site.honest(site.notFoundPage(at: path))
    guard reloads else {
      return Response(.notFound, headers: [("Content-Type", ContentType.of("404.html"))], body: .bytes(page))
    }
    return Response(
      .notFound, headers: pageHeaders, body: .bytes(await site.live(page, at: path, version: SiteAnswers.noPage)))
  }

  private func file(_ file: LiveFile, at path: String, for request: WebServer.Request) -> Response {
    let tag = "\"\(file.version)\""
    let headers = [("Content-Type", ContentType.of(path)), ("Cache-Control", "no-cache"), ("ETag", tag)]
    let known = request.head.values("if-none-match").flatMap { $0.split(separator: ",") }.map { word in
      var word = word.drop { $0 == " " }
      if word.hasPrefix("W/") { word = word.dropFirst(2) }
      return String(word.prefix { $0 != " " })
    }
    if known.contains(tag) || known == ["*"] { return Response(.notModified, headers: headers) }
    return Response(headers: headers, body: .bytes(file.bytes))
  }

  // MARK: Events

  private static let noPage = "-"

  /// What changes of a page, from now on, one event after the other; the first one says how things stand.
  private func events(of path: String) async -> Response {
    let changes = await site.changes()
    let (events, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(4))
    let task = Task {
      var last: LiveSite.PageState?
      func send() async throws {
        let state = try await site.state(of: path)
        guard state != last else { return }
        last = state
        continuation.yield(SiteAnswers.event(state))
      }
      do {
        continuation.yield(Array("retry: 1000\n\n".utf8))
        try await send()
        for await _ in changes { try await send() }
      } catch {
        // The page asks again by itself.
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in task.cancel() }
    return Response(
      headers: [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")], body: .events(events))
  }

  /// One line of names and values, then the findings as HTML.
  private static func event(_ state: LiveSite.PageState) -> [UInt8] {
    let line =
      "page=\(state.page ?? noPage) style=\(state.style) files=\(state.files) search=\(state.search)"
    let findings = String(decoding: state.findings, as: UTF8.self)
    let lines = [Substring(line)] + (findings.isEmpty ? [] : findings.split(whereSeparator: \.isNewline))
    return Array(("event: state\n" + lines.map { "data: \($0)\n" }.joined() + "\n").utf8)
  }
}

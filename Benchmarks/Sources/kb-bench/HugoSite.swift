import Foundation

/// A knowledge base as a site for Hugo: the same files, with a plain theme that shows less than `kb` does, so that the
/// comparison leans to Hugo's side.
struct HugoSite {
  let folder: Folder

  /// Writes the site around a copy of the knowledge base's records.
  func write(recordsOf knowledgeBase: Folder) throws {
    try folder.remove()
    for (path, text) in HugoSite.files {
      let url = URL(filePath: folder.appending(path))
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    try folder.folder("content").create()
    for name in try knowledgeBase.names() where name != "kb.yml" {
      try FileManager.default.copyItem(
        atPath: knowledgeBase.appending(name), toPath: folder.appending("content/\(name)"))
    }
  }

  /// Drafts and days to come are pages too; aliases are left out, since Hugo takes them for paths.
  private static let files: KeyValuePairs = [
    "hugo.toml": """
    baseURL = "https://kb.example/"
    title = "Beispielwerke"
    defaultContentLanguage = "de"
    uglyURLs = true
    buildDrafts = true
    buildFuture = true
    buildExpired = true
    disableAliases = true
    disableKinds = ["rss", "sitemap", "robotstxt", "404"]
    [taxonomies]
    tag = "tags"
    [markup.goldmark.renderer]
    unsafe = false
    [markup.goldmark.extensions]
    table = true
    taskList = true
    [markup.highlight]
    codeFences = false
    [markup.tableOfContents]
    startLevel = 2
    endLevel = 3

    """,
    "static/site.css": """
    body { font: 1rem/1.5 sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem }
    table { border-collapse: collapse } td, th { border: 1px solid #ccc; padding: .2rem .5rem; text-align: left }

    """,
    "layouts/_default/baseof.html": """
    <!doctype html>
    <html lang="{{ .Params.lang | default site.Language.Lang }}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{ .Title }} – {{ site.Title }}</title>
    {{ with .Params.summary }}<meta name="description" content="{{ . }}">{{ end }}
    <link rel="stylesheet" href="{{ "site.css" | relURL }}">
    </head>
    <body>
    <header>
    <a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a>
    {{ partialCached "nav.html" . .Section }}
    </header>
    <main>{{ block "main" . }}{{ end }}</main>
    </body>
    </html>

    """,
    // Cached by section: asking for all sections on every page would cost the square of the pages.
    "layouts/partials/nav.html": """
    <nav><ul>
    {{ $here := .Section }}
    {{ range site.Sections }}<li><a href="{{ .RelPermalink }}"{{ if eq .Section $here }} aria-current="true"{{ end }}>{{ .Title }}</a></li>
    {{ end }}</ul></nav>

    """,
    "layouts/partials/list.html": """
    <table>
    <thead><tr><th>Titel</th><th>Typ</th><th>Status</th><th>Verantwortlich</th><th>Bestätigt</th></tr></thead>
    <tbody>
    {{ range . }}<tr><td><a href="{{ .RelPermalink }}">{{ .Title }}</a></td><td>{{ .Params.type }}</td><td>{{ .Params.status }}</td><td>{{ .Params.owner }}</td><td>{{ .Params.reviewed }}</td></tr>
    {{ end }}</tbody>
    </table>

    """,
    "layouts/_default/single.html": """
    {{ define "main" }}
    <h1>{{ .Title }}</h1>
    {{ with .Params.summary }}<p>{{ . }}</p>{{ end }}
    <table>
    {{ range $key, $value := .Params }}{{ if not (in (slice "title" "summary" "tags" "iscjklanguage") $key) }}<tr><th>{{ $key }}</th><td>{{ $value }}</td></tr>
    {{ end }}{{ end }}</table>
    {{ with .Params.tags }}<p>{{ range . }}<a href="/tags/{{ . | urlize }}.html">{{ . }}</a> {{ end }}</p>{{ end }}
    {{ .TableOfContents }}
    {{ .Content }}
    {{ end }}

    """,
    "layouts/_default/list.html": """
    {{ define "main" }}
    <h1>{{ .Title }}</h1>
    {{ partial "list.html" .RegularPages.ByTitle }}
    {{ end }}

    """,
    "layouts/_default/terms.html": """
    {{ define "main" }}
    <h1>{{ .Title }}</h1>
    <ul>
    {{ range .Data.Terms.ByCount }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.LinkTitle }}</a> ({{ .Count }})</li>
    {{ end }}</ul>
    {{ end }}

    """,
    "layouts/index.html": """
    {{ define "main" }}
    <h1>{{ site.Title }}</h1>
    <ul>
    {{ range site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> ({{ len .RegularPages }})</li>
    {{ end }}</ul>
    {{ end }}

    """,
  ]
}

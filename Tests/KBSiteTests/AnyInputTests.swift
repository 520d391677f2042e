import KBAnswers
import KBCatalog
import KBChecks
import KBDisk
import KBSchema
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

/// What nobody would write, on its way to pages: nothing traps, and no page has what a browser would run.
@Suite struct `Any input as a site` {
  @Test func `is built without a trap, as records, settings, kinds and questionnaires`() async throws {
    var bases = BaseGenerator(seed: 11)
    for base in 0..<max(1, inputs(of: 100) / BaseGenerator.fileCount) {
      let files = bases.next()
      let catalog = try await Catalog(Snapshot(files: files), today: today)
      let site = Site(catalog, options: .init(commit: "1a2b3c4"))
      var count = 0
      for file in try await site.files() {
        guard case .rendered(let render) = file.content else { continue }
        count += render().count
      }
      // Pages become many from few files, but not without end.
      #expect(count > 0 && count < 60_000_000, "base \(base): \(count)")
      let answers = Answers(catalog, audience: .restricted)
      for questionnaire in Questionnaire.all(catalog.library) {
        #expect(answers.evidence(questionnaire).count == questionnaire.questions.count)
      }
    }
  }

  @Test func `is taken or refused without a trap, as a frame of pages`() async throws {
    let whole = EmbeddedTemplates.text("site/page.mustache")
    var frames = InputGenerator(
      seed: 12,
      pieces: [
        "{{", "}}", "{{{", "}}}", "{{#", "{{^", "{{/", "{{>", "{{!", "{{=<% %>=}}", "title", "content", "root",
        "policy", "<!--",
        "-->", "<script>", "</script>", "<script src=x>", "<base href=x>", "<meta http-equiv=refresh>", "<noscript>",
        "<template>",
        "<title>", "</title>", "<textarea>", "</textarea>", "<svg onload=x>", "<", ">", "\"", "'", "<body", "<main",
        "/", "&", "\0",
        "\u{2028}", "<iframe srcdoc=x>", "<plaintext>", "<![CDATA[",
      ], models: [whole])
    // A site is built for each: a run of the suite takes few, a run for fuzzing many.
    for _ in 0..<inputs(of: 40) {
      let frame = SourceFile(path: RepoPath(normalized: "templates/page.mustache"), bytes: frames.next())
      let text = SourceFile(path: RepoPath(normalized: "pages/a.md"), bytes: Array("# A\n".utf8))
      let catalog = try await Catalog(Snapshot(files: [text, frame]), today: today)
      let site = Site(catalog)
      let page = String(decoding: site.notFoundPage(at: "x.html"), as: UTF8.self)
      // A frame that is not understood is a finding, and kb's own is taken.
      #expect(page.contains("Content-Security-Policy"), "\(String(decoding: frame.bytes, as: UTF8.self))")
    }
  }

  @Test func `is cleaned or refused without a trap, as a picture`() {
    var pictures = InputGenerator(
      seed: 13,
      pieces: [
        "<script>", "</script>", " onload=\"x\"", " href=\"javascript:x\"", "<use href=\"#a\"/>", "<foreignObject>",
        "<style>",
        "</style>", "@import url(x)", "<!DOCTYPE svg [<!ENTITY a \"b\">]>", "&a;", "&#0;", "<![CDATA[", "]]>", "<!--",
        "-->", "<?xml",
        "?>", "<", ">", "/", "\"", "=", "<g>", "</g>", "<animate attributeName=\"href\"/>", "\0", "\u{FEFF}",
        "xmlns:x=\"y\"", "<x:script>",
        "url(", "https://e.example/",
      ],
      models: [
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g id=\"a\"><path d=\"M0 0\" style=\"fill:url(#b)\"/></g><text>x</text></svg>"
      ])
    let path = RepoPath(normalized: "pages/a.svg")
    for _ in 0..<inputs(of: 2000) {
      let bytes = pictures.next()
      _ = AttachmentCheck(path, bytes)
      let shown = AttachmentCheck.published(path, bytes)
      // What is published is clean: cleaning it again changes nothing.
      #expect(AttachmentCheck.published(path, shown) == shown, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

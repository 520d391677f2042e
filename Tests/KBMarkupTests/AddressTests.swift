import KBSource
import Testing

@testable import KBMarkup

@Suite struct `An address` {
  @Test(arguments: [
    "https://example.org/a?b=c&d#e", "http://example.org", "HTTPS://EXAMPLE.ORG", "mailto:a@example.org",
    "tel:+4940123456",
  ]) func `outside may have these schemes`(_ text: String) {
    #expect(Address.external(text)?.text == text)
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)", "javascript&colon;alert(1)", "javascript%3Aalert(1)", "vbscript:x",
    "data:text/html,<script>", "file:///etc/passwd",
    "blob:x", "//example.org", "\\\\example.org", "https\t://example.org", "ht\ntps://example.org", "", "#anker",
    "relativ.html",
  ]) func `outside has no other scheme, however it is written`(_ text: String) {
    #expect(Address.external(text) == nil)
  }

  @Test func `of a number is in international form`() {
    let numbers = [
      ("040 123456", "tel:+4940123456"), ("+49 (0)40 123-456", "tel:+4940123456"), ("0041 44 1234", "tel:+41441234"),
      ("110", "tel:110"),
      ("(040) 12 34", "tel:+49401234"), ("+1 (212) 555", "tel:+1212555"), ("javascript:1", "tel:1"),
    ]
    for (number, address) in numbers { #expect(Address.phone(PhoneNumber(number, in: .germany)).text == address) }
  }

  @Test func `of a file is encoded, so that nothing in it has a meaning`() {
    #expect(Address.file("files/a b?c#d%e\"<ü>.png", depth: 1).text == "../files/a%20b%3Fc%23d%25e%22%3C%C3%BC%3E.png")
    #expect(Address.file("a:b.html", depth: 0).text == "a%3Ab.html")
    #expect(Address.file("x.html", depth: 2, anchor: "ä ö").text == "../../x.html#%C3%A4%20%C3%B6")
    #expect(Address.anchor("a\"b").text == "#a%22b")
  }

  @Test func `of a mailbox has nothing but the mailbox`() {
    #expect(Address.email("a+b@example.org").text == "mailto:a+b@example.org")
    #expect(Address.email("a@example.org?bcc=x&y").text == "mailto:a@example.org%3Fbcc%3Dx%26y")
  }
}

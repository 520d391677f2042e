import KBDocument
import KBSource
import Testing

@Suite struct `The steps of a text` {
  /// The texts of the steps, each with those inside.
  private func steps(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let body = Markdown(reading: text)
    return body.numberedSteps.map { range in
      body.events[range].filter { $0.phase == .text && $0.kind == .text }
        .map { String(decoding: bytes[Int($0.lower)..<Int($0.upper)], as: UTF8.self) }.joined(separator: " ")
    }
  }

  @Test func `are the items of its numbered lists, in order`() {
    #expect(steps("Erst lesen.\n\n1. eins\n2. zwei\n\nDann:\n\n1. drei\n") == ["eins", "zwei", "drei"])
  }

  @Test func `hold what is below them, and numbered items below are steps, too`() {
    #expect(steps("1. eins\n   - a\n   - b\n2. zwei\n   1. innen\n") == ["eins a b", "zwei innen", "innen"])
    #expect(steps("- Punkt\n  1. darin\n") == ["darin"])
  }

  @Test func `are none in a text without numbered lists`() {
    #expect(steps("Text.\n\n- Punkt\n- Punkt\n") == [])
    #expect(steps("") == [])
  }
}

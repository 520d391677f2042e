import Foundation
import KBTestSupport
import Testing

@Suite struct Transcripts {
  /// With KB_RECORD set, what is printed today is written into the files, and the test fails: look at the difference.
  @Test(arguments: try Transcript.names)
  func `are what the commands print`(name: String) async throws {
    let transcript = try Transcript(named: name)
    let today = try await transcript.replayed()
    if ProcessInfo.processInfo.environment["KB_RECORD"] != nil, today != transcript.text {
      try today.write(toFile: transcript.path, atomically: true, encoding: .utf8)
      Issue.record("\(name) was written anew: look at the difference")
      return
    }
    let expected = transcript.text.split(separator: "\n", omittingEmptySubsequences: false)
    let found = today.split(separator: "\n", omittingEmptySubsequences: false)
    guard
      let difference = zip(expected, found).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset
        ?? (expected.count == found.count ? nil : min(expected.count, found.count))
    else { return }
    let lines = { (text: [Substring]) in text.dropFirst(difference).prefix(6).joined(separator: "\n") }
    Issue.record("\(name), line \(difference + 1)\nexpected:\n\(lines(expected))\nfound:\n\(lines(found))")
  }
}

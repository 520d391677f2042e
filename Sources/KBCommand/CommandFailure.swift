import KBSource

/// The reason why a command could not do its work.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  /// Names in it may be anybody's: they are made harmless, line by line.
  init(_ description: String) {
    let lines = description.split(separator: "\n", omittingEmptySubsequences: false).map {
      Console.harmless(String($0))
    }
    self.description = "kb: \(lines.joined(separator: "\n"))"
  }

  /// Somebody has named a record that is not there; `near` is one that may be meant.
  init(noRecord name: String, near: NearMiss, _ language: Language) {
    let message = Message(de: "es gibt keinen Eintrag '\(name)'", en: "there is no record '\(name)'")
    self.init(near.asked(after: message)[language])
  }
}

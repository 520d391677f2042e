package import KBSource

/// The reason why a command could not do its work.
package struct CommandFailure: Refusal {
  package let message: Message
  package let remedy: Message?

  package init(_ message: Message, remedy: Message? = nil) {
    self.message = message
    self.remedy = remedy
  }

  /// Somebody has named a record that is not there; `near` is one that may be meant.
  package init(noRecord name: String, near: NearMiss) {
    self.init(near.asked(after: Message(de: "es gibt keinen Eintrag '\(name)'", en: "there is no record '\(name)'")))
  }
}

/// What other records need to know of a system.
struct SystemFacts {
  /// The value of `type`.
  let type: String
  /// The value of `criticality`.
  let criticality: String
  /// The invented name that sets the system apart.
  let name: String
  /// The number of the provider that operates it.
  let provider: Int

  /// Whether the model asks for more about the system.
  var isCritical: Bool { criticality == "critical" || criticality == "high" }
}

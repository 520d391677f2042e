/// What a hit shows of a page beside its words.
public struct SearchPage: Sendable {
  /// The page's address from the root of the site; empty when it is not published.
  public var address: String
  /// Whom to call: a name and a number.
  public var call: (name: String, phone: String)?
  public var customerNumber: String?
  /// What a runbook says to do first.
  public var firstStep: String?

  public init(
    address: String, call: (name: String, phone: String)? = nil, customerNumber: String? = nil,
    firstStep: String? = nil
  ) {
    self.address = address
    self.call = call
    self.customerNumber = customerNumber
    self.firstStep = firstStep
  }
}

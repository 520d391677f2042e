/// A bar on a terminal, for work that takes longer than a second.
package struct ProgressBar {
  private let total: Int
  private let start: Double
  private let isVisible: Bool

  package init(total: Int, since start: Double) {
    self.total = total
    self.start = start
    isVisible = ProcessEnvironment.isTerminal(2)
  }

  /// Shows how much is done.
  package func show(_ done: Int) {
    guard isVisible, ProcessEnvironment.seconds() - start > 1 else { return }
    let width = 30
    let filled = total == 0 ? width : done * width / total
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    Console.standardError.write("\r[\(bar)] \(done)/\(total)")
  }

  /// Takes the bar away.
  package func clear() {
    guard isVisible else { return }
    Console.standardError.write("\r\u{1B}[K")
  }
}

/// The editor of the person who works here.
package enum Editor {
  /// The command that the environment names.
  package static var command: String? {
    ["VISUAL", "EDITOR"].lazy.compactMap { ProcessEnvironment.variable($0) }.first { !$0.isEmpty }
  }

  /// Opens a file, waits until the editor is closed, and returns its exit status.
  package static func open(_ path: String) -> Int32 {
    guard let command else { return 127 }
    // As git does it: the variable may hold options.
    return ProcessEnvironment.run(["/bin/sh", "-c", "\(command) \"$1\"", "sh", path])
  }
}

import Glibc

/// A failed system call.
struct SystemError: Error, CustomStringConvertible {
  let description: String

  /// Describes the system call that has just failed.
  init(_ what: String) { description = unsafe "\(what): \(String(cString: strerror(errno)))" }
}

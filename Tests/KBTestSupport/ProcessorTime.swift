#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs work on this thread and returns the processor time that it took, in seconds.
///
/// Where the program is built with something that makes it slower, as AddressSanitizer does, `KB_TEST_SLOWDOWN` says how many times: what
/// is returned is the time without. Ratios stay what they are.
///
/// Processor time, unlike the clock on the wall, is the same beside other work: a bound on it fails no busy machine.
public func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
  let start = threadSeconds()
  try work()
  return (threadSeconds() - start) / slowdown
}

private let slowdown = unsafe getenv("KB_TEST_SLOWDOWN").flatMap { unsafe Double(String(cString: $0)) } ?? 1

private func threadSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

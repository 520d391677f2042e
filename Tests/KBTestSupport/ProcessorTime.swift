#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs work on this thread and returns the processor time that it took, in seconds.
///
/// Processor time, unlike the clock on the wall, is the same beside other work: a bound on it fails no busy machine.
public func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
  let start = threadSeconds()
  try work()
  return threadSeconds() - start
}

private func threadSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// What one run of a program took.
struct Measurement: Codable {
  /// The seconds that passed.
  let wallSeconds: Double
  /// The seconds of processor time, in the program and in the kernel on its behalf.
  let cpuSeconds: Double
  /// The most memory that the program had at one time, in KiB.
  let peakKiB: Int
}

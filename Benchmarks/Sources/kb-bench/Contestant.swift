/// A program that is measured, with what happens around it unmeasured.
struct Contestant {
  let name: String
  /// Puts everything in place before a run.
  let prepare: () throws -> Void
  let program: Program
  /// Restores what others rely on after a run.
  let finish: () throws -> Void

  init(
    _ name: String, _ program: Program, prepare: @escaping () throws -> Void = {},
    finish: @escaping () throws -> Void = {}
  ) {
    self.name = name
    self.prepare = prepare
    self.program = program
    self.finish = finish
  }

  /// Measures one run.
  func run(log: String) throws -> Measurement {
    try prepare()
    let measurement = try program.measured(log: log)
    try finish()
    return measurement
  }
}

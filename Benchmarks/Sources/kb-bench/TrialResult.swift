/// What came out at one size.
struct TrialResult: Codable {
  static let check = "kb check"
  static let cold = "kb build, cold"
  static let warm = "kb build, no change"
  static let changed = "kb build, one file changed"
  static let copy = "cp -r of the output"
  static let bound = "md4c alone"
  static let hugo = "Hugo"

  let records: Int
  let inputBytes: Int
  let outputFiles: Int
  let outputBytes: Int
  let hugoOutputFiles: Int?
  let hugoOutputBytes: Int?
  let series: [Series]

  /// The runs of a contestant, if it took part.
  subscript(name: String) -> Series? { series.first { $0.name == name } }
}

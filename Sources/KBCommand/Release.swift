/// The release that this binary is.
enum Release {
  static let version = "0.1.0"
}

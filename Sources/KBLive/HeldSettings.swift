import KBCatalog
import KBSite
import KBSource

/// `kb.yml` and the kinds as they were when they had no error.
///
/// Halfway through a change of them every page would look different, or be gone: until they are whole again, the last
/// whole ones count.
struct HeldSettings: Sendable {
  private var current: [SourceFile]?
  private var good: [SourceFile]?
  /// The fault of those on disk, while earlier ones count.
  private(set) var trouble: Site.Trouble?

  private static func isSetting(_ file: SourceFile) -> Bool {
    [.configuration, .kind].contains(FileRole(file.path))
  }

  /// The snapshot with the settings that count.
  mutating func held(_ snapshot: Snapshot) -> Snapshot {
    let found = snapshot.files.filter(HeldSettings.isSetting)
    let masked = Snapshot(files: found).masked()
    let isSame =
      current.map { current in
        current.count == found.count
          && zip(current, found).allSatisfy { $0.path == $1.path && $0.bytes == $1.bytes }
      } ?? false
    if !isSame {
      current = found
      let settings = CatalogSettings(masked)
      let faults = settings.diagnostics.filter { $0.severity == .error }
      trouble = nil
      if faults.isEmpty {
        good = found
      } else if good != nil {
        let paths = Set(faults.map(\.path))
        trouble = .settings(faults.inOrder(), files: masked.files.filter { paths.contains($0.path) }.map(\.readable))
      }
    }
    guard trouble != nil, let good else { return snapshot }
    var snapshot = snapshot
    snapshot.files = (snapshot.files.filter { !HeldSettings.isSetting($0) } + good).sorted { $0.path < $1.path }
    return snapshot
  }
}

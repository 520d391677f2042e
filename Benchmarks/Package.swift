// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6, strict memory safety, warnings are errors.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The command line parser, as the executables use it.
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "kb-benchmarks",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "kb-generate", targets: ["kb-generate"]),
    .executable(name: "kb-bench", targets: ["kb-bench"]),
    .executable(name: "md4c-bound", targets: ["md4c-bound"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // md4c with its own HTML renderer, which `kb` itself does not use.
    .systemLibrary(
      name: "CMarkdown", pkgConfig: "md4c-html",
      providers: [.apt(["libmd4c-dev", "libmd4c-html0-dev"]), .brew(["md4c"])]),

    // Invents knowledge bases.
    .target(name: "Synthesis", swiftSettings: settings),
    // Writes an invented knowledge base to disk.
    .executableTarget(name: "kb-generate", dependencies: ["Synthesis", argumentParser], swiftSettings: settings),
    // Renders Markdown with md4c and nothing else: a lower bound for a build.
    .executableTarget(name: "md4c-bound", dependencies: ["CMarkdown"], swiftSettings: settings),
    // Measures `kb` against the lower bounds and against other generators.
    .executableTarget(name: "kb-bench", dependencies: [argumentParser], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

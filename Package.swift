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

let package = Package(
  name: "kb",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "kb", targets: ["kb"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // The C libraries: a module map and a shim each.
    .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"]), .brew(["md4c"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),

    // Paths, places, dates, findings: the words that everything else speaks.
    .target(name: "KBSource", swiftSettings: settings),
    // The working tree and the repository around it; the only import of libgit2.
    .target(name: "KBGit", dependencies: ["KBSource", "CLibgit2"], swiftSettings: settings),
    // A file's bytes become front matter and Markdown; the only import of libyaml and md4c.
    .target(name: "KBDocument", dependencies: ["KBSource", "CMarkdown", "CYAML"], swiftSettings: settings),
    // Documents become records, relations and findings; the schema and the checks.
    .target(
      name: "KBCatalog", dependencies: ["KBDocument", "KBSource"], swiftSettings: settings,
      plugins: ["EmbedTemplates"]),
    // What changed between two states of a knowledge base, and what that means, in sentences.
    .target(name: "KBHistory", dependencies: ["KBCatalog", "KBDocument", "KBSource"], swiftSettings: settings),
    // What a knowledge base begins with, and what a new record begins with.
    .target(
      name: "KBDrafting", dependencies: ["KBEditing", "KBCatalog", "KBDocument", "KBSource"], swiftSettings: settings),
    // The catalog becomes an index, and queries find pages in it; the only import of libstemmer.
    .target(
      name: "KBSearch", dependencies: ["KBCatalog", "KBDocument", "KBSource", "CStemmer"], swiftSettings: settings),
    // Files of a knowledge base are changed in the smallest possible range of bytes; nothing here writes the disk.
    .target(name: "KBEditing", dependencies: ["KBCatalog", "KBDocument", "KBSource"], swiftSettings: settings),
    // Files are written to an output folder, whole or not at all; the only writer of the disk.
    .target(name: "KBOutput", dependencies: ["KBSource", "CXXHash"], swiftSettings: settings),
    // The catalog becomes pages.
    .target(
      name: "KBSite",
      dependencies: [
        "KBSearch", "KBHistory", "KBCatalog", "KBDocument", "KBOutput", "KBSource",
        .product(name: "Mustache", package: "swift-mustache"),
      ], swiftSettings: settings),
    // The site of a knowledge base that somebody is writing.
    .target(
      name: "KBLive", dependencies: ["KBSite", "KBCatalog", "KBGit", "KBOutput", "KBSource"], swiftSettings: settings),
    // Says when something in folders changes.
    .target(name: "KBWatch", swiftSettings: settings),
    // Answers requests over HTTP, and refuses those that it should not answer.
    .target(
      name: "KBServer", dependencies: ["KBSource", .product(name: "FlyingSocks", package: "FlyingFox")],
      swiftSettings: settings),
    // The command line: the only place that knows terminal, clock and environment.
    .target(
      name: "KBCommand",
      dependencies: [
        "KBLive", "KBServer", "KBWatch", "KBSite", "KBSearch", "KBEditing", "KBDrafting", "KBOutput", "KBHistory",
        "KBCatalog",
        "KBDocument", "KBGit", "KBSource",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),
    .executableTarget(name: "kb", dependencies: ["KBCommand"], swiftSettings: settings),

    // The files of templates/ go into the binary at build time.
    .plugin(
      name: "EmbedTemplates", capability: .buildTool(), dependencies: ["EmbedTemplatesTool"],
      path: "Sources/EmbedTemplates"),
    .executableTarget(name: "EmbedTemplatesTool", path: "Sources/EmbedTemplatesTool"),

    // Marked texts and short records, for the tests of every module.
    .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
    .target(
      name: "KBTestSupport", dependencies: ["CSpawn", "KBCatalog", "KBDocument", "KBSource"],
      path: "Tests/KBTestSupport",
      swiftSettings: settings),
    .testTarget(name: "KBSourceTests", dependencies: ["KBSource", "KBTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "KBDocumentTests", dependencies: ["KBDocument", "KBSource", "KBTestSupport"], swiftSettings: settings),
    .testTarget(name: "KBGitTests", dependencies: ["KBGit", "KBSource", "KBTestSupport"], swiftSettings: settings),
    .testTarget(name: "KBWatchTests", dependencies: ["KBWatch", "KBTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "KBServerTests",
      dependencies: ["KBServer", "KBTestSupport", .product(name: "FlyingSocks", package: "FlyingFox")],
      swiftSettings: settings),
    .testTarget(
      name: "KBLiveTests",
      dependencies: [
        "KBLive", "KBSite", "KBOutput", "KBCatalog", "KBDocument", "KBGit", "KBSource", "KBTestSupport",
      ], swiftSettings: settings),
    // The commands are tested as they are used: by the binary, which is built with the tests.
    .testTarget(
      name: "KBCommandTests", dependencies: ["kb", "KBTestSupport"], exclude: ["Transcripts"], swiftSettings: settings),
    .testTarget(
      name: "KBOutputTests", dependencies: ["KBOutput", "KBSource", "KBTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "KBCatalogTests", dependencies: ["KBCatalog", "KBDocument", "KBSource", "KBTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "KBHistoryTests", dependencies: ["KBHistory", "KBCatalog", "KBSource", "KBTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "KBEditingTests", dependencies: ["KBEditing", "KBCatalog", "KBDocument", "KBSource", "KBTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "KBDraftingTests", dependencies: ["KBDrafting", "KBCatalog", "KBDocument", "KBSource", "KBTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "KBSearchTests", dependencies: ["KBSearch", "KBCatalog", "KBSource", "KBTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "KBSiteTests",
      dependencies: ["KBSite", "KBOutput", "KBHistory", "KBCatalog", "KBDocument", "KBSource", "KBTestSupport"],
      exclude: ["Golden"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

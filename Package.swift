// swift-tools-version: 6.2
import PackageDescription

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

    // The C library of the machine, under one name.
    .target(name: "POSIX"),
    // Paths, places, dates, findings: the words that everything else speaks.
    .target(name: "KBSource", plugins: ["EmbedTemplates"]),
    // Every call of the system on files: walking, watching, caches, publishing all or none.
    .target(name: "KBDisk", dependencies: ["KBSource", "POSIX", "CXXHash"]),
    // States and history of the repository; the only import of libgit2.
    .target(name: "KBGit", dependencies: ["KBDisk", "KBSource", "POSIX", "CLibgit2"]),
    // A file's bytes become front matter and Markdown; the only import of libyaml and md4c.
    .target(
      name: "KBDocument", dependencies: ["KBSource", "POSIX", "CMarkdown", "CYAML"], plugins: ["EmbedTemplates"]),
    // Documents become records, relations and findings; the schema and the checks.
    .target(name: "KBCatalog", dependencies: ["KBDocument", "KBSource"], plugins: ["EmbedTemplates"]),
    // What changed between two states of a knowledge base, and what that means, in sentences.
    .target(name: "KBHistory", dependencies: ["KBCatalog", "KBDocument", "KBSource"]),
    // What people ask of a knowledge base: values that pages, the search index and the commands show.
    .target(name: "KBAnswers", dependencies: ["KBHistory", "KBCatalog", "KBDocument", "KBSource"]),
    // The catalog becomes an index, and queries find pages in it; the only import of libstemmer.
    .target(name: "KBSearch", dependencies: ["KBCatalog", "KBDocument", "KBSource", "POSIX", "CStemmer"]),
    // How files change, in the smallest possible range of bytes, and what new ones begin with; nothing here writes the disk.
    .target(name: "KBEditing", dependencies: ["KBCatalog", "KBDocument", "KBSource"]),
    // The catalog becomes pages.
    .target(
      name: "KBSite",
      dependencies: [
        "KBSearch", "KBAnswers", "KBHistory", "KBCatalog", "KBDocument", "KBDisk", "KBSource",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    // The site of a knowledge base that somebody is writing.
    .target(
      name: "KBLive", dependencies: ["KBSite", "KBAnswers", "KBHistory", "KBCatalog", "KBGit", "KBDisk", "KBSource"]),
    // Answers requests over HTTP, and refuses those that it should not answer.
    .target(
      name: "KBServer", dependencies: ["KBSource", "POSIX", .product(name: "FlyingSocks", package: "FlyingFox")]),
    // The command line: the only place that knows terminal, clock and environment.
    .target(
      name: "KBCommand",
      dependencies: [
        "KBLive", "KBServer", "KBSite", "KBSearch", "KBEditing", "KBAnswers", "KBHistory", "KBCatalog", "KBDocument",
        "KBGit", "KBDisk", "KBSource", "POSIX",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "kb", dependencies: ["KBCommand"]),

    // The files of templates/ go into the binary at build time.
    .plugin(
      name: "EmbedTemplates", capability: .buildTool(), dependencies: ["EmbedTemplatesTool"],
      path: "Sources/EmbedTemplates"),
    .executableTarget(name: "EmbedTemplatesTool", path: "Sources/EmbedTemplatesTool"),

    // Marked texts and short records, for the tests of every module.
    .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
    .target(
      name: "KBTestSupport", dependencies: ["CSpawn", "KBCatalog", "KBDocument", "KBSource", "POSIX"],
      path: "Tests/KBTestSupport"),
    .testTarget(name: "KBSourceTests", dependencies: ["KBSource", "KBTestSupport"]),
    .testTarget(name: "KBDiskTests", dependencies: ["KBDisk", "KBSource", "KBTestSupport", "POSIX"]),
    .testTarget(name: "KBGitTests", dependencies: ["KBGit", "KBDisk", "KBSource", "KBTestSupport", "POSIX"]),
    .testTarget(name: "KBDocumentTests", dependencies: ["KBDocument", "KBSource", "KBTestSupport", "POSIX"]),
    .testTarget(name: "KBCatalogTests", dependencies: ["KBCatalog", "KBDocument", "KBSource", "KBTestSupport"]),
    .testTarget(name: "KBSearchTests", dependencies: ["KBSearch", "KBCatalog", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBAnswersTests", dependencies: ["KBAnswers", "KBHistory", "KBCatalog", "KBSource", "KBTestSupport"]),
    .testTarget(name: "KBHistoryTests", dependencies: ["KBHistory", "KBCatalog", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBEditingTests", dependencies: ["KBEditing", "KBCatalog", "KBDocument", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBSiteTests",
      dependencies: [
        "KBSite", "KBAnswers", "KBHistory", "KBCatalog", "KBDocument", "KBDisk", "KBSource", "KBTestSupport",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "KBLiveTests",
      dependencies: [
        "KBLive", "KBSite", "KBAnswers", "KBCatalog", "KBDocument", "KBGit", "KBDisk", "KBSource", "KBTestSupport",
      ]),
    .testTarget(
      name: "KBServerTests",
      dependencies: ["KBServer", "KBTestSupport", .product(name: "FlyingSocks", package: "FlyingFox")]),
    // The commands are tested as they are used: by the binary, which is built with the tests.
    .testTarget(name: "KBCommandTests", dependencies: ["kb", "KBTestSupport"], exclude: ["Transcripts"]),
  ],
  swiftLanguageModes: [.v6]
)

// Swift 6, strict memory safety, warnings are errors.
for target in package.targets where target.type == .regular || target.type == .executable || target.type == .test {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ]
}

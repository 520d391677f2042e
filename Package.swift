// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "kb",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "kb", targets: ["kb"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    // The C libraries: a module map and a shim each.
    .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"]), .brew(["md4c"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),

    // The C library of the machine, under one name.
    .target(name: "POSIX"),
    // Paths, places, dates, findings: the words that everything else speaks.
    .target(name: "KBSource", plugins: ["EmbedTemplates"]),
    // Every call of the system on files: walking, watching, caches, publishing all or none.
    .target(name: "KBDisk", dependencies: ["KBSource", "POSIX", "CXXHash"]),
    // States and history of the repository; the only import of libgit2.
    .target(name: "KBGit", dependencies: ["KBDisk", "KBSource", "POSIX", "CLibgit2", "CZlib"]),
    // Passwords, keys and codes in a file: where they are, and the file without them.
    .target(name: "KBSecrets", dependencies: ["KBSource"], plugins: ["EmbedTemplates"]),
    // The text of a file, and YAML in it as nodes with their places; the only import of libyaml.
    .target(name: "KBYAML", dependencies: ["KBSource", "POSIX", "CYAML"]),
    // A file's bytes become front matter and Markdown; the only import of md4c.
    .target(name: "KBDocument", dependencies: ["KBYAML", "KBSecrets", "KBSource", "POSIX", "CMarkdown"]),
    // Which kinds of records there are and which fields they have: declarations, from templates and from `.kb`.
    .target(name: "KBSchema", dependencies: ["KBDocument", "KBYAML", "KBSource"], plugins: ["EmbedTemplates"]),
    // Documents become records with their relations, a library; and the value that holds it with its findings, the catalog.
    .target(name: "KBCatalog", dependencies: ["KBSchema", "KBSecrets", "KBDocument", "KBYAML", "KBSource"]),
    // What is wrong with a library: a rule or a group of rules a file. A catalog is read here.
    .target(name: "KBChecks", dependencies: ["KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource"]),
    // What changed between two states of a knowledge base, and what that means, in sentences.
    .target(name: "KBHistory", dependencies: ["KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource"]),
    // What people ask of a knowledge base: values that pages, the search index and the commands show.
    .target(
      name: "KBAnswers", dependencies: ["KBHistory", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource"]),
    // What is handed out on paper, to providers, management and new colleagues: answers in an order of their own.
    .target(
      name: "KBPapers",
      dependencies: ["KBAnswers", "KBHistory", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource"]),
    // The catalog becomes an index, and queries find pages in it; the only import of libstemmer.
    .target(
      name: "KBSearch",
      dependencies: ["KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource", "POSIX", "CStemmer"]),
    // How files change, in the smallest possible range of bytes, and what new ones begin with; nothing here writes the disk.
    .target(
      name: "KBEditing",
      dependencies: ["KBSheet", "KBCatalog", "KBSchema", "KBSecrets", "KBDocument", "KBYAML", "KBSource"]),
    // What pages are written with: typed HTML, Markdown, pictures as SVG.
    .target(
      name: "KBMarkup", dependencies: ["KBAnswers", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource"]),
    // The pages, a file each, and their words in both languages: answers as HTML.
    .target(
      name: "KBPages",
      dependencies: [
        "KBMarkup", "KBSheet", "KBPapers", "KBAnswers", "KBHistory", "KBCatalog", "KBSchema", "KBDocument", "KBYAML",
        "KBSource",
      ]),
    // The pages become the files of a site: frame, navigation, search; the handbook; what a server adds.
    .target(
      name: "KBSite",
      dependencies: [
        "KBPages", "KBMarkup", "KBSearch", "KBSheet", "KBAnswers", "KBHistory", "KBCatalog", "KBSchema", "KBDocument",
        "KBYAML", "KBDisk",
        "KBSource",
      ]),
    // Tables as spreadsheets have them, CSV and xlsx, both ways.
    .target(name: "KBSheet", dependencies: ["KBSource", "CZlib"]),
    // The site of a knowledge base that somebody is writing.
    .target(
      name: "KBLive",
      dependencies: [
        "KBSite", "KBAnswers", "KBHistory", "KBChecks", "KBCatalog", "KBSchema", "KBSecrets", "KBGit", "KBDisk",
        "KBSource",
      ]),
    // Answers requests over HTTP, and refuses those that it should not answer.
    .target(
      name: "KBServer", dependencies: ["KBSource", "POSIX", .product(name: "FlyingSocks", package: "FlyingFox")]),
    // What a run knows of its surroundings: terminal, clock, environment, the language that is spoken.
    .target(name: "KBTerminal", dependencies: ["KBCatalog", "KBSchema", "KBDisk", "KBSource", "POSIX"]),
    // What commands print: findings, answers and changes as text, Markdown, JSON and SARIF.
    .target(
      name: "KBReports",
      dependencies: [
        "KBTerminal", "KBSite", "KBPages", "KBMarkup", "KBSearch", "KBSheet", "KBEditing", "KBPapers", "KBAnswers",
        "KBHistory",
        "KBChecks", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBDisk", "KBSource",
      ]),
    // The knowledge base that a command is about: read, at an earlier commit, with what is staged, beside a sheet.
    .target(
      name: "KBWorkspace",
      dependencies: [
        "KBReports", "KBTerminal", "KBLive", "KBSite", "KBSearch", "KBSheet", "KBEditing", "KBAnswers", "KBHistory",
        "KBChecks", "KBCatalog", "KBSchema", "KBSecrets", "KBDocument", "KBYAML", "KBGit", "KBDisk", "KBSource",
        "POSIX",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // Several knowledge bases and the overview of them: what no single one can say.
    .target(
      name: "KBMembers",
      dependencies: [
        "KBWorkspace", "KBReports", "KBTerminal", "KBLive", "KBSite", "KBPages", "KBMarkup", "KBAnswers", "KBHistory",
        "KBChecks", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBGit", "KBDisk", "KBSource",
      ]),
    // The command line.
    .target(
      name: "KBCommand",
      dependencies: [
        "KBMembers", "KBWorkspace", "KBReports", "KBTerminal", "KBLive", "KBServer", "KBSite", "KBPages", "KBMarkup",
        "KBSearch",
        "KBSheet",
        "KBEditing", "KBPapers", "KBAnswers", "KBHistory", "KBChecks", "KBCatalog", "KBSchema", "KBSecrets",
        "KBDocument", "KBYAML", "KBGit", "KBDisk",
        "KBSource", "POSIX",
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
      name: "KBTestSupport",
      dependencies: ["CSpawn", "KBChecks", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource", "POSIX"],
      path: "Tests/KBTestSupport"),
    .testTarget(name: "KBSourceTests", dependencies: ["KBSource", "KBTestSupport"]),
    .testTarget(name: "KBDiskTests", dependencies: ["KBDisk", "KBSource", "KBTestSupport", "POSIX"]),
    .testTarget(name: "KBSheetTests", dependencies: ["KBSheet", "KBSource", "KBTestSupport"]),
    .testTarget(name: "KBGitTests", dependencies: ["KBGit", "KBDisk", "KBSource", "KBTestSupport", "POSIX"]),
    .testTarget(name: "KBDocumentTests", dependencies: ["KBDocument", "KBYAML", "KBSource", "KBTestSupport", "POSIX"]),
    .testTarget(
      name: "KBSecretsTests", dependencies: ["KBSecrets", "KBDocument", "KBYAML", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBCatalogTests",
      dependencies: ["KBChecks", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBChecksTests", dependencies: ["KBChecks", "KBCatalog", "KBSchema", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBSearchTests",
      dependencies: ["KBSearch", "KBChecks", "KBCatalog", "KBSchema", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBAnswersTests",
      dependencies: [
        "KBPapers", "KBAnswers", "KBHistory", "KBChecks", "KBCatalog", "KBSchema", "KBSource", "KBTestSupport",
      ]),
    .testTarget(
      name: "KBHistoryTests",
      dependencies: ["KBHistory", "KBChecks", "KBCatalog", "KBSchema", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBEditingTests",
      dependencies: [
        "KBEditing", "KBSheet", "KBChecks", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBSource",
        "KBTestSupport",
      ]),
    .testTarget(
      name: "KBMarkupTests", dependencies: ["KBMarkup", "KBCatalog", "KBSchema", "KBSource", "KBTestSupport"]),
    .testTarget(
      name: "KBSiteTests",
      dependencies: [
        "KBSite", "KBPages", "KBMarkup", "KBSearch", "KBPapers", "KBAnswers", "KBHistory", "KBChecks", "KBCatalog",
        "KBSchema", "KBDocument",
        "KBDisk", "KBSource", "KBTestSupport",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "KBLiveTests",
      dependencies: [
        "KBLive", "KBSite", "KBAnswers", "KBChecks", "KBCatalog", "KBSchema", "KBDocument", "KBYAML", "KBGit", "KBDisk",
        "KBSource",
        "KBTestSupport",
      ]),
    .testTarget(
      name: "KBServerTests",
      dependencies: ["KBServer", "KBTestSupport", .product(name: "FlyingSocks", package: "FlyingFox")]),
    // The commands are tested as they are used: by the binary, which is built with the tests.
    .testTarget(
      name: "KBCommandTests", dependencies: ["kb", "KBSheet", "KBDisk", "KBSource", "KBTestSupport"],
      exclude: ["PublicCases", "Transcripts"]),
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

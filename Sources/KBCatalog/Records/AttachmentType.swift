public import KBSource

/// The types of files that may be published beside the pages: those that a browser shows or saves, but never runs.
public enum AttachmentType: Sendable, Hashable {
  /// A picture that browsers show.
  case image
  /// Shown or saved.
  case file
  /// A picture that no browser shows; it can be saved.
  case unshownImage
  /// A browser would run what is in it.
  case page
  /// A packed picture in SVG, into which nobody can look.
  case packedPicture
  /// The system would run it, or a browser's programs.
  case program
  /// It holds private keys or passwords.
  case keys
  /// An Office file with macros.
  case macros
  /// Not known.
  case unknown

  private static let endings: [(type: AttachmentType, endings: String)] = [
    (.image, "svg png jpg jpeg gif webp avif bmp ico"),
    (.unshownImage, "tif tiff heic heif psd ai eps emf wmf xcf raw jxl jp2"),
    (
      .file,
      """
      pdf txt csv tsv log conf cfg cnf ini json jsonc jsonl yml yaml toml properties docx xlsx pptx odt ods odp odg doc xls ppt \
      vsd vsdx vss vst mpp drawio dio rtf zip gz tgz bz2 xz zst tar 7z rar mp4 webm mov mp3 wav ogg m4a ics vcf rdp \
      ps1 psm1 psd1 sh bash zsh sql py reg bat cmd eml msg key pages numbers md5 sha256 asc sig \
      tf tfvars hcl nix rst adoc tex bib diff patch puml plantuml dot gv mmd d2 bpmn go rs rb pl pm lua c h cpp hpp cc cs \
      java kt swift scala r jl m awk sed vim el gradle cmake make mk dockerfile service timer socket mount target rules \
      network netdev repo list sources crt cer pem der csr crl p7b p7c ovpn pub dwg dxf stl step stp pcap pcapng ldf ldif \
      template tmpl j2 jinja tpl epub mobi parquet sqlite db bak evtx etl dmp iso img one graphml gliffy xmind fodt
      """
    ),
    (.page, "html htm xhtml xht shtml mht mhtml xml xsl xslt"),
    (.packedPicture, "svgz"),
    (
      .program,
      "js mjs cjs hta swf wasm php jsp asp aspx exe msi dll com scr vbs vbe jse wsf wsh jar app deb rpm pkg dmg apk lnk cpl msix appx ps1xml"
    ),
    (.keys, "p12 pfx jks keystore kdbx kdb ppk gpg agilekeychain wallet"),
    (.macros, "docm dotm xlsm xltm xlam pptm potm ppam"),
  ]
  private static let byEnding: [String: AttachmentType] = Dictionary(
    endings.flatMap { row in row.endings.split(separator: " ").map { (String($0), row.type) } },
    uniquingKeysWith: { first, _ in first })

  /// Names of text files without an ending.
  private static let plainNames: Set<String> = [
    "license", "licence", "copying", "notice", "authors", "contributors", "changelog", "changes", "readme", "todo",
    "makefile", "dockerfile", "containerfile", "vagrantfile", "jenkinsfile", "procfile", "gemfile", "rakefile",
    "brewfile", "codeowners", "hosts", "fstab", "crontab", "sshd_config", "ssh_config", "known_hosts",
    "authorized_keys",
    "exports", "passwd", "sudoers", "resolv", "version", "install", "caddyfile", "corefile", "justfile",
  ]

  /// Returns the type of a file, by its name.
  public init(_ path: RepoPath) {
    if let known = AttachmentType.byEnding[path.ending] {
      self = known
    } else {
      self =
        path.ending.isEmpty && AttachmentType.plainNames.contains(path.name.lowercased()) ? .file : .unknown
    }
  }

  /// Returns whether a file of this name may be published, where nothing in it speaks against that.
  public static func isPublished(_ path: RepoPath) -> Bool {
    switch AttachmentType(path) {
    case .image, .file, .unshownImage: true
    case .page, .packedPicture, .program, .keys, .macros, .unknown: false
    }
  }

  /// Returns whether the file can be shown as an image.
  public static func isImage(_ path: RepoPath) -> Bool { AttachmentType(path) == .image }
}

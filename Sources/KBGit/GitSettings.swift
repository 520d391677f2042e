import CLibgit2

/// Some of git's settings that count in a folder: those of its repository before those of the user and of the machine.
public struct GitSettings: Sendable {
  /// `user.name`; `nil` when it is not set.
  public let userName: String?
  /// `user.email`.
  public let userEmail: String?
  /// `core.hooksPath`, `~` resolved.
  public let hooksPath: String?

  /// Reads the settings, in a repository or not.
  public init(around root: String) {
    Library.prepare()
    guard let pointer = unsafe GitSettings.open(root) else {
      userName = nil
      userEmail = nil
      hooksPath = nil
      return
    }
    let settings = unsafe Handle(pointer, git_config_free)
    userName = GitSettings.text(settings, "user.name")
    userEmail = GitSettings.text(settings, "user.email")
    var buffer = unsafe git_buf()
    defer { unsafe git_buf_dispose(&buffer) }
    let found = unsafe git_config_get_path(&buffer, settings.pointer, "core.hooksPath") == 0
    hooksPath = unsafe found ? buffer.ptr.map { unsafe String(cString: $0) } : nil
  }

  private static func open(_ root: String) -> OpaquePointer? {
    var repository: OpaquePointer?
    var settings: OpaquePointer?
    if unsafe git_repository_open_ext(&repository, root, 0, nil) == 0, let repository = unsafe repository {
      let owned = unsafe Handle(repository, git_repository_free)
      _ = unsafe git_repository_config(&settings, owned.pointer)
    } else {
      _ = unsafe git_config_open_default(&settings)
    }
    return unsafe settings
  }

  /// The file and the object in git that name people, `mailmap.file` and `mailmap.blob`.
  static func mailmap(of repository: borrowing Handle) -> (file: String?, blob: String?) {
    var pointer: OpaquePointer?
    guard unsafe git_repository_config(&pointer, repository.pointer) == 0, let pointer = unsafe pointer else {
      return (nil, nil)
    }
    let settings = unsafe Handle(pointer, git_config_free)
    var buffer = unsafe git_buf()
    defer { unsafe git_buf_dispose(&buffer) }
    let found = unsafe git_config_get_path(&buffer, settings.pointer, "mailmap.file") == 0
    return (unsafe found ? buffer.ptr.map { unsafe String(cString: $0) } : nil, text(settings, "mailmap.blob"))
  }

  private static func text(_ settings: borrowing Handle, _ name: String) -> String? {
    var buffer = unsafe git_buf()
    defer { unsafe git_buf_dispose(&buffer) }
    guard unsafe git_config_get_string_buf(&buffer, settings.pointer, name) == 0, let text = unsafe buffer.ptr else {
      return nil
    }
    return unsafe String(cString: text)
  }
}

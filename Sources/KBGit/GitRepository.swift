import CLibgit2
public import KBSource

/// Sole owner of one libgit2 object, freed exactly once. Not `Sendable`: libgit2's objects stay on one task.
@safe struct Handle: ~Copyable {
  let pointer: OpaquePointer
  private let free: @convention(c) (OpaquePointer?) -> Void

  init(_ pointer: OpaquePointer, _ free: @escaping @convention(c) (OpaquePointer?) -> Void) {
    unsafe self.pointer = pointer
    unsafe self.free = free
  }

  deinit { unsafe free(pointer) }
}

/// An open repository; only values leave it.
public struct GitRepository: ~Copyable {
  let repository: Handle
  let database: Handle
  let mailmap: Mailmap
  /// Path of the folder that was asked about, below the repository's root; empty when it is the root.
  public let prefix: String
  /// Whether the history is cut at some commits, as `git clone --depth` does.
  public let isShallow: Bool
  /// Whether the contents of older files were left out when the repository was fetched, as `git clone --filter` does.
  public let isPartial: Bool
  /// The folder of the repository's files, shared by all its worktrees.
  public let commonFolder: String

  /// Opens the repository around a folder. Never creates one.
  public init(around root: String) throws(GitError) {
    Library.prepare()
    if let unusual = UnusualFile(around: root) { throw .unusual(unusual.path) }
    var pointer: OpaquePointer?
    let opened = unsafe git_repository_open_ext(&pointer, root, 0, nil)
    guard opened == 0, let pointer = unsafe pointer else {
      // Where no configuration allows it, libgit2 says of a repository of somebody else that there is none.
      if let foreign = ForeignRepository(around: root) { throw .foreign(foreign.folder) }
      throw opened == GIT_ENOTFOUND.rawValue ? .noRepository : .last(code: opened)
    }
    let repository = unsafe Handle(pointer, git_repository_free)
    let database = try GitRepository.openDatabase(of: repository)
    let mailmap = try Mailmap(of: repository)
    var prefix = ""
    if let workdir = unsafe git_repository_workdir(pointer) {
      let top = unsafe String(cString: workdir)
      // By bytes: Swift's prefixes are texts, and paths are not.
      if root.utf8.starts(with: top.utf8) {
        prefix = String(decoding: root.utf8.dropFirst(top.utf8.count), as: UTF8.self)
      }
    }
    self.prefix = prefix
    isShallow = unsafe git_repository_is_shallow(pointer) == 1
    isPartial = GitRepository.isPartial(repository)
    commonFolder = unsafe git_repository_commondir(pointer).map { unsafe String(cString: $0) } ?? ""
    self.repository = repository
    self.database = database
    self.mailmap = mailmap
  }

  /// Whether the repository expects its first remote to have the objects that it lacks.
  private static func isPartial(_ repository: borrowing Handle) -> Bool {
    var pointer: OpaquePointer?
    guard unsafe git_repository_config(&pointer, repository.pointer) == 0, let pointer = unsafe pointer else {
      return false
    }
    let configuration = unsafe Handle(pointer, git_config_free)
    var isPromised: Int32 = 0
    return unsafe git_config_get_bool(&isPromised, configuration.pointer, "remote.origin.promisor") == 0
      && isPromised != 0
  }

  /// The folder of this worktree's files in the repository, without a slash at its end.
  var ownFolder: String {
    let folder = unsafe git_repository_path(repository.pointer).map { unsafe String(cString: $0) } ?? commonFolder
    return folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }

  /// Returns the commit that is checked out, or `nil` before the first one.
  public func head() throws(GitError) -> ObjectID? {
    var id = git_oid()
    let code = unsafe git_reference_name_to_id(&id, repository.pointer, "HEAD")
    if code == GIT_ENOTFOUND.rawValue { return nil }
    guard code == 0 else { throw .last(code: code) }
    return ObjectID(id)
  }

  /// The commit that a revision names: a branch, a tag, `HEAD~3`, a commit's first digits, or a day.
  ///
  /// A day, such as `2026-10-01`, names the last commit of that day or before, along first parents from HEAD.
  public func commit(named name: String) throws(GitError) -> ObjectID {
    let head = try head()
    var object: OpaquePointer?
    let code = name.isEmpty ? GIT_ENOTFOUND.rawValue : unsafe git_revparse_single(&object, repository.pointer, name)
    if code == 0, let object = unsafe object {
      let found = unsafe Handle(object, git_object_free)
      var peeled: OpaquePointer?
      let result = unsafe git_object_peel(&peeled, found.pointer, GIT_OBJECT_COMMIT)
      guard result == 0, let peeled = unsafe peeled else {
        try checkTarget(of: name)
        throw .unknownRevision(name, near: NearMiss(name, nearest: nil), isShallow: false)
      }
      let commit = unsafe Handle(peeled, git_object_free)
      return unsafe ObjectID(git_object_id(commit.pointer).pointee)
    }
    // Where a branch has no commit yet, one that is pushed may be there by its name.
    guard let head else { throw .empty }
    if let day = CalendarDate(iso: name) {
      if let commit = try commit(on: day, from: head) { return commit }
      throw GitError(
        .unknownRevision,
        Message(
          de: "am \(name) gab es noch keinen Commit" + (isShallow ? ", oder er fehlt diesem flachen Klon" : ""),
          en: "there was no commit yet on \(name)" + (isShallow ? ", or this shallow clone lacks it" : "")))
    }
    try checkTarget(of: name)
    throw .unknownRevision(
      name, near: NearMiss(name, among: try referenceNames()), isShallow: isShallow)
  }

  /// Throws what is wrong with the commit that a branch or tag of this name leads to: a damaged one is not unknown.
  private func checkTarget(of name: String) throws(GitError) {
    var reference: OpaquePointer?
    guard unsafe git_reference_dwim(&reference, repository.pointer, name) == 0, let reference = unsafe reference else {
      return
    }
    let found = unsafe Handle(reference, git_reference_free)
    var resolved: OpaquePointer?
    guard unsafe git_reference_resolve(&resolved, found.pointer) == 0, let resolved = unsafe resolved else { return }
    let direct = unsafe Handle(resolved, git_reference_free)
    if let target = unsafe git_reference_target(direct.pointer) { _ = try info(of: unsafe ObjectID(target.pointee)) }
  }

  /// The last commit of a day or before it, along first parents.
  public func commit(on day: CalendarDate, from start: ObjectID) throws(GitError) -> ObjectID? {
    var next: ObjectID? = start
    // In a damaged repository a commit may lead back to itself.
    var seen: Set<ObjectID> = []
    while let id = next, seen.insert(id).inserted {
      let commit = try info(of: id)
      if let date = commit.committed?.date, date <= day { return id }
      next = commit.parents.first
      if let parent = next, isShallow, !contains(parent) { return nil }
    }
    return nil
  }

  /// The names of branches and tags.
  func referenceNames() throws(GitError) -> [String] {
    var list = unsafe git_strarray()
    let code = unsafe git_reference_list(&list, repository.pointer)
    guard code == 0 else { throw .last(code: code) }
    defer { unsafe git_strarray_dispose(&list) }
    return unsafe (0..<list.count).compactMap { number in
      guard let text = unsafe list.strings[number] else { return nil }
      let name = unsafe String(cString: text)
      return ["refs/heads/", "refs/tags/", "refs/remotes/"].first { name.hasPrefix($0) }.map {
        String(name.dropFirst($0.count))
      }
    }
  }

  /// The commits that branches, tags and the stash lead to; what leads to no commit is left out.
  public func tips() throws(GitError) -> [ObjectID] {
    var tips: Set<ObjectID> = []
    try forEachReference { _, commit in tips.insert(commit) }
    return tips.sorted { $0.description < $1.description }
  }

  /// What somebody wrote about a commit when they gave it a name.
  public struct TagMessage: Sendable {
    public let commit: ObjectID
    public let text: String
  }

  /// The messages of annotated tags.
  public func tagMessages() throws(GitError) -> [TagMessage] {
    var messages: [TagMessage] = []
    try forEachReference { object, commit in
      guard unsafe git_object_type(object.pointer) == GIT_OBJECT_TAG, let text = unsafe git_tag_message(object.pointer)
      else {
        return
      }
      messages.append(TagMessage(commit: commit, text: unsafe String(cString: text)))
    }
    return messages
  }

  /// Hands on what each reference leads to, and the commit behind it.
  private func forEachReference(_ take: (borrowing Handle, ObjectID) -> Void) throws(GitError) {
    var list = unsafe git_strarray()
    let code = unsafe git_reference_list(&list, repository.pointer)
    guard code == 0 else { throw .last(code: code) }
    defer { unsafe git_strarray_dispose(&list) }
    for number in 0..<(unsafe list.count) {
      guard let name = unsafe list.strings[number] else { continue }
      var object: OpaquePointer?
      guard unsafe git_revparse_single(&object, repository.pointer, name) == 0, let object = unsafe object else {
        continue
      }
      let found = unsafe Handle(object, git_object_free)
      var peeled: OpaquePointer?
      guard unsafe git_object_peel(&peeled, found.pointer, GIT_OBJECT_COMMIT) == 0, let peeled = unsafe peeled else {
        continue
      }
      let commit = unsafe Handle(peeled, git_object_free)
      take(found, unsafe ObjectID(git_object_id(commit.pointer).pointee))
    }
  }

  // MARK: Objects

  /// The type of an object.
  enum ObjectType {
    case commit, tree, blob

    var code: git_object_t {
      switch self {
      case .commit: GIT_OBJECT_COMMIT
      case .tree: GIT_OBJECT_TREE
      case .blob: GIT_OBJECT_BLOB
      }
    }
  }

  /// Whether an object is there; a partial clone lacks some.
  public func contains(_ id: ObjectID) -> Bool {
    var oid = git_oid(id)
    return unsafe git_odb_exists(database.pointer, &oid) == 1
  }

  /// The size of an object in bytes.
  public func size(of id: ObjectID) throws(GitError) -> Int {
    var oid = git_oid(id)
    var size = 0
    var type = GIT_OBJECT_ANY
    try check(unsafe git_odb_read_header(&size, &type, database.pointer, &oid), id)
    return size
  }

  /// The bytes of an object, at most `limit` of them.
  func read(_ id: ObjectID, _ type: ObjectType, limit: Int = .max) throws(GitError) -> [UInt8] {
    var oid = git_oid(id)
    var object: OpaquePointer?
    try check(unsafe git_odb_read(&object, database.pointer, &oid), id)
    guard let object = unsafe object else { throw .missing(id, isPartial: isPartial) }
    let owned = unsafe Handle(object, git_odb_object_free)
    guard unsafe git_odb_object_type(owned.pointer) == type.code else { throw .damaged(id) }
    let size = unsafe git_odb_object_size(owned.pointer)
    let data = unsafe UnsafeRawBufferPointer(start: git_odb_object_data(owned.pointer), count: min(size, limit))
    return unsafe Array(data)
  }

  private func check(_ code: Int32, _ id: ObjectID) throws(GitError) {
    guard code != 0 else { return }
    if code == GIT_ENOTFOUND.rawValue { throw .missing(id, isPartial: isPartial) }
    throw .damaged(id)
  }

  /// The bytes of a file, by its object.
  public func contents(_ id: ObjectID) throws(GitError) -> [UInt8] { try read(id, .blob) }

  /// Author, date and message of a commit; the author by the name that `.mailmap` gives.
  public func info(of id: ObjectID) throws(GitError) -> CommitInfo { mailmap.applied(to: try commit(id).info) }

  func commit(_ id: ObjectID) throws(GitError) -> CommitObject {
    guard let commit = CommitObject(id: id, bytes: try read(id, .commit)) else { throw .damaged(id) }
    return commit
  }
}

extension ObjectID {
  init(_ oid: git_oid) {
    var oid = oid
    let bytes = unsafe withUnsafeBytes(of: &oid) { unsafe Array($0) }
    self.init(bytes: bytes)
  }
}

extension git_oid {
  init(_ id: ObjectID) {
    self.init()
    let bytes = id.bytes
    _ = unsafe bytes.withUnsafeBufferPointer { unsafe git_oid_fromraw(&self, $0.baseAddress) }
  }
}

import CLibgit2
import KBDisk
import KBSource
import POSIX

extension GitRepository {
  /// Gives a repository a database that reads what git keeps in single files with our reader, and packs with libgit2's.
  static func openDatabase(of repository: borrowing Handle) throws(GitError) -> Handle {
    var pointer: OpaquePointer?
    let made = unsafe git_odb_new(&pointer)
    guard made == 0, let pointer = unsafe pointer else { throw .last(code: made) }
    let database = unsafe Handle(pointer, git_odb_free)
    var folder = unsafe git_buf()
    let found = unsafe git_repository_item_path(&folder, repository.pointer, GIT_REPOSITORY_ITEM_OBJECTS)
    guard found == 0, let text = unsafe folder.ptr else { throw .last(code: found) }
    defer { unsafe git_buf_dispose(&folder) }
    for folder in ObjectFolder.all(from: [unsafe String(cString: text)] + ObjectFolder.namedByGit()) {
      var packs: UnsafeMutablePointer<git_odb_backend>?
      let opened = unsafe git_odb_backend_pack(&packs, folder.path)
      guard opened == 0, let packs = unsafe packs else { throw .last(code: opened) }
      // As libgit2 does it: packs are asked before single files.
      let first = unsafe git_odb_add_backend(database.pointer, packs, 2)
      guard first == 0 else { throw .last(code: first) }
      let second = unsafe git_odb_add_backend(database.pointer, LooseObjects.source(of: folder), 1)
      guard second == 0 else { throw .last(code: second) }
    }
    let set = unsafe git_repository_set_odb(repository.pointer, database.pointer)
    guard set == 0 else { throw .last(code: set) }
    return database
  }
}

/// A folder with objects: that of a repository, or one that it borrows from.
final class ObjectFolder: Sendable {
  let path: String

  private init(_ path: String) { self.path = path }

  /// The depth to which repositories may borrow from each other, as in git.
  private static let deepest = 5

  /// A folder and those that it borrows from: `info/alternates` names one per line (gitrepository-layout(5)).
  static func all(from first: [String]) -> [ObjectFolder] {
    var folders: [ObjectFolder] = []
    var level = first
    for _ in 0...deepest {
      var next: [String] = []
      for path in level.map({ $0.hasSuffix("/") ? String($0.dropLast()) : $0 }) {
        guard !folders.contains(where: { $0.path == path }) else { continue }
        folders.append(ObjectFolder(path))
        next += alternates(of: path)
      }
      level = next
    }
    return folders
  }

  /// The folders that git names to its hooks: before a push is accepted, its objects are in one of their own (git-receive-pack(1),
  /// "Quarantine Environment").
  static func namedByGit() -> [String] {
    func folders(_ name: String) -> [String] {
      guard let value = unsafe getenv(name).map({ unsafe String(cString: $0) }) else { return [] }
      return value.split(separator: ":").map(String.init)
    }
    let named = folders("GIT_OBJECT_DIRECTORY") + folders("GIT_ALTERNATE_OBJECT_DIRECTORIES")
    return named.compactMap(Disk.realPath)
  }

  private static func alternates(of folder: String) -> [String] {
    do throws(Disk.Failure) {
      let text = try Disk.read("\(folder)/info/alternates", most: 65_536) ?? []
      return String(decoding: text, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
        $0.hasPrefix("/") ? String($0) : "\(folder)/\($0)"
      }
    } catch {
      // What is only there is then missing, and said to be.
      return []
    }
  }

  // MARK: Objects

  /// The bytes that hold every head.
  static let head = 256

  /// The file of an object, at most `most` bytes of it; `nil` where there is none.
  func file(_ id: ObjectID, most: Int = .max - 1) throws(Disk.Failure) -> [UInt8]? {
    try Disk.read(path(of: id), most: most)
  }

  func contains(_ id: ObjectID) -> Bool {
    do throws(Disk.Failure) { return try Disk.status(path(of: id), followsLinks: true)?.type == .file } catch {
      return true
    }
  }

  private func path(of id: ObjectID) -> String {
    let digits = "\(id)"
    return "\(path)/\(digits.prefix(2))/\(digits.dropFirst(2))"
  }

  /// The objects whose names begin with some digits, two at least.
  func names(from digits: String) -> [ObjectID] {
    let (folder, rest) = (digits.prefix(2), digits.dropFirst(2))
    do throws(Disk.Failure) {
      return try Disk.names(in: "\(path)/\(folder)").filter { $0.hasPrefix(rest) }.compactMap {
        ObjectID("\(folder)\($0)")
      }
    } catch {
      return []
    }
  }
}

/// The objects in single files as a source that libgit2 asks.
enum LooseObjects {
  /// Creates a source, which belongs to the database that it is added to.
  static func source(of folder: ObjectFolder) -> UnsafeMutablePointer<git_odb_backend> {
    let source = UnsafeMutablePointer<kb_git_backend>.allocate(capacity: 1)
    unsafe source.initialize(to: kb_git_backend())
    let parent = unsafe UnsafeMutableRawPointer(source).assumingMemoryBound(to: git_odb_backend.self)
    unsafe git_odb_init_backend(parent, UInt32(GIT_ODB_BACKEND_VERSION))
    unsafe source.pointee.context = Unmanaged.passRetained(folder).toOpaque()
    unsafe parent.pointee.read = { bytes, size, type, source, id in
      guard let id = unsafe id else { return GIT_ERROR.rawValue }
      return unsafe LooseObjects.read(ObjectID(id.pointee), source, bytes, size, type)
    }
    unsafe parent.pointee.read_prefix = { found, bytes, size, type, source, digits, count in
      let (id, code) = unsafe LooseObjects.only(source, digits, count)
      guard let id else { return code }
      unsafe found?.pointee = git_oid(id)
      return unsafe LooseObjects.read(id, source, bytes, size, type)
    }
    unsafe parent.pointee.read_header = { size, type, source, id in
      guard let id = unsafe id else { return GIT_ERROR.rawValue }
      let (object, code) = unsafe LooseObjects.object(ObjectID(id.pointee), source, isHead: true)
      guard let object else { return code }
      unsafe size?.pointee = object.size
      unsafe type?.pointee = object.type.code
      return 0
    }
    unsafe parent.pointee.exists = { source, id in
      guard let id = unsafe id else { return 0 }
      return unsafe LooseObjects.folder(of: source).contains(ObjectID(id.pointee)) ? 1 : 0
    }
    unsafe parent.pointee.exists_prefix = { found, source, digits, count in
      let (id, code) = unsafe LooseObjects.only(source, digits, count)
      guard let id else { return code }
      unsafe found?.pointee = git_oid(id)
      return 0
    }
    unsafe parent.pointee.free = { parent in
      let source = unsafe UnsafeMutableRawPointer(parent)?.assumingMemoryBound(to: kb_git_backend.self)
      if let context = unsafe source?.pointee.context { unsafe Unmanaged<ObjectFolder>.fromOpaque(context).release() }
      unsafe source?.deallocate()
    }
    return unsafe parent
  }

  private static func folder(of source: UnsafeMutablePointer<git_odb_backend>?) -> ObjectFolder {
    let source = unsafe UnsafeMutableRawPointer(source)?.assumingMemoryBound(to: kb_git_backend.self)
    guard let context = unsafe source?.pointee.context else { preconditionFailure("libgit2 lost its context") }
    return unsafe Unmanaged<ObjectFolder>.fromOpaque(context).takeUnretainedValue()
  }

  /// The object with a name; `nil` with libgit2's code where there is none, or where it is damaged.
  private static func object(
    _ id: ObjectID, _ source: UnsafeMutablePointer<git_odb_backend>?, isHead: Bool = false
  ) -> (LooseObject?, CInt) {
    do throws(Disk.Failure) {
      let file = try unsafe folder(of: source).file(id, most: isHead ? ObjectFolder.head : .max - 1)
      guard let file else { return (nil, GIT_ENOTFOUND.rawValue) }
      if let object = LooseObject(file, isHead: isHead) { return (object, 0) }
    } catch {}
    return (nil, GIT_ERROR.rawValue)
  }

  /// Hands an object over to libgit2.
  private static func read(
    _ id: ObjectID, _ source: UnsafeMutablePointer<git_odb_backend>?,
    _ bytes: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ size: UnsafeMutablePointer<Int>?, _ type: UnsafeMutablePointer<git_object_t>?
  ) -> CInt {
    let (object, code) = unsafe object(id, source)
    guard let object else { return code }
    // libgit2 expects a zero after the last byte.
    guard let copy = unsafe git_odb_backend_data_alloc(source, object.size + 1) else { return GIT_ERROR.rawValue }
    unsafe object.bytes.withUnsafeBytes {
      unsafe UnsafeMutableRawBufferPointer(start: copy, count: object.size).copyMemory(from: $0)
    }
    unsafe copy.storeBytes(of: 0, toByteOffset: object.size, as: UInt8.self)
    unsafe bytes?.pointee = unsafe copy
    unsafe size?.pointee = object.size
    unsafe type?.pointee = object.type.code
    return 0
  }

  /// The only object whose name begins with some digits; `nil` with libgit2's code otherwise.
  private static func only(
    _ source: UnsafeMutablePointer<git_odb_backend>?, _ name: UnsafePointer<git_oid>?, _ count: Int
  ) -> (ObjectID?, CInt) {
    guard let name = unsafe name, count >= 2 else { return (nil, GIT_EAMBIGUOUS.rawValue) }
    let digits = unsafe String("\(ObjectID(name.pointee))".prefix(count))
    let found = unsafe folder(of: source).names(from: digits)
    guard found.count < 2 else { return (nil, GIT_EAMBIGUOUS.rawValue) }
    return (found.first, GIT_ENOTFOUND.rawValue)
  }
}

extension LooseObject.ObjectType {
  fileprivate var code: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }
}

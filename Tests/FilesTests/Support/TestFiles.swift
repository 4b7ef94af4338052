import Files
import Glibc
import TestSupport
import Testing

extension TemporaryFolder {
    func path(_ name: String) -> String { path + "/" + name }
}

/// What an operation throws; nil when it goes well.
func failure<Value>(_ operation: () throws(FileError) -> Value) -> FileError? {
    do throws(FileError) {
        _ = try operation()
        return nil
    } catch {
        return error
    }
}

/// Bytes that differ everywhere, so that a piece missing or at the wrong place shows.
func patternedBytes(_ count: Int) -> [UInt8] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}

func bytes(of path: String) throws -> [UInt8] { try Files.read(path, limit: .max) }

/// Waits until nobody has a file open for writing: a child process that another test forks meanwhile keeps what was open
/// then for as long as it lives.
func waitUntilQuiet(_ path: String) throws {
    let deadline = time(nil) + 60
    while Files.hasWriter(path) == true {
        try #require(time(nil) < deadline, "a writer still has \(path) open")
        usleep(1000)
    }
}

/// Names in a folder, sorted.
func names(in folder: String) throws -> [String] { try Files.names(in: folder).sorted() }

func setMode(_ path: String, _ mode: mode_t) { #expect(chmod(path, mode) == 0) }

func modeBits(of path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
}

func setModified(_ path: String, seconds: Int) {
    let time = timespec(tv_sec: seconds, tv_nsec: 123_456_789)
    #expect(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
}

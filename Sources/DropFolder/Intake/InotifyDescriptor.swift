import Files
import Glibc

/// One inotify instance. Its watches hold no file system busy.
struct InotifyDescriptor: ~Copyable {
    let number: Int32

    init(path: String) throws(FileError) {
        number = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard number >= 0 else { throw FileError(.watch, path: path, code: errno) }
    }

    deinit {
        close(number)
    }

    /// Watches a folder, or finds its watch where there is one.
    func watch(_ path: String, mask: Int32) throws(FileError) -> Int32 {
        let watch = inotify_add_watch(number, path, UInt32(bitPattern: mask))
        guard watch >= 0 else { throw FileError(.watch, path: path, code: errno) }
        return watch
    }

    /// The kernel may have removed it already.
    func remove(_ watch: Int32) {
        inotify_rm_watch(number, watch)
    }

    /// Fills the buffer with whole records; 0 when there are none.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = Glibc.read(number, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            return max(0, count)
        }
    }
}

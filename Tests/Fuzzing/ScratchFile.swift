import Glibc

/// A file that every input is written to: readers of models want paths.
struct ScratchFile {
    let path: String
    private let descriptor: CInt

    /// - Parameter folder: is made if there is none.
    init(folder: String, name: String) {
        mkdir(folder, 0o700)
        path = folder + "/" + name
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        precondition(descriptor >= 0, "cannot write \(path)")
    }

    /// The folder of all of them: `fuzz.sh` makes and removes it.
    static let folder = getenv("GLEANER_FUZZING_FILES").map { String(cString: $0) } ?? "/dev/shm"

    /// Replaces the contents.
    ///
    /// - Parameter room: so many zeros follow, for the data that a header without them promises. They take no memory.
    func write(_ bytes: UnsafeRawBufferPointer, room: Int = 0) {
        let isWritten =
            ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count
            && ftruncate(descriptor, bytes.count + room) == 0
        precondition(isWritten, "cannot write \(path)")
    }

    /// The lowest free descriptor: where it is another after an input, its reader left a file open.
    func freeDescriptor() -> CInt {
        let lowest = dup(descriptor)
        close(lowest)
        return lowest
    }
}

import CSandbox
import Glibc

/// Anonymous memory that worker processes can map: the bytes of a document, or the arena that pixels come back in.
///
/// It has no name, is not inherited, and is gone with the last process that holds it.
final class SharedMemory: Sendable {
    let descriptor: Int32

    /// An empty one; nil when the system has none left.
    init?(name: StaticString) {
        let descriptor = name.withUTF8Buffer { letters in
            letters.withMemoryRebound(to: CChar.self) { letters in
                letters.baseAddress.map { sandbox_memory_create($0) } ?? -1
            }
        }
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
    }

    /// Takes over a descriptor.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    var byteCount: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Makes it at least so large; false when the system has no room.
    func grow(to byteCount: Int) -> Bool {
        byteCount <= self.byteCount || ftruncate(descriptor, off_t(byteCount)) == 0
    }

    /// Appends bytes; false, with `errno`, when the system refuses them.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    /// Lets nobody change the bytes any more, not even this process: whoever maps them can rely on that. False where the
    /// system cannot.
    func freeze() -> Bool { sandbox_memory_freeze(descriptor) == 0 }

    /// Lets nobody make it smaller. False where the system cannot.
    func keepSize() -> Bool { sandbox_memory_keep_size(descriptor) == 0 }

    /// A copy of the first bytes; nil where there are fewer. Memory that was never written takes none for that.
    func copy(_ byteCount: Int) -> [UInt8]? {
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            while initialized < byteCount {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
                let count = pread(descriptor, rest.baseAddress, byteCount - initialized, off_t(initialized))
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else {
                    isWhole = false
                    return
                }
                initialized += count
            }
        }
        return isWhole ? bytes : nil
    }

    /// Gives the memory back to the system; it reads as zeros then.
    func discard() {
        _ = sandbox_memory_discard(descriptor, byteCount)
    }
}

/// A view of the first bytes of shared memory, undone with the value.
struct MemoryMapping: ~Copyable {
    let bytes: UnsafeMutableRawBufferPointer

    /// nil when the system refuses, or when the memory is smaller than that.
    init?(_ memory: borrowing SharedMemory, byteCount: Int, isWritable: Bool) {
        guard byteCount > 0, memory.byteCount >= byteCount else { return nil }
        // A frozen memory can be mapped for reading, or privately; an arena must be shared.
        let protection = isWritable ? PROT_READ | PROT_WRITE : PROT_READ
        // All of an arena is written and read: its pages come at once, and not one by one.
        let sharing = isWritable ? MAP_SHARED | Int32(MAP_POPULATE) : MAP_PRIVATE
        let address = mmap(nil, byteCount, protection, sharing, memory.descriptor, 0)
        guard let address, address != MAP_FAILED else { return nil }
        bytes = UnsafeMutableRawBufferPointer(start: address, count: byteCount)
    }

    deinit { munmap(bytes.baseAddress, bytes.count) }
}

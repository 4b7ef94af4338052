import Glibc

/// Owner of 64-byte aligned floats.
///
/// Some elements beyond the end may be read (never written): kernels load whole vectors.
final class AlignedStorage: @unchecked Sendable {
    static let slack = 64

    let pointer: UnsafeMutablePointer<Float>
    let capacity: Int

    /// Room for `capacity` floats with unspecified contents; nil if the system has not so much memory.
    init?(capacity: Int) {
        let (count, overflow) = max(0, capacity).addingReportingOverflow(Self.slack)
        let (bytes, tooMany) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        guard !overflow, !tooMany else { return nil }
        var raw: UnsafeMutableRawPointer?
        guard posix_memalign(&raw, 64, bytes) == 0, let raw else { return nil }
        pointer = raw.bindMemory(to: Float.self, capacity: count)
        (pointer + max(0, capacity)).update(repeating: 0, count: Self.slack)
        self.capacity = max(0, capacity)
    }

    deinit { free(pointer) }

    /// Room for a buffer whose size follows from a model and an input that were checked before.
    static func allocate(_ capacity: Int) -> AlignedStorage {
        guard let storage = AlignedStorage(capacity: capacity) else {
            preconditionFailure("no memory for a buffer of \(capacity) floats")
        }
        return storage
    }
}

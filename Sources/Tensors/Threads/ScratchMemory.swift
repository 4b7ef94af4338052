import Synchronization

/// Buffers that operations borrow, so that fresh pages are not faulted in for each of them.
final class ScratchMemory: Sendable {
    /// Floats beyond which a buffer is not kept, and buffers that are kept at most.
    private static let largestKept = 8 << 20
    private static let mostKept = 4

    private let free = Mutex<[AlignedStorage]>([])

    /// A buffer of at least `capacity` floats with unspecified contents.
    func borrow(_ capacity: Int) -> AlignedStorage {
        let kept = free.withLock { buffers -> AlignedStorage? in
            let fitting = buffers.indices.filter { buffers[$0].capacity >= capacity }
            guard let smallest = fitting.min(by: { buffers[$0].capacity < buffers[$1].capacity }) else { return nil }
            return buffers.remove(at: smallest)
        }
        return kept ?? .allocate(capacity)
    }

    /// Takes a buffer back that nobody uses any more.
    func giveBack(_ buffer: AlignedStorage) {
        guard buffer.capacity <= Self.largestKept else { return }
        free.withLock { buffers in
            buffers.append(buffer)
            guard buffers.count > Self.mostKept,
                let smallest = buffers.indices.min(by: { buffers[$0].capacity < buffers[$1].capacity })
            else { return }
            buffers.remove(at: smallest)
        }
    }
}

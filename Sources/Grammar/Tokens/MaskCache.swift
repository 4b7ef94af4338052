import Synchronization

/// Masks by the signature of the state they belong to, in bounded memory. Masks are copied in and out.
///
/// Signatures are 128 bits, so that two states have the same one by chance only once in 2^64 states. Slots are in sets
/// of eight, as in the caches of processors; within a set the least recently used one is given up.
final class MaskCache: Sendable {
    /// Must be well mixed: the low bits of `low` choose the set.
    struct Key: Hashable, Sendable {
        var low: UInt64
        var high: UInt64
    }

    private struct Slot {
        var key: Key
        /// When it was last used; 0: never.
        var time: UInt64
        var mask: TokenMask
    }

    private struct Storage {
        var slots: [Slot]
        var time: UInt64 = 0
    }

    private static let slotsPerSet = 8
    private static let maximumSetCount = 128
    private let setCount: Int
    private let storage: Mutex<Storage>

    /// - Parameter capacity: in bytes; at least one set of masks is kept, and at most 1024 masks.
    init(tokenCount: Int, capacity: Int) {
        let bytesPerSlot = (tokenCount + 63) / 64 * 8 + MemoryLayout<Slot>.stride
        setCount = min(max(1, capacity / (bytesPerSlot * Self.slotsPerSet)), Self.maximumSetCount)
        let empty = Slot(key: Key(low: 0, high: 0), time: 0, mask: TokenMask(tokenCount: 0))
        storage = Mutex(Storage(slots: Array(repeating: empty, count: setCount * Self.slotsPerSet)))
    }

    /// Copies the mask of `key` into `mask`; false, with `mask` as it was, if there is none.
    func copyMask(of key: Key, into mask: inout TokenMask) -> Bool {
        let slots = slots(of: key)
        return storage.withLock { storage in
            for index in slots where storage.slots[index].key == key && storage.slots[index].time > 0 {
                storage.time += 1
                storage.slots[index].time = storage.time
                mask.copy(from: storage.slots[index].mask)
                return true
            }
            return false
        }
    }

    /// Keeps a copy of `mask` for `key`.
    func insert(_ mask: TokenMask, for key: Key) {
        let slots = slots(of: key)
        storage.withLock { storage in
            var chosen = slots.lowerBound
            for index in slots {
                if storage.slots[index].time > 0, storage.slots[index].key == key {
                    chosen = index
                    break
                }
                if storage.slots[index].time < storage.slots[chosen].time { chosen = index }
            }
            storage.time += 1
            storage.slots[chosen].time = storage.time
            storage.slots[chosen].key = key
            storage.slots[chosen].mask.copy(from: mask)
        }
    }

    private func slots(of key: Key) -> Range<Int> {
        let first = Int(key.low % UInt64(setCount)) * Self.slotsPerSet
        return first..<first + Self.slotsPerSet
    }
}

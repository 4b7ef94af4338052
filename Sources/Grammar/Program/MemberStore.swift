/// Sets and lists that the frames of a machine refer to by index; they grow with a text and are cleared of what is unused.
struct MemberStore: Sendable {
    /// An entry of a linked list of hashes: the names an object has beyond its members, the elements of an array.
    struct Cell: Sendable {
        let hash: UInt64
        let next: Int32
    }

    /// Sets of members, one bit each.
    var words: [UInt64] = []
    var cells: [Cell] = []

    /// Whether the list that begins at `head` holds a hash.
    @inline(__always)
    func contains(_ hash: UInt64, from head: Int32) -> Bool {
        var index = head
        while index >= 0 {
            if cells[Int(index)].hash == hash { return true }
            index = cells[Int(index)].next
        }
        return false
    }

    func count(from head: Int32) -> Int {
        var count = 0
        var index = head
        while index >= 0 {
            count += 1
            index = cells[Int(index)].next
        }
        return count
    }
}

/// What an object has so far, as far as it matters for what it must have yet.
struct ObjectProgress {
    var count: Int32 = 0
    /// First word of the set of members it has, behind which that of the required ones stands if members call for
    /// others; -1: none yet.
    var words: Int32 = -1
    /// First index of the members that may come next where the order is that of the declaration.
    var position: Int32 = 0
    /// Names beyond the members.
    var names: Int32 = -1
    /// Demands that are met, one bit each.
    var met: UInt8 = 0
}

/// What an array has so far.
struct ArrayProgress {
    var count: Int32 = 0
    /// How many elements meet each demand: 16 bits each.
    var met: UInt64 = 0
    /// Hashes of the elements where these must be unique.
    var elements: Int32 = -1

    func met(_ demand: Int) -> Int32 { Int32(truncatingIfNeeded: met >> UInt64(16 * demand) & 0xFFFF) }
}

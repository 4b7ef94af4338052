/// A nondeterministic pushdown automaton over the bytes of JSON texts, with stacks that share their frames.
///
/// Configurations and frames are appended to growing tables, so that a walk over a trie of tokens goes back by taking
/// the counts it had. Nothing is allocated per byte once the tables are large enough.
struct PushdownMachine: Sendable {
    /// More ways to read a text than these are not followed all: some valid continuations may then be missing.
    static let maximumConfigurations = 256

    let program: GrammarProgram
    var tables: GrammarTables { _read { yield program.tables } }

    private(set) var configurations: [Configuration] = []
    var configurationCount = 0
    private(set) var frames: [Frame] = []
    private(set) var store = MemberStore()
    /// Frames that were needed when the tables were last cleared.
    private var liveFrameCount = 0

    /// A point to go back to.
    struct Mark {
        fileprivate let frames: Int
        fileprivate let words: Int
        fileprivate let cells: Int
    }

    init(program: GrammarProgram) {
        self.program = program
        emit(program.tables.start)
    }

    var mark: Mark { Mark(frames: frames.count, words: store.words.count, cells: store.cells.count) }

    /// Drops the frames and sets that came after a mark; configurations that need them must be gone.
    @inline(__always)
    mutating func goBack(to mark: Mark) {
        if frames.count > mark.frames { frames.removeLast(frames.count - mark.frames) }
        if store.words.count > mark.words { store.words.removeLast(store.words.count - mark.words) }
        if store.cells.count > mark.cells { store.cells.removeLast(store.cells.count - mark.cells) }
    }

    @inline(__always)
    mutating func emit(_ configuration: Configuration) {
        if configurationCount < configurations.count {
            configurations[configurationCount] = configuration
        } else {
            configurations.append(configuration)
        }
        configurationCount += 1
    }

    /// Steps all configurations in a range; their successors come after the last configuration.
    mutating func stepAll(_ range: Range<Int>, _ byte: UInt8) {
        let end = configurationCount
        for index in range {
            step(configurations[index], byte)
            guard configurationCount - end < Self.maximumConfigurations else { break }
        }
        if configurationCount > end + 1 { removeDuplicates(from: end) }
    }

    /// Keeps the configurations from `start` on, and makes them the first ones.
    mutating func keep(from start: Int) {
        guard start > 0 else { return }
        for index in start..<configurationCount { configurations[index - start] = configurations[index] }
        configurationCount -= start
    }

    /// Of configurations that are the same, or of which one can do all that the other can, one stays.
    private mutating func removeDuplicates(from start: Int) {
        var kept = start + 1
        for index in start + 1..<configurationCount {
            let configuration = configurations[index]
            var isNew = true
            for other in start..<kept {
                if includes(configurations[other], configuration) {
                    isNew = false
                    break
                }
                if includes(configuration, configurations[other]) {
                    configurations[other] = configuration
                    isNew = false
                    break
                }
            }
            guard isNew else { continue }
            configurations[kept] = configuration
            kept += 1
        }
        configurationCount = kept
    }

    /// Whether all that may follow the second configuration may follow the first one.
    @inline(__always)
    private func includes(_ first: Configuration, _ second: Configuration) -> Bool {
        if first == second { return true }
        guard first.kind == .after, second.kind == .after, first.hash == second.hash else { return false }
        return hasMetMore(first.frame, second.frame)
    }

    /// Whether two frames differ in the demands that are met alone, and the first one has met those of the second.
    private func hasMetMore(_ first: Int32, _ second: Int32) -> Bool {
        let (one, other) = (frames[Int(first)], frames[Int(second)])
        guard one.shape == other.shape, one.isArray == other.isArray, one.parent == other.parent, !one.isHashed else {
            return false
        }
        guard one.isArray else {
            return one.object.met | other.object.met == one.object.met && one.object.count == other.object.count
                && one.object.position == other.object.position && one.list == other.list && hasSameMembers(one, other)
        }
        let demands = tables.arrays[Int(one.shape)].demands
        guard one.array.count == other.array.count else { return false }
        for (index, demand) in demands.enumerated() {
            let isExact = tables.demands[Int(demand)].maximum < .max
            let (met, otherMet) = (one.array.met(index), other.array.met(index))
            if isExact ? met != otherMet : met < otherMet { return false }
        }
        return true
    }

    private func hasSameMembers(_ one: Frame, _ other: Frame) -> Bool {
        if one.object.words == other.object.words { return true }
        guard one.object.words >= 0, other.object.words >= 0 else { return false }
        let shape = tables.objects[Int(one.shape)]
        for word in 0..<Int(shape.wordCount) * (shape.hasRequirements ? 2 : 1)
        where store.words[Int(one.object.words) + word] != store.words[Int(other.object.words) + word] {
            return false
        }
        return true
    }

    /// Puts the configuration with the shortest ending first, so that it is followed whatever their number.
    mutating func bringNearestForward() {
        guard configurationCount > Self.maximumConfigurations / 8 else { return }
        configurations.swapAt(0, nearest(0..<configurationCount).index)
    }

    /// The index of a frame, which is added unless it is among those that came just before.
    mutating func pushed(_ frame: Frame) -> Int32 {
        for index in stride(from: frames.count - 1, through: max(0, frames.count - 8), by: -1)
        where frames[index].signature == frame.signature && frames[index].parent == frame.parent
            && frames[index].shape == frame.shape && frames[index].hash == frame.hash
            && frames[index].memberHash == frame.memberHash
        {
            return Int32(index)
        }
        frames.append(frame)
        return Int32(frames.count - 1)
    }

    mutating func append(word: UInt64) { store.words.append(word) }

    mutating func append(_ cell: MemberStore.Cell) -> Int32 {
        store.cells.append(cell)
        return Int32(store.cells.count - 1)
    }

    // Stacks.

    @inline(__always)
    func level(_ frame: Int32) -> Int32 { frame < 0 ? 0 : frames[Int(frame)].level }

    @inline(__always)
    func tail(_ frame: Int32) -> Int { frame < 0 ? 0 : frames[Int(frame)].tail }

    @inline(__always)
    func signature(_ frame: Int32) -> UInt64 { frame < 0 ? 0 : frames[Int(frame)].signature }

    @inline(__always)
    func isHashed(_ frame: Int32) -> Bool { frame >= 0 && frames[Int(frame)].isHashed }

    /// Whether a value whose shortest text nests `depth` levels may stand inside `frame`.
    @inline(__always)
    func fits(_ depth: Int, in frame: Int32) -> Bool { Int(level(frame)) + depth <= tables.options.maximumDepth }

    /// Whether much of what is kept is needed no more.
    var needsCompaction: Bool {
        frames.count > 2 * liveFrameCount + 64 || store.words.count > 4096 + 64 * frames.count
    }

    /// Drops all frames and sets that no configuration needs, so that a long text costs no more memory than a short one.
    mutating func compact() {
        var indices = [Int32](repeating: -1, count: frames.count)
        for index in 0..<configurationCount {
            var frame = configurations[index].frame
            while frame >= 0, indices[Int(frame)] < 0 {
                indices[Int(frame)] = 0
                frame = frames[Int(frame)].parent
            }
        }
        var kept: [Frame] = []
        var keptStore = MemberStore()
        var cellIndices: [Int32: Int32] = [:]
        for (index, mark) in indices.enumerated() where mark == 0 {
            var frame = frames[index]
            indices[index] = Int32(kept.count)
            if frame.parent >= 0 { frame.parent = indices[Int(frame.parent)] }
            if !frame.isArray, frame.object.words >= 0 {
                let shape = tables.objects[Int(frame.shape)]
                let first = Int(frame.object.words)
                let count = Int(shape.wordCount) * (shape.hasRequirements ? 2 : 1)
                frame.object.words = Int32(keptStore.words.count)
                keptStore.words += store.words[first..<first + count]
            }
            frame.object.names = copy(frame.object.names, to: &keptStore, &cellIndices)
            frame.array.elements = copy(frame.array.elements, to: &keptStore, &cellIndices)
            kept.append(frame)
        }
        for index in 0..<configurationCount where configurations[index].frame >= 0 {
            let old = configurations[index]
            configurations[index] = Configuration(
                kind: old.kind, prefix: old.prefix, place: old.place, state: old.state, count: old.count,
                frame: indices[Int(old.frame)], hash: old.hash)
        }
        frames = kept
        store = keptStore
        liveFrameCount = kept.count
    }

    /// Copies a list, or the part of it that was not copied before.
    private func copy(_ head: Int32, to target: inout MemberStore, _ indices: inout [Int32: Int32]) -> Int32 {
        var path: [Int32] = []
        var index = head
        while index >= 0, indices[index] == nil {
            path.append(index)
            index = store.cells[Int(index)].next
        }
        var next = index >= 0 ? indices[index] ?? -1 : -1
        for old in path.reversed() {
            target.cells.append(MemberStore.Cell(hash: store.cells[Int(old)].hash, next: next))
            next = Int32(target.cells.count - 1)
            indices[old] = next
        }
        return next
    }
}

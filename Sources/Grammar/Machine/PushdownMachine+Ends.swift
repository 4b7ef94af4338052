extension PushdownMachine {
    /// Emits what follows a complete value, unless an array has that element already.
    mutating func finish(_ frame: Int32, hash: UInt64) {
        guard frame >= 0 else {
            emit(Configuration(kind: .done, frame: -1))
            return
        }
        if isUniqueArray(frame), store.contains(hash, from: frames[Int(frame)].array.elements) { return }
        emit(Configuration(kind: .after, frame: frame, hash: isHashed(frame) ? hash : 0))
    }

    /// Ends a value with the byte that follows it.
    mutating func finish(_ frame: Int32, hash: UInt64, _ byte: UInt8) {
        guard frame >= 0, !isUniqueArray(frame) || !store.contains(hash, from: frames[Int(frame)].array.elements) else {
            return
        }
        stepAfter(Configuration(kind: .after, frame: frame, hash: isHashed(frame) ? hash : 0), byte)
    }

    /// After a value inside an array or object: a comma, or the end of it.
    mutating func stepAfter(_ after: Configuration, _ byte: UInt8) {
        let frame = frames[Int(after.frame)]
        if frame.isArray {
            if byte == UInt8(ascii: ",") {
                beginElements(after: after.frame, hash: after.hash)
            } else if byte == UInt8(ascii: "]"), tables.isSatisfied(tables.arrays[Int(frame.shape)], frame.array) {
                // Both hashes: `[[a]]` is not `[a]`.
                finish(
                    frame.parent, hash: frame.isHashed ? TextHash.mix(TextHash.mix(frame.hash, after.hash), 0x5B) : 0)
            }
        } else if byte == UInt8(ascii: ",") {
            guard canAddProperty(to: after.frame) else { return }
            emit(Configuration(kind: .keyStart, frame: hashed(after)))
        } else if byte == UInt8(ascii: "}") {
            guard isSatisfied(frame) else { return }
            finish(frame.parent, hash: frame.isHashed ? TextHash.mix(hashOfObject(after), 0x7B) : 0)
        }
    }

    /// Closes an empty array or object.
    mutating func close(_ index: Int32) {
        let frame = frames[Int(index)]
        if !frame.isArray, !isSatisfied(frame) { return }
        finish(frame.parent, hash: frame.isHashed ? TextHash.mix(0, frame.isArray ? 0x5D : 0x7D) : 0)
    }

    /// A sum, so that the order of the properties does not matter.
    private func hashOfObject(_ after: Configuration) -> UInt64 {
        let frame = frames[Int(after.frame)]
        return frame.hash &+ TextHash.mix(frame.memberHash, after.hash)
    }

    /// The frame of an object with the hash of its complete properties.
    private mutating func hashed(_ after: Configuration) -> Int32 {
        let frame = frames[Int(after.frame)]
        guard frame.isHashed else { return after.frame }
        var next = frame
        next.hash = hashOfObject(after)
        next.memberHash = 0
        next.signature = TextHash.mix(frame.signature, next.hash)
        return pushed(next)
    }
}

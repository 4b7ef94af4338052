extension PushdownMachine {
    /// Emits what an object may have after its brace.
    mutating func open(object index: Int, in parent: Int32) {
        let object = tables.objects[index]
        guard fits(object.depth, in: parent) else { return }
        var frame = Frame(
            shape: Int32(index), parent: parent, isArray: false, isUnique: false, isHashed: isHashed(parent),
            level: level(parent) + 1)
        frame.tail = tables.rest(of: object, frame.object, store) + tail(parent)
        frame.signature = signature(of: frame)
        emit(Configuration(kind: .objectOpen, frame: pushed(frame)))
    }

    /// Whether all demands on an object are met, so that it may be closed.
    func isSatisfied(_ frame: Frame) -> Bool {
        let object = tables.objects[Int(frame.shape)]
        guard frame.object.count >= object.minimum,
            frame.object.met == UInt8(truncatingIfNeeded: 1 << object.demands.count - 1)
        else { return false }
        for word in 0..<object.wordCount where tables.missing(word, of: object, frame.object, store) != 0 {
            return false
        }
        return true
    }

    /// How many properties an object must have and lacks.
    private func missingCount(_ object: GrammarTables.ObjectShape, _ progress: ObjectProgress) -> Int32 {
        var count: Int32 = 0
        for word in 0..<object.wordCount {
            count += Int32(tables.missing(word, of: object, progress, store).nonzeroBitCount)
        }
        return count
    }

    // Which properties may come.

    /// Whether a member may come next.
    mutating func canAdd(member: Int32, to index: Int32) -> Bool {
        let frame = frames[Int(index)]
        let object = tables.objects[Int(frame.shape)]
        let entry = tables.members[Int(object.members.lowerBound + member)]
        guard !entry.elements.isEmpty, !tables.has(member, frame.object, store) else { return false }
        if !object.inAnyOrder {
            guard member >= frame.object.position else { return false }
            // No member that must be there may be passed over.
            for word in 0...(member >> 6) {
                var missing = tables.missing(word, of: object, frame.object, store)
                if word == member >> 6 { missing &= 1 << UInt64(member & 63) - 1 }
                if missing != 0 { return false }
            }
        }
        guard
            entry.elements.contains(where: { fits(tables.values[Int(tables.elements[Int($0)].value)].depth, in: index) }
            )
        else { return false }
        if entry.requirements >= 0 {
            for word in 0..<object.wordCount {
                var others = tables.words[Int(entry.requirements + word)]
                if frame.object.words >= 0 { others &= ~store.words[Int(frame.object.words + word)] }
                if !object.inAnyOrder, others != 0 {
                    // Those that are declared before can come no more.
                    let first = max(0, min(64, member - word << 6))
                    let before: UInt64 = first >= 64 ? .max : 1 << UInt64(first) - 1
                    if others & before != 0 { return false }
                }
            }
        }
        return !object.countMatters && object.demands.isEmpty && !object.hasRequirements
            || leadsOn(adding: member, to: index)
    }

    /// Whether a name beyond the members may come next, as far as counts go.
    func canAddName(to frame: Frame, _ object: GrammarTables.ObjectShape) -> Bool {
        guard object.nameRule >= 0 else { return false }
        guard object.maximum < .max else { return true }
        let unmet = (UInt8(truncatingIfNeeded: 1 << object.demands.count - 1) & ~frame.object.met).nonzeroBitCount
        return Int(frame.object.count) + 1 + Int(missingCount(object, frame.object)) + max(0, unmet - 1)
            <= Int(object.maximum)
    }

    /// Whether an object can be completed after one more member.
    private mutating func leadsOn(adding member: Int32, to index: Int32) -> Bool {
        let mark = mark
        defer { goBack(to: mark) }
        let object = tables.objects[Int(frames[Int(index)].shape)]
        let entry = tables.members[Int(object.members.lowerBound + member)]
        for element in entry.elements where frame(adding: member, element, hash: 0, to: index) != nil { return true }
        return false
    }

    /// Whether anything may follow a comma.
    mutating func canAddProperty(to index: Int32) -> Bool {
        let frame = frames[Int(index)]
        let object = tables.objects[Int(frame.shape)]
        if canAddName(to: frame, object), hasFreeName(0, hash: TextHash().value, index, object) { return true }
        for member in (object.inAnyOrder ? 0 : frame.object.position)..<Int32(object.members.count)
        where canAdd(member: member, to: index) {
            return true
        }
        return false
    }

    // Keys.

    mutating func beginKey(_ index: Int32) {
        let frame = frames[Int(index)]
        let object = tables.objects[Int(frame.shape)]
        emitKey(
            Configuration(
                kind: .key, place: object.keys, state: canAddName(to: frame, object) ? 0 : -1, frame: index,
                hash: object.nameRule >= 0 || frame.isHashed ? TextHash().value : 0))
    }

    /// Emits a key if some name can come of it.
    private mutating func emitKey(_ key: Configuration) {
        var key = key
        let object = tables.objects[Int(frames[Int(key.frame)].shape)]
        if key.state >= 0 {
            if key.prefix != 0 {
                let prefix = CodePointPrefix(bits: key.prefix)
                if !tables.strings[Int(object.nameRule)].isLive(key.state, count: 0, inside: prefix) { key.state = -1 }
            } else if !hasFreeName(key.state, hash: key.hash, key.frame, object) {
                key.state = -1
            }
        }
        if key.state >= 0 || key.place >= 0 && hasMember(below: key.place, key.frame) { emit(key) }
    }

    private mutating func hasMember(below node: Int32, _ index: Int32) -> Bool {
        for text in tables.tries.texts(below: node)
        where canAdd(member: tables.tries.texts[text].payload, to: index) {
            return true
        }
        return false
    }

    /// Whether a name that the object does not have yet can come of a state of the rule of names.
    private func hasFreeName(_ state: Int32, hash: UInt64, _ index: Int32, _ object: GrammarTables.ObjectShape) -> Bool
    {
        let rule = tables.strings[Int(object.nameRule)]
        guard state >= 0 else { return false }
        let words = rule.automaton.wordCount(from: state)
        if words > object.members.count + store.count(from: frames[Int(index)].object.names) { return true }
        return freeName(state, hash: hash, index, object) != nil
    }

    /// The shortest rest of a name that the object does not have yet.
    func freeName(
        _ state: Int32, hash: UInt64, _ index: Int32, _ object: GrammarTables.ObjectShape
    ) -> [UInt8]? {
        let head = frames[Int(index)].object.names
        let rule = tables.strings[Int(object.nameRule)]
        let members = tables.tries.texts(below: object.keys)
        func isFree(_ word: [UInt8]) -> Bool {
            let whole = Self.hash(of: word, after: hash)
            return !store.contains(whole, from: head) && !members.contains { tables.tries.texts[$0].hash == whole }
        }
        var nearest: [UInt8] = []
        rule.appendShortest(state, count: 0, to: &nearest)
        if isFree(nearest) { return nearest }
        return rule.shortestWords(state, count: 0, limit: members.count + store.count(from: head) + 1).first(
            where: isFree)
    }

    mutating func stepKey(_ key: Configuration, _ byte: UInt8) {
        var next = key
        let step = key.prefix == 0 ? CodePointPrefix.first(byte) : CodePointPrefix(bits: key.prefix).next(byte)
        if case .quote = step {
            endKey(key)
            return
        }
        if key.hash != 0 {
            var hash = TextHash(key.hash)
            hash.add(byte)
            next.hash = hash.value
        }
        if key.place >= 0 { next.place = tables.tries.child(of: key.place, byte) }
        switch step {
        case .dead, .quote: return
        case .inside(let prefix): next.prefix = prefix.bits
        case .scalar(let scalar):
            next.prefix = 0
            if key.state >= 0 {
                let object = tables.objects[Int(frames[Int(key.frame)].shape)]
                next.state = tables.strings[Int(object.nameRule)].automaton.next(key.state, scalar)
            }
        }
        emitKey(next)
    }

    /// Emits what follows the quote of a key: the name of a member is never taken for another name.
    private mutating func endKey(_ key: Configuration) {
        let frame = frames[Int(key.frame)]
        let hash = frame.isHashed ? key.hash : 0
        if key.place >= 0 {
            let text = tables.tries.nodes[Int(key.place)].text
            if text >= 0 {
                let member = tables.tries.texts[Int(text)].payload
                if canAdd(member: member, to: key.frame) {
                    emit(Configuration(kind: .colon, place: member, frame: key.frame, hash: hash))
                }
                return
            }
        }
        guard key.state >= 0 else { return }
        let object = tables.objects[Int(frame.shape)]
        guard tables.strings[Int(object.nameRule)].canEnd(key.state, count: 0),
            !store.contains(key.hash, from: frame.object.names)
        else { return }
        emit(
            Configuration(
                kind: .colon, place: -1 - tables.label(of: object, key.state), frame: key.frame, hash: key.hash))
    }

    /// The ways to fill the property whose key is complete.
    func elements(_ colon: Configuration) -> Range<Int32> {
        let object = tables.objects[Int(frames[Int(colon.frame)].shape)]
        return colon.place >= 0
            ? tables.members[Int(object.members.lowerBound + colon.place)].elements
            : tables.labels[Int(object.firstLabel - 1 - colon.place)]
    }

    /// Emits all ways to begin the value of a property.
    mutating func beginProperty(_ colon: Configuration) {
        for element in elements(colon) {
            guard let frame = frame(adding: colon.place, element, hash: colon.hash, to: colon.frame) else { continue }
            emit(Configuration(kind: .value, place: tables.elements[Int(element)].value, frame: frame))
        }
    }

    /// The frame of an object with one more property; nil if the object cannot be completed then.
    mutating func frame(adding member: Int32, _ element: Int32, hash: UInt64, to index: Int32) -> Int32? {
        let old = frames[Int(index)]
        let object = tables.objects[Int(old.shape)]
        let element = tables.elements[Int(element)]
        guard fits(tables.values[Int(element.value)].depth, in: index) else { return nil }
        let mark = mark
        var next = old
        next.allowsSpace = true
        next.memberHash = hash
        if object.countMatters || old.object.count == 0 { next.object.count = old.object.count &+ 1 }
        next.object.met |= element.demands
        if member >= 0 {
            addWords(of: member, object, old.object, to: &next.object)
            if !object.inAnyOrder { next.object.position = member + 1 }
        } else {
            next.object.names = append(.init(hash: hash, next: old.object.names))
            next.list = TextHash.mix(old.list, hash)
        }
        let rest = tables.rest(of: object, next.object, store)
        guard rest < GrammarTables.unreachable else {
            goBack(to: mark)
            return nil
        }
        next.tail = rest + tail(old.parent)
        next.signature = signature(of: next)
        return pushed(next)
    }

    private mutating func addWords(
        of member: Int32, _ object: GrammarTables.ObjectShape, _ old: ObjectProgress, to next: inout ObjectProgress
    ) {
        let first = Int32(store.words.count)
        for word in 0..<object.wordCount {
            let used = old.words >= 0 ? store.words[Int(old.words + word)] : 0
            append(word: word == member >> 6 ? used | 1 << UInt64(member & 63) : used)
        }
        if object.hasRequirements {
            let requirements = tables.members[Int(object.members.lowerBound + member)].requirements
            for word in 0..<object.wordCount {
                var required =
                    old.words >= 0
                    ? store.words[Int(old.words + object.wordCount + word)]
                    : tables.words[Int(object.requiredWords + word)]
                if requirements >= 0 { required |= tables.words[Int(requirements + word)] }
                append(word: required)
            }
        }
        next.words = first
    }

    private func signature(of frame: Frame) -> UInt64 {
        let object = tables.objects[Int(frame.shape)]
        var signature = TextHash.mix(self.signature(frame.parent), UInt64(truncatingIfNeeded: frame.shape) << 1 | 1)
        signature = TextHash.mix(
            signature,
            UInt64(UInt32(bitPattern: frame.object.count)) << 9 | UInt64(frame.object.met) << 1
                | (frame.allowsSpace ? 1 : 0))
        signature = TextHash.mix(signature, UInt64(UInt32(bitPattern: frame.object.position)))
        if frame.object.words >= 0 {
            for word in 0..<Int(object.wordCount) * (object.hasRequirements ? 2 : 1) {
                signature = TextHash.mix(signature, store.words[Int(frame.object.words) + word])
            }
        }
        signature = TextHash.mix(signature, frame.list)
        if frame.isHashed { signature = TextHash.mix(TextHash.mix(signature, frame.hash), frame.memberHash) }
        return signature
    }
}

import Synchronization

/// The tables of a grammar by reference, as matchers are copied often, and the masks they share.
final class GrammarProgram: Sendable {
    /// Memory for the masks of one vocabulary.
    private static let maskCapacity = 16 << 20

    let tables: GrammarTables
    private let caches = Mutex<[(vocabulary: Int, masks: MaskCache)]>([])

    private let states = Mutex<[Int32: StringStates]>([:])

    init(_ tables: GrammarTables) { self.tables = tables }

    /// The states of a string rule, looked at when they are first asked for.
    func states(of rule: Int32) -> StringStates {
        if let format = tables.formats[rule] {
            return FormatRules.states(of: format, tables.strings[Int(rule)].automaton)
        }
        return states.withLock { states in
            if let known = states[rule] { return known }
            let new = StringStates(tables.strings[Int(rule)].automaton)
            states[rule] = new
            return new
        }
    }

    /// The masks of a vocabulary; those of the last two are kept.
    func masks(for vocabulary: TokenVocabulary) -> MaskCache {
        caches.withLock { caches in
            if let known = caches.first(where: { $0.vocabulary == vocabulary.identity }) { return known.masks }
            let masks = MaskCache(tokenCount: vocabulary.count, capacity: Self.maskCapacity)
            caches.append((vocabulary.identity, masks))
            if caches.count > 2 { caches.removeFirst() }
            return masks
        }
    }
}

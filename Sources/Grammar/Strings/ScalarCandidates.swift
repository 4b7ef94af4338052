/// One to three ranges of scalars, without an allocation.
struct ScalarCandidates: RandomAccessCollection, Sendable {
    private let storage: (ClosedRange<UInt32>, ClosedRange<UInt32>, ClosedRange<UInt32>)
    let endIndex: Int

    var startIndex: Int { 0 }

    init(_ first: ClosedRange<UInt32>) {
        storage = (first, first, first)
        endIndex = 1
    }

    init(_ first: ClosedRange<UInt32>, _ second: ClosedRange<UInt32>) {
        storage = (first, second, second)
        endIndex = 2
    }

    init(_ first: ClosedRange<UInt32>, _ second: ClosedRange<UInt32>, _ third: ClosedRange<UInt32>) {
        storage = (first, second, third)
        endIndex = 3
    }

    subscript(position: Int) -> ClosedRange<UInt32> {
        switch position {
        case 0: storage.0
        case 1: storage.1
        default: storage.2
        }
    }
}

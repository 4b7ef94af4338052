import DropFolder
import Files
import Testing

struct LedgerDeliveryTests {
    private let fixture: LedgerFixture
    private var ledger: Ledger { fixture.ledger }

    init() throws { fixture = try LedgerFixture() }

    private func settled(_ path: String, _ outcome: Outcome = .record(LedgerFixture.record)) throws -> Arrival {
        let (arrival, document) = try fixture.capture(path, content: path)
        try fixture.settle(document.id, outcome)
        return arrival
    }

    @Test func namesArePromisedAndCanBeExchanged() throws {
        let arrival = try settled("a.pdf")
        try ledger.reserve([(arrival.id, LedgerFixture.names("a.pdf"))])
        #expect(try ledger.arrival(arrival.id).state == .reserved)
        #expect(try ledger.arrival(arrival.id).names == LedgerFixture.names("a.pdf"))
        var names = LedgerFixture.names("a-2.pdf")
        names.lines = AppendIntent(path: "/srv/all.jsonl", inode: .max, offset: 5_000_000_000)
        names.csv = AppendIntent(path: "/srv/all.csv", inode: 7, offset: 0)
        try ledger.reserve([(arrival.id, names)])
        #expect(try ledger.arrival(arrival.id).names == names)
        names.csv = nil
        names.lines?.offset = 9
        try ledger.reserve([(arrival.id, names)])
        #expect(try ledger.arrival(arrival.id).names == names)
        #expect(try ledger.arrivals(naming: "/srv/records/a.pdf.json").isEmpty)
        #expect(try ledger.arrivals(naming: names.output).map(\.id) == [arrival.id])
        #expect(try ledger.arrivals(naming: names.source).map(\.id) == [arrival.id])
    }

    @Test func aRecordIsClosedAsDone() throws {
        let arrival = try settled("a.pdf")
        try fixture.deliver(arrival)
        let closed = try ledger.arrival(arrival.id)
        #expect(closed.state == .done)
        #expect(!closed.hasFailed && !closed.sourceLeft)
        #expect(try #require(closed.closedAt) >= closed.arrivedAt)
        #expect(try ledger.unfinished().isEmpty)
    }

    @Test func aFailureIsClosedAsFailed() throws {
        let arrival = try settled("a.pdf", .failure(LedgerFixture.failure))
        try fixture.deliver(arrival)
        #expect(try ledger.arrival(arrival.id).state == .failed)
        #expect(try ledger.counts().failures == ["encrypted": 1])
    }

    @Test func nothingIsPromisedWhileTheOutcomeIsUnknown() throws {
        let (arrival, document) = try fixture.capture("a.pdf", content: "c0")
        expectMisuse { try ledger.reserve([(arrival.id, LedgerFixture.names("a"))]) }
        expectMisuse { _ = try ledger.outcome(of: arrival) }
        try ledger.begin(document: document.id)
        expectMisuse { try ledger.reserve([(arrival.id, LedgerFixture.names("a"))]) }
        #expect(try ledger.arrival(arrival.id) == arrival)
    }

    @Test func stepsOutOfOrderAreRefusedAndWriteNothing() throws {
        let arrival = try settled("a.pdf")
        let other = try settled("b.pdf")
        expectMisuse { try ledger.delivered([arrival.id]) }
        expectMisuse { try ledger.close([(arrival.id, false)]) }
        expectMisuse { try ledger.startReturn([arrival.id]) }
        expectMisuse { try ledger.finishReturn(arrival.id) }
        try ledger.reserve([(arrival.id, LedgerFixture.names("a"))])
        expectMisuse { try ledger.delivered([arrival.id, other.id]) }
        #expect(try ledger.arrival(arrival.id).state == .reserved, "all or none")
        try ledger.delivered([arrival.id])
        expectMisuse { try ledger.reserve([(arrival.id, LedgerFixture.names("z"))]) }
        #expect(try ledger.arrival(arrival.id).names == LedgerFixture.names("a"))
        try ledger.close([(arrival.id, false)])
        expectMisuse { try ledger.close([(arrival.id, true)]) }
        #expect(try ledger.arrival(arrival.id).sourceLeft == false)
        #expect(throws: LedgerError.unknownArrival(77)) { try ledger.delivered([77]) }
    }

    @Test func sourcesThatCannotBeMovedAreRemembered() throws {
        let identities = [1, 2].map(LedgerFixture.identity)
        for identity in identities {
            var new = LedgerFixture.new("a.pdf", content: "\(identity.inode)")
            new.identity = identity
            let (arrival, document) = try #require(try ledger.capture([new]).first)
            try fixture.settle(try #require(document).id)
            try fixture.deliver(arrival, sourceLeft: true)
        }
        try fixture.close("moved.pdf", content: "c9")
        let left = try ledger.leftSources(inbox: "/srv/inbox")
        #expect(left.map(\.path) == ["a.pdf", "a.pdf"])
        #expect(left.map(\.identity) == identities, "oldest first")
        #expect(try ledger.leftSources(inbox: "/other").isEmpty)
        #expect(try ledger.counts().sourcesLeft == 2)
    }

    @Test func leftSourcesWhoseNamesLookAlikeAreTold() throws {
        for path in ["\u{E9}.pdf", "e\u{301}.pdf"] {
            let (arrival, document) = try fixture.capture(path, content: "c0")
            if !document.hasOutcome { try fixture.settle(document.id) }
            try fixture.deliver(arrival, sourceLeft: true)
        }
        #expect(try ledger.leftSources(inbox: "/srv/inbox").map { $0.path.utf8.count } == [6, 7])
    }

    @Test func theFileSystemsOfFoldersAreRemembered() throws {
        #expect(try ledger.mount(of: "/srv/done") == nil)
        var mount = MountIdentity(
            device: .max, mountPoint: "/srv", type: "nfs4", source: "host:/é", id: 1 << 63, folder: "/done")
        try ledger.remember(folder: "/srv/done", mount)
        #expect(try ledger.mount(of: "/srv/done") == mount)
        mount.device = 3
        try ledger.remember(folder: "/srv/done", mount)
        #expect(try Ledger(readingFrom: fixture.path).mount(of: "/srv/done") == mount)
    }
}

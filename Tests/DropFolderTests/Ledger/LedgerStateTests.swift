import DropFolder
import Testing

/// Every pair of state and event: those that are named are possible, all others are refused.
struct LedgerStateTests {
    @Test func documents() {
        let possible: [(DocumentState, DocumentEvent, DocumentState)] = [
            (.waiting, .begin, .working),
            (.waiting, .settle(failed: true), .failed),
            (.working, .postpone, .waiting),
            (.working, .interrupt, .waiting),
            (.working, .settle(failed: false), .extracted),
            (.working, .settle(failed: true), .failed),
            (.failed, .retry, .waiting),
        ]
        let events: [DocumentEvent] = [
            .begin, .postpone, .interrupt, .settle(failed: false), .settle(failed: true), .retry,
        ]
        for state in DocumentState.allCases {
            for event in events {
                let expected = possible.first { $0.0 == state && $0.1 == event }?.2
                #expect((try? state.transition(event)) == expected, "\(state) \(event)")
            }
        }
    }

    @Test func arrivals() {
        let possible: [(ArrivalState, ArrivalEvent, ArrivalState)] = [
            (.captured, .reserve, .reserved),
            (.reserved, .reserve, .reserved),
            (.reserved, .deliver, .delivered),
            (.delivered, .close(failed: false), .done),
            (.delivered, .close(failed: true), .failed),
            (.failed, .startReturn, .returning),
            (.returning, .finishReturn, .returned),
        ]
        let events: [ArrivalEvent] = [
            .reserve, .deliver, .close(failed: false), .close(failed: true), .startReturn, .finishReturn,
        ]
        for state in ArrivalState.allCases {
            for event in events {
                let expected = possible.first { $0.0 == state && $0.1 == event }?.2
                #expect((try? state.transition(event)) == expected, "\(state) \(event)")
            }
        }
    }

    @Test func everyArrivalCanBeFinished() throws {
        for state in ArrivalState.allCases {
            let next: [ArrivalEvent] = [.reserve, .deliver, .close(failed: false), .finishReturn]
            let isStuck = next.allSatisfy { (try? state.transition($0)) == nil }
            #expect(state.isUnfinished != isStuck, "\(state)")
        }
    }

    @Test func aRefusalNamesStateAndEvent() {
        let error = #expect(throws: IllegalTransition.self) { try ArrivalState.done.transition(.deliver) }
        #expect(error?.description == "\"deliver\" is not possible in the state \"done\"")
    }

    @Test func outcomes() {
        #expect(DocumentState.allCases.filter(\.hasOutcome) == [.extracted, .failed])
    }
}

import JSONSchema

/// Whether the service does its work.
public struct Health: Sendable, Equatable {
    /// What keeps it from that; empty when nothing does.
    public var reasons: [String]

    public init(reasons: [String] = []) {
        self.reasons = reasons
    }

    public var isGood: Bool { reasons.isEmpty }

    var response: HTTPResponse {
        let value: JSONValue =
            isGood
            ? ["status": "ok"] : ["status": "failing", "reasons": .array(reasons.map { .string($0) })]
        return HTTPResponse(isGood ? .ok : .unavailable, "application/json", value.serialized() + [0x0A])
    }
}

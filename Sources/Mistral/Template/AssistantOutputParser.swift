import JSONSchema

/// Turns generated ids into text and tool calls, one id at a time.
///
/// The grammar is `text ([TOOL_CALLS] name ([CALL_ID] id)? [ARGS] json)* </s>?` since v11, and before
/// `text ([TOOL_CALLS] [{"name": …, "arguments": …, "id": …}, …])? </s>?`. A character whose bytes are spread over
/// several tokens comes out when it is complete; the calls of an array when it ends.
public struct AssistantOutputParser: Sendable {
    private enum State {
        case text, name, callID, arguments, list, ended
    }

    /// What has been read so far; after an error, everything before it.
    public private(set) var output = AssistantOutput()
    private let tokenizer: TekkenTokenizer
    private var decoder: TekkenStreamDecoder
    /// The JSON array of all calls, as far as it has been read.
    private var list = ""
    private var state = State.text
    private var position = 0

    public init(_ tokenizer: TekkenTokenizer) {
        self.tokenizer = tokenizer
        decoder = TekkenStreamDecoder(tokenizer)
    }

    /// Parses a whole output; a final `</s>` may be missing.
    public static func parse(
        _ ids: [Int], tokenizer: TekkenTokenizer
    ) throws(AssistantOutputError) -> AssistantOutput {
        var parser = AssistantOutputParser(tokenizer)
        for id in ids { _ = try parser.append(id) }
        _ = try parser.finish()
        return parser.output
    }

    /// Takes the next id and returns what it brought, in order.
    public mutating func append(_ id: Int) throws(AssistantOutputError) -> [AssistantOutputEvent] {
        defer { position += 1 }
        guard state != .ended else { throw .tokenAfterEnd(position: position) }
        guard tokenizer.isSpecialToken(id) else { return received(decoder.append(id)) }
        switch tokenizer.specialTokenName(id).flatMap(ControlToken.init(rawValue:)) {
        case .toolCalls where tokenizer.version.writesCallsAsJSON && state == .text:
            let events = try endPart()
            state = .list
            return events
        case .toolCalls where !tokenizer.version.writesCallsAsJSON && state != .name && state != .callID:
            let events = try endPart()
            state = .name
            output.toolCalls.append(GeneratedToolCall())
            return events
        case .toolCalls where state == .name || state == .callID:
            throw .missingArguments(call: currentCall, name: currentName)
        case .callID where state == .name:
            let events = try endPart()
            state = .callID
            output.toolCalls[currentCall].id = ""
            return events
        case .arguments where state == .name || state == .callID:
            let events = try endPart()
            state = .arguments
            return events
        case .endSequence:
            let events = try finish()
            output.isComplete = true
            return events + [.end]
        default:
            throw .unexpectedControlToken(name: tokenizer.specialTokenName(id) ?? "", position: position)
        }
    }

    /// Ends the output where generation stopped. After an end token there is nothing left to do.
    public mutating func finish() throws(AssistantOutputError) -> [AssistantOutputEvent] {
        guard state != .ended else { return [] }
        let events = try endPart()
        if state == .name || state == .callID { throw .missingArguments(call: currentCall, name: currentName) }
        state = .ended
        return events
    }

    private var currentCall: Int { output.toolCalls.count - 1 }
    private var currentName: String { output.toolCalls.last?.name ?? "" }

    private mutating func received(_ text: String) -> [AssistantOutputEvent] {
        if text.isEmpty { return [] }
        switch state {
        case .text:
            output.text += text
            return [.text(text)]
        case .name: output.toolCalls[currentCall].name += text
        case .callID: output.toolCalls[currentCall].id? += text
        case .arguments:
            output.toolCalls[currentCall].arguments += text
            return [.toolCallArguments(call: currentCall, text)]
        case .list: list += text
        case .ended: break
        }
        return []
    }

    /// Completes and checks the part that a control token or the end of the output closes.
    private mutating func endPart() throws(AssistantOutputError) -> [AssistantOutputEvent] {
        let events = received(decoder.finish())
        switch state {
        case .text, .ended: return events
        case .name:
            guard ToolCall.isValidName(currentName) else {
                throw .invalidName(call: currentCall, name: currentName)
            }
            return events + [.toolCallName(call: currentCall, currentName)]
        case .callID:
            return events + [.toolCallID(call: currentCall, output.toolCalls[currentCall].id ?? "")]
        case .list:
            output.toolCalls = try GeneratedToolCall.calls(inList: list)
            return events + output.toolCalls.enumerated().flatMap { $1.events(call: $0) }
        case .arguments:
            do {
                _ = try JSONValue(parsing: Array(output.toolCalls[currentCall].arguments.utf8))
            } catch {
                throw .argumentsNotJSON(call: currentCall, name: currentName, reason: "\(error)")
            }
            return events
        }
    }
}

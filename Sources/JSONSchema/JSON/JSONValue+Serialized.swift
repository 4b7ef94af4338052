extension JSONValue {
    /// The value as UTF-8 JSON: members in order, numbers as spelt, `/` and non-ASCII text unescaped.
    ///
    /// Compact without any whitespace; `pretty` puts each member on its line, indented by 2 spaces, without a final
    /// line break.
    public func serialized(pretty: Bool = false) -> [UInt8] {
        var output: [UInt8] = []
        append(to: &output, indentation: pretty ? 0 : nil)
        return output
    }

    private func append(to output: inout [UInt8], indentation: Int?) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let bool): output += (bool ? "true" : "false").utf8
        case .number(let number): output += number.lexeme.utf8
        case .string(let string): Self.append(string, to: &output)
        case .array(let elements):
            Self.appendList(elements, brackets: ("[", "]"), to: &output, indentation: indentation) {
                $0.append(to: &$1, indentation: $2)
            }
        case .object(let object):
            Self.appendList(object.members, brackets: ("{", "}"), to: &output, indentation: indentation) {
                Self.append($0.key, to: &$1)
                $1.append(UInt8(ascii: ":"))
                if $2 != nil { $1.append(UInt8(ascii: " ")) }
                $0.value.append(to: &$1, indentation: $2)
            }
        }
    }

    private static func appendList<Element>(
        _ elements: [Element], brackets: (open: String, close: String), to output: inout [UInt8], indentation: Int?,
        appendElement: (Element, inout [UInt8], Int?) -> Void
    ) {
        output += brackets.open.utf8
        let inner = indentation.map { $0 + 2 }
        for (position, element) in elements.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            appendLineBreak(inner, to: &output)
            appendElement(element, &output, inner)
        }
        if !elements.isEmpty { appendLineBreak(indentation, to: &output) }
        output += brackets.close.utf8
    }

    private static func appendLineBreak(_ indentation: Int?, to output: inout [UInt8]) {
        guard let indentation else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
    }

    private static func append(_ string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output += "\\\"".utf8
            case UInt8(ascii: "\\"): output += "\\\\".utf8
            case 0x08: output += "\\b".utf8
            case 0x0C: output += "\\f".utf8
            case 0x0A: output += "\\n".utf8
            case 0x0D: output += "\\r".utf8
            case 0x09: output += "\\t".utf8
            case 0x00..<0x20:
                output += "\\u00".utf8
                let digits = Array("0123456789abcdef".utf8)
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

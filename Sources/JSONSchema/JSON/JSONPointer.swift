/// A path to a value inside a JSON document (RFC 6901), as its decoded reference tokens.
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
    public let tokens: [String]

    /// The whole document.
    public static let root = JSONPointer(tokens: [])

    public init(tokens: [String]) { self.tokens = tokens }

    /// Reads `""` or `"/a/0"` with `~0` for `~` and `~1` for `/`; nil if `text` is not a pointer.
    public init?(_ text: String) {
        guard let tokens = Self.decode(Array(text.utf8)) else { return nil }
        self.tokens = tokens
    }

    /// Reads the URI fragment form `#/a/b` with percent encoding; nil if `fragment` is not one.
    public init?(fragment: String) {
        var bytes: [UInt8] = []
        let source = Array(fragment.utf8)
        guard source.first == UInt8(ascii: "#") else { return nil }
        var index = 1
        while index < source.count {
            if source[index] == UInt8(ascii: "%") {
                guard index + 2 < source.count, let high = Self.hexDigit(source[index + 1]),
                    let low = Self.hexDigit(source[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        guard let tokens = Self.decode(bytes) else { return nil }
        self.tokens = tokens
    }

    /// Tokens are compared by code points, as object keys are.
    public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
        left.tokens.count == right.tokens.count
            && zip(left.tokens, right.tokens).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }

    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }
    public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    /// The string form: empty for the root.
    public var description: String {
        var text: [UInt8] = []
        for token in tokens {
            text.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): text += "~0".utf8
                case UInt8(ascii: "/"): text += "~1".utf8
                default: text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(_ bytes: [UInt8]) -> [String]? {
        if bytes.isEmpty { return [] }
        guard bytes[0] == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for part in bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            var token: [UInt8] = []
            var index = part.startIndex
            while index < part.endIndex {
                if part[index] == UInt8(ascii: "~") {
                    guard index + 1 < part.endIndex else { return nil }
                    switch part[index + 1] {
                    case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
                    case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
                    default: return nil
                    }
                    index += 2
                } else {
                    token.append(part[index])
                    index += 1
                }
            }
            guard let string = String(validating: token, as: UTF8.self) else { return nil }
            tokens.append(string)
        }
        return tokens
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension JSONValue {
    /// The value `pointer` leads to, or nil if there is none.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                // No leading zeros, no sign: RFC 6901, section 4.
                guard let index = Int(token), String(index).utf8.elementsEqual(token.utf8),
                    elements.indices.contains(index)
                else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }
}

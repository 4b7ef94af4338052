import Extraction
import Glibc

/// What a key takes: how it is read, and how it is described in errors and in the reference.
struct ValueRule<Value: Sendable>: Sendable {
    /// Such as "a whole number from 1 to 1024".
    let kind: String
    /// What to write instead of a wrong value, when `kind` does not show it.
    var example: String?
    /// Whether the value may be in quotes.
    var isText = true
    /// Reads a value; a relative path starts at the folder given second. nil: it is none.
    let read: @Sendable (String, String) -> Value?
    /// The value as it is written.
    let write: @Sendable (Value) -> String
}

extension ValueRule where Value == String {
    static let name = ValueRule(
        kind: "a name without slashes", read: { text, _ in text.contains("/") ? nil : text }, write: { $0 })

    static let path = ValueRule(
        kind: "a path", example: "the whole path: ~ is not replaced",
        read: { text, folder in
            // The shell is not there to replace it.
            text.hasPrefix("~") ? nil : FolderPath.normalised(text, in: folder)
        }, write: { $0 })

    /// With a slash it is a path, as for `gleaner extract --model`.
    static let model = ValueRule(
        kind: "a model's folder or name", example: path.example,
        read: { text, folder in text.contains("/") ? path.read(text, folder) : text }, write: { $0 })

    static let loopback = ValueRule(
        kind: "a loopback address", example: "127.0.0.1 or ::1",
        read: { text, _ in
            var address = in_addr()
            if inet_pton(AF_INET, text, &address) == 1 { return address.s_addr & 0xFF == 127 ? text : nil }
            return text == "::1" ? text : nil
        }, write: { $0 })
}

extension ValueRule where Value: FixedWidthInteger {
    static func integer(_ range: ClosedRange<Value>, unit: String = "") -> ValueRule {
        let kind =
            range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
        return ValueRule(
            kind: "a whole number" + (unit.isEmpty ? "" : " of \(unit)") + ", \(kind)", isText: false,
            read: { text, _ in Value(text).flatMap { range.contains($0) ? $0 : nil } }, write: { "\($0)" })
    }
}

extension ValueRule where Value: BinaryFloatingPoint & LosslessStringConvertible {
    static func number(_ range: ClosedRange<Value>, unit: String = "") -> ValueRule {
        let plain: @Sendable (Value) -> String = { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }
        return ValueRule(
            kind: "a number" + (unit.isEmpty ? "" : " of \(unit)")
                + ", \(plain(range.lowerBound)) to \(plain(range.upperBound))",
            isText: false,
            read: { text, _ in
                // Not what Swift reads beyond that: nan, inf, hexadecimal.
                guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else {
                    return nil
                }
                return Value(text).flatMap { range.contains($0) ? $0 : nil }
            }, write: plain)
    }
}

extension ValueRule where Value == Bool {
    static let boolean = ValueRule(
        kind: "true or false", isText: false, read: { text, _ in Bool(text) }, write: { "\($0)" })
}

extension ValueRule where Value == PageSelection {
    static let pages = ValueRule(
        kind: "a selection of pages", example: "all, or pages such as 1-3,7 or 2-",
        read: { text, _ in PageSelection(text) },
        write: { $0.description })
}

extension ValueRule where Value: CaseIterable & RawRepresentable<String> {
    static var choice: ValueRule {
        let names = Value.allCases.map(\.rawValue)
        let kind = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        return ValueRule(kind: kind, read: { text, _ in Value(rawValue: text) }, write: { $0.rawValue })
    }
}

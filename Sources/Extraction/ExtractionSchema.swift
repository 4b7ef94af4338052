import Crypto
import Grammar
import JSONSchema

/// A schema that is ready to use: compiled for decoding, and again, independently, for the check of the result.
public struct ExtractionSchema: Sendable {
    public let value: JSONValue
    /// SHA-256 of the compact schema text, in hexadecimal: the same for two files that differ in layout alone.
    public let sha256: String

    /// What lenient compilation leaves to the check of the result, one sentence each.
    public let warnings: [String]

    let grammar: Grammar
    let validator: SchemaValidator

    /// Compiles schema text; `name` stands in errors.
    ///
    /// - Parameter isLenient: whether keywords that cannot be held while a record is written are left to the check of the
    ///   result, instead of being refused; then unknown keywords are passed too.
    /// - Throws: `.schemaNotJSON`, or `.schemaRefused` with the keyword and its JSON pointer.
    public init(text: [UInt8], name: String, isLenient: Bool = false) throws(ExtractionError) {
        do {
            value = try JSONValue(parsing: text)
        } catch {
            throw .schemaNotJSON(file: name, error)
        }
        do {
            // What cannot be held is refused, and a format is meant as it is written.
            validator = try SchemaValidator(
                schema: value, options: SchemaOptions(assertsFormats: true, refusesUnknownKeywords: !isLenient))
        } catch {
            throw .schemaRefused(file: name, reason: error.description)
        }
        do {
            var options = GrammarOptions()
            // What nobody asked for is not made up.
            options.undeclared = .whereDescribed
            options.isLenient = isLenient
            options.refusesUnknownKeywords = !isLenient
            grammar = try Grammar(schema: value, options: options)
        } catch {
            throw .schemaRefused(file: name, reason: error.description)
        }
        warnings = grammar.warnings.map(\.description)
        sha256 = SHA256.hash(data: value.serialized()).hexadecimal
    }
}

extension ExtractionSchema {
    /// The first thing in a record that breaks the schema; nil for a valid record.
    public func violation(in record: JSONValue) -> String? {
        validator.validate(record).first?.description
    }

    /// Parses what was generated and checks it with the validator, which shares no code with the grammar.
    func checkedRecord(_ bytes: [UInt8], file: String) throws(ExtractionError) -> JSONValue {
        let record: JSONValue
        do {
            record = try JSONValue(parsing: bytes)
        } catch {
            throw .recordInvalid(file: file, reason: error.description)
        }
        if let violation = validator.validate(record).first {
            throw .recordInvalid(file: file, reason: violation.description)
        }
        return record
    }
}

extension SHA256Digest {
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

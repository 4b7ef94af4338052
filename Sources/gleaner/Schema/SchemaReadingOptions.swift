import ArgumentParser
import Foundation
import Grammar
import JSONSchema

/// How the commands of `gleaner schema` read schemas and find what they refer to.
struct SchemaReadingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The draft of schemas without $schema.", valueName: "draft"))
    var draft: Draft = .draft2020

    @Option(
        help: ArgumentHelp(
            "Where documents that references lead to are found. Nothing is ever fetched.", valueName: "dir"),
        completion: .directory)
    var localReferences: String?

    @Option(
        help: ArgumentHelp("The URI that stands for that folder; schemas without $id lie there.", valueName: "uri"))
    var base: String?

    @Option(help: "Whether formats restrict strings, or are annotations.")
    var formats: FormatUse = .assert

    enum Draft: String, ExpressibleByArgument, CaseIterable {
        case draft4 = "4"
        case draft6 = "6"
        case draft7 = "7"
        case draft2019 = "2019-09"
        case draft2020 = "2020-12"

        var dialect: SchemaDialect {
            switch self {
            case .draft4: .draft4
            case .draft6: .draft6
            case .draft7: .draft7
            case .draft2019: .draft2019
            case .draft2020: .draft2020
            }
        }
    }

    enum FormatUse: String, ExpressibleByArgument, CaseIterable {
        case assert, annotate
    }

    func validate() throws {
        guard base == nil || localReferences != nil else {
            throw ValidationError("--base says what --local-references stands for: give both.")
        }
    }

    /// For the validator.
    ///
    /// - Parameter refusesUnknown: whether keywords that no draft knows are errors.
    func schemaOptions(refusesUnknown: Bool) -> SchemaOptions {
        var resolver: SchemaOptions.Resolver?
        if let references { resolver = { try references.text(of: $0) } }
        return SchemaOptions(
            dialect: draft.dialect, assertsFormats: formats == .assert, refusesUnknownKeywords: refusesUnknown,
            baseURI: base ?? "", resolver: resolver)
    }

    /// For the grammar.
    func grammarOptions(refusesUnknown: Bool) -> GrammarOptions {
        var options = GrammarOptions()
        options.dialect = draft.dialect
        options.assertsFormats = formats == .assert
        options.refusesUnknownKeywords = refusesUnknown
        options.baseURI = base ?? ""
        if let references {
            options.resolver = { uri in try references.text(of: uri).map { try JSONValue(parsing: $0) } }
        }
        return options
    }

    private var references: LocalReferences? {
        localReferences.map { LocalReferences(folder: $0, base: base ?? "") }
    }
}

/// Documents in a folder by their URI.
private struct LocalReferences: Sendable {
    let folder: String
    /// What the URI of each file in the folder begins with.
    let base: String

    /// The text of a document; nil where the URI leads out of the folder or to no file.
    func text(of uri: String) throws -> [UInt8]? {
        guard uri.utf8.starts(with: base.utf8) else { return nil }
        let name = uri.utf8.dropFirst(base.utf8.count).drop { $0 == UInt8(ascii: "/") }
        let path = String(Substring(name)).removingPercentEncoding ?? ""
        guard !path.isEmpty, !path.split(separator: "/").contains("..") else { return nil }
        let file = folder + "/" + path
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return try InputFile.read(file)
    }
}

import Foundation

/// The schemas of `Tests/Reference/Schemas`, whose instances the Python package `jsonschema` has judged.
public enum SchemaCorpus {
    private static let path = Repository.path("Tests/Reference/Schemas")

    /// Kubernetes manifests, invoices, forms and so on: a file of lines each.
    public static let styles: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".jsonl") }.sorted()

    /// `{"name":…,"schema":…,"tests":[{"data":…,"valid":true},…]}`, one a line.
    public static func lines(_ style: String) throws -> [[UInt8]] {
        try Repository.bytes(of: path + "/" + style).split(separator: UInt8(ascii: "\n")).map(Array.init)
    }
}
